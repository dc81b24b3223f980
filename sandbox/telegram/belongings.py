"""What people have on their phones to send: a photo, a voice message, a sticker, a paper, a contact card."""

from base64 import b64decode
from typing import Any

from sandbox.telegram.files import Files
from sandbox.telegram.given import Upload
from sandbox.telegram.messages import Media, User

_PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_THINGS: dict[str, tuple[Upload, dict[str, Any]]] = {
    "photo": (Upload("photo.png", _PIXEL, "image/png"), {}),
    "voice": (Upload("voice.ogg", b"OggS", "audio/ogg"), {"duration": 3}),
    "document": (Upload("papier.pdf", b"%PDF-1.4", "application/pdf"), {}),
    "sticker": (
        Upload("sticker.webp", b"RIFF", "image/webp"),
        {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    ),
}


def belonging(files: Files, name: str) -> Media:
    """One of these things, ready to be sent."""
    upload, details = _THINGS[name]
    media = files.keep(name, upload)
    return Media(name, media.value | details) if details else media


def contact_card(user: User) -> Media:
    """The card of a person. Telegram itself fills in the id that belongs to the number."""
    card = {"phone_number": user.phone, "first_name": user.first_name, "user_id": user.id}
    return Media("contact", card | ({"last_name": user.last_name} if user.last_name else {}))
