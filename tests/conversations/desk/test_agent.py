"""Passing a request on to the agent of its CCAS: who may see the contact, and what each is offered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.desk.case import Case, Member, Role
from conversations.desk.deeds import appoint, close, pass_on, reveal, take_back, undo
from conversations.desk.sheet import Desk, sheet
from conversations.handover.request import News
from conversations.typography import typeset_french
from tests.conversations.desk.test_desk import ANNE, BEA, CASE, HAND, NOW, SCENE, SLOTS, keys, text

AGENT = Member(21, Role.AGENT, "escautpont")
COLLEAGUE = Member(22, Role.AGENT, "escautpont")
NEIGHBOUR = Member(23, Role.AGENT, "fresnes")
COORDINATION = Member(24, Role.COORDINATION)
PASSED = pass_on(CASE, HAND).case
SHOWN = reveal(PASSED, replace(HAND, by=AGENT.chat_id)).case
PASS = typeset_french("Passer à l'agent du CCAS")
BACK = typeset_french("Reprendre à l'agent du CCAS")
WORDS = SCENE.words("fr")


def offered(case: Case, member: Member, *agents: str) -> list[str]:
    return [key.label for key in keys(sheet(case, "", Desk(SCENE, member, SLOTS, frozenset(agents))))]


def test_she_can_pass_a_request_on_only_where_its_ccas_has_an_agent() -> None:
    assert PASS in offered(CASE, ANNE, "escautpont")
    assert PASS not in offered(CASE, ANNE, NEIGHBOUR.commune)
    assert PASS not in offered(CASE, ANNE)


def test_the_agent_of_that_commune_is_offered_the_contact_and_only_that() -> None:
    assert offered(PASSED, AGENT) == ["Voir le contact"]
    assert offered(SHOWN, AGENT) == []
    assert offered(SHOWN, COLLEAGUE) == []  # one screen at a time
    assert SHOWN.request == PASSED.request
    assert SHOWN.shows_contact_to(AGENT.chat_id, NOW)
    assert not SHOWN.shows_contact_to(AGENT.chat_id, NOW + timedelta(hours=HAND.terms.reveal_hours))


@pytest.mark.parametrize("member", [NEIGHBOUR, COORDINATION, Member(25, Role.AGENT)])
def test_nobody_else_may_see_it(member: Member) -> None:
    assert not PASSED.may_show_contact(member)
    assert offered(PASSED, member) == []


@pytest.mark.parametrize(
    "case",
    [
        CASE,
        take_back(SHOWN, HAND).case,
        undo(SHOWN, WORDS).case,
        close(SHOWN, HAND, "depose").case,
        replace(SHOWN, request=replace(SHOWN.request, card=replace(CASE.request.card, commune="autre"))),
    ],
    ids=["before", "taken back", "undone", "closed", "moved to another commune"],
)
def test_without_her_passing_it_on_the_contact_is_hers(case: Case) -> None:
    assert case.may_show_contact(ANNE)
    assert not case.may_show_contact(AGENT)
    assert offered(case, AGENT) == []
    assert case.request.closed_at or "Voir le contact" in offered(case, ANNE)


def test_while_the_agent_has_it_she_follows_it_without_the_contact_and_can_take_it_back() -> None:
    labels = offered(SHOWN, ANNE, "escautpont")
    assert BACK in labels
    assert "RDV…" in labels
    assert not {"Voir le contact", "Cacher le contact", PASS} & set(labels)
    assert offered(SHOWN, BEA, "escautpont") == []
    assert typeset_french("Passée à l'agent du CCAS") in text(sheet(SHOWN, "", Desk(SCENE, ANNE, SLOTS)))


def test_passing_on_and_taking_back_can_be_undone_and_the_resident_is_told_of_neither() -> None:
    met = appoint(CASE, HAND, NOW + timedelta(days=2)).case
    for done in (pass_on(met, HAND), take_back(pass_on(met, HAND).case, HAND)):
        back = undo(done.case, WORDS)
        assert done.case.can_undo(HAND)
        assert back.case.request.passed_to == (done.case.former or CASE.request).passed_to
        assert done.news is None
        assert back.news is None
    assert undo(met, WORDS).news is News.APPOINTMENT_CANCELLED
