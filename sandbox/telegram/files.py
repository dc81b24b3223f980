"""Photos and documents: kept by their id, so that what was sent once can be sent again without its bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from sandbox.telegram.given import Upload
from sandbox.telegram.messages import Media
from sandbox.telegram.refusal import bad_request

PHOTO_LIMIT = 10 << 20  # bytes
DOCUMENT_LIMIT = 50 << 20
DOWNLOAD_LIMIT = 20 << 20
SIDES_LIMIT = 10_000  # pixels, width and height together
RATIO_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Stored:
    """One file: `value` is what messages show of it."""

    media: Media
    content: bytes
    path: str

    @property
    def id(self) -> str:
        """Telegram's name of it."""
        return str(_facts(self.media)["file_id"])


class Files:
    """All files of the sandbox, in memory."""

    def __init__(self) -> None:
        self._by_id: dict[str, Stored] = {}
        self._by_path: dict[str, Stored] = {}

    def media(self, name: str, given: Upload | str | None) -> Media:
        """The photo or document (`name`) that was uploaded, or that a known file id means."""
        if given is None:
            raise bad_request(f"there is no {name} in the request")
        if isinstance(given, str):
            stored = self._by_id.get(given)
            if stored is None:
                raise bad_request("wrong file identifier/HTTP URL specified")
            if stored.media.name != name:
                raise bad_request(f"can't use file of type {stored.media.name.title()} as {name.title()}")
            return stored.media
        if not given.content:
            raise bad_request("file must be non-empty")
        return self.keep(name, given)

    def keep(self, name: str, upload: Upload) -> Media:
        """Store an upload as "photo", "document", "voice"… and give it an id."""
        number = len(self._by_id) + 1
        file_id = f"{name}-{number:06d}"
        described: dict[str, Any] = {
            "file_id": file_id,
            "file_unique_id": f"u{number:06d}",
            "file_size": len(upload.content),
        }
        if name == "photo":
            width, height = _photo_size(upload.content)
            media = Media(name, [described | {"width": width, "height": height}])
        else:
            _check_size(upload.content, DOCUMENT_LIMIT)
            media = Media(name, described | {"file_name": upload.name, "mime_type": upload.mime})
        self.put_back(Stored(media, upload.content, f"{name}s/file_{number}{_suffix(upload.name)}"))
        return media

    def put_back(self, stored: Stored) -> None:
        """Have a file under the id and the path it has."""
        self._by_id[stored.id] = self._by_path[stored.path] = stored

    def __iter__(self) -> Iterator[Stored]:
        return iter(self._by_id.values())

    def described(self, file_id: str) -> dict[str, Any]:
        """The `File` of the Bot API, with the path to download it from."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("invalid file_id")
        if len(stored.content) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        value = _facts(stored.media)
        kept = ("file_id", "file_unique_id", "file_size")
        return {key: value[key] for key in kept} | {"file_path": stored.path}

    def content(self, path: str) -> bytes | None:
        """The bytes behind a path, or None."""
        stored = self._by_path.get(path)
        return stored.content if stored else None

    def content_of(self, media: Media) -> bytes:
        """The bytes of a photo or a document."""
        return self._by_id[_facts(media)["file_id"]].content


def _facts(media: Media) -> dict[str, Any]:
    """What a message tells of a file; of a photo, Telegram tells it once for each size."""
    facts: dict[str, Any] = media.value[-1] if media.name == "photo" else media.value
    return facts


def _photo_size(content: bytes) -> tuple[int, int]:
    _check_size(content, PHOTO_LIMIT)
    try:
        with Image.open(BytesIO(content)) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > SIDES_LIMIT or max(width, height) > RATIO_LIMIT * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _check_size(content: bytes, limit: int) -> None:
    if len(content) > limit:
        raise bad_request("file is too big")


def _suffix(name: str) -> str:
    _, dot, suffix = name.rpartition(".")
    return f".{suffix}" if dot and suffix.isalnum() else ""
