"""A database in service with made-up files in it, and what the pages of it are called."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from benchmarks.parts.places import Place
from benchmarks.parts.serving import environment
from feedback.accounts.models import Person
from feedback.accounts.queries import code_now, secret_from
from feedback.agencies.models import Agency
from feedback.app import create_app
from feedback.comments.models import Comment
from feedback.core.config import ROOT, Settings
from feedback.core.db import commit, db
from feedback.demo.load.run import ITEM
from feedback.petitions.models import Petition
from feedback.plans.models import PlanItem

SECRET = "a secret of the benchmarks, long enough"
PASSWORD = "ydan-tayninh-demo"
CACHE_MB = 32


@dataclass(frozen=True)
class Stage:
    """One database of a place, by its name."""

    place: Place
    name: str

    @property
    def engine(self) -> str:
        return self.place.engine

    @property
    def url(self) -> str:
        """As the site's settings take it."""
        return self.place.url(self.name)

    @property
    def folder(self) -> Path:
        return self.place.folder

    def environ(self, *, cached: bool) -> dict[str, str]:
        size = str(CACHE_MB if cached else 0)
        return environment(self.url, self.folder, SECRET, FEEDBACK_PAGE_CACHE_MB=size)

    def flask(self, *arguments: str) -> None:
        """A command of the site. It may show its progress."""
        environ = self.environ(cached=False) | {"FEEDBACK_ENV": "development"}
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        subprocess.run(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, check=True)

    def app(self, *, cached: bool) -> Flask:
        """The application in this process."""
        return create_app(
            Settings(
                database_url=self.url,
                instance_dir=self.folder,
                secret_key=SECRET,
                page_cache_mb=CACHE_MB if cached else 0,
                log_level="ERROR",
            )
        )

    @contextmanager
    def within(self) -> Iterator[Flask]:
        app = self.app(cached=False)
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()

    # --- growing -------------------------------------------------------------------------------

    def another(self, name: str) -> Stage:
        """Another one, which begins as a copy of this one unless an earlier run kept it."""
        if not self.place.has(name):
            self.place.create(name, like=self.name)
        return replace(self, name=name)

    def migrate(self) -> None:
        if not self.place.has(self.name):
            self.place.create(self.name)
        self.flask("db", "upgrade")

    def grow(self, files: int, *, comments: int = 0) -> None:
        """At least so many files in all, and comments on one item."""
        with self.within():
            more = files - _number(Petition)
            said = comments - _number(Comment)
        if more > 0 or said > 0:
            wanted = {"--petitions": max(more, 0), "--comments": max(said, 0)}
            self._load(wanted)

    def fill_queue(self, agency: str, files: int) -> None:
        """At least so many files open at one body."""
        with self.within():
            more = files - _number(Petition, *_open_at(agency))
        if more > 0:
            self._load({"--petitions": 0, "--open": more}, agency=agency)

    def _load(self, wanted: dict[str, int], *, agency: str = "") -> None:
        words = [word for name, number in wanted.items() for word in (name, str(number))]
        self.flask("demo", "load", *words, *(["--agency", agency] if agency else []))

    # --- what is there ---------------------------------------------------------------------------

    def files(self) -> int:
        with self.within():
            return _number(Petition)

    def item_address(self) -> str:
        with self.within():
            found = db.session.scalars(sa.select(PlanItem).where(PlanItem.path == ITEM)).first()
            assert found is not None
            return f"/items/{found.id}"

    def code(self, email: str) -> str:
        """The second factor of somebody, at this moment; good even if one was just used."""
        with self.within():
            person = db.session.scalars(sa.select(Person).where(Person.email == email)).one()
            person.totp_last_step = None
            commit()
            return code_now(secret_from(person.totp_seed or ""))

    def deep_cursor(self, agency: str) -> tuple[int, str]:
        """How many files of a body's queue lie before its page at nine tenths, and where it begins."""
        with self.within():
            keys = sa.select(Petition.due_on, Petition.id).where(*_open_at(agency))
            skipped = _number(Petition, *_open_at(agency)) * 9 // 10
            ordered = keys.order_by(Petition.due_on, Petition.id)
            due_on, key = db.session.execute(ordered.offset(skipped).limit(1)).one()
        written = json.dumps([due_on.isoformat(), key]).encode()
        return skipped, base64.urlsafe_b64encode(written).decode().rstrip("=")

    def version(self) -> str:
        """What the database calls itself."""
        asked = "SELECT sqlite_version()" if self.engine == "SQLite" else "SHOW server_version"
        with self.within():
            return f"{self.engine} {db.session.scalar(sa.text(asked))}"


def _number(model: Any, *conditions: Any) -> int:
    counted = sa.select(sa.func.count()).select_from(model).where(*conditions)
    return db.session.scalar(counted) or 0


def _open_at(agency: str) -> tuple[Any, ...]:
    body = sa.select(Agency.id).where(Agency.code == agency).scalar_subquery()
    return Petition.agency_id == body, Petition.is_open
