"""Catalogues of the interface's words: one .po file an area, merged and compiled into messages.mo.

One more language is one more folder. What it has no words for yet is said in Vietnamese, which more people
here read than English; so a first file with ten sentences is enough to begin with.
"""

from __future__ import annotations

import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask.cli import AppGroup

MADE = datetime(2026, 1, 1, tzinfo=UTC)
FOLDER = Path(__file__).resolve().parents[1] / "translations"

messages = AppGroup("messages", help="Words of the interface.")


NEXT_BEST = "vi"


class TwoWordings(Exception):
    """The same id has two different translations in two files."""


def merged(locale: str) -> Catalog:
    """All catalogues of a locale as one, completed. Raises TwoWordings where two files disagree."""
    whole = _own(locale)
    if locale not in {NEXT_BEST, "en"}:  # English needs no words but the ids
        for message in _own(NEXT_BEST):
            if message.id and not all(_forms(whole.get(message.id, message.context))):
                said = _forms(message)
                several = isinstance(message.id, tuple)
                forms = (said[0],) * whole.num_plurals if several else said[0]
                whole.add(message.id, forms, context=message.context)
    return whole


def _forms(message: Message | None) -> tuple[str, ...]:
    """A message's wordings: one, or one for each plural; an empty one where it has none."""
    if message is None or not message.string:
        return ("",)
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _own(locale: str) -> Catalog:
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
    """In one piece: a site that runs reads the old words or the new ones, never half of them."""
    target = FOLDER / locale / "LC_MESSAGES" / "messages.mo"
    written = target.with_suffix(f".{os.getpid()}")
    with written.open("wb") as out:
        write_mo(out, merged(locale))
    return written.replace(target)


def locales() -> list[str]:
    """Languages that have a folder, Vietnamese among them."""
    return sorted(f.name for f in FOLDER.iterdir() if (f / "LC_MESSAGES").is_dir())


def compile_all() -> list[Path]:
    return [compile_locale(locale) for locale in locales()]


def is_fresh(locale: str) -> bool:
    """Does messages.mo hold exactly what the catalogues say?"""
    wanted = io.BytesIO()
    write_mo(wanted, merged(locale))
    compiled = FOLDER / locale / "LC_MESSAGES" / "messages.mo"
    return compiled.is_file() and compiled.read_bytes() == wanted.getvalue()


@messages.command("compile")
def compile_command() -> None:
    """Merge and compile every locale's catalogues."""
    for path in compile_all():
        click.echo(f"{path.parent.parent.name}: {path.name} written")


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(
            0 if all(map(is_fresh, locales())) else "the words are not compiled: make messages"
        )
    compile_all()
