"""Working days on the command line; needs no database."""

from __future__ import annotations

from datetime import date

import click
from flask.cli import AppGroup

from feedback.workdays.queries import shipped_rows
from feedback.workdays.rules import Calendar, Term, explain

workdays = AppGroup("workdays", help="Working days and due dates.")


@workdays.command("due")
@click.option("--from", "start", required=True, help="Day zero, YYYY-MM-DD.")
@click.option("--term", required=True, help="10wd (working days) or 30d (calendar days).")
@click.option("--explain", "why", is_flag=True, help="Also list the days that do not count.")
def due_command(start: str, term: str, why: bool) -> None:
    """Print the last day of a term, by the shipped calendar."""
    try:
        day, length = date.fromisoformat(start), Term.parse(term)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    found = explain(day, length, Calendar.of(shipped_rows()), day)
    click.echo(found.due_on.isoformat())
    if why:
        for skipped in found.skipped:
            click.echo(f"{skipped.date.isoformat()} {skipped.reason or 'weekend'}")
