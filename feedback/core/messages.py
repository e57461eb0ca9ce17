"""Catalogues of the interface's words: one .po file an area, merged and compiled into messages.mo."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask.cli import AppGroup

MADE = datetime(2026, 1, 1, tzinfo=UTC)
FOLDER = Path(__file__).resolve().parents[1] / "translations"

messages = AppGroup("messages", help="Words of the interface.")


class TwoWordings(Exception):
    """The same id has two different translations in two files."""


def merged(locale: str) -> Catalog:
    """All catalogues of a locale as one. Raises TwoWordings where two files disagree."""
    # a fixed date, so that the same words always compile to the same bytes
    whole = Catalog(locale=locale, creation_date=MADE, revision_date=MADE)
    for path in sorted((FOLDER / locale / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as source:
            part = read_po(source, locale=locale)
        for message in part:
            if not message.id:
                continue
            known = whole.get(message.id, message.context)
            if known is not None and known.string != message.string:
                raise TwoWordings(f"{message.id!r} in {path.name}")
            whole.add(message.id, message.string, context=message.context)
    return whole


def compile_locale(locale: str) -> Path:
    target = FOLDER / locale / "LC_MESSAGES" / "messages.mo"
    with target.open("wb") as out:
        write_mo(out, merged(locale))
    return target


def compile_all() -> list[Path]:
    folders = [f for f in sorted(FOLDER.iterdir()) if (f / "LC_MESSAGES").is_dir()]
    return [compile_locale(folder.name) for folder in folders]


def is_fresh(locale: str) -> bool:
    """Does messages.mo hold exactly what the catalogues say?"""
    wanted = io.BytesIO()
    write_mo(wanted, merged(locale))
    return (FOLDER / locale / "LC_MESSAGES" / "messages.mo").read_bytes() == wanted.getvalue()


@messages.command("compile")
def compile_command() -> None:
    """Merge and compile every locale's catalogues."""
    for path in compile_all():
        click.echo(f"{path.parent.parent.name}: {path.name} written")


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if is_fresh("vi") else "the words are not compiled: make messages")
    compile_all()
