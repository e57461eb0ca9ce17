"""Files of forms that nobody sent go after two days, bytes that nobody names after one; nothing else goes."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.core import clock, files
from feedback.core.db import commit, db
from feedback.files.actions import forget_drafts, keep, keep_cleaned
from feedback.files.cleaning import clean_upload
from feedback.files.models import StoredFile, Thumbnail
from feedback.files.queries import draft_subject, drafts_of
from feedback.notifications.jobs import JOBS
from tests.files import corpus
from tests.make import submission
from tests.servers.moment import machine_clock


def on_disk() -> set[str]:
    return {path.name for path in files.folder().glob("??/*")}


def rows(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def aged(days: float) -> None:
    """Everything that is kept now came so many days earlier."""
    past = clock.now() - timedelta(days=days)
    for path in files.folder().glob("??/*"):
        os.utime(path, (past.timestamp(), past.timestamp()))
    db.session.execute(sa.update(StoredFile).values(created_at=past))
    commit()


def forget() -> dict[str, int]:
    told = forget_drafts(on=clock.today())
    commit()
    return told


@pytest.fixture
def inside(site: Flask) -> Iterator[Flask]:
    with site.app_context():
        yield site


def test_what_a_form_left_behind_goes_and_what_was_sent_stays(inside: Flask) -> None:
    picture = clean_upload(corpus.jpeg())
    keep_cleaned(picture, name="ảnh.jpg", subject=draft_subject("a form"))
    plan = keep(b"a plan", name="ke-hoach.txt", media_type="text/plain", subject="plan:1")
    commit()
    assert len(on_disk()) == 3
    aged(1.9)
    assert forget() == {"rows": 0, "files": 0}
    aged(2.1)
    assert forget() == {"rows": 1, "files": 0}  # rows first; their bytes once that is committed
    assert drafts_of("a form") == [] and rows(Thumbnail) == 0
    assert forget() == {"rows": 0, "files": 2}
    assert on_disk() == {plan.sha256}
    assert forget() == {"rows": 0, "files": 0}


@machine_clock  # the files' own times are the machine's
def test_an_orphan_younger_than_a_day_is_let_be(inside: Flask) -> None:
    kept = files.store(b"stored, and the row is on its way")
    part = files.path_of(kept).with_name(".part-crashed")
    part.write_bytes(b"half")
    assert forget() == {"rows": 0, "files": 0}
    aged(1.1)
    assert files.store(b"stored, and the row is on its way") == kept  # came once more just now
    assert forget() == {"rows": 0, "files": 1}
    assert on_disk() == {kept}


def test_one_content_under_two_names_stays_as_long_as_one_of_them(inside: Flask) -> None:
    for subject in ("petition:x", draft_subject("a form")):
        keep(b"the same", name="a.pdf", media_type="application/pdf", subject=subject)
    commit()
    aged(3)
    assert forget()["rows"] == 1
    assert forget() == {"rows": 0, "files": 0}
    assert len(on_disk()) == 1


def test_the_worker_does_it_daily(inside: Flask) -> None:
    assert JOBS["files.forget_drafts"].run is forget_drafts


def test_a_form_knows_only_its_own_files(inside: Flask) -> None:
    keep(b"one", name="a.pdf", media_type="application/pdf", subject=draft_subject("one"))
    commit()
    assert len(drafts_of("one")) == 1
    assert list(drafts_of("two")) == []
    assert len(draft_subject("one")) == 60 and "one" not in draft_subject("one")[6:]


@contextmanager
def free(monkeypatch: pytest.MonkeyPatch, number: int) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=number))
        yield


def test_files_never_take_the_last_of_the_disk(
    inside: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with free(monkeypatch, files.KEPT_FREE_BYTES), pytest.raises(OSError) as caught:
        files.store(b"one more")
    assert caught.value.errno == errno.ENOSPC
    assert on_disk() == set()
    assert files.store(b"one more") in on_disk()


def test_a_write_that_fails_leaves_no_half_file(
    inside: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched, pytest.raises(OSError):
        patched.setattr(os, "fsync", full)
        files.store(b"half of it")
    assert on_disk() == set()


def test_the_fingerprint_of_a_form_knows_its_files() -> None:
    plain, one = submission(key="k"), submission(key="k", files=("a" * 64,))
    assert plain.fingerprint != one.fingerprint
    assert submission(key="k", files_seen=3).fingerprint == plain.fingerprint
