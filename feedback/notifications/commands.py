"""``flask worker …``: the process that delivers, and what an operator may ask of it."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from feedback.core import clock
from feedback.core.db import commit
from feedback.notifications import actions, queries
from feedback.notifications.tasks import Worker

worker = AppGroup("worker", help="Delivers the outbox and runs the jobs of the clock.")


@worker.command("run")
@click.option("--once", is_flag=True, help="Stop when nothing is due any more.")
def run_command(once: bool) -> None:
    """Deliver and keep the clock until SIGTERM; what is under way is finished."""
    Worker().run(once=once)


@worker.command("status")
def status_command() -> None:
    """How many messages wait, were sent, and are given up; when a worker was last alive."""
    counts = ", ".join(f"{n} {state}" for state, n in queries.outbox_counts().items())
    beat, again = queries.last_beat(), queries.struggling()
    click.echo(f"{counts}; last heartbeat {beat.isoformat() if beat else 'never'}")
    if again:
        click.echo(f"{again} tried again and again: look at FEEDBACK_SMTP_URL and the worker's log")


@worker.command("retry-dead")
def retry_command() -> None:
    """Queue every dead letter again."""
    count = actions.revive_dead(on=clock.now())
    commit()
    click.echo(f"{count} queued again")
