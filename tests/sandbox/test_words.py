"""What may be written: lengths, and the little HTML that Telegram knows."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, InputMediaDocument, MessageEntity
from telegram.constants import ParseMode
from telegram.helpers import escape_markdown

from sandbox.people import Person
from sandbox.telegram.markup import parse_html, utf16_length
from sandbox.telegram.refusal import Refusal
from tests.sandbox.refusals import refused


@pytest.mark.parametrize("fitting", ["x", "é" * 4096, "😀" * 2048, f"<b>{'x' * 4096}</b>"])
async def test_a_text_has_1_to_4096_characters_after_its_markup(bot: Bot, ann: Person, fitting: str) -> None:
    await bot.send_message(ann.user.id, fitting, parse_mode=ParseMode.HTML)
    with refused("message is too long" if len(fitting) > 1 else "text is empty"):
        await bot.send_message(ann.user.id, f"{fitting}!" if len(fitting) > 1 else " \n ")


async def test_a_caption_has_at_most_1024_characters(bot: Bot, ann: Person) -> None:
    sent = await bot.send_document(ann.user.id, b"a", caption="é" * 1024)
    with refused("message caption is too long"):
        await bot.send_document(ann.user.id, b"a", caption="é" * 1025)
    with refused("message caption is too long"):
        await sent.edit_caption("é" * 1025)
    with refused("message caption is too long"):
        await sent.edit_media(InputMediaDocument(b"b", caption="é" * 1025))


async def test_other_parse_modes_are_refused_here(bot: Bot, ann: Person) -> None:
    with refused("unsupported parse_mode"):
        await bot.send_message(ann.user.id, escape_markdown("x"), parse_mode=ParseMode.MARKDOWN_V2)


async def test_white_space_around_is_cut_and_control_characters_are_cleaned(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.user.id, "\n <b>a\tb</b>\r\u202e \n", parse_mode=ParseMode.HTML)
    assert sent.text == "a b"
    assert sent.parse_entities() == {MessageEntity(MessageEntity.BOLD, 0, 3): "a b"}


async def test_entities_can_be_given_and_must_lie_within_the_text(bot: Bot, ann: Person) -> None:
    bold = MessageEntity(MessageEntity.BOLD, 0, 3)
    assert (await bot.send_message(ann.user.id, "gras", entities=[bold])).entities == (bold,)
    with refused("outside of the message text"):
        await bot.send_message(ann.user.id, "gr", entities=[bold])


async def test_the_html_of_telegram_becomes_entities(bot: Bot, ann: Person) -> None:
    html = (
        "😀<b>b</b><strong>b</strong><i>i</i><em>i</em><u>u</u><s>s</s><tg-spoiler>t</tg-spoiler>"
        '<a href="https://example.org/?a=1&amp;b">lien</a><code>c</code><pre>p</pre>'
        '<pre><code class="language-python">x</code></pre>'
        "<blockquote>q</blockquote><blockquote expandable>e</blockquote>&lt;&#233;&eacute;"
    )
    sent = await bot.send_message(ann.user.id, html, parse_mode=ParseMode.HTML)
    assert sent.text == "😀bbiiustliencpxqe<é&eacute;"
    assert [(str(entity.type), text) for entity, text in sent.parse_entities().items()] == [
        ("bold", "b"),
        ("bold", "b"),
        ("italic", "i"),
        ("italic", "i"),
        ("underline", "u"),
        ("strikethrough", "s"),
        ("spoiler", "t"),
        ("text_link", "lien"),
        ("code", "c"),
        ("pre", "p"),
        ("pre", "x"),
        ("blockquote", "q"),
        ("expandable_blockquote", "e"),
    ]
    assert [entity.url for entity in sent.entities if entity.url] == ["https://example.org/?a=1&b"]
    assert [entity.language for entity in sent.entities if entity.language] == ["python"]
    assert ann.reads() == sent.text


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a < b > c", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<b onclick="x">x</b>', 'Unexpected attribute "onclick" of the tag "b" at byte offset 0'),
        ("<a href>x</a>", "Expected equal sign in declaration of an attribute"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler"'),
        ("<br/>", 'Unsupported start tag "br/"'),
    ],
)
async def test_anything_else_cannot_be_parsed(bot: Bot, ann: Person, html: str, reason: str) -> None:
    with refused(f"can't parse entities: {reason}"):
        await bot.send_message(ann.user.id, html, parse_mode=ParseMode.HTML)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_is_shown_literally(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert parse_html(escaped).text == text
    bold = parse_html(f"<b>{escaped}</b>")
    assert [entity["length"] for entity in bold.entities] == ([utf16_length(text)] if text else [])


@given(st.text(st.sampled_from("<>/&;b i\"'=a#x3")))
def test_whatever_is_written_is_read_or_refused(html: str) -> None:
    with suppress(Refusal):
        styled = parse_html(html)
        assert all(e["offset"] + e["length"] <= utf16_length(styled.text) for e in styled.entities)
