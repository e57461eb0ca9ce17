"""To agree to a purpose, and to take it back: each keeps its proof."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from feedback.core import clock
from feedback.core.db import db, table_of
from feedback.core.errors import Refused
from feedback.core.rows import put_rows
from feedback.notifications.actions import drop_texts
from feedback.petitions import queries
from feedback.petitions.actions import following
from feedback.petitions.actions.move import record, touch
from feedback.petitions.models import Consent, Petition
from feedback.petitions.notices.texts import TEXT_KEY, mobile_of
from feedback.petitions.rules.consents import NAME_PUBLIC, PROGRESS, SMS


def keep(petition: Petition, agreed: Iterable[tuple[str, str]]) -> None:
    """What was ticked when it was sent; one statement, and none where nothing was."""
    at = petition.submitted_at
    rows = [
        {
            "subject": petition.subject,
            "purpose": purpose,
            "version": version,
            "locale": petition.locale,
            "channel": petition.channel,
            "given_at": at,
            "withdrawn_at": None,
        }
        for purpose, version in agreed
    ]
    put_rows(db.session.connection(), table_of(Consent), rows)


def give(petition: Petition, *, purpose: str, version: str, locale: str) -> None:
    """Agree later, from the follow page. Agreeing twice changes nothing."""
    if purpose in queries.standing(queries.consents_of(petition)):
        return
    if purpose == SMS and not mobile_of(petition):
        raise Refused(
            _l(
                "For text messages, first write a mobile number under “Correct my name or contact”."
            ),
            code="no_mobile",
        )
    _follow(petition, purpose, agreed=True)
    db.session.add(
        Consent(
            subject=petition.subject,
            purpose=purpose,
            version=version,
            locale=locale,
            channel="web",
            given_at=clock.now(),
        )
    )
    fields = {"consent": (f"{purpose}:{version}", "party")}
    record(petition, "petition:consent_given", by=None, fields=fields)


def withdraw_consent(petition: Petition, *, purpose: str) -> None:
    """Take a consent back: at once no more mail, or the name hidden. Also works where she never agreed
    but is written to nevertheless (what the law asks): it then stops as well."""
    held = queries.standing(queries.consents_of(petition))
    now = held.get(purpose)
    ends = (
        (PROGRESS, SMS) if purpose == PROGRESS else (purpose,)
    )  # no word at all means no text either
    for one in ends:
        if one in held:
            held[one].withdrawn_at = clock.now()
    if now is None and not (purpose == PROGRESS and petition.notices != "none"):
        return
    _follow(petition, purpose, agreed=False)
    version = now.version if now else ""
    also = f" {SMS}:{held[SMS].version}" if purpose == PROGRESS and SMS in held else ""
    fields = {"consent": (f"{purpose}:{version}{also}", "party")}
    record(petition, "petition:consent_withdrawn", by=None, fields=fields)


def _follow(petition: Petition, purpose: str, *, agreed: bool) -> None:
    """What holds from this moment on."""
    if purpose == PROGRESS:
        petition.notices = "progress" if agreed else "none"
        if not agreed:
            following.quieten(petition)
    if purpose in (PROGRESS, SMS) and not agreed:
        drop_texts(f"{petition.public_id}:{TEXT_KEY}")
    if purpose == NAME_PUBLIC:
        petition.name_public = agreed
    touch(petition)
