"""`transmission`: what is agreed to, how fast requests move, and how people are kept informed."""

from collections.abc import Mapping
from types import MappingProxyType

from conversations.programme.node import Node
from conversations.programme.sections.names import check_unique, read_id
from conversations.programme.terms import NEWS, Closure, HandoverTerms, SpokenLanguage
from conversations.programme.units import CALLS, HALF_DAYS, HOURS, LANGUAGE, MINUTES, REQUESTS, TIME, Kind
from conversations.programme.units import DAYS as DAYS_LONG
from conversations.programme.wording import label, prose

# What a placeholder looks like once it is filled: sentences are measured with it.
SAMPLES = {
    "reference": "MC-7F3K",
    "jour": "mardi 24 novembre",
    "heure": "14 h 30",
    "papier": "un devis",
    "aide": "la mairie",
    "transmission_close": "30 jours",
    "transmission_ouverte": "90 jours",
}
COUNTS: Mapping[str, Kind[int]] = MappingProxyType(
    {
        "plafond_dossiers": REQUESTS,
        "rythme_par_demi_journee": REQUESTS,
        "creneaux_proposes": HALF_DAYS,
        "delai_avant_creneau": HOURS,
        "contact_visible": HOURS,
        "essais_sans_reponse": CALLS,
        "rappel_relance": HALF_DAYS,
        "alerte_coordination": HALF_DAYS,
        "absence_du_bot": MINUTES,
        "annulation": MINUTES,
        "rappel_papiers": DAYS_LONG,
        "rappel_rendez_vous": DAYS_LONG,
        "duree_rendez_vous": MINUTES,
    }
)


def read_transmission(node: Node, figures: Mapping[str, str]) -> HandoverTerms:
    """The rules of the hand-over; every number with its unit."""
    node.fields("consentement", "en_attendant", *COUNTS, "nuit", "langues", "motifs_de_cloture", "nouvelles")
    counts = {name: node[name].read(kind) for name, kind in COUNTS.items()}
    consent = node["consentement"].fields("version", "phrases")
    night = node["nuit"].fields("de", "a")
    languages, closures = node["langues"].items(), node["motifs_de_cloture"].items()
    check_unique(languages, "code")
    check_unique(closures)
    return HandoverTerms(
        consent_version=consent["version"].text(),
        consent=_sentences(consent["phrases"], figures, ("transmission_close", "transmission_ouverte")),
        meanwhile=_sentences(node["en_attendant"], figures, ()),
        cap=counts["plafond_dossiers"],
        pace=max(counts["rythme_par_demi_journee"], 1),  # 0 only after a mistake
        slots_offered=counts["creneaux_proposes"],
        notice_hours=counts["delai_avant_creneau"],
        reveal_hours=counts["contact_visible"],
        tries=counts["essais_sans_reponse"],
        remind_after=counts["rappel_relance"],
        escalate_after=counts["alerte_coordination"],
        bot_away_minutes=counts["absence_du_bot"],
        undo_minutes=counts["annulation"],
        papers_reminder=counts["rappel_papiers"],
        appointment_reminder=counts["rappel_rendez_vous"],
        appointment_minutes=counts["duree_rendez_vous"],
        quiet_from=night["de"].read(TIME),
        quiet_until=night["a"].read(TIME),
        languages=tuple(_language(item) for item in languages),
        closures=tuple(_closure(item, figures) for item in closures),
        news=_news(node["nouvelles"], figures),
    )


def _language(node: Node) -> SpokenLanguage:
    node.fields("code", "nom")
    return SpokenLanguage(node["code"].read(LANGUAGE), node["nom"].text())


def _closure(node: Node, figures: Mapping[str, str]) -> Closure:
    node.fields("id", "texte", "phrase")
    return Closure(read_id(node["id"]), label(node["texte"], figures), prose(node["phrase"], figures))


def _news(node: Node, figures: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    node.fields(*NEWS)
    return {name: _sentences(node[name], figures, placeholders) for name, placeholders in NEWS.items()}


def _sentences(node: Node, figures: Mapping[str, str], placeholders: tuple[str, ...]) -> tuple[str, ...]:
    known = {**figures, **{name: SAMPLES[name] for name in placeholders}}
    return tuple(prose(item, known) for item in node.items())
