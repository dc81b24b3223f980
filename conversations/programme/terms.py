"""What the programme says of the hand-over: the consent, the pace, the delays, and the news people get."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

# What each piece of news may name, between braces, in the programme's words of it.
NEWS: Mapping[str, tuple[str, ...]] = {
    "prise": ("reference",),
    "sans_reponse": ("reference", "jour"),
    "rendez_vous": ("reference", "jour", "heure"),
    "rendez_vous_annule": ("reference",),
    "rappel": ("reference", "jour", "heure"),
    "papiers": ("reference", "papier"),
    "a_completer": ("reference",),
    "nouvelle_date": ("reference", "jour"),
    "tour_venu": ("reference", "jour"),
    "veille": ("reference", "jour"),
    "rouverte": ("reference",),
    "reorientee": ("reference", "aide"),
    "close": ("reference",),
}


@dataclass(frozen=True, slots=True)
class Closure:
    """Why a request is closed: a few words for the référente, a sentence for the resident."""

    id: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language in which somebody may wish to be called; not always one that the bot speaks."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class HandoverTerms:
    """The rules of the hand-over. Half-days are working half-days of the référente."""

    consent_version: str
    consent: tuple[str, ...]  # names {transmission_close} and {transmission_ouverte}
    meanwhile: tuple[str, ...]  # what somebody on the waiting list can do
    cap: int  # open requests at once; `Office.cap` is what she set since
    pace: int  # requests she moves forward in a half-day
    slots_offered: int  # half-days to choose from
    notice_hours: int  # a half-day that begins sooner is not offered
    reveal_hours: int  # then the contact is hidden again
    tries: int  # calls without an answer before a request is closed
    remind_after: int  # half-days without an acknowledgement: in the digest
    escalate_after: int  # half-days without one: to the coordinator
    bot_away_minutes: int  # without the bot, after which the référente and the coordinator are told
    undo_minutes: int
    papers_reminder: int  # days after the sending
    appointment_reminder: int  # days before
    appointment_minutes: int  # how long an appointment lasts
    quiet_from: time  # at night no resident is written to, unless they act
    quiet_until: time
    languages: tuple[SpokenLanguage, ...]
    closures: tuple[Closure, ...]
    news: Mapping[str, tuple[str, ...]]  # by the keys of NEWS

    def closure(self, closure_id: str) -> Closure | None:
        """The reason of that id, or None where the programme has it no longer."""
        return next((closure for closure in self.closures if closure.id == closure_id), None)
