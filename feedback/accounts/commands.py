"""``flask people …``: the first administrator, and whoever lost phone or password."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from feedback.accounts import queries
from feedback.accounts.actions import people as verbs
from feedback.accounts.roles import ROLES
from feedback.core.db import commit
from feedback.core.errors import Refused

people = AppGroup("people", help="Who works on the site.")


@people.command("invite")
@click.option("--email", required=True)
@click.option("--name", default="", help="As colleagues write it; the address if not given.")
@click.option("--role", "roles", required=True, multiple=True, type=click.Choice(ROLES))
@click.option("--agency", default="", help="Code of the person's body, such as so-tai-chinh.")
def invite_command(email: str, name: str, roles: tuple[str, ...], agency: str) -> None:
    """Print a one-use link, good for three days; the same address again makes a new one."""
    agency_id = queries.agency_id_of(agency) if agency else None
    if agency and agency_id is None:
        raise click.ClickException(f"there is no body with the code {agency}")
    known = queries.person_by_email(email)
    name = name or (known.name if known else email)
    if known and not agency:
        agency_id = known.agency_id
    try:
        token = verbs.invite(email=email, name=name, roles=roles, agency_id=agency_id, by=None)
    except Refused as error:
        raise click.ClickException(str(error.message)) from error
    commit()
    click.echo(f"{current_app.config['BASE_URL']}/invitations/{token}")


@people.command("shut-out")
@click.option("--email", required=True)
def shut_out_command(email: str) -> None:
    """Close the account of whoever has left, or whose password or phone was stolen; ends her sessions."""
    person = queries.person_by_email(email)
    if person is None:
        raise click.ClickException("nobody works here under this address")
    try:
        verbs.shut_out(person, by=None)
    except Refused as error:
        raise click.ClickException(str(error.message)) from error
    commit()
    click.echo(f"{person.email} is shut out; a new invitation lets her in again")


@people.command("list")
def list_command() -> None:
    """One line a person: address, roles, whether she has joined."""
    for person in queries.people():
        state = "disabled" if not person.enabled else "joined" if person.totp_seed else "invited"
        click.echo(f"{person.email}\t{person.name}\t{','.join(sorted(person.roles))}\t{state}")
