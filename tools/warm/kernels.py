"""Kernels forked from a process that has done the imports: notebooks start in a moment.

Each notebook still gets a process of its own, as fresh as one started from nothing, only
pandas and matplotlib are in it already. Where there is no fork, ordinary kernels are used.
"""

import atexit
import os
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

import ipykernel.kernelspec
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import Instance, default

HERE = Path(__file__).parent
SOCKET = "CRMKIT_WARM_KERNELS"


def kernel_spec() -> KernelSpec:
    """Return how to start a kernel of this environment: forked where that is possible."""
    spec = ipykernel.kernelspec.get_kernel_dict()
    if hasattr(os, "fork"):
        client = [sys.executable, "-I", "-S", str(HERE / "client.py"), warm_process()]
        spec = {**spec, "argv": [*client, "-f", "{connection_file}"]}
    return KernelSpec(resource_dir=ipykernel.kernelspec.RESOURCES, **spec)


class WarmSpecManager(KernelSpecManager):
    """Answers every request for a kernel with a warm one of this environment."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return kernel_spec()


class WarmKernelManager(AsyncKernelManager):
    """Starts warm kernels; for nbclient."""

    kernel_spec_manager = Instance(KernelSpecManager)

    @default("kernel_spec_manager")
    def _warm(self) -> KernelSpecManager:
        return WarmSpecManager()


def warm_process() -> str:
    """Return the socket of the process to fork from, which ends with this one."""
    mine = f"{os.getpid()}:"
    known = os.environ.get(SOCKET, "")
    if not known.startswith(mine):
        path = str(Path(mkdtemp(prefix="crmkit-warm-"), "socket"))
        process = subprocess.Popen(
            [sys.executable, str(HERE / "server.py"), path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # who forks has one thread
        )
        assert process.stdout is not None
        if process.stdout.readline() != b"ready\n":
            raise RuntimeError("no process to fork kernels from")
        atexit.register(_end, process, Path(path))
        known = os.environ[SOCKET] = mine + path
    return known.removeprefix(mine)


def _end(process: subprocess.Popen[bytes], path: Path) -> None:
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        stream.close()
    process.wait()
    path.unlink(missing_ok=True)
    path.parent.rmdir()
