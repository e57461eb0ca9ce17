"""Who is told of a reorganisation: the staff of the bodies that take over, and administrators who must act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from feedback.accounts.models import Person
from feedback.accounts.queries import TOLD, Told, holders
from feedback.agencies.models import ActDraft
from feedback.agencies.rules.moving import Act
from feedback.core.db import db
from feedback.notifications.actions import enqueue_all, to_staff

AT_ONCE = 500


def tell_staff_reorganised(draft: ActDraft, act: Act, moved: Mapping[str, int]) -> None:
    """Everybody who works at a body that took something over, those who came along included."""
    bodies = {t.agency_id: t.name for t in act.takers.values() if t.agency_id is not None}
    ended = "; ".join(giver.name for giver in act.givers.values() if giver.ends)
    query = (
        sa.select(*TOLD, Person.agency_id)
        .where(Person.enabled, Person.agency_id.in_(bodies))
        .order_by(Person.id)
    )
    for part in db.session.execute(query).partitions(AT_ONCE):
        enqueue_all(
            [
                one
                for person in part
                for one in to_staff(
                    Told(*person[:5]),
                    "acts",
                    template="agencies/staff_reorganised",
                    params={
                        "title": draft.title,
                        "day": draft.effective_on,
                        "ended": ended,
                        "body": bodies[person.agency_id],
                        "files": moved.get("petitions.files", 0),
                        "link": "/officer",
                    },
                    dedupe_key=f"{draft.public_id}:{{channel}}:reorganised:{person.public_id}",
                )
            ]
        )


def tell_admins_waiting(draft: ActDraft, code: str, on: date) -> None:
    """The day has come and the act cannot be carried out: once a day, to everybody who could help."""
    link = f"/admin/reorganisations/{draft.public_id}/rehearsal"
    enqueue_all(
        [
            one
            for person in holders("admin")
            for one in to_staff(
                person,
                "acts",
                template="agencies/admin_waiting",
                params={
                    "title": draft.title,
                    "day": draft.effective_on,
                    "code": code,
                    "link": link,
                },
                dedupe_key=f"{draft.public_id}:{{channel}}:waiting:{on}:{person.public_id}",
            )
        ]
    )
