"""``flask search …``"""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from feedback.core.db import commit, db
from feedback.search.actions import mend, sources

search = AppGroup("search", help="The index of what everybody may find.")


@search.command("rebuild")
@click.option("--every", is_flag=True, help="Write each entry anew, even where nothing changed.")
@click.option("--strict", is_flag=True, help="Exit 1 when something had differed.")
def rebuild(every: bool, strict: bool) -> None:
    """Compare the index with what it is made of, a few hundred things at a time, and put it right.

    The site goes on meanwhile. With --strict, exit 1: something had differed, and is put right.
    """
    found, differed = walk(every=every)
    click.echo(f"{found} things can be found; {differed} differed")
    if strict and differed:
        sys.exit(1)


def walk(*, every: bool = False) -> tuple[int, int]:
    """Every source from its beginning to its end, each step committed; memory stays flat. Returns how
    many things can be found and how many entries differed."""
    found = differed = 0
    for source in sources.values():
        after: int | None = 0
        while after is not None:
            step = mend(source, after=after, every=every)
            commit()
            db.session.expunge_all()
            found, differed, after = found + step.found, differed + step.differed, step.next
    return found, differed
