"""The index kept true by events, in the transaction that records them (registered in app.py)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from feedback import audit
from feedback.comments.models import Comment
from feedback.core.db import db
from feedback.pages.finding import sources
from feedback.petitions.models import Answer, Petition
from feedback.plans.models import PlanItem
from feedback.search.actions import mend, put, remove, remove_of_plan

PETITION, COMMENT, PLAN, AGENCY = "petition:", "comment:", "plan:", "agency:"
AT_ONCE = 500  # within every engine's limit of parameters
# what changes nothing that can be found; a submission waits for a person's decision before anybody finds it
OF_NO_CONCERN = frozenset(
    f"petition:{name}"
    for name in (
        "submitted",
        "drafted",
        "rated",
        "late",
        "blurred",
        "screened",
        "part_asked",
        "part_given",
        "extension_asked",
        "consent_given",
        "consent_withdrawn",
        "contact_corrected",
    )
)
OF_NO_CONCERN |= {
    f"plan:{name}"
    for name in (
        "progress_reported",
        "target_set",
        "target_corrected",
        "target_withdrawn",
        "milestone_set",
        "milestone_moved",
        "weighed",
        "rhythm_set",
    )
}
# comments stand under the item's title, and under published plans alone
HEADS_OF_COMMENTS = {"plan:published", "plan:amended", "plan:taken_back", "plan:described"}


def petition_changed(happening: audit.Happening) -> None:
    """A petition and its answers: public or no longer, passed on, answered, ended."""
    if happening.tag in OF_NO_CONCERN:
        return
    names = _told(happening, PETITION, but=OF_NO_CONCERN)
    for start in range(0, len(names or ()), AT_ONCE):  # a reorganisation may move thousands
        some = (names or [])[start : start + AT_ONCE]
        ids = _keys(sa.select(Petition.id).where(Petition.public_id.in_(some)))
        _keep("petition", ids, sources.petitions(Petition.id.in_(ids)))
        given = _keys(sa.select(Answer.id).where(Answer.petition_id.in_(ids)))
        if given:
            _keep("answer", given, sources.answers(Answer.petition_id.in_(ids)))


def comment_changed(happening: audit.Happening) -> None:
    """A comment: everybody reads it, or no longer."""
    names = _told(happening, COMMENT)
    if names is not None:
        ids = _keys(sa.select(Comment.id).where(Comment.public_id.in_(names)))
        _keep("comment", ids, sources.comments(Comment.id.in_(ids)))


def plan_changed(happening: audit.Happening) -> None:
    """The tasks of a plan, and what hangs under them."""
    if happening.tag in OF_NO_CONCERN:
        return
    names = _told(happening, PLAN, but=OF_NO_CONCERN)
    if names is None:
        return
    plans = [int(name) for name in names if name.isdigit()]
    ids = _keys(sa.select(PlanItem.id).where(PlanItem.plan_id.in_(plans)))
    found = sources.items(PlanItem.plan_id.in_(plans))
    put(found)
    for plan in plans:  # an item may be gone from the tables as well
        remove_of_plan("item", plan, keep={entry.ref for entry in found})
    tags = {told.tag for told in audit.pending()}
    if not found or tags & HEADS_OF_COMMENTS:
        said = _keys(sa.select(Comment.id).where(Comment.item_id.in_(ids)))
        if said:
            _keep("comment", said, sources.comments(Comment.item_id.in_(ids)))


def agency_changed(happening: audit.Happening) -> None:
    """Every body, and who leads the items now."""
    if _told(happening, AGENCY) is not None:
        mend_reference()


def mend_reference(*, on: date | None = None) -> int:
    """Bodies and items compared as a whole; returns how many differed. Daily as well: a body ends on
    its last day without an event."""
    differed = 0
    for source in sources.SOURCES:
        if source.kind in {"agency", "item"}:
            after: int | None = 0
            while after is not None:
                step = mend(source, after=after)
                differed, after = differed + step.differed, step.next
    return differed


def _told(
    happening: audit.Happening, prefix: str, *, but: Collection[str] = ()
) -> list[str] | None:
    """What this commit's events of the prefix are about, when the last of them is told; None before."""
    told = [h for h in audit.pending() if h.tag.startswith(prefix) and h.tag not in but]
    if told[-1] is not happening:
        return None
    return sorted({h.subject.partition(":")[2] for h in told})


def _keys(query: sa.Select[Any]) -> list[int]:
    return list(db.session.scalars(query))


def _keep(kind: str, ids: Collection[int], found: list[sources.Entry]) -> None:
    """Put in what everybody may find of these, and take out the others."""
    put(found)
    remove(kind, set(ids) - {entry.ref for entry in found})
