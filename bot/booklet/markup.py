"""HTML from values: what is not markup already is typeset and escaped, and shown as residents see it."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from conversations.typography import typeset_french

STYLE = Path(__file__).with_name("booklet.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # a page loads nothing and runs nothing


class Html(str):
    """Text that is markup."""

    __slots__ = ()


def element(tag: str, *children: str | None, **attributes: str) -> Html:
    """An element; `class_` loses its underscore. A child that is None is left out."""
    opening = "".join(f' {name.rstrip("_")}="{escape(value)}"' for name, value in attributes.items())
    return Html(f"<{tag}{opening}>{joined(*children)}</{tag}>")


def joined(*children: str | None) -> Html:
    """Elements and texts one after the other."""
    return Html("".join(child if isinstance(child, Html) else _text(child) for child in children if child))


def page(title: str, *body: Html, style: str = "") -> str:
    """One HTML file that needs nothing else, for a screen and for A4; `style` is CSS of its own."""
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        element("title", title),
        element("style", Html(STYLE.read_text(encoding="utf-8") + style)),
    )
    return f"<!DOCTYPE html>\n{element('html', head, element('body', *body), lang='fr')}\n"


def card(title: str, *children: str | None) -> Html:
    """One thing to proofread, with a box to tick when it is right."""
    box = element("p", "relu", class_="tick")
    return element("article", box, element("h3", title), *children, class_="card")


def listed(items: Iterable[str], **attributes: str) -> Html:
    """A list with a bullet for each item."""
    return element("ul", *(element("li", item) for item in items), **attributes)


def table(caption: str, headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Html:
    """A table whose first column names its rows."""
    head = element("tr", *(element("th", heading, scope="col") for heading in headings))
    body = [_row(*row) for row in rows]
    return element("table", element("caption", caption), element("thead", head), element("tbody", *body))


def _row(first: str, *cells: str) -> Html:
    return element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in cells))


def _text(text: str) -> str:
    return escape(typeset_french(text))
