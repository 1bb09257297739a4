"""Typer in the reader's language: help, mistakes in a command, apologies for our own faults."""

from itertools import pairwise
from tempfile import NamedTemporaryFile
from traceback import format_exc
from typing import Any

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from crmkit.errors import CrmkitError
from crmkit.words import LANGUAGES, glossary, in_language, reader_language, t

#: What Typer writes in English whatever the language, and our words for it.
FIXED_WORDS = {
    "Usage:": "cli.fixed.usage",
    "Arguments:": "cli.fixed.arguments",
    "Options:": "cli.fixed.options",
    "Commands:": "cli.fixed.commands",
    "[default: ": "cli.fixed.default",
    "[required]": "cli.fixed.required",
    "Show this message and exit.": "cli.fixed.help",
}


def run(app: typer.Typer, words: list[str]) -> int:
    """Run an application whose help texts are keys of the words files.

    Parameters
    ----------
    app : Typer
    words : list of str
        The command line without the program's name.

    Returns
    -------
    int
        The exit code: the command's own, 2 for something to put right, 130 when interrupted.
    """
    asked = _asked_language(words)
    with in_language(asked if asked in LANGUAGES else reader_language()):
        try:
            if asked not in (None, *LANGUAGES):
                raise CrmkitError("cli.bad_lang", value=asked)
            command = get_command(app)
            _speak(command)
            return int(command(words, "crmkit", standalone_mode=False) or 0)
        except (CrmkitError, TyperException) as error:
            return _refuse(error)
        except (KeyboardInterrupt, typer.Abort):
            return 130
        except Exception:  # a fault of ours: keep the traceback for us, not for the reader
            return _apologise()


def _asked_language(words: list[str]) -> str | None:
    """Return what ``--lang`` says; help needs the language before options are parsed."""
    for word, following in pairwise([*words, None]):
        if word == "--lang":
            return following
        if word and word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def _speak(command: Any) -> None:
    command.help = t(command.help)
    for parameter in command.params:
        parameter.help = t(parameter.help)
    written = command.get_help
    command.get_help = lambda context: _translated(written(context))
    for below in getattr(command, "commands", {}).values():
        _speak(below)


def _translated(help_text: str) -> str:
    """Return Typer's help with the words that it only knows in English put into ours."""
    for english, key in FIXED_WORDS.items():
        help_text = help_text.replace(english, t(key))
    return help_text


def _apologise() -> int:
    """Keep the traceback in a file and say in one sentence where it is."""
    from crmkit.screen import complain

    with NamedTemporaryFile(
        "w", prefix="crmkit-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(format_exc())
    return complain(t("cli.fault", log=log.name))


def _refuse(error: CrmkitError | TyperException) -> int:
    """Say what went wrong in one sentence; a command without its words gets the help."""
    from crmkit.screen import complain

    if isinstance(error, CrmkitError):
        return complain(str(error))
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error)
        return 2
    return complain(str(_usage(error)))


def _usage(error: TyperException) -> CrmkitError:
    """Return a mistake in the command line as an error in the reader's language."""
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", None) or (parameter and parameter.metavar)
    if parameter is not None and parameter.opts and parameter.opts[0].startswith("-"):
        name = parameter.opts[0]
    kind = f"cli.{type(error).__name__}"
    known = kind if kind in glossary() and name else "cli.UsageError"
    return CrmkitError(known, name=name)
