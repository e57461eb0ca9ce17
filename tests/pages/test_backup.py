"""A backup is taken while the site runs, and shown to live before anybody needs it."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
from flask import Flask
from flask.testing import FlaskCliRunner

from feedback.core import files
from feedback.core.db import commit, db
from feedback.files.models import StoredFile
from feedback.pages.commands import backup
from tests import make


def empty_database(site: Flask) -> str:
    with site.app_context():
        url = db.engine.url
        if url.get_backend_name() == "sqlite":
            return ""
        name = f"rehearsal_{url.database}"
        admin = url.set(drivername="postgresql", database="postgres")
        with psycopg.connect(admin.render_as_string(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return url.set(drivername="postgresql", database=name).render_as_string()


def test_a_backup_lives_again_and_what_is_not_whole_is_said(site: Flask, tmp_path: Path) -> None:
    runner: FlaskCliRunner = site.test_cli_runner()
    with site.app_context():
        make.reference_data()
        petition = make.receipt().petition
        kept = files.store(b"a paper")
        row = StoredFile(sha256=kept, name="a.pdf", media_type="application/pdf", size=7)
        row.subject = petition.subject
        db.session.add(row)
        commit()
    folder = tmp_path / "backup"
    taken = runner.invoke(backup, ["take", str(folder)])
    assert taken.exit_code == 0, taken.output
    assert (folder / "secret").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert "not empty" in runner.invoke(backup, ["take", str(folder)]).output
    with site.app_context():
        make.receipt(key="after the backup")
        commit()
    into = empty_database(site)
    rehearsal = ["rehearse", str(folder), *(["--into", into] if into else [])]
    whole = runner.invoke(backup, rehearsal)
    assert whole.exit_code == 0, whole.output
    assert "this backup is whole" in whole.output
    assert "1 files compared with their bytes, 0 differ" in whole.output
    os.chmod(folder / "files" / kept[:2] / kept, 0o600)
    (folder / "files" / kept[:2] / kept).write_bytes(b"another paper")
    if into:
        assert "name an empty database" in runner.invoke(backup, rehearsal[:2]).output
    else:
        torn = runner.invoke(backup, rehearsal)
        assert torn.exit_code == 1
        assert f"{kept}: missing, or not as it was kept" in torn.output
        assert "NOT whole" in torn.output
