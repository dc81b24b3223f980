"""The result in words: what fits, what does not, what is looked at together, and where else to go.

Every sentence about a criterion is the sentence of the rule that was evaluated, so it cannot drift from it.
"""

from dataclasses import replace

from conversations.handover.door import door
from conversations.navigation import open_page, to_home, to_human
from conversations.page_kinds import Asking, Home, Papers, Result, Summary
from conversations.privacy import restarted
from conversations.programme.model import Aid, Source
from conversations.questionnaire import Outcome, Path, Standing, aids, walk
from conversations.scene import Here
from conversations.screen import Button, Line, Screen, bullet, note, quote, title
from conversations.simulator import opened
from conversations.words import Words

TOP_AIDS = 3  # on the first screen; the others are one tap away


def result(here: Here, page: Result) -> Screen:
    """The outcome or one of the views under it; the next question where the answers are not complete."""
    path = walk(here.programme, here.dialogue.answers)
    outcome = path.outcome
    if outcome is None:
        return _unfinished(here)
    match page.view:
        case "outcome":
            return _outcome(here, path, outcome)
        case "criteria":
            return _criteria(here, path)
        case "aids":
            return _aids(here, path)
        case "limits":
            return _limits(here)


def outcome_title(outcome: Outcome, _: Words) -> str:
    """The outcome in one line."""
    match outcome:
        case Outcome.MATCHES:
            return _("Votre situation semble correspondre aux critères de base")
        case Outcome.TO_VERIFY:
            return _("À vérifier ensemble")
        case Outcome.NOT_THIS_LOAN:
            return _("Pas ce prêt, mais d'autres aides existent")


def _outcome(here: Here, path: Path, outcome: Outcome) -> Screen:
    _ = here.words
    lines: list[Line] = [title(outcome_title(outcome, _))]
    match outcome:
        case Outcome.MATCHES:
            lines.append(bullet(_("Vos réponses remplissent chaque critère de base.")))
            lines.append(bullet(_("L'étape suivante : en parler avec la référente du CCAS.")))
        case Outcome.TO_VERIFY:
            lines.append(bullet(_("Rien ne ferme la porte. Voici ce qui se regarde avec la référente :")))
            lines += _sentences(path, Standing.OPEN, _)
        case Outcome.NOT_THIS_LOAN:
            lines += _sentences(path, Standing.NOT_MET, _)
            lines.append(bullet(_("Ce qui peut mieux vous aider :")))
            lines += _aid_lines(aids(here.programme, path)[:TOP_AIDS], _)
            lines.append(bullet(_("Vous pouvez aussi en parler à une personne.")))
    lines.append(note(_("Ce n'est pas une décision. Le prêteur décide, jamais ce programme ni le CCAS.")))
    return Screen(tuple(lines), _ways(here, outcome))


def _sentences(path: Path, standing: Standing, _: Words) -> list[Line]:
    return [quote(_(finding.sentence)) for finding in path.findings if finding.standing is standing]


def _ways(here: Here, outcome: Outcome) -> tuple[tuple[Button, ...], ...]:
    _, dialogue = here.words, here.dialogue
    prepare = (
        (Button(_("Calculer une mensualité"), "result:simulator", opened(dialogue, here.programme)),),
        (open_page(here, _("Préparer mes papiers"), Papers()),),
    )
    again = replace(restarted(dialogue), pages=(Home(), Asking()))
    first = (*((call,) for call in door(here)), (to_human(here),))
    return (
        *(first if outcome is not Outcome.NOT_THIS_LOAN else reversed(first)),
        *(prepare if outcome is not Outcome.NOT_THIS_LOAN else ()),
        (
            Button(_("Chaque critère"), "result:criteria", dialogue.open(Result("criteria"))),
            Button(_("D'autres aides"), "result:aids", dialogue.open(Result("aids"))),
        ),
        (Button(_("Ce que je n'ai pas vérifié"), "result:limits", dialogue.open(Result("limits"))),),
        (
            Button(_("Modifier une réponse"), "result:summary", dialogue.open(Summary())),
            Button(_("Refaire"), "result:again", again),
        ),
        (to_home(here),),
    )


def _criteria(here: Here, path: Path) -> Screen:
    """Every criterion under where it stands, with its source by number; then what is only told."""
    _ = here.words
    asked = [finding for finding in path.findings if not finding.verdict.missing]
    sources = list(dict.fromkeys(finding.rule.source for finding in asked))
    lines: list[Line] = []
    for heading, standing in _standings(_):
        findings = [finding for finding in asked if finding.standing is standing]
        if findings:
            lines.append(title(heading))
        for finding in findings:
            number = sources.index(finding.rule.source) + 1
            lines.append(bullet(_("{sentence} [{number}]", sentence=_(finding.sentence), number=number)))
    lines.append(note(_("Sources :")))
    lines += [
        note(_("[{number}] {source}", number=number, source=cite(source, _)))
        for number, source in enumerate(sources, start=1)
    ]
    return Screen(tuple(lines), ((_to_outcome(here), to_human(here)),))


def _standings(_: Words) -> tuple[tuple[str, Standing], ...]:
    return (
        (_("Critères non remplis"), Standing.NOT_MET),
        (_("À vérifier ensemble"), Standing.OPEN),
        (_("Critères remplis"), Standing.MET),
        (_("Pour information"), Standing.TOLD),
    )


def cite(source: Source, _: Words) -> str:
    """A source as a reader can find it again."""
    if source.article:
        return _(
            "{text}, {article} (lu le {day})",
            text=_(source.text),
            article=_(source.article),
            day=_.short_day(source.read),
        )
    return _("{text} (lu le {day})", text=_(source.text), day=_.short_day(source.read))


def _aids(here: Here, path: Path) -> Screen:
    _, fitting = here.words, aids(here.programme, path)
    lines: list[Line] = [title(_("D'autres aides"))]
    lines += _aid_lines(fitting, _)
    if not fitting:
        lines.append(bullet(_("Le CCAS connaît d'autres aides selon votre situation. Demandez-lui.")))
    lines.append(note(_(here.programme.legal["conseil"].text)))
    return Screen(tuple(lines), ((_to_outcome(here), to_human(here)),))


def _aid_lines(listed: tuple[Aid, ...], _: Words) -> list[Line]:
    lines: list[Line] = []
    for aid in listed:
        lines.append(title(_(aid.name)))
        lines.append(bullet(_(aid.text)))
        if aid.contact:
            lines.append(bullet(_("À qui demander : {contact}", contact=_(aid.contact))))
    return lines


def _limits(here: Here) -> Screen:
    """What no questionnaire can see."""
    _ = here.words
    return Screen(
        lines=(
            title(_("Ce que je n'ai pas vérifié")),
            bullet(_("Vos réponses elles-mêmes : je vous crois.")),
            bullet(_("Vos revenus, vos charges et vos papiers.")),
            bullet(_("Si la mensualité tient dans votre budget.")),
            bullet(_("Les fichiers de la Banque de France : je n'y ai pas accès.")),
            bullet(_("L'avis du prêteur. Il répond en 2 à 8 semaines.")),
        ),
        rows=((_to_outcome(here), to_human(here)),),
    )


def _to_outcome(here: Here) -> Button:
    return Button(here.words("Retour au résultat"), "result:outcome", here.dialogue.at(Result()))


def _unfinished(here: Here) -> Screen:
    """Only after the programme itself changed: a question has come that was not there before."""
    _ = here.words
    go_on = Button(_("Continuer"), "result:continue", here.dialogue.at(Asking()))
    return Screen((title(_("Il reste une question.")),), ((go_on,), (to_human(here),)))
