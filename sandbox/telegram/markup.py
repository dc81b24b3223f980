"""HTML as Telegram reads it: a few tags, strict nesting, four named entities. Nothing else is let through.

The errors and their byte offsets are those of TDLib's `parse_html`, which the Bot API server uses.
"""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.refusal import Refusal, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_ATTRIBUTES = {"a": "href", "code": "class", "span": "class", "blockquote": "expandable"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_TAG = re.compile(r"""<(/?)([^\s>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""\s*([^\s=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)))?\s*""")


@dataclass(frozen=True, slots=True)
class Styled:
    """Plain text and the spans over it; offsets and lengths count UTF-16 code units."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units: an emoji counts two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> Styled:
    """The plain text and its entities.

    Raises `Refusal` ("can't parse entities: …") for an unknown tag, a wrong nesting or an unclosed one.
    """
    if "<" not in source and "&" not in source:
        return Styled(source)
    return _Reading(source).styled()


class _Reading:
    """One pass over the source, with the tags that are still open."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.plain: list[str] = []
        self.length = 0  # of `plain`, in UTF-16 code units
        self.open: list[tuple[str, str, int, int]] = []  # tag, argument, offset, parts of `plain` before it
        self.entities: list[dict[str, Any]] = []

    def styled(self) -> Styled:
        at = 0
        while (tag_at := self.source.find("<", at)) >= 0:
            self.add(self.source[at:tag_at])
            tag = _TAG.match(self.source, tag_at)
            if tag is None:
                ending = self.source.startswith("</", tag_at)
                raise self.error("Unclosed end tag" if ending else "Unclosed start tag", tag_at)
            if tag[1]:
                self.close(tag[2].lower(), tag[3], tag_at)
            else:
                self.begin(tag[2].lower(), tag[3], tag_at)
            at = tag.end()
        self.add(self.source[at:])
        if self.open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Styled("".join(self.plain), tuple(self.entities))

    def add(self, raw: str) -> None:
        text = decoded(raw)
        self.plain.append(text)
        self.length += utf16_length(text)

    def begin(self, tag: str, rest: str, at: int) -> None:
        if tag not in _KINDS:
            raise self.error(f'Unsupported start tag "{tag}"', at)
        argument = self.attribute(tag, rest, at)
        if tag == "span" and argument != "tg-spoiler":
            raise self.error('Tag "span" must have class "tg-spoiler"', at)
        self.open.append((tag, argument, self.length, len(self.plain)))

    def attribute(self, tag: str, rest: str, at: int) -> str:
        """The one attribute this tag may have; the real server ignores others, this one does not."""
        value, read = "", 0
        while read < len(rest) and rest[read:].strip():
            found = _ATTRIBUTE.match(rest, read)
            if found is None:
                raise self.error(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', at)
            name = found[1].lower()
            if _ATTRIBUTES.get(tag) != name:
                raise self.error(f'Unexpected attribute "{name}" of the tag "{tag}"', at)
            given = next((group for group in found.groups()[1:] if group is not None), None)
            if given is None and name != "expandable":
                raise self.error(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', at)
            value, read = decoded(name if given is None else given), found.end()
        return value

    def close(self, tag: str, rest: str, at: int) -> None:
        if not self.open:
            raise self.error("Unexpected end tag", at)
        if rest.strip():
            raise self.error("Unclosed end tag", at)
        opened, argument, offset, before = self.open.pop()
        if tag and tag != opened:
            raise _unparsable(
                f"Unmatched end tag at byte offset {self.bytes_before(at)}, "
                f'expected "</{opened}>", found "</{tag}>"'
            )
        if self.length > offset:
            self.entities.append(self.entity(opened, argument, offset, before))

    def entity(self, tag: str, argument: str, offset: int, before: int) -> dict[str, Any]:
        entity: dict[str, Any] = {"type": _KINDS[tag], "offset": offset, "length": self.length - offset}
        if tag == "a":
            entity["url"] = argument or "".join(self.plain[before:])
        elif tag == "blockquote" and argument:
            entity["type"] = "expandable_blockquote"
        elif tag == "pre" and self.entities and self.entities[-1].get("language"):
            entity["language"] = self.entities.pop()["language"]
        elif tag == "code" and argument.startswith("language-"):
            entity["language"] = argument.removeprefix("language-")
        return entity

    def error(self, what: str, at: int) -> Refusal:
        return _unparsable(f"{what} at byte offset {self.bytes_before(at)}")

    def bytes_before(self, at: int) -> int:
        return len(self.source[:at].encode())


def decoded(raw: str) -> str:
    """Character references put in their place; an unknown one stays as it was written."""
    return _REFERENCE.sub(_character, raw) if "&" in raw else raw


def _character(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    is_character = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else reference[0]


def _unparsable(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")
