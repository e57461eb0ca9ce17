"""``flask demo …``: the sample province, and who signs in to it."""

from __future__ import annotations

import sys
from typing import Any

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import AppGroup

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core import clock
from feedback.core.db import db
from feedback.demo import sample
from feedback.demo.load import reference, run

demo = AppGroup("demo", help="The sample province.")


@demo.command("sample")
def sample_command() -> None:
    """Load the sample into an empty database."""
    try:
        click.echo(said(sample.load_sample(clock.today())))
    except sample.NotEmpty as error:
        raise click.ClickException(
            "this database is not empty; the sample goes into an empty one only"
        ) from error


@demo.command("load")
@click.option("--petitions", required=True, type=click.IntRange(0), help="How many files.")
@click.option("--seed", default=1, show_default=True, help="The same seed tells the same lives.")
@click.option("--agency", default="", help="Code of a body of today, for --open.")
@click.option("--open", "still_open", default=0, help="So many more files open at that body.")
@click.option("--item-petitions", default=0, help="So many more public files on one plan item.")
@click.option("--comments", default=0, help="So many comments on the same plan item.")
def load_command(**wanted: Any) -> None:
    """Load made-up history for benchmarks into a database without real people."""
    asked = run.Wanted(**wanted)
    try:
        with click.progressbar(length=asked.files, file=sys.stderr, label="Files") as bar:
            loaded = run.load(asked, bar.update)
    except reference.RealPeople as error:
        raise click.ClickException(
            "real people work in this database; load into another"
        ) from error
    except run.NoSuchBody as error:
        raise click.ClickException("--agency must be a body of today that takes files") from error
    click.echo(f"{loaded.petitions} petitions, {loaded.events} events, {loaded.comments} comments")


@demo.command("sign-ins")
def sign_ins_command() -> None:
    """Who signs in: name, roles, body, e-mail; the password is the same for all."""
    for line in sign_ins():
        click.echo(line)


def said(loaded: sample.Loaded) -> str:
    """One line with the counts."""
    states = ", ".join(f"{number} {state}" for state, number in loaded.states.most_common())
    return (
        f"{loaded.petitions} petitions ({states}), {loaded.people} people, "
        f"{loaded.comments} comments, {loaded.notices} notices"
    )


def sign_ins() -> list[str]:
    """The cast, one line each, in columns."""
    emails = [row["email"] for row in sample.people() if row["cast"]]
    rows = db.session.execute(
        sa.select(Person, Agency.short_name)
        .outerjoin(Agency, Agency.id == Person.agency_id)
        .where(Person.email.in_(emails), Person.enabled)
        .order_by(Person.id)
    ).all()
    password = current_app.config["DEMO_PASSWORD"]
    table = [
        (person.name, ", ".join(sorted(person.roles)), body or "-", person.email, password)
        for person, body in rows
    ]
    widths = [max((len(row[at]) for row in table), default=0) for at in range(5)]
    return [
        "  ".join(v.ljust(w) for v, w in zip(row, widths, strict=True)).rstrip() for row in table
    ]
