"""``flask demo …``: the sample province, and who signs in to it."""

from __future__ import annotations

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import AppGroup

from feedback.accounts.models import Person
from feedback.agencies.models import Agency
from feedback.core import clock
from feedback.core.db import db
from feedback.demo import sample

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
