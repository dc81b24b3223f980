"""What the process tells its operator: one JSON line an event, and never anybody's words.

Messages of libraries may hold a token or somebody's words, so of theirs only the sender, the level and the
place of an error are told.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

OURS = "bot"
DEPTH = 8  # calls told of an error, the innermost ones
ROOT = Path(__file__).parent.parent

_log = logging.getLogger(OURS)


def tell(event: str, **fields: str | float) -> None:
    """Something worth knowing happened."""
    _log.info(event, extra={"fields": fields})


def whisper(event: str, **fields: str | float) -> None:
    """Something that is worth knowing only while looking for a mistake."""
    _log.debug(event, extra={"fields": fields})


def warn(event: str, error: BaseException | None = None, **fields: str | float) -> None:
    """Something went wrong. Of the error its type and its place are told, never its text."""
    told = {} if error is None else {"type": type(error).__name__, "place": place(error)}
    _log.warning(event, extra={"fields": {**fields, **told}})


def place(error: BaseException) -> str:
    """Where an error comes from: « bot/turns/worker.py:88 < conversations/step.py:30 », innermost last."""
    frames = traceback.extract_tb(error.__traceback__)[-DEPTH:]
    paths = ((Path(frame.filename), frame.lineno) for frame in frames)
    return " < ".join(f"{_short(path)}:{line}" for path, line in paths)


def open_logs(level: str, to: TextIO | None = None) -> None:
    """Write events of this level and above to `to`, standard output if it is None."""
    handler = logging.StreamHandler(to or sys.stdout)
    handler.setFormatter(_JsonLine())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    _log.setLevel(level)


def _short(path: Path) -> str:
    ours = path.is_relative_to(ROOT) and "site-packages" not in path.parts
    return path.relative_to(ROOT).as_posix() if ours else path.name


class _JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            **(_event(record) if record.name == OURS else _foreign(record)),
        }
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> dict[str, object]:
    return {"event": record.msg, **record.__dict__["fields"]}


def _foreign(record: logging.LogRecord) -> dict[str, object]:
    error = record.exc_info[1] if record.exc_info else None
    told = {} if error is None else {"type": type(error).__name__, "place": place(error)}
    return {"event": "library", "library": record.name, **told}
