"""Working days on the command line."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup

from feedback.core.db import commit
from feedback.workdays.actions import load_days
from feedback.workdays.queries import calendar_or_shipped, days_not_recorded, shipped_rows
from feedback.workdays.rules import Explanation, Term, explain

workdays = AppGroup("workdays", help="Working days and due dates.")


@workdays.command("due")
@click.option("--from", "start", required=True, help="Day zero, YYYY-MM-DD.")
@click.option("--term", required=True, help="10wd working days, 30d calendar days, 6m months.")
@click.option("--explain", "why", is_flag=True, help="Also list the days that do not count.")
def due_command(start: str, term: str, why: bool) -> None:
    """Print the last day of a term; needs no database (then the shipped calendar counts)."""
    calendar, stored = calendar_or_shipped()
    try:
        day = date.fromisoformat(start)
        found = explain(day, Term.parse(term), calendar, day)
    except (ValueError, OverflowError) as error:
        raise click.UsageError(str(error)) from error
    click.echo(found.due_on.isoformat())
    if why:
        _tell_why(found)
        if not stored:
            click.echo("by the calendar that comes with the program", err=True)


def _tell_why(found: Explanation) -> None:
    for skipped in found.skipped:
        click.echo(f"{skipped.date.isoformat()} {skipped.reason or 'weekend'}")


@workdays.command("load")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def load_command(file: Path | None) -> None:
    """Add the shipped days, or add and change the days of FILE (date,kind,status,reason)."""
    try:
        changed = load_days(list(shipped_rows(file)) if file else None)
    except (ValueError, csv.Error) as error:
        raise click.UsageError(f"{file} is no calendar: {error}") from error
    commit()
    click.echo(f"{changed} days new or changed")


@workdays.command("verify")
def verify_command() -> None:
    """Compare the calendar with what the record says; exit 1 and a line for each day that differs."""
    differing = days_not_recorded()
    for day, (stored, said) in differing.items():
        click.echo(
            f"{day.isoformat()} is {stored or 'no day of it'}, the record says {said or 'nothing'}"
        )
    if differing:
        raise SystemExit(1)
    click.echo("the calendar is as the record says")
