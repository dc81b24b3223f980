"""Raw updates are read one by one, and nothing in them is trusted."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.incoming.reading import KINDS, Elsewhere, UnreadableError, read
from conversations.events import Commanded, Event, Said, SentOther, SharedContact, Tapped
from storage.arrivals import Arrival

ANN = {"id": 5, "is_bot": False, "first_name": "Ann", "language_code": "en-GB"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Ann"}
GROUP = {"id": -9, "type": "group"}


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 7, "message": {"message_id": 3, "date": 1, "chat": PRIVATE, "from": ANN, **content}}


def tap(**more: Any) -> dict[str, Any]:
    below = {"message_id": 3, "date": 0, "chat": PRIVATE}
    return {"update_id": 7, "callback_query": {"id": "q", "from": ANN, "message": below, "data": "x", **more}}


def heard(**content: Any) -> Event:
    arrival = read(message(**content))
    assert isinstance(arrival, Arrival)
    return arrival.event


def test_a_message_is_read_with_all_that_is_needed_to_answer() -> None:
    assert read(message(text="bonjour")) == Arrival(7, 5, 3, Said("bonjour"), "en-GB")


def test_a_tap_is_read_also_when_its_message_is_too_old_to_be_shown() -> None:
    assert read(tap()) == Arrival(7, 5, 3, Tapped("x"), "en-GB", "q")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("/start", Commanded("start")),
        ("/start flyer_marche", Commanded("start", "flyer_marche")),
        ("/start@microcredit_bot flyer", Commanded("start", "flyer")),
        (" /aide ", Commanded("aide")),
        ("/Effacer tout\nde suite", Commanded("Effacer", "tout\nde suite")),
        ("/ 5", Said("/ 5")),
        ("1/2", Said("1/2")),
        ("/é", Said("/é")),
        ("", Said("")),
    ],
)
def test_commands_are_told_from_words(text: str, event: Event) -> None:
    assert heard(text=text) == event


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_read_is_told_by_its_kind(kind: str) -> None:
    assert heard(**{kind: {}}, caption="words nobody reads") == SentOther(kind)


def test_a_place_with_a_name_and_a_moving_picture_keep_their_names() -> None:
    assert heard(venue={}, location={}) == SentOther("venue")
    assert heard(animation={}, document={}) == SentOther("animation")


def test_a_contact_is_their_own_only_when_telegram_says_so_and_it_was_not_forwarded() -> None:
    card = {"phone_number": "+33639980017", "first_name": "Ann", "user_id": 5}
    assert heard(contact=card) == SharedContact("+33639980017", "Ann", own=True)
    assert heard(contact=card | {"user_id": 6}) == SharedContact("+33639980017", "Ann", own=False)
    assert heard(contact=card, forward_origin={}) == SharedContact("+33639980017", "Ann", own=False)
    del card["user_id"]
    assert heard(contact=card) == SharedContact("+33639980017", "Ann", own=False)


@pytest.mark.parametrize(
    "update",
    [
        message(pinned_message={}),
        message(message_auto_delete_timer_changed={}),
        {"update_id": 7, "edited_message": message(text="/effacer")["message"]},
        {"update_id": 7, "my_chat_member": {"chat": PRIVATE, "new_chat_member": {"status": "kicked"}}},
        {"update_id": 7, "my_chat_member": {"chat": GROUP, "new_chat_member": {"status": "left"}}},
        {"update_id": 7, "callback_query": {"id": "q", "from": ANN, "inline_message_id": "i", "data": "x"}},
        message(chat=GROUP, left_chat_member=ANN),
    ],
)
def test_what_is_no_business_of_ours_is_left_alone(update: dict[str, Any]) -> None:
    assert read(update) is None


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_only_private_chats_are_conversations(kind: str) -> None:
    chat = {"id": -9, "type": kind}
    assert read(message(chat=chat, text="x")) == Elsewhere(-9)
    assert read(tap(message={"message_id": 3, "date": 0, "chat": chat})) == Elsewhere(-9)
    added = {"chat": chat, "new_chat_member": {"status": "administrator"}}
    assert read({"update_id": 7, "my_chat_member": added}) == Elsewhere(-9)


@pytest.mark.parametrize(
    "update",
    [
        message(text="half \ud83d"),
        message(text="NUL \0"),
        message(text=["not", "text"]),
        message(text="x", message_id=2**63),
        message(text="x", message_id=True),
        message(text="x", message_id="3"),
        message(text="x", chat=PRIVATE | {"id": 2**64}),
        message(text="x", **{"from": {"id": 6}}),
        {"update_id": 7, "message": {"message_id": 3, "chat": PRIVATE, "text": "nobody"}},
        tap(**{"from": {"id": 6}}),
        {"update_id": 7, "message": None},
        {"update_id": 7, "novelty": {}},
        {"update_id": 2**63, "message": {}},
        {"message": {}},
    ],
    ids=repr,
)
def test_what_no_honest_update_holds_is_unreadable(update: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(update)
    assert str(caught.value) == "", "nothing of it is told"


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "type", "chat", "from", "message", "message_id", "text", "data", "contact", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(["update_id", "message", "callback_query", "my_chat_member", "x"]), junk)
)
def test_whatever_is_sent_is_read_or_refused(update: dict[str, Any]) -> None:
    try:
        arrival = read(update)
    except UnreadableError:
        return
    assert arrival is None or isinstance(arrival, Arrival | Elsewhere)


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_every_honest_text_is_read_as_it_was_written(words: str) -> None:
    update = json.loads(json.dumps(message(text=words)))
    event = read(update)
    assert isinstance(event, Arrival)
    assert isinstance(event.event, Commanded) or event.event == Said(words)
