"""A file is read in a thread beside the request that brought it: the request need not wait for a long one,
and its page says how far it is. The thread's notes are rows, for the next request may come to another process.

If the process ends meanwhile, nothing is half written: the upload gives no more signs, and its page says so.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from time import monotonic

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from feedback.core import clock
from feedback.core.db import aside, commit, db, table_of
from feedback.core.logs import log
from feedback.core.words import speaking
from feedback.files.actions import keep
from feedback.importer import actions
from feedback.importer.errors import NotAPlan
from feedback.importer.isolated import parse_isolated
from feedback.importer.models import DONE, REFUSED, Upload
from feedback.plans.actions import Source

EACH_S = 0.7  # so often a note is written at the most
FAILED = "failed"  # not the file's fault


def read_aside(app: Flask, upload_id: int, data: bytes, *, locale: str) -> Thread:
    """Begin to read; whoever likes may wait for the thread a while."""
    thread = Thread(target=_read, args=(app, upload_id, data, locale), daemon=True)
    thread.start()
    return thread


def _read(app: Flask, upload_id: int, data: bytes, locale: str) -> None:
    with app.app_context(), speaking(locale):
        try:
            _make(upload_id, data, _teller(app, upload_id))
        except NotAPlan as error:
            _refuse(upload_id, error.code)
        except Exception:  # whatever it was, the page must not wait for ever
            log.exception("plan_not_kept")
            _refuse(upload_id, FAILED)


def _make(upload_id: int, data: bytes, tell: Callable[[int, int], None]) -> None:
    upload = db.session.get_one(Upload, upload_id)
    name = upload.name
    db.session.rollback()  # no transaction while the child reads
    read = parse_isolated(data, name, tell)
    upload = db.session.get_one(Upload, upload_id)
    source = Source(name=name, sha256=upload.sha256)
    made = actions.make(read, source=source, plan=upload.plan, by=upload.by)
    keep(data, name=name, media_type="application/octet-stream", subject=f"reading:{made.id}")
    upload.state, upload.reading_id, upload.told_at = DONE, made.id, clock.now()
    commit()


def _refuse(upload_id: int, code: str) -> None:
    db.session.rollback()
    upload = db.session.get_one(Upload, upload_id)
    upload.state, upload.code, upload.told_at = REFUSED, code, clock.now()
    commit()


def _teller(app: Flask, upload_id: int) -> Callable[[int, int], None]:
    """Writes down how many pages are read, now and then; called from the thread that hears the child."""
    last = -EACH_S

    def tell(done: int, pages: int) -> None:
        nonlocal last
        if monotonic() - last < EACH_S:
            return
        last = monotonic()
        upload = table_of(Upload)
        note = {"pages_done": done, "pages": pages, "told_at": clock.now()}
        try:
            with app.app_context(), aside() as connection:
                connection.execute(sa.update(upload).where(upload.c.id == upload_id).values(note))
        except DBAPIError:
            return  # the next page tells again

    return tell
