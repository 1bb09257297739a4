"""What runs inside the child process: it stands alone and imports nothing of the kit."""

import builtins
import json
import os
import sys
from typing import Any, TextIO


class OddValueError(Exception):
    """A value that JSON cannot hold."""


def main() -> None:
    """Read a task from standard input, run it, and tell each value on a line of its own."""
    task = json.load(sys.stdin)
    tell = _quiet()
    limit(task["cpu"], task["memory"], task["file"])
    try:
        space: dict[str, Any] = {"__name__": "answer"}
        exec(compile(task["source"], "<answer>", "exec"), space)  # the learner's own code
        function = space.get(task["name"])
        if not callable(function):
            _say(tell, failure="missing")
            return
        numbered = enumerate(task["cases"], start=1)
        if all(_call(tell, function, case, number, task) for number, case in numbered):
            _say(tell, end=True)
    except BaseException as error:
        _fail(tell, error, 0)


def limit(cpu: int, memory: int, file: int) -> None:
    """Set the limits of this process, where the system knows them."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        "RLIMIT_CPU": cpu, "RLIMIT_AS": memory, "RLIMIT_FSIZE": file, "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": 64, "RLIMIT_NPROC": 64,
    }  # fmt: skip
    for name, most in wanted.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            try:
                resource.setrlimit(kind, (most, most))
            except (ValueError, OSError):
                continue


def plain(value: Any, deepest: int) -> Any:
    """Return a value as JSON holds it; exact built-in kinds only, numpy's scalars as theirs."""
    if deepest < 0:
        raise OddValueError("nested")
    kind = type(value)
    if kind.__module__ == "numpy" and hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        return plain(value.item(), deepest)
    if value is None or kind in (bool, int, str) or (kind is float and abs(value) < float("inf")):
        return value
    if kind in (list, tuple):
        return [plain(each, deepest - 1) for each in value]
    if kind is dict and all(type(name) is str for name in value):
        return {name: plain(each, deepest - 1) for name, each in value.items()}
    raise OddValueError(kind.__name__ if kind is not float else str(value))


def _quiet() -> TextIO:
    """Keep the way out for values; what the learner's code prints goes nowhere."""
    tell = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    builtins.input = _no_input
    return tell


def _no_input(prompt: object = "") -> str:
    raise EOFError("input")


def _call(tell: TextIO, function: Any, case: list[Any], number: int, task: Any) -> bool:
    try:
        value = plain(function(*case), task["deepest"])
        text = json.dumps({"value": value})
    except (OddValueError, ValueError, RecursionError) as error:
        if isinstance(error, OddValueError) or not _own_line(error):
            return _say(tell, failure="odd", type=str(error)[:60], case=number)
        return _fail(tell, error, number)
    except BaseException as error:
        return _fail(tell, error, number)
    if len(text) > task["largest"]:
        return _say(tell, failure="large", case=number)
    tell.write(text + "\n")
    tell.flush()
    return True


def _fail(tell: TextIO, error: BaseException, number: int) -> bool:
    kinds = {MemoryError: "memory", SystemExit: "exit", KeyboardInterrupt: "exit"}
    failure = next((name for kind, name in kinds.items() if isinstance(error, kind)), "error")
    return _say(
        tell, failure=failure, error=type(error).__name__, line=_own_line(error), case=number
    )


def _own_line(error: BaseException) -> int:
    """Return the line of the learner's code in which an error came up; 0 if in none."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<answer>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _say(tell: TextIO, **said: Any) -> bool:
    tell.write(json.dumps(said) + "\n")
    tell.flush()
    return False


if __name__ == "__main__":
    main()
