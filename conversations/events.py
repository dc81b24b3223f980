"""What a person can do, as the conversations see it. `bot/intake` turns Telegram's updates into these."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button of the living message."""

    token: str


@dataclass(frozen=True, slots=True)
class Said:
    """A text message."""

    text: str


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command: `/start flyer` is `Commanded("start", "flyer")`."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A contact card. `own` is true only when Telegram says that it is the sender's own."""

    phone: str
    first_name: str
    own: bool


@dataclass(frozen=True, slots=True)
class SentOther:
    """Something that is not read: a photo, a voice message, a document, a place."""

    kind: str  # Telegram's own name of it: "photo", "voice", "sticker", "document", "location"…


@dataclass(frozen=True, slots=True)
class CameBack:
    """A tap on an old message: the person wants to go on, wherever they were."""


@dataclass(frozen=True, slots=True)
class Hurried:
    """So much at once that it was not all read."""


Event = Tapped | Said | Commanded | SharedContact | SentOther | CameBack | Hurried
