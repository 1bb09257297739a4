@echo off
chcp 65001 >nul
set PYTHONUTF8=1
pushd "%~dp0"
title crmkit
if not exist start.py goto packed
py -3 -c "" >nul 2>nul && set "PYTHON=py -3" && goto found
python -c "" >nul 2>nul && set "PYTHON=python" && goto found
echo 没有找到 Python。请到 python.org 下载安装 Python 3.11 或更新版本，安装时勾选 Add to PATH，再双击一次。
echo Python was not found. Install Python 3.11 or newer from python.org, tick "Add to PATH", and double-click again.
goto end
:packed
echo 请先把压缩包全部解压，再双击解压出来的 start.bat。
echo Unpack the whole zip file first, then double-click the start.bat that comes out of it.
goto end
:found
%PYTHON% start.py %*
:end
popd
pause
