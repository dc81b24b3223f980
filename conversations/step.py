"""The heart's one door: what the person did → the dialogue as it is now, and what follows from it.

A screen is computed from the dialogue and each of its buttons carries the dialogue it leads to. So a step is:
compute the screen, find what the person meant on it, and go there. Typed words are looked up among the same
buttons; only commands, amounts and words of distress are heard beside them.
"""

import re
from dataclasses import dataclass, replace

from conversations.affordable import hear_payment
from conversations.asking import hear_amount
from conversations.budget import hear_budget
from conversations.commands import NAMES
from conversations.desk.commands import INVITATION
from conversations.dialogue import Dialogue, Remark
from conversations.distress import find_urgency
from conversations.effects import CountLead, Effect
from conversations.events import CameBack, Commanded, Event, Hurried, Said, SentOther, SharedContact, Tapped
from conversations.handover.draft import hear_contact, hear_draft
from conversations.handover.request import ForgetRequests
from conversations.lead import lead, stop
from conversations.matching import Candidate, Matched, Nothing, Several, match_words
from conversations.page_kinds import (
    Affordable,
    Asking,
    Budget,
    Consenting,
    Draft,
    Erased,
    Help,
    Home,
    Languages,
    Page,
    Privacy,
    Result,
    Simulator,
)
from conversations.pages import draw
from conversations.privacy import erased, restarted
from conversations.questionnaire import walk
from conversations.remarks import said
from conversations.scene import Here, Scene
from conversations.screen import Button, Screen
from conversations.simulator import hear_loan

READABLE = 300  # characters: a longer text is a letter, not an answer
WITH_KEYS = (Consenting, Draft)  # pages that may have keys under the writing field
PAPERS_SENT = frozenset(("photo", "document", "video"))


@dataclass(frozen=True, slots=True)
class Step:
    """The new dialogue, its effects, and a few words for the tap's own little bubble."""

    dialogue: Dialogue
    effects: tuple[Effect, ...] = ()
    bubble: str = ""


def begin(language: str) -> Dialogue:
    """The dialogue of somebody we do not know. `language` is the phone's: « fr », « en-GB » or nothing."""
    found = re.match(r"[a-z]{2,3}(?![a-z])", language.lower())
    return Dialogue(language=found.group() if found else "fr")


def step(dialogue: Dialogue, event: Event, scene: Scene) -> Step:
    """One event through the dialogue. Pure: no Telegram, no database, no clock, no chance."""
    if isinstance(dialogue.page, Erased):
        dialogue = Dialogue(dialogue.language)  # somebody who goes on after erasing begins anew
    calm = dialogue.calm
    here = Here.of(calm, scene)
    keys = isinstance(calm.page, WITH_KEYS) and draw(here, calm.page).keyboard is not None
    done = _take(dialogue, event, here)
    return replace(done, dialogue=replace(done.dialogue, keys=keys)) if keys else done


def _take(dialogue: Dialogue, event: Event, here: Here) -> Step:
    """The event. `dialogue` is as it was before: a tap that is not offered changes nothing in it."""
    calm, scene = here.dialogue, here.scene
    match event:
        case Tapped(token):
            button = draw(here, calm.page).button(token)
            if button is None:
                return Step(dialogue)
            return _follow(calm, button.then, scene, button.effects)
        case CameBack():
            return Step(calm, bubble=here.words("Vous en étiez ici."))
        case Hurried():
            return Step(replace(calm, remark=Remark("hurried")))
        case Said(text):
            then, effects = _hear(here, text)
            return _follow(calm, then, scene, effects)
        case Commanded(name, argument):
            return _obey(here, NAMES.get(name.lower(), ""), argument)
        case SharedContact():
            return Step(hear_contact(here, event))
        case SentOther(kind):
            return Step(replace(calm, remark=Remark("paper" if kind in PAPERS_SENT else "unread")))


def screen(dialogue: Dialogue, scene: Scene) -> Screen:
    """What the person sees. Pure, so drawing twice is harmless."""
    here = Here.of(dialogue, scene)
    shown = draw(here, dialogue.page)
    if dialogue.keys and shown.keyboard is None:
        shown = replace(shown, keys_gone=here.words("C'est noté."))
    if dialogue.remark is None:
        return shown
    return replace(shown, lines=(*said(here, dialogue.remark), *shown.lines))


def expire(dialogue: Dialogue, scene: Scene) -> tuple[Effect, ...]:
    """What is counted when a dialogue is erased, for its age or on demand."""
    return () if dialogue.counted else (stop(dialogue, scene),)


def _hear(here: Here, text: str) -> tuple[Dialogue, tuple[Effect, ...]]:
    """What typed words lead to. Words of distress are answered at once; an answer in them counts too."""
    urgency = find_urgency(text, here.programme.urgencies)
    heard = _understand(here, text)
    then, effects = (heard.then, heard.effects) if isinstance(heard, Button) else (heard, ())
    if urgency is None:
        return then, effects
    answered = then.remark is not None and then.remark.kind == "noted"
    return replace(then if answered else here.dialogue, remark=Remark("urgency", urgency.id)), ()


def _understand(here: Here, text: str) -> Dialogue | Button:
    """A flyer's code, a button's words or number, an amount where one is awaited; else it is asked again."""
    dialogue, page = here.dialogue, here.dialogue.page
    if len(text) > READABLE:
        return replace(dialogue, remark=Remark("too_long"))
    if any(flyer.code == text.strip().lower() for flyer in here.programme.flyers):
        return replace(dialogue, source=text.strip().lower(), remark=Remark("flyer"))
    shown = draw(here, page)
    candidates = [Candidate(button.label, button.also) for button in shown.buttons]
    figure = _hear_figure(here, page, text)
    match match_words(text, candidates, numbers=figure is None):
        case Matched(index):
            return shown.buttons[index]
        case Several(indexes) if isinstance(page, Asking) and figure is None:
            return _which(dialogue, page, [shown.buttons[index].token for index in indexes])
        case Several() if figure is None:
            return replace(dialogue, remark=Remark("several"))
        case Several() | Nothing():
            if isinstance(page, Home):
                return dialogue  # « Bonjour » is answered by the four doors
            return figure or replace(dialogue, remark=Remark("unclear"))


def _hear_figure(here: Here, page: Page, text: str) -> Dialogue | None:
    """What `text` leads to on a page that awaits an amount, a duration, a name; None on any other."""
    match page:
        case Asking():
            return hear_amount(here, page, text)
        case Simulator(view="instalment"):
            return hear_loan(here, page, text)
        case Affordable():
            return hear_payment(here, page, text)
        case Budget():
            return hear_budget(here, page, text)
        case Draft():
            return hear_draft(here, page, text)
        case _:
            return None


def _which(dialogue: Dialogue, page: Asking, tokens: list[str]) -> Dialogue:
    """Two answers or more fit what was typed: the same question with only these."""
    fitting = tuple(token.rpartition(":")[2] for token in tokens if token.startswith("a:"))
    if len(fitting) < len(tokens):
        return replace(dialogue, remark=Remark("several"))
    return dialogue.open(replace(page, candidates=fitting))


def _obey(here: Here, command: str, argument: str) -> Step:
    """The commands, which work at every moment."""
    dialogue, scene = here.dialogue, here.scene
    match command:
        case "start":
            known = any(flyer.code == argument.lower() for flyer in here.programme.flyers)
            home = replace(dialogue.at(Home()), source=argument.lower() if known else dialogue.source)
            # It lets nobody in: it was used, or is too old. Else it would not have come this far.
            return Step(replace(home, remark=Remark("link")) if INVITATION.fullmatch(argument) else home)
        case "help":
            return Step(dialogue.open(Help()))
        case "language":
            return Step(dialogue.open(Languages()))
        case "privacy":
            return Step(dialogue.open(Privacy()))
        case "restart":
            return Step(restarted(dialogue).at(Asking()))
        case "erase":
            return _follow(dialogue, erased(here), scene)
        case _:
            return Step(replace(dialogue, remark=Remark("command")))


def _follow(before: Dialogue, after: Dialogue, scene: Scene, effects: tuple[Effect, ...] = ()) -> Step:
    """Where `after` really stands, and what is counted on the way from `before` to it.

    With nothing left to ask, going on means the result. A result counts once a dialogue, as it last was.
    """
    if isinstance(after.page, Erased):
        return Step(after, (*effects, *expire(before, scene), ForgetRequests()))
    path = walk(scene.programme, after.answers)
    if path.outcome is None:
        return Step(after, effects)
    if after.page == Asking():
        after = after.at(Result())
    if before.counted and after.answers == before.answers:
        return Step(after, effects)
    return Step(replace(after, counted=True), (*effects, CountLead(lead(after, path, scene))))
