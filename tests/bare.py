"""A small application for what needs a database and templates, but no feature's pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_babel import Babel

from feedback.audit.ddl import create_triggers
from feedback.core import templating
from feedback.core.config import ROOT
from feedback.core.db import db, engine_options


def bare_app(url: str, instance: Path, **config: object) -> Flask:
    app = Flask("bare", instance_path=str(instance), template_folder=str(ROOT / "templates"))
    app.config.update(
        SECRET_KEY="a secret for tests, long enough to pass",
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(url),
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "feedback" / "translations"),
        INSTANCE_DIR=str(instance),
        SITE_NAME="Ý dân thử",
        PROVINCE="Tây Ninh",
        HOTLINE="1022",
        DEMO=False,
        BASE_URL="https://ydan.example",
        SMTP_URL="",
        SMS_URL="",
        SMS_TOKEN="",
        SMS_FROM="",
        SMS_A_DAY=3,
        MAIL_FROM="Ý dân thử <tra-loi@ydan.example>",
    )
    app.config.update(config)
    db.init_app(app)
    Babel(app, default_locale="vi")
    templating.init(app, lambda: "vi")
    return app


def opened(app: Flask, tables: Iterable[str]) -> Iterator[Flask]:
    """The application with these tables (and the record's triggers), inside its context."""
    with app.app_context():
        migrated = sa.inspect(db.engine).has_table("event")
        db.metadata.create_all(db.engine, [db.metadata.tables[name] for name in tables])
        if "event" in tables and not migrated:
            with db.engine.begin() as connection:
                for statement in create_triggers(db.engine.dialect.name):
                    connection.exec_driver_sql(statement)
        yield app
        db.session.remove()
        db.engine.dispose()
