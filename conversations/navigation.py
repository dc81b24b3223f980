"""The few buttons that every screen shares."""

from conversations.page_kinds import Home, Human, Page
from conversations.scene import Standpoint
from conversations.screen import Button


def open_page(here: Standpoint, label: str, page: Page) -> Button:
    """A button that opens `page` on top of this one."""
    return Button(label, f"{here.dialogue.page.kind}:{page.kind}", here.dialogue.open(page))


def back(here: Standpoint) -> Button:
    """*Retour*: take this page away. Its token names the page: a second tap does not go back twice."""
    _ = here.words
    depth = len(here.dialogue.pages)
    return Button(_("Retour"), f"back:{here.dialogue.page.kind}:{depth}", here.dialogue.back())


def to_human(here: Standpoint) -> Button:
    """*Parler à quelqu'un*: a person can always be reached."""
    _ = here.words
    return open_page(here, _("Parler à quelqu'un"), Human())


def to_home(here: Standpoint) -> Button:
    """*Accueil*: the four doors. Nothing that was said is lost."""
    _ = here.words
    return Button(_("Accueil"), f"{here.dialogue.page.kind}:home", here.dialogue.at(Home()))
