"""Nothing that goes wrong reaches a learner as a traceback or a warning."""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from crmkit.course.sheet import progress_folder
from crmkit.errors import CrmkitError
from crmkit.words import t

LOG = "crmkit.log"


def keep_quiet() -> None:
    """Send warnings and errors to a log beside the answers; show a sentence in their place."""
    logging.captureWarnings(True)
    for logger in (logging.getLogger("crmkit"), logging.getLogger("py.warnings")):
        logger.propagate = False
        for handler in logger.handlers:
            handler.close()
        logger.handlers = [_handler()]
    shell = _shell()
    if shell is not None:
        shell.set_custom_exc((Exception,), _show)


def in_a_sentence(error: Exception) -> str:
    """Return what to tell a learner about an error; the log gets the rest."""
    if isinstance(error, CrmkitError):
        return str(error)
    logging.getLogger("crmkit").error("".join(traceback.format_exception(error)))
    return t("widgets.broken", log=log_file())


def log_file() -> Path:
    """Return where warnings and errors are written."""
    return progress_folder() / LOG


def _handler() -> logging.Handler:
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            log_file(), maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler


def _shell() -> Any:
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return None
    return get_ipython()


def _show(shell: Any, kind: type, error: Exception, trace: Any, tb_offset: Any = None) -> None:
    """Say what happened in place of a traceback; the cell still counts as failed."""
    sentence = in_a_sentence(error)
    shell._showtraceback(CrmkitError, sentence, [sentence])
