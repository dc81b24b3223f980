"""Places where a process may be killed: beside every call to the outside and every commit.

In production nothing waits at them. A test says what happens there: a death, a power cut, a pause.
"""

from collections.abc import Callable

Reached = Callable[[str], None]

_reached: Reached | None = None


def failpoint(name: str) -> None:
    """Tell that the process is at this place now, « turns:commit » or « sendMessage:answered »."""
    if _reached is not None:
        _reached(name)


def watch(reached: Reached | None) -> None:
    """Tell `reached` of every failpoint from now on, in the thread that is there; None: nobody."""
    global _reached  # noqa: PLW0603 — one process has one life
    _reached = reached
