"""The desk without a database: what a sheet offers, what each key leads to, what the staff can type."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.calendar import Calendar
from conversations.desk import commands, lists
from conversations.desk.card import Drawer, drawer
from conversations.desk.case import Case, Deed, Hand, Member, Role
from conversations.desk.commands import BeAbsent, ComeBack, Look, Open, SetCap
from conversations.desk.deeds import close, miss_call, reopen, take, undo
from conversations.desk.lists import Overview
from conversations.desk.sheet import Desk, Key, Sheet, sheet
from conversations.handover.request import Card, Channel, Contact, News, Office, Request, Status
from conversations.typography import typeset_french
from tests.conversations.talk import shipped

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SCENE = shipped(NOW)
ANNE, BEA = Member(11, Role.REFERENTE), Member(12, Role.REFERENTE)
SLOTS = tuple(islice(Calendar(SCENE.programme.half_days).slots(NOW), 6))
HAND = Hand(ANNE.chat_id, NOW, SCENE.programme.handover)
CARD = Card(
    commune="escautpont",
    purpose="permis",
    amount=120_000,
    months=24,
    outcome="a_verifier",
    to_verify=(SCENE.programme.rules[0].id,),
    papers=tuple("abcdefgh"),
    papers_total=8,
    slot=SLOTS[0],
    channel=Channel.PHONE,
    language="ar",
    source="mairie",
    known_to_ccas="",
)
REQUEST = Request("MC-7F3K", CARD, Status.SENT, NOW, date(2026, 11, 24))
CASE = Case(REQUEST)


def desk(member: Member = ANNE, now: datetime = NOW) -> Desk:
    return Desk(replace(SCENE, now=now), member, SLOTS)


def keys(shown: Sheet) -> list[Key]:
    return [key for row in shown.rows for key in row]


def text(shown: Sheet) -> str:
    return "\n".join(line.text for line in shown.lines)


def overview(*cases: Case, member: Member = ANNE) -> Overview:
    return Overview(cases, Office(30, len(cases), 0), member, SCENE)


def test_a_notice_says_what_she_needs_and_holds_no_name() -> None:
    told = text(sheet(CASE, "", desk()))
    for words in (
        "MC-7F3K · Escautpont",
        "1 200 € sur 24 mois",
        "À vérifier ensemble",
        "Papiers prêts : 8 sur 8",
    ):
        assert typeset_french(words) in told
    assert typeset_french("À appeler le mardi 24 novembre 2026, de 14 h à 17 h") in told
    assert "Contact(" not in told


def test_a_contact_is_shown_as_it_was_typed_and_never_as_markup() -> None:
    told = sheet(CASE, "", desk(), Contact("<b>Zoé</b>", "+33639980042"))
    assert told.lines[-1].text == "<b>Zoé</b> · +33639980042"


def every_sheet(case: Case) -> list[Sheet]:
    """This case in every view that its keys lead to."""
    seen, ahead = {}, [""]
    while ahead:
        view = ahead.pop()
        if view not in seen:
            seen[view] = sheet(case, view, desk())
            ahead += [key.then.view for key in keys(seen[view])]
    return list(seen.values())


@pytest.mark.parametrize("status", Status)
def test_every_key_fits_telegram_and_is_unique_on_its_sheet(status: Status) -> None:
    for shown in every_sheet(Case(replace(REQUEST, status=status))):
        tokens = [key.token for key in keys(shown)]
        assert len(tokens) == len(set(tokens))
        assert all(token.isascii() and len(token) <= 64 for token in tokens)


@pytest.mark.parametrize("member", [Member(13, Role.COORDINATION), Member(14, Role.AGENT, "escautpont")])
def test_only_a_referente_is_offered_anything(member: Member) -> None:
    assert keys(sheet(CASE, "", desk(member))) == []


def test_what_one_took_the_other_cannot() -> None:
    taken = take(CASE, HAND).case
    assert keys(sheet(taken, "", desk(BEA))) == []
    assert keys(sheet(taken, "", desk(ANNE)))


@given(minutes=st.integers(0, 30))
def test_the_last_action_can_be_undone_for_ten_minutes_by_whoever_did_it(minutes: int) -> None:
    closed, later = close(CASE, HAND, "depose").case, NOW + timedelta(minutes=minutes)
    offered = [key.label for key in keys(sheet(closed, "", desk(ANNE, later)))]
    assert ("Annuler la dernière action" in offered) == (minutes < 10)
    assert undo(closed, SCENE.words("fr")).case.request == replace(REQUEST, seen_at=NOW)


def test_a_reopened_request_keeps_the_former_reason() -> None:
    again = reopen(close(CASE, HAND, "hors_cadre").case, HAND)
    assert (again.case.request.reason, again.deed, again.news) == ("hors_cadre", Deed.REOPENED, News.REOPENED)


def test_what_was_closed_and_reopened_says_why_it_had_been() -> None:
    again = reopen(close(CASE, HAND, "hors_cadre").case, HAND)
    assert typeset_french("Elle avait été close : Hors de ce prêt.") in text(sheet(again.case, "", desk()))
    assert "avait été close" not in text(sheet(CASE, "", desk()))


@pytest.mark.parametrize(("promised", "told"), [(23, 24), (24, 24), (27, 27)])
def test_after_a_call_without_an_answer_a_day_that_is_to_come_is_promised(promised: int, told: int) -> None:
    request = replace(REQUEST, promised=date(2026, 11, promised))
    missed = sheet(Case(request), "", desk()).key("d:MC-7F3K:injoignable")
    assert missed is not None
    assert missed.then.case.request.promised == date(2026, 11, told)
    assert undo(missed.then.case, SCENE.words("fr")).case.request.promised == request.promised


def test_an_absence_names_the_appointments_that_fall_into_it() -> None:
    met = replace(REQUEST, status=Status.APPOINTMENT, appointment=NOW + timedelta(days=3))
    seen = overview(Case(met), CASE)
    away = replace(seen, office=replace(seen.office, absences=((date(2026, 11, 26), date(2026, 11, 27)),)))
    shown = lists.absences(away)
    assert typeset_french("Rendez-vous à déplacer : MC-7F3K, jeudi 26 novembre 2026") in text(shown)
    assert [key.label for key in keys(shown)] == ["MC-7F3K"]
    assert keys(lists.absences(seen)) == []


def test_of_one_day_the_drawers_say_who_is_first() -> None:
    def case(reference: str, papers: int, *, presses: bool) -> Case:
        card = replace(CARD, papers=tuple("abcdefgh"[:papers]), presses=presses)
        return Case(replace(REQUEST, reference=reference, card=card))

    cases = (case("MC-A", 3, presses=True), case("MC-C", 8, presses=False), case("MC-D", 8, presses=True))
    listed = [each.request.reference for each in lists.next_actions(overview(*cases))]
    assert listed == ["MC-D", "MC-C", "MC-A"]


def test_the_desk_in_numbers_is_for_the_coordinator_too_and_names_nobody() -> None:
    late = replace(REQUEST, reference="MC-LLLL", promised=date(2026, 11, 20), seen_at=NOW)
    met = replace(REQUEST, status=Status.APPOINTMENT, appointment=NOW + timedelta(days=3), seen_at=NOW)
    shown = text(lists.figures(overview(CASE, Case(late), Case(met))))
    for words in (
        "3 ouvertes, 30 au plus.",
        "1 pas encore vue.",
        "1 promesse dépassée.",
        "1 rendez-vous à venir.",
    ):
        assert typeset_french(words) in shown
    assert "MC-" not in shown
    assert commands.read("chiffres", "", Role.COORDINATION, TODAY) == Look("chiffres")
    assert commands.read("chiffres", "", Role.AGENT, TODAY) is None


def test_a_list_that_is_too_long_says_so() -> None:
    cases = [Case(replace(REQUEST, reference=f"MC-{n:04}")) for n in range(45)]
    assert typeset_french("5 autres ne sont pas montrées.") in text(lists.waiting(overview(*cases)))
    assert "montrée" not in text(lists.waiting(overview(*cases[:40])))


def test_the_third_call_without_an_answer_closes() -> None:
    done = miss_call(Case(replace(REQUEST, tries=2)), HAND, date(2026, 11, 25))
    assert (done.case.request.status, done.case.request.reason) == (Status.CLOSED, "injoignable")
    assert undo(done.case, SCENE.words("fr")).case.request.tries == 2


@pytest.mark.parametrize(
    ("ready", "presses", "expected"),
    [(3, True, Drawer.TO_COMPLETE), (8, False, Drawer.COMPLETE), (8, True, Drawer.PRESSES)],
)
def test_drawers_say_what_to_do_first(ready: int, presses: bool, expected: Drawer) -> None:  # noqa: FBT001 — a case of the table
    assert drawer(replace(CARD, papers=tuple("abcdefgh"[:ready]), presses=presses)) is expected


def test_the_half_day_begins_with_the_oldest_promise_and_never_wakes_who_sleeps() -> None:
    def case(reference: str, **how: object) -> Case:
        return Case(replace(REQUEST, reference=reference, **how))  # type: ignore[arg-type]  # named by the caller

    cases = (
        case("MC-AAAA", promised=date(2026, 11, 27)),
        case("MC-BBBB", promised=date(2026, 11, 24)),
        case("MC-CCCC", status=Status.SLEEPING, sleeps_until=date(2026, 12, 1)),
        case("MC-DDDD", status=Status.APPOINTMENT, appointment=NOW + timedelta(hours=1)),
        case("MC-EEEE", status=Status.APPOINTMENT, appointment=NOW + timedelta(days=1)),
        case("MC-FFFF", status=Status.WAITING),
    )
    shown = lists.half_day(overview(*cases))
    assert [key.label for key in keys(shown)] == ["MC-DDDD", "MC-BBBB", "MC-AAAA"]


def test_the_digest_says_whether_anything_was_missed() -> None:
    seen = Case(replace(REQUEST, seen_at=NOW))
    assert "2 créées = 2 notifiées = 2 vues" in text(lists.digest(overview(seen, seen), 2))
    assert typeset_french("Créées : 2. Notifiées : 2. Vues : 1.") in text(
        lists.digest(overview(seen, CASE), 2)
    )
    late = Case(replace(REQUEST, opened_at=NOW - timedelta(days=4)))
    assert "1 demande attend d’être vue." in text(lists.digest(overview(late), 1))


def test_an_agent_sees_one_commune_and_opens_nothing() -> None:
    elsewhere = Case(replace(REQUEST, reference="MC-AAAA", card=replace(CARD, commune="conde")))
    shown = lists.waiting(overview(CASE, elsewhere, member=Member(14, Role.AGENT, "conde")))
    assert "MC-AAAA" in text(shown)
    assert "MC-7F3K" not in text(shown)
    assert keys(shown) == []


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "argument", "expected"),
    [
        ("demijournee", "", Look("demijournee")),
        ("dossier", "mc-7f3k", Open("MC-7F3K")),
        ("dossier", "7F3K", Open("MC-7F3K")),
        ("dossier", "MC-7F3K'--", None),
        ("absence", "", Look("absences")),
        ("absence", "du 24/12 au 02/01", BeAbsent(date(2026, 12, 24), date(2027, 1, 2))),
        ("absence", "24/12/2026 - 31/12/2026", BeAbsent(date(2026, 12, 24), date(2026, 12, 31))),
        ("absence", "le 24/11", BeAbsent(date(2026, 11, 24), date(2026, 11, 24))),
        ("absence", "du 02/01/2027 au 24/12/2026", None),
        ("absence", "du 31/02 au 02/03", None),
        ("absence", "bientôt", None),
        ("absence", "annuler 24/12", ComeBack(date(2026, 12, 24))),
        ("absence", "Annuler du 24/12 au 02/01", ComeBack(date(2026, 12, 24))),
        ("absence", "annuler le 20/11", ComeBack(date(2026, 11, 20))),
        ("absence", "annuler", None),
        ("plafond", "", Look("plafond")),
        ("plafond", "25", SetCap(25)),
        ("plafond", "0", None),
        ("plafond", "9999", None),
        ("plafond", "²", None),
    ],
)
def test_what_the_referente_types_is_read_without_guessing(
    name: str, argument: str, expected: commands.Wish | None
) -> None:
    assert commands.read(name, argument, Role.REFERENTE, TODAY) == expected


@given(st.sampled_from(commands.NAMES), st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_and_others_only_look(name: str, argument: str) -> None:
    commands.read(name, argument, Role.REFERENTE, TODAY)
    assert commands.read(name, argument, Role.AGENT, TODAY) in (None, Look("attente"))
