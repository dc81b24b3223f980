"""The words of a message or a caption, cleaned and measured before they are accepted."""

from typing import Any

from sandbox.telegram.given import Given
from sandbox.telegram.markup import Styled, parse_html, utf16_length
from sandbox.telegram.refusal import bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT = 1 << 15  # bytes before parsing

# TDLib's clean_input_string: control characters become spaces, carriage returns, bidi marks and a few
# combining lines that deform the screen are dropped.
_CLEANED: dict[int, str | None] = {
    **{code: " " for code in range(32) if chr(code) not in "\n\r"},
    ord("\r"): None,
    **dict.fromkeys(range(0x2028, 0x202F)),
    **dict.fromkeys((0x0333, 0x033F, 0x030A)),
}


def read_text(given: Given) -> Styled:
    """The text of a message: 1–4096 UTF-16 code units once its markup is parsed.

    The real server counts a little less strictly; who fits here fits there.
    """
    if not isinstance(given.json("link_preview_options") or {}, dict):
        raise bad_request("object expected as link preview options")
    styled = _read(given, "text", "entities")
    if not styled.text:
        raise bad_request("message text is empty")
    if utf16_length(styled.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return styled


def read_caption(given: Given) -> Styled:
    """A caption: at most 1024 UTF-16 code units once its markup is parsed."""
    styled = _read(given, "caption", "caption_entities")
    if utf16_length(styled.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return styled


def _read(given: Given, name: str, entities_name: str) -> Styled:
    source = given.text(name)
    if len(source.encode()) > RAW_LIMIT:
        raise bad_request("text is too long")
    mode = given.text("parse_mode").lower()
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")  # the sandbox reads HTML only
    source = source.translate(_CLEANED)
    styled = parse_html(source) if mode else Styled(source, _entities(given.json(entities_name), source))
    return trimmed(styled)


def trimmed(styled: Styled) -> Styled:
    """Without the white space around it; the spans move along."""
    text = styled.text.strip()
    if text == styled.text:
        return styled
    cut = utf16_length(styled.text) - utf16_length(styled.text.lstrip())
    length = utf16_length(text)
    moved = []
    for entity in styled.entities:
        start = max(0, entity["offset"] - cut)
        end = min(length, entity["offset"] + entity["length"] - cut)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return Styled(text, tuple(moved))


def _entities(given: Any, text: str) -> tuple[dict[str, Any], ...]:
    if given is None:
        return ()
    length = utf16_length(text)
    for entity in given if isinstance(given, list) else [None]:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad_request("can't parse MessageEntity: expected an Object")
        if not 0 <= entity.get("offset", -1) < entity["offset"] + entity.get("length", 0) <= length:
            raise bad_request("entity begins or ends outside of the message text")
    return tuple(given)
