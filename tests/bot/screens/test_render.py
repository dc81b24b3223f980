"""Whatever a line holds is shown literally, and no line makes Telegram refuse the call."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.screens import render
from conversations.dialogue import Dialogue
from conversations.screen import Button, Line, Screen, Style, bullet, note, quote, title
from sandbox.telegram.markup import parse_html

FR = Dialogue("fr")


def test_each_style_looks_its_own_and_lists_stand_close() -> None:
    lines = (title("T"), Line("one"), Line("two"), bullet("a"), bullet("b"), note("n"), quote("q"))
    assert render.text(Screen(lines)) == (
        "<b>T</b>\n\none\n\ntwo\n\n• a\n• b\n\n<i>n</i>\n\n<blockquote>q</blockquote>"
    )


@pytest.mark.fault(14)
def test_markup_that_somebody_typed_is_shown_as_they_typed_it() -> None:
    typed = Screen((Line("<a href='x'>&amp;</a> *_`"),))
    assert render.text(typed) == "&lt;a href='x'&gt;&amp;amp;&lt;/a&gt; *_`"


def test_buttons_carry_their_label_and_their_token() -> None:
    rows = ((Button("Oui", "a:oui", FR), Button("Non", "a:non", FR)), (Button("?", "w", FR),))
    screen = Screen((Line("x"),), rows)
    assert render.keyboard(screen)["inline_keyboard"] == [
        [{"text": "Oui", "callback_data": "a:oui"}, {"text": "Non", "callback_data": "a:non"}],
        [{"text": "?", "callback_data": "w"}],
    ]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\0b", "a�b"),
        ("a\ud800b", "a�b"),
        ("\ud83d\ude00", "😀"),
        ("\udc00\ud800", "��"),
        ("é’\u202f€", "é’\u202f€"),
    ],
)
@pytest.mark.fault(14)
def test_what_no_message_can_carry_is_replaced(words: str, shown: str) -> None:
    assert render.displayable(words) == shown


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())), st.sampled_from(Style))
@pytest.mark.fault(14)
def test_telegram_reads_back_what_was_meant(words: str, style: Style) -> None:
    drawn = parse_html(render.text(Screen((Line(words, style),)))).text
    assert drawn == ("• " if style is Style.BULLET else "") + render.displayable(words)
    drawn.encode()
