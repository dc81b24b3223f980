"""A chat as text that reads well aloud: `>` the person, `<` the bot, `[label]` a button, `⌨[label]` a key.

Each edit shows the screen as it became.
"""

from collections.abc import Iterable, Iterator

from sandbox.telegram import Change, What

_PERSON = {What.SAID, What.REWROTE, What.TAPPED}
_SHOWN = {What.SENT, What.EDITED}


def transcript(history: Iterable[Change]) -> str:
    """The whole chat; a blank line before everything the person does."""
    parts: list[str] = []
    changes = [change for change in history if change.what not in (What.TYPING, What.STANDING)]
    screens: dict[int | None, Change] = {}
    for change in changes:
        if change.what in _PERSON and parts:
            parts.append("")
        parts.extend(_lines(change, screens.get(change.message_id)))
        if change.what in _SHOWN:
            screens[change.message_id] = change
    return "\n".join(parts) + "\n"


def _lines(change: Change, before: Change | None) -> Iterator[str]:
    match change.what:
        case What.TAPPED:
            yield f"> [{change.text}]"
        case What.SAID | What.REWROTE:
            edited = "(edited) " if change.what is What.REWROTE else ""
            yield f"> {edited}{_words(change)}".rstrip().replace("\n", "\n> ")
        case What.TOAST | What.ALERT:
            yield f"< ({change.what}) {change.text}"
        case What.DELETED:
            yield "< (a message is deleted)"
        case _ if (
            before is not None
            and (before.text, before.carries) == (change.text, change.carries)
            and not change.rows
        ):
            yield "< (the buttons of an earlier message are gone)"
        case _:
            yield from _screen(change)


def _words(change: Change) -> str:
    carried = f"({change.carries}) " if change.carries else ""
    return f"{carried}{change.text}"


def _screen(change: Change) -> Iterator[str]:
    for line in _words(change).split("\n"):
        yield f"< {line}".rstrip()
    for row in change.rows:
        yield "  " + " ".join(f"[{label}]" for label in row)
    for row in change.keyboard:
        yield "  " + " ".join(f"⌨[{label}]" for label in row)
