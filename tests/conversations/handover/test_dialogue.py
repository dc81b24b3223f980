"""What must hold of every request, whatever anybody does on the way to it and after it."""

import re
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.dialogue import Dialogue, dump
from conversations.effects import Effect
from conversations.events import Commanded, SharedContact, Tapped
from conversations.handover.request import (
    CancelAppointment,
    ChangeRequest,
    Contact,
    ForgetRequests,
    Office,
    OpenRequest,
    Status,
    WithdrawRequest,
)
from conversations.page_kinds import Draft, Result
from conversations.programme.question import Chosen
from conversations.step import screen, step
from conversations.typography import typeset_french
from tests.conversations.talk import NOON, Talk, shipped
from tests.conversations.test_dialogues import MATCHING

NAME, PHONE = "Zéphyrine", "+33600000042"

acts = st.lists(
    st.one_of(
        st.integers(0, 30),
        st.sampled_from(
            [
                "J'accepte",
                "non merci",
                NAME,
                "06 00 00 00 42",
                "retour",
                "garder",
                "envoyer",
                "1",
                "oui",
                "huissier",
            ]
        ),
        st.sampled_from(
            [
                SharedContact(PHONE, NAME, own=True),
                SharedContact("33687654321", "Paul", own=False),
                Commanded("mesdonnees"),
                Commanded("start"),
                Commanded("effacer"),
            ]
        ),
    ),
    max_size=30,
)
offices = st.sampled_from(
    [
        Office(30, 6, 0),
        Office(30, 30, 2),
        Office(5, 0, 0),
        Office(30, 0, 0, ((NOON.date(), NOON.date().replace(year=2099)),)),
        None,
    ]
)


USUAL = Office(cap=30, open_requests=6, waiting=0)


def at_result(office: Office | None = USUAL, **changed: str) -> Talk:
    talk = Talk(scene=replace(shipped(), office=office))
    answers = {**MATCHING, **{key: Chosen(option) for key, option in changed.items()}}
    talk.dialogue = replace(talk.dialogue, answers=answers, counted=True).at(Result())
    return talk


def sent() -> Talk:
    talk = at_result()
    talk.taps("Être rappelé(e)")
    for words in ("J'accepte", NAME, "06 00 00 00 42", "par téléphone", "peu importe"):
        talk.says(words)
    talk.says("envoyer")
    return talk


def live(talk: Talk, moves: list[object]) -> None:
    for move in moves:
        if talk.screen.final:
            break
        match move:
            case str():
                talk.says(move)
            case int():
                buttons = talk.screen.buttons
                talk.does(Tapped(buttons[move % len(buttons)].token))
            case SharedContact() | Commanded():
                talk.does(move)


def too_long(text: str) -> list[str]:
    """The sentences of more than 15 words."""
    sentences = re.split(r"(?<=[.!?…:])\s+(?=[A-ZÀ-Ý«])", re.sub(r"(?<=\d)\s+(?=\d)", "", text))
    return [sentence for sentence in sentences if len(re.findall(r"\S*\w\S*", sentence)) > 15]


def holds_contact(text: str) -> bool:
    return NAME in text or PHONE in text


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(offices, st.sampled_from(["vehicule", "factures"]), acts)
def test_every_screen_can_be_sent_and_none_is_a_dead_end(
    office: Office | None, purpose: str, moves: list[object]
) -> None:
    talk = at_result(office, objet=purpose)
    live(talk, [0, *moves])
    shown = talk.screen
    text = "\n".join(line.text for line in shown.lines)
    tokens = [button.token for button in shown.buttons]
    assert 0 < len(text) < 3500
    assert len(set(tokens)) == len(tokens)
    assert all(0 < len(token.encode()) <= 64 and token.isascii() for token in tokens)
    assert all(0 < len(button.label) <= 60 for button in shown.buttons)
    assert shown.buttons or shown.final
    assert all(line.text for line in shown.lines)
    assert [sentence for line in shown.lines for sentence in too_long(line.text)] == []


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(acts, acts)
def test_there_is_never_a_second_open_request_and_none_without_a_consent(
    moves: list[object], more: list[object]
) -> None:
    talk = at_result()
    live(talk, [0, "J'accepte", *moves, NAME, SharedContact(PHONE, NAME, own=True), *more])
    opened = False
    for effect in talk.effects:
        match effect:
            case OpenRequest():
                assert not opened
                assert effect.consent.text_version == talk.scene.programme.handover.consent_version
                assert effect.contact.name
                assert effect.contact.phone
                opened = True
            case WithdrawRequest() | ChangeRequest() | CancelAppointment():
                assert opened
                opened = not isinstance(effect, WithdrawRequest)
            case ForgetRequests():
                opened = False
    assert opened == (talk.scene.request is not None)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(acts, acts)
def test_name_and_number_live_in_the_draft_and_nowhere_else(moves: list[object], more: list[object]) -> None:
    talk = at_result()
    live(talk, [0, "J'accepte", NAME, *moves, SharedContact(PHONE, NAME, own=True), *more])
    if not any(isinstance(page, Draft) for page in talk.dialogue.pages):
        assert not holds_contact(dump(talk.dialogue))
    assert not holds_contact(repr(talk.dialogue))
    assert not any(holds_contact(repr(effect)) for effect in talk.effects)


def test_what_is_sent_is_what_was_seen() -> None:
    talk = sent()
    [opened] = [effect for effect in talk.effects if isinstance(effect, OpenRequest)]
    assert opened.contact == Contact(NAME, PHONE)
    assert not holds_contact(dump(talk.dialogue))
    assert opened.reference == "MC-7F3K"
    assert opened.consent.given_at == NOON
    assert (opened.card.commune, opened.card.amount, opened.card.months) == ("escautpont", 120_000, 24)
    assert not opened.card.low_priority
    assert "MC-7F3K" in talk.reads()


def test_a_draft_that_was_left_is_gone() -> None:
    talk = at_result()
    for words in ("être rappelé", "J'accepte", NAME, "06 00 00 00 42"):
        talk.says(words)
    assert holds_contact(dump(talk.dialogue))
    talk.taps("Ne rien envoyer")
    assert not holds_contact(dump(talk.dialogue))
    assert talk.effects == []


def test_words_typed_do_the_same_as_a_tap_on_envoyer() -> None:
    assert any(isinstance(effect, OpenRequest) for effect in sent().effects)


def test_erasing_takes_the_request_back_and_says_so() -> None:
    talk = sent()
    talk.acts("/effacer")
    assert talk.effects[-1] == ForgetRequests()
    assert "La référente est prévenue." in talk.reads()
    assert talk.scene.request is None


def test_erasing_without_a_request_speaks_of_none() -> None:
    talk = at_result()
    talk.acts("/effacer")
    assert talk.effects == [ForgetRequests()]
    assert "La référente est prévenue." not in talk.reads()


def test_a_draft_beside_a_request_that_was_reopened_cannot_be_sent() -> None:
    request = sent().scene.request
    talk = at_result()
    for words in ("être rappelé", "J'accepte", NAME, "06 00 00 00 42", "par téléphone", "peu importe"):
        talk.says(words)
    talk.scene = replace(talk.scene, request=request)
    assert "Envoyer" not in talk.labels()
    assert "Votre demande MC-7F3K" in talk.reads()


def test_somebody_elses_card_is_not_taken() -> None:
    talk = at_result()
    for words in ("être rappelé", "J'accepte", NAME):
        talk.says(words)
    talk.does(SharedContact("33687654321", "Paul", own=False))
    assert "87654321" not in dump(talk.dialogue)
    assert "d’une autre personne" in talk.reads()


def test_a_half_day_that_has_passed_meanwhile_is_asked_again() -> None:
    talk = at_result()
    for words in ("être rappelé", "J'accepte", NAME, "06 00 00 00 42", "par téléphone"):
        talk.says(words)
    talk.taps("vendredi 27 novembre, matin")
    assert "Envoyer" in talk.labels()
    talk.scene = replace(talk.scene, now=NOON.replace(day=27))
    assert "Envoyer" not in talk.labels()
    assert "lundi 30 novembre, matin" not in talk.labels()  # six requests come first
    assert "Peu importe" in talk.labels()


def test_another_contact_leaves_the_card_alone_and_is_not_kept() -> None:
    talk = sent()
    talk.taps("Autre numéro")
    for words in ("Ana", "03 27 00 00 00"):
        talk.says(words)
    talk.taps("Envoyer")
    assert talk.effects[-1] == ChangeRequest("MC-7F3K", None, Contact("Ana", "+33327000000"))
    assert "Ana" not in dump(talk.dialogue)
    assert talk.scene.request is not None


def test_a_ticked_paper_is_seen_on_the_card_that_was_sent() -> None:
    talk = sent()
    talk.taps("Préparer mes papiers")
    talk.taps("Un RIB")
    [change] = [effect for effect in talk.effects if isinstance(effect, ChangeRequest)]
    assert change.card is not None
    assert change.card.papers_ready == 1


def test_a_later_half_day_moves_the_promise_and_an_earlier_one_does_not() -> None:
    talk = sent()
    request = talk.scene.request
    assert request is not None
    talk.taps("Autre demi-journée")
    talk.taps("jeudi 3 décembre, après-midi")
    assert talk.scene.request is not None
    assert talk.scene.request.promised > request.promised
    talk.taps("Autre demi-journée")
    talk.taps("vendredi 27 novembre, matin")
    assert talk.scene.request.promised > request.promised


def test_an_appointment_is_given_back_in_one_tap() -> None:
    talk = sent()
    assert talk.scene.request is not None
    meeting = replace(talk.scene.request, status=Status.APPOINTMENT, appointment=NOON.replace(day=30))
    talk.scene = replace(talk.scene, request=meeting)
    talk.taps("Je ne peux plus ce jour-là")
    assert talk.effects[-1] == CancelAppointment("MC-7F3K")
    assert "Je ne peux plus ce jour-là" not in talk.labels()


def test_where_the_answers_were_erased_nothing_leads_to_a_result_that_is_gone() -> None:
    talk = sent()
    assert typeset_french("D'autres aides") in talk.labels()
    talk.dialogue = replace(talk.dialogue, answers={})
    assert typeset_french("D'autres aides") not in talk.labels()


def test_an_appointment_that_is_over_is_not_given_back_any_more() -> None:
    talk = sent()
    assert talk.scene.request is not None
    meeting = replace(talk.scene.request, status=Status.APPOINTMENT, appointment=NOON.replace(day=20))
    talk.scene = replace(talk.scene, request=meeting)
    assert typeset_french("Votre rendez-vous était : vendredi 20 novembre") in talk.reads()
    assert "Je ne peux plus ce jour-là" not in talk.labels()
    assert "Mettre dans mon agenda" not in talk.labels()


def test_where_another_aid_fits_better_a_call_has_low_priority() -> None:
    talk = at_result(objet="factures")
    talk.taps("Être rappelé(e)")
    assert talk.labels()[0] == "Parler à quelqu’un"
    talk.taps("Être rappelé(e) quand même")
    for words in ("oui", NAME, "06 00 00 00 42", "par téléphone", "peu importe", "envoyer"):
        talk.says(words)
    [opened] = [effect for effect in talk.effects if isinstance(effect, OpenRequest)]
    assert opened.card.low_priority


def test_without_an_office_there_is_no_door() -> None:
    assert "Être rappelé(e)" not in at_result(None).labels()


def test_before_the_questions_the_door_leads_to_them_and_says_so() -> None:
    talk = Talk()
    talk.taps("Être rappelé(e)")
    assert "D’abord quelques questions." in talk.reads()
    assert "Question 1" in talk.reads()


def test_invisible_signs_of_a_name_are_left_out_and_the_others_shown_as_written() -> None:
    talk = at_result()
    for words in ("être rappelé", "J'accepte", "  Zo\u200bé\u202e &\u0000  <i> "):
        talk.says(words)
    page = talk.dialogue.page
    assert isinstance(page, Draft)
    assert page.name == "Zoé & <i>"


@given(st.text(max_size=300))
@settings(deadline=None)
def test_whatever_is_written_as_a_name_is_one_line_or_is_asked_again(text: str) -> None:
    talk = at_result()
    for words in ("être rappelé", "J'accepte"):
        talk.says(words)
    talk.says(text)
    for page in talk.dialogue.pages:
        if isinstance(page, Draft):
            assert len(page.name) <= 40
            assert page.name.isprintable()


def test_the_keys_under_the_writing_field_are_taken_away_once() -> None:
    talk = at_result()
    talk.taps("Être rappelé(e)")
    assert talk.screen.keyboard is not None
    talk.says("J'accepte")
    assert talk.screen.keyboard is None
    assert talk.screen.keys_gone
    talk.says(NAME)
    assert (talk.screen.keyboard is not None, talk.screen.keys_gone) == (True, "")
    talk.acts("/start")
    assert talk.screen.keys_gone
    talk.taps("Aide")
    assert not talk.screen.keys_gone


def test_effects_of_one_step_are_in_the_scene_of_its_own_screen() -> None:
    talk = at_result()
    for words in ("être rappelé", "J'accepte", NAME, "06 00 00 00 42", "par téléphone", "peu importe"):
        talk.says(words)
    send = next(button for button in talk.screen.buttons if button.label == "Envoyer")
    done = step(talk.dialogue, Tapped(send.token), talk.scene)
    effects: tuple[Effect, ...] = done.effects
    shown = screen(done.dialogue, talk.scene.after(effects))
    assert "Votre demande MC-7F3K" in shown.lines[0].text
    assert isinstance(done.dialogue, Dialogue)
