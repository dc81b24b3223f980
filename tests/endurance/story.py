"""The story: from an invitation to the purge, act by act. People look, and do what their screen offers.

Whoever was interrupted looks again once it is quiet, and taps again where nothing came of it, as people do.
Each act may therefore be played any number of times.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from conversations.desk.case import Role
from sandbox.people import Person, labels, plain
from tests.bot.test_request import ANSWERS
from tests.endurance.cast import NAME, Cast, StuckError, contacts, offers
from tests.endurance.life import Life, Story

ASK = "Puis-je demander un microcrédit ?"
AGAIN = 2  # acts without effect after which somebody is stuck


@dataclass(frozen=True)
class Step:
    """Something to do when this is on the screen: a button, a key, or words to say."""

    cue: str
    says: str = ""


async def walks(cast: Cast, person: Person, goal: Callable[[], bool], *way: Step) -> None:
    """Go this way to the goal: always the furthest step that the screen offers.

    Raises StuckError where acts have no effect.
    """
    before = said(person), str(shown(person))
    vain = 0
    await cast.settles()
    while not goal():
        step = next((step for step in reversed(way) if _is_offered(person, step)), None)
        if step is None:
            raise StuckError(f"{person.user.first_name} does not know how to go on")
        _takes(person, step)
        await cast.settles()
        now = said(person), str(shown(person))
        vain, before = vain + 1 if now == before else 0, now
        if vain >= AGAIN:
            raise StuckError(f"{person.user.first_name} taps {step.cue!r} in vain")


def _is_offered(person: Person, step: Step) -> bool:
    if step.says:
        return person.sees(step.cue)
    return offers(person, step.cue) or plain(step.cue) in map(plain, person.keyboard())


def _takes(person: Person, step: Step) -> None:
    if step.says:
        person.says(step.says)
    elif plain(step.cue) in map(plain, person.keyboard()):
        person.presses(step.cue)
    else:
        person.taps(step.cue)


# --- the acts ---


async def enrols(cast: Cast, life: Life) -> None:
    """Anne and Claude follow their invitations."""
    for person, role, seen in (
        (cast.anne, Role.REFERENTE, "comme référente"),
        (cast.claude, Role.COORDINATION, "pour la coordination"),
    ):
        cast.once(f"invitation {role}", partial(follows, cast, person, role))
        await cast.settles()
        assert seen in said(person), "the invitation opened"
    # Her half-day began an hour ago: its digest would come before or after the notice, as chance has it.
    half_day = cast.town.telegram.now() - timedelta(hours=1)
    cast.books.does(lambda kept: kept.staff.begin_half_day(cast.anne.user.id, half_day))


async def starts(cast: Cast, life: Life) -> None:
    """Two residents come, while a webhook of old is in the way and somebody adds the bot to a group."""
    cast.once("webhook", lambda: setattr(cast.town.telegram.webhook, "url", "https://ccas.test/hook"))
    cast.once("group", lambda: cast.town.group().adds_bot(cast.ben))
    for person in (cast.zoe, cast.ben):
        cast.once(f"start {person.user.id}", person.starts)
    await cast.settles()
    assert cast.zoe.sees("Microcrédit personnel")
    assert cast.ben.sees("Microcrédit personnel")


async def asks(cast: Cast, life: Life) -> None:
    """Both tap their way into the questions."""
    asked = partial(Person.sees, words="Dans quelle commune habitez-vous ?")
    both = (cast.zoe, cast.ben)
    await asyncio.gather(*(walks(cast, person, partial(asked, person), Step(ASK)) for person in both))


async def answers(cast: Cast, life: Life) -> None:
    """One writes everything at once, the other taps."""

    def writes() -> None:
        for words in ANSWERS:
            cast.zoe.says(words)

    cast.once("answers", writes)
    await walks(cast, cast.ben, lambda: cast.ben.sees("Quel âge avez-vous ?"), Step("Escautpont"))
    assert cast.zoe.sees("semble correspondre"), "her answers arrived, in order"


async def prepares(cast: Cast, life: Life) -> None:
    """The resident says yes, leaves a name and a number, and looks at what will be seen."""
    await walks(
        cast,
        cast.zoe,
        lambda: offers(cast.zoe, "Envoyer"),
        Step("Être rappelé(e)"),
        Step("J’accepte"),
        Step("Comment vous appeler ?", NAME),
        Step("Partager mon numéro"),
        Step("Par téléphone"),
        Step("Peu importe"),
    )


async def sends(cast: Cast, life: Life) -> None:
    """One tap sends it; the référente is told, without a name."""
    await walks(cast, cast.zoe, lambda: cast.zoe.sees("Votre demande MC-"), Step("Envoyer"))
    assert offers(cast.anne, "Voir le contact"), "the notice is not lost"
    while await _is_unmailed(
        cast
    ):  # a death between taking it and writing it down: once more, a little later
        cast.town.passes(timedelta(minutes=6))
        await life.app.clockwork.tick()
    assert cast.mails, "nor is the mail"


async def _is_unmailed(cast: Cast) -> bool:
    """Whether a mail stays to be sent, though there was time for it."""
    for _ in range(20):
        if not cast.books.rows("select 1 from request where mail_at is not null"):
            return False
        await asyncio.sleep(0.002)
    return True


async def reveals(cast: Cast, life: Life) -> None:
    """The contact appears in her message."""
    await walks(cast, cast.anne, lambda: len(contacts(cast.anne)) == 1, Step("Voir le contact"))


async def hides(cast: Cast, life: Life) -> None:
    """A day later it is hidden by itself."""
    cast.once("a day", lambda: cast.town.passes(timedelta(hours=24)))
    await life.app.clockwork.tick()
    await cast.settles()
    assert contacts(cast.anne) == []


async def appoints(cast: Cast, life: Life) -> None:
    """A day, an hour; the resident is told, with a file for her calendar."""
    await walks(
        cast,
        cast.anne,
        lambda: any("Rendez-vous le" in message.text for message in cast.anne.living),
        Step("RDV…"),
        Step("jeudi 26 novembre 2026, 14:00"),
        Step("14:30"),
    )
    assert cast.zoe.sees("Votre rendez-vous"), "the resident is told"


async def reminds(cast: Cast, life: Life) -> None:
    """The day before, the resident hears of it again, and cannot come."""
    cast.once("the eve", lambda: cast.town.passes(timedelta(hours=23)))
    await life.app.clockwork.tick()
    await cast.settles()
    assert any("Votre rendez-vous approche" in change.text for change in cast.zoe.chat.history)
    await walks(
        cast,
        cast.zoe,
        lambda: not offers(cast.zoe, "Je ne peux plus ce jour-là"),
        Step("Je ne peux plus ce jour-là"),
    )
    assert "ne peut plus à cette date" in said(cast.anne)


async def closes(cast: Cast, life: Life) -> None:
    """The end of the request; the contact is gone from her screen, and the resident is told."""
    await walks(cast, cast.anne, lambda: offers(cast.anne, "Rouvrir"), Step("Clore…"), Step("Dossier déposé"))
    assert contacts(cast.anne) == []
    assert "Votre demande MC-" in cast.zoe.reads()


async def purges(cast: Cast, life: Life) -> None:
    """A month later nothing is left."""
    cast.once("a month", lambda: cast.town.passes(timedelta(days=31)))
    await life.app.clockwork.tick()
    await cast.settles()
    assert "Tout est effacé" in said(cast.anne)


async def leaves(cast: Cast, life: Life) -> None:
    """The référente's access ends."""
    now = cast.town.telegram.now()
    cast.once("dismissed", lambda: cast.books.does(lambda kept: kept.desk.dismiss(cast.anne.user.id, now)))
    await life.app.clockwork.tick()
    await cast.settles()
    assert "Votre accès est fermé" in said(cast.anne)


ACTS: tuple[Story, ...] = (
    enrols,
    starts,
    asks,
    answers,
    prepares,
    sends,
    reveals,
    hides,
    appoints,
    reminds,
    closes,
    purges,
    leaves,
)


def follows(cast: Cast, person: Person, role: Role) -> None:
    """Follow an invitation."""
    person.starts(cast.invites(role))


def said(person: Person) -> str:
    """Everything that stands in their chat."""
    return "\n".join(message.text for message in person.chat.messages.values())


def shown(person: Person) -> list[tuple[str, tuple[str, ...]]]:
    """What they can act on: the messages with buttons."""
    return [(message.text, tuple(labels(message))) for message in person.living]
