"""One application a worker and engine, which each test gets as good as new.

To make one costs more than most stories: hundreds of addresses, templates, and every statement that
SQLAlchemy has to put into words again for a new engine. So the application stays and moves to the
database of each test. What a test may have left on it goes: settings, the kept pages and what is
remembered of a database. Whoever wants other settings or more addresses makes one (``create_app``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from feedback import audit
from feedback.app import create_app
from feedback.core import clock
from feedback.core import db as database
from feedback.core.config import Settings
from feedback.core.db import db, set_reading
from feedback.pagecache import memory

SECRET = "a secret for tests, long enough to pass"


def settings_for(url: str, folder: Path, **changes: Any) -> Settings:
    values = {"secret_key": SECRET, "testing": True, "log_level": "ERROR", **changes}
    return Settings(database_url=url, instance_dir=folder, **values)


class Applications:
    """``with applications.on(url, folder) as app``: one test at a time for each engine."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    @contextmanager
    def on(self, url: str, folder: Path) -> Iterator[Flask]:
        """The application on this database, with the settings of a new one."""
        name = sa.make_url(url).get_backend_name()
        if name not in self._kept:
            self._kept[name] = Kept(url, folder)
        kept = self._kept[name]
        kept.begin(url, folder)
        try:
            yield kept.app
        finally:
            kept.end()


class Kept:
    def __init__(self, url: str, folder: Path) -> None:
        self.app = create_app(settings_for(url, folder))
        with self.app.app_context():
            self.engine = db.engine
        self._config, self._extensions = dict(self.app.config), dict(self.app.extensions)
        self._pages = self.app.wsgi_app.application  # type: ignore[attr-defined] # what is static stands before it
        self._moving: set[sa.Engine] = set()
        self._busy = False

    def begin(self, url: str, folder: Path) -> None:
        assert not self._busy, "another test has this application"
        self._busy = True
        settings = settings_for(url, folder)
        folder.mkdir(parents=True, exist_ok=True)
        self._restore()
        self.app.instance_path = str(folder)
        self.app.config.update(
            DATABASE_URL=url,
            INSTANCE_DIR=str(folder),
            SQLALCHEMY_DATABASE_URI=settings.url,
        )
        # what ``create_app`` says to the whole process
        clock.rehearse(settings.today)
        audit.init(synthetic=settings.testing)
        set_reading(False)
        for engine in self._engines():
            self._move(engine, sa.make_url(settings.url))

    def end(self) -> None:
        with self.app.app_context():
            db.session.remove()
        self.engine.dispose()
        self._restore()
        self._busy = False

    def _restore(self) -> None:
        for now, then in (
            (self.app.config, self._config),
            (self.app.extensions, self._extensions),
        ):
            now.clear()
            now.update(then)
        self._pages._pages.clear()
        memory._memories.pop(self.engine, None)

    def _engines(self) -> list[sa.Engine]:
        reader = database.reading_engine(self.engine)
        return [self.engine] if reader is self.engine else [self.engine, reader]

    def _move(self, engine: sa.Engine, url: sa.URL) -> None:
        """From the next connection on; those to the last database were closed with its test."""
        engine.url = url
        if engine in self._moving:
            return
        self._moving.add(engine)

        @sa.event.listens_for(engine, "do_connect")
        def where(dialect: sa.Dialect, _record: Any, cargs: list[Any], cparams: Any) -> None:
            places, names = dialect.create_connect_args(engine.url)
            cargs[:] = places
            cparams.update(names)
