"""Does the imports once and forks a kernel whenever a client asks."""

import importlib
import json
import os
import select
import signal
import socket
import sys
import threading
import time

#: What most notebooks import; not ipywidgets, which must be imported inside a kernel.
WARM = ("pandas", "matplotlib.figure", "matplotlib.backends.backend_agg", "PIL.Image",
        "crmkit.course", "crmkit.plots", "crmkit.planning", "ipykernel.kernelapp",
        "matplotlib_inline.backend_inline", "jedi")  # fmt: skip


def main() -> None:
    for name in WARM:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(sys.argv[1])
    listener.listen()
    print("ready", flush=True)
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:  # whoever started this has ended
            return
        client, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            _be_a_kernel(client)
        client.close()


def _be_a_kernel(client: socket.socket) -> None:
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _, streams, _, _ = socket.recv_fds(client, 1, 3)
        asked = json.loads(client.makefile("rb").readline())
        os.setsid()
        os.chdir(asked["cwd"])
        os.environ.clear()
        os.environ.update(asked["env"])
        time.tzset()
        for own, given in enumerate(streams):
            os.dup2(given, own)
            os.close(given)
        client.sendall(f"{os.getpid()}\n".encode())
        threading.Thread(target=_end_with, args=(client,), daemon=True).start()
        code = _run(asked["argv"])
    finally:
        client.sendall(f"{code}\n".encode())
        os._exit(code)


def _end_with(client: socket.socket) -> None:
    """End this process when the client does, however it ends."""
    while client.recv(1):
        pass
    os._exit(1)


def _run(arguments: list[str]) -> int:
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", *arguments]
    sys.path[0] = ""
    try:
        IPKernelApp.launch_instance([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


main()
