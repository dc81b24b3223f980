"""The closed reason codes, and how each reads."""

from conversations.desk.deeds import REDIRECTED
from conversations.programme.model import Programme
from conversations.words import Words


def missing_papers(programme: Programme, purpose: str, _: Words) -> dict[str, str]:
    """*Papier manquant…*: id → label, of the papers for this purpose."""
    return {
        paper.id: _(paper.label)
        for paper in programme.papers
        if not paper.purposes or purpose in paper.purposes
    }


def is_ending(programme: Programme, code: str) -> bool:
    """Whether a request was closed for this, rather than waits for a paper."""
    return code.startswith(REDIRECTED) or programme.handover.closure(code) is not None


def reason(programme: Programme, code: str, _: Words) -> str:
    """A reason in words; "" for none, and for one that the programme knows no longer."""
    if code.startswith(REDIRECTED):
        aid = next((aid for aid in programme.aids if aid.id == code.removeprefix(REDIRECTED)), None)
        return _("Orientation : {aid}", aid=_(aid.name)) if aid else ""
    closure = programme.handover.closure(code)
    paper = next((paper for paper in programme.papers if paper.id == code), None)
    return _(closure.label) if closure else _(paper.label) if paper else ""
