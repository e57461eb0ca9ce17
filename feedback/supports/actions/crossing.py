"""Enough people ask: once for each petition and effect, in the transaction of the support that does it."""

from __future__ import annotations

from feedback.core.db import db
from feedback.petitions.actions.move import record
from feedback.petitions.models import Petition
from feedback.supports import notices, queries
from feedback.supports.models import SupportCrossing
from feedback.supports.rules.thresholds import Threshold, newly_reached


def cross(petition: Petition) -> list[Threshold]:
    """Bring about what the present number of supports brings about; the file must be locked.

    From here on only the head approves its answer. That is a change of the file: whoever is working on
    it is told so by its version. What was reached stays reached, though supports are taken back.
    """
    holding = queries.thresholds_of(petition)
    if not newly_reached(holding, petition.supports, ()):
        return []
    before = queries.effects_reached(petition.id)
    reached = newly_reached(holding, petition.supports, before)
    for threshold in reached:
        _bind(petition, threshold)
    return reached


def cross_all() -> int:
    """After the operator has changed the table: every open petition once more. Returns how many crossed."""
    crossed = 0
    for petition in queries.supported_open():
        (locked,) = queries.lock(petition.id)
        crossed += bool(cross(locked))
    return crossed


def _bind(petition: Petition, threshold: Threshold) -> None:
    db.session.add(
        SupportCrossing(petition_id=petition.id, effect=threshold.effect, number=threshold.number)
    )
    petition.head_answers = True
    petition.supports_reached = max(petition.supports_reached, threshold.number)
    fields = {
        "effect": (threshold.effect, "public"),
        "threshold": (str(threshold.number), "public"),
        "supports": (str(petition.supports), "public"),
    }
    record(petition, "petition:supports_reached", by=None, fields=fields)
    notices.tell_reached(petition, threshold)
