"""What people are told of their request, and the file for their calendar."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
import pytest

from conversations.dialogue import dump, load
from conversations.handover.invitation import ics
from conversations.handover.news import tell, told
from conversations.handover.request import CancelAppointment, Channel, News, Request, Status
from conversations.page_kinds import Asking
from conversations.screen import Invitation
from tests.conversations.handover.test_dialogue import sent
from tests.conversations.talk import Talk

MEETING = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)  # 10:30 in Paris
REASONS = {News.PAPERS: "rib", News.CLOSED: "injoignable", News.REDIRECTED: "vers:caf_equipement"}


def hearing(news: News, **changed: object) -> Talk:
    talk = sent()
    assert talk.scene.request is not None
    request = replace(
        talk.scene.request,
        status=Status.APPOINTMENT,
        appointment=MEETING,
        sleeps_until=date(2026, 12, 24),
        reason=REASONS.get(news, ""),
    )
    request = replace(request, **changed)  # type: ignore[arg-type]  # fields of a request by name
    talk.dialogue = tell(talk.dialogue.at(Asking("montant")), told(news, request))
    talk.scene = replace(talk.scene, request=None if request.closed_at else request)
    return talk


@pytest.mark.parametrize("news", News)
def test_every_news_is_said_in_short_sentences_and_leads_back(news: News) -> None:
    talk = hearing(news)
    assert load(dump(talk.dialogue)) == talk.dialogue
    assert "MC-7F3K" in talk.reads()
    assert "{" not in talk.reads()
    for line in talk.screen.lines:
        for sentence in re.split(r"(?<=[.!?])\s", line.text):
            assert len(re.findall(r"\w[\w’'-]*", sentence)) <= 15, sentence
    talk.taps("Retour")
    assert talk.dialogue.page == Asking("montant")


def test_an_appointment_is_told_with_its_day_its_hour_and_its_file_once() -> None:
    talk = hearing(News.APPOINTMENT)
    assert "lundi 30 novembre à 10 h 30" in talk.reads()
    file = talk.screen.attachment
    assert isinstance(file, Invitation)
    talk.says("bonjour")
    assert talk.screen.attachment is None


def test_after_a_call_without_an_answer_the_next_try_is_the_day_that_is_promised() -> None:
    assert "jeudi 26 novembre" in hearing(News.UNREACHED, promised=date(2026, 11, 26)).reads()


def test_a_visit_says_where() -> None:
    talk = sent()
    assert talk.scene.request is not None
    card = replace(talk.scene.request.card, channel=Channel.VISIT)
    assert "Au CCAS, à Escautpont" in hearing(News.APPOINTMENT, card=card).reads()


def test_a_reminder_lets_one_cancel_in_one_tap() -> None:
    talk = hearing(News.REMINDER)
    talk.taps("Je ne peux plus ce jour-là")
    assert talk.effects[-1] == CancelAppointment("MC-7F3K")


def test_a_missing_paper_is_named_and_explained() -> None:
    talk = hearing(News.PAPERS)
    assert "Un RIB" in talk.reads()
    assert "Préparer mes papiers" in talk.labels()


def test_a_redirection_names_the_aid_and_whom_to_ask() -> None:
    talk = hearing(News.REDIRECTED, closed_at=MEETING)
    aid = next(aid for aid in talk.scene.programme.aids if aid.id == "caf_equipement")
    assert aid.name.split()[0] in talk.reads()
    assert "À qui demander" in talk.reads()


def test_a_closed_request_is_explained_in_the_reasons_own_words() -> None:
    assert "n’a pas pu vous joindre" in hearing(News.CLOSED, closed_at=MEETING).reads()


def test_news_holds_no_more_of_the_request_than_it_needs() -> None:
    request = sent().scene.request
    assert isinstance(request, Request)
    assert "vehicule" not in repr(told(News.TAKEN, request))


def test_the_file_is_one_that_a_calendar_reads_and_names_nobody() -> None:
    file = hearing(News.APPOINTMENT).screen.attachment
    assert isinstance(file, Invitation)
    [event] = icalendar.Calendar.from_ical(ics(file)).walk("VEVENT")
    assert event.decoded("dtstart") == MEETING
    assert (event.decoded("dtend") - event.decoded("dtstart")).total_seconds() == 45 * 60
    assert str(event["uid"]) == "MC-7F3K@microcredit"
    assert "Zéphyrine" not in ics(file).decode()
