#!/bin/bash
# Double-click this on a Mac. It calls start.py with the newest Python there is.
cd "$(dirname "$0")" || exit 1
for python in python3.13 python3.12 python3.11 python3; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exec "$python" start.py "$@"
  fi
done
echo '没有找到 Python 3.11 或更新版本。请到 python.org 下载安装，再双击一次。'
echo 'Python 3.11 or newer was not found. Install it from python.org and double-click again.'
exit 1
