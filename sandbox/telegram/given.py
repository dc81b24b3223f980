"""The parameters of one call, read the way the Bot API reads them: everything is a text or a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.refusal import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes
    mime: str


def as_text(value: Any) -> str:
    """A JSON value as a form would carry it."""
    return value if isinstance(value, str) else json.dumps(value)


class Given:
    """What a call was given. An empty text counts as absent, as in the real server."""

    def __init__(self, values: Mapping[str, str], files: Mapping[str, Upload]) -> None:
        self.values = values
        self.files = files

    def names(self) -> set[str]:
        """Every parameter, except files which another parameter refers to by `attach://name`."""
        attached = {name for name in self.files if self._is_attached(name)}
        return set(self.values) | (set(self.files) - attached)

    def _is_attached(self, name: str) -> bool:
        return any(f"attach://{name}" in value for value in self.values.values())

    def text(self, name: str) -> str:
        """The text, or ""."""
        return self.values.get(name, "")

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number of at most 64 bits."""
        value = self.text(name)
        if not value and default is not None:
            return default
        try:
            number = int(value)
        except ValueError:
            raise bad_request(f"parameter {name} must be an integer") from None
        if not -(2**63) <= number < 2**63:
            raise bad_request(f"parameter {name} is out of range")
        return number

    def flag(self, name: str) -> bool:
        """True or false, as the real server reads it."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def json(self, name: str) -> Any:
        """The parsed JSON of a parameter, or None when it is absent."""
        value = self.text(name)
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def file(self, name: str) -> Upload | str | None:
        """An upload, the id of a known file, or None. Follows `attach://`."""
        return self.files.get(name) or self.referred(self.text(name))

    def referred(self, value: str) -> Upload | str | None:
        """The upload that `attach://name` means; any other text is a file id; "" is None."""
        if value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return value or None
