"""Erasing words from the record: the law may ask for it, and verification must still hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import sqlalchemy as sa

from feedback.audit.actions.recording import Happening, record
from feedback.audit.models import Event, EventField
from feedback.audit.names import subject_name
from feedback.audit.rules.chain import ERASED
from feedback.core import clock
from feedback.core.db import db


def erase(
    fields: Mapping[int, Iterable[str]], *, subject: Any, basis: str, by: Any, agency: Any = None
) -> Happening:
    """Erase words of sealed events, ``{seq: [names]}``, and record that it was done, why and by whom.

    ``basis`` is the legal basis, in words; it is public. Verification still holds afterwards. Raises
    LookupError where a field does not exist or is erased already.
    """
    targets = [(seq, sorted(set(names))) for seq, names in sorted(fields.items())]
    for seq, names in targets:
        done = db.session.execute(
            sa.update(EventField)
            .where(EventField.seq == seq, EventField.name.in_(names))
            .where(EventField.erased_at.is_(None))
            .values(value=None, salt=None, erased_at=clock.now(), erased_basis=basis)
            .execution_options(synchronize_session=False)
        )
        if cast("sa.CursorResult[Any]", done).rowcount != len(names):
            raise LookupError(f"event {seq} has not all of {', '.join(names)} to erase")
    happening = record(
        ERASED, subject=subject, by=by, agency=agency, fields={"basis": (basis, "public")}
    )
    happening.erases = targets
    return happening


def erase_subject(subject: Any, *, basis: str, by: Any, agency: Any = None) -> Happening | None:
    """Erase every word that the record holds about ``subject``; None where nothing was left."""
    rows = db.session.execute(
        sa.select(EventField.seq, EventField.name)
        .join(Event, Event.seq == EventField.seq)
        .where(Event.subject == subject_name(subject), EventField.erased_at.is_(None))
        .where(Event.kind != ERASED)  # why something was erased stays readable
    )
    fields: dict[int, list[str]] = {}
    for seq, name in rows:
        fields.setdefault(seq, []).append(name)
    if not fields:
        return None
    return erase(fields, subject=subject, basis=basis, by=by, agency=agency)
