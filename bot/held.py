"""What a paused bot would do if it went on now, counted and said to the operator."""

from datetime import date, timedelta

from conversations.catalogues import FRENCH
from conversations.scene import Scene
from storage.pause import Held, Times
from storage.transaction import Transaction

HOW = "Pour continuer : « python -m bot resume --envoyer » ou « --oublier ». L’aide dit ce qui change."


def held(kept: Transaction, scene: Scene) -> Held:
    """What waits for the end of the pause, with what has to be erased by then."""
    retention = scene.programme.retention
    return kept.pause.held(
        Times(
            scene.now - timedelta(days=retention.conversation),
            scene.now - timedelta(days=retention.handover_closed),
            scene.now - timedelta(days=retention.handover_open),
        )
    )


def sentences(of: Held, today: date, *, mailing: bool) -> list[str]:
    """A line for each kind of thing, also where there is none of it; mails only where they are sent.

    What is erased depends on the machine's date, which a new machine may have wrong: it is said too.
    """
    _ = FRENCH
    mails = _.many("- {n} courriel pour l’équipe", "- {n} courriels pour l’équipe", of.mails)
    silent = ("- {n} fiche à mettre à jour, sans bruit", "- {n} fiches à mettre à jour, sans bruit")
    return [
        _("Voici ce qui partirait maintenant :"),
        _.many("- {n} écran d’habitant à montrer", "- {n} écrans d’habitants à montrer", of.screens),
        _.many("- {n} message pour l’équipe", "- {n} messages pour l’équipe", of.letters),
        *([mails] if mailing else []),
        _.many(*silent, of.edits),
        _.many("- {n} nouvelle pour un habitant", "- {n} nouvelles pour des habitants", of.news),
        _.many("- {n} geste reçu, à traiter", "- {n} gestes reçus, à traiter", of.arrivals),
        _("Et ce qui serait effacé, parce que son délai est passé ({day}) :", day=_.day(today)),
        _.many("- {n} conversation", "- {n} conversations", of.conversations),
        _.many("- {n} demande", "- {n} demandes", of.requests),
    ]
