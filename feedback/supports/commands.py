"""``flask supports …``"""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from feedback.core.db import commit
from feedback.supports import actions, queries
from feedback.supports.rules.thresholds import EFFECTS, Threshold

supports = AppGroup("supports", help="Residents' support of petitions.")


@supports.command("recount")
@click.option("--strict", is_flag=True, help="Exit 1 when something had differed.")
def recount(strict: bool) -> None:
    """Compare the number beside each petition with the rows, and put right what differs."""
    found = actions.recount()
    commit()
    if found.wrong:
        click.echo(f"differed: {found.wrong} of {found.files} petitions; put right")
    else:
        click.echo(f"nothing differed: {found.files} petitions with supports")
    if strict and found.wrong:
        raise SystemExit(1)


@supports.command("verify")
def verify() -> None:
    """Check that the book of supports is what the record sealed."""
    found = actions.verify_batches()
    if found.bad is not None:
        click.echo(f"batch {found.bad} is not as it was sealed")
        raise SystemExit(1)
    click.echo(f"{found.batches} batches verified")


@supports.group("thresholds")
def thresholds() -> None:
    """How many supports bring what about."""


@thresholds.command("list")
def list_thresholds() -> None:
    """The rows that hold, as a CSV file."""
    click.echo(",".join(actions.COLUMNS))
    for row in queries.thresholds():
        click.echo(f"{row.kind},{row.level},{row.effect},{row.number},{row.tell}")


@thresholds.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(file: Path) -> None:
    """Let exactly the rows of a CSV file hold; with a bad line nothing changes."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    try:
        number = actions.replace_thresholds(actions.read_thresholds(lines))
    except actions.BadRow as error:
        raise click.ClickException(str(error)) from error
    _apply(f"{number} thresholds hold")


@thresholds.command("set")
@click.option("--effect", type=click.Choice(EFFECTS), required=True)
@click.option("--number", type=click.IntRange(min=0), required=True, help="0 turns it off.")
@click.option("--kind", default="", help="Of the petition; any, if left out.")
@click.option("--level", default="", help="Of the agency that answers; any, if left out.")
@click.option("--tell", default="", help="Code of a body whose heads are told besides.")
def set_one(effect: str, number: int, kind: str, level: str, tell: str) -> None:
    """Put one row into the table."""
    try:
        actions.set_threshold(Threshold(kind, level, effect, number, tell))
    except actions.BadRow as error:
        raise click.ClickException(str(error)) from error
    _apply("set")


def _apply(said: str) -> None:
    """What many people support already is looked at once more by the new table."""
    commit()
    crossed = actions.cross_all()
    commit()
    click.echo(f"{said}; {crossed} petitions reached one at once")
