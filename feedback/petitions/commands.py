"""Commands of the case work."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from feedback.core import clock
from feedback.core.db import commit
from feedback.petitions.actions.judging import run_clock
from feedback.petitions.actions.terms import load_terms
from feedback.petitions.queries import bad_batch
from feedback.petitions.queries.comparing import compare_files, terms_are_as_loaded

petitions = AppGroup("petitions", help="Case work.")


@petitions.command("load-terms")
def load_terms_command() -> None:
    """Load the shipped table of terms, each with its article, into an empty one."""
    number = load_terms()
    commit()
    click.echo(f"{number} terms loaded" if number else "the table holds terms already")


@petitions.command("run-clock")
def run_clock_command() -> None:
    """Do what today brings: end waits, mark late files, close settled ones."""
    done = run_clock(on=clock.today())
    commit()
    click.echo(f"resumed {done['resumed']}, late {done['late']}, closed {done['closed']}")


@petitions.command("verify")
def verify_command() -> None:
    """Compare every file, what is held, and the table of terms, with what the record says; exit 1 and a line for each
    difference. Words of people are compared, never printed."""
    files = wrong = 0
    terms = terms_are_as_loaded()
    if not terms:
        click.echo("the table of terms is not the one that was loaded")
    for found in compare_files():
        files, wrong = files + 1, wrong + bool(found.differences)
        for difference in found.differences:
            click.echo(f"{found.name}: {difference}")
    batch = bad_batch()
    if batch is not None:
        click.echo(f"held petitions of batch {batch} are not those of the record")
    click.echo(f"{files} files compared with the record, {wrong} differ")
    if wrong or not terms or batch is not None:
        raise SystemExit(1)
