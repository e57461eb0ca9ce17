"""Everything of one kind that everybody may find, read from the features' tables. What is private, hidden
or not published stays outside here, and here alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from feedback.agencies.models import Agency
from feedback.agencies.queries import Registry, registry
from feedback.comments.models import VISIBLE, Comment
from feedback.core import clock
from feedback.core.db import db
from feedback.pages.finding import entries
from feedback.petitions.models import Answer, AnswerVersion, Petition
from feedback.plans.models import Plan, PlanItem
from feedback.plans.queries import WITH_BODIES, assignments_of, body_today
from feedback.search.actions import Source
from feedback.search.rules.terms import Entry

Read = Callable[..., list[Entry]]
_COMMUNE = aliased(Agency)
_SHOWN = sa.and_(Petition.is_public, Petition.state != "sealed")


def petitions(*which: Any) -> list[Entry]:
    """Of these petitions the public ones."""
    query = (
        _cases(Petition.submitted_on)
        .join(Agency, Agency.id == Petition.agency_id)
        .where(_SHOWN, *which)
    )
    return [entries.petition(entries.Case(*row)) for row in db.session.execute(query)]


def answers(*which: Any) -> list[Entry]:
    """Of these answers the published ones to public petitions."""
    earlier = aliased(Answer)
    number = (
        sa.select(sa.func.count())
        .where(earlier.petition_id == Answer.petition_id, earlier.leg_number <= Answer.leg_number)
        .where(earlier.published_at.is_not(None))
        .scalar_subquery()
    )
    query = (
        _cases(Petition.submitted_on)
        .join(Answer, Answer.petition_id == Petition.id)
        .join(Agency, Agency.id == Answer.agency_id)
        .join(AnswerVersion, AnswerVersion.answer_id == Answer.id)
        .where(_SHOWN, AnswerVersion.state == "published", *which)
        .add_columns(Answer.id, number, AnswerVersion.text, Answer.published_at)
    )
    return [
        entries.answer(
            entries.Case(*case), ref=ref, number=nth, text=text, day=clock.day_of(published)
        )
        for *case, ref, nth, text, published in db.session.execute(query)
    ]


def _cases(day: Any) -> sa.Select[Any]:
    """The columns of ``entries.Case``; who joins ``Agency`` says whose."""
    return (
        sa.select(
            Petition.id,
            Petition.public_id,
            Petition.title,
            Petition.text,
            day,
            Agency.code,
            Agency.name,
            PlanItem.plan_id,
            Petition.state,
            _COMMUNE.code,
        )
        .select_from(Petition)
        .outerjoin(_COMMUNE, _COMMUNE.id == Petition.commune_id)
        .outerjoin(PlanItem, PlanItem.id == Petition.item_id)
    )


def comments(*which: Any) -> list[Entry]:
    """Of these comments those whose words everybody reads, under published plans."""
    query = (
        sa.select(Comment.id, Comment.public_id, Comment.text, Comment.created_at, PlanItem)
        .join(PlanItem, PlanItem.id == Comment.item_id)
        .join(Plan, Plan.id == PlanItem.plan_id)
        .outerjoin(Agency, Agency.id == Comment.agency_id)
        .where(Comment.state == VISIBLE, Comment.listed, Plan.published_at.is_not(None), *which)
        .add_columns(Agency.code, Agency.name)
    )
    return [
        entries.comment(
            ref=ref,
            public_id=public_id,
            text=text,
            day=clock.day_of(at),
            heading=item.heading,
            plan_id=item.plan_id,
            agency=code,
            agency_name=name,
        )
        for ref, public_id, text, at, item, code, name in db.session.execute(query)
    ]


def items(*which: Any) -> list[Entry]:
    """Of these items the tasks of published plans that are in force."""
    query = (
        sa.select(PlanItem)
        .join(PlanItem.plan)
        .where(PlanItem.is_task, PlanItem.gone_in.is_(None), Plan.published_at.is_not(None), *which)
        .options(joinedload(PlanItem.plan), WITH_BODIES)
        .options(joinedload(PlanItem.shared_from).options(WITH_BODIES))
    )
    found = db.session.scalars(query).unique().all()
    named = {a.agency_id for i in found for a in assignments_of(i) if a.agency_id}
    known = registry(named) if found else Registry({}, ())
    return [_item(one, known, clock.today()) for one in found]


def _item(one: PlanItem, known: Registry, day: date) -> Entry:
    lines = assignments_of(one)
    leads = [
        body
        for line in lines
        if line.role == "lead" and line.agency is not None
        for body in (line.agency, body_today(line, one.text, day, known).now)
    ]
    return entries.item(
        ref=one.id,
        heading=one.heading,
        text=f"{one.summary} {one.text}",
        wordings=[line.wording for line in lines],
        number=one.number,
        plan_id=one.plan_id,
        plan_number=one.plan.number,
        day=one.plan.issued_on,
        agencies=[body.code for body in leads if body is not None],
    )


def agencies(*which: Any) -> list[Entry]:
    """Bodies, of today and former."""
    query = sa.select(Agency).where(*which).options(selectinload(Agency.aliases))
    found = db.session.scalars(query).all()
    known, day = registry({a.id for a in found}), clock.today()
    return [_agency(one, known, day) for one in found]


def _agency(one: Agency, known: Registry, day: date) -> Entry:
    outcome = known.today_of(one.id, day) if not one.exists_on(day) else None
    ids = [outcome.main_id, *(body for _f, body, _m in outcome.parts)] if outcome else []
    bodies = [known.agencies[key] for key in dict.fromkeys(ids) if key in known.agencies]
    return entries.agency(
        ref=one.id,
        code=one.code,
        name=one.name,
        place=one.place_name or "",
        names=[one.short_name, *(alias.name for alias in one.aliases)],
        level=one.level,
        exists=one.exists_on(day),
        followers=[(body.code, body.name) for body in bodies],
    )


def _walk(key: Any, read: Read) -> Callable[[int, int], tuple[Sequence[Entry], int | None]]:
    """By key, a bounded number at a time, whether it can be found or not."""

    def walk(after: int, most: int) -> tuple[Sequence[Entry], int | None]:
        keys = db.session.scalars(sa.select(key).where(key > after).order_by(key).limit(most)).all()
        if not keys:
            return [], None
        return read(key > after, key <= keys[-1]), keys[-1]

    return walk


SOURCES = (
    Source("agency", _walk(Agency.id, agencies)),
    Source("item", _walk(PlanItem.id, items)),
    Source("petition", _walk(Petition.id, petitions)),
    Source("answer", _walk(Answer.id, answers)),
    Source("comment", _walk(Comment.id, comments)),
)
