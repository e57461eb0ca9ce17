"""``flask log …``: the record, checked from the command line."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from feedback.audit.queries import verify

log = AppGroup("log", help="The chained record of every change.")


@log.command("verify")
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar="SEQ:HEX",
    help="A head noted earlier (as this command prints it); may be given several times.",
)
def verify_command(heads: tuple[str, ...]) -> None:
    """Check every event; exit 1 and name the first one that is not as it was sealed."""
    verdict = verify(dict(map(_known, heads)))
    click.echo(str(verdict))
    if verdict.bad_seq is not None:
        sys.exit(1)


def _known(text: str) -> tuple[int, bytes]:
    seq, _, digest = text.partition(":")
    try:
        head = bytes.fromhex(digest)
        if len(head) != 32:
            raise ValueError
        return int(seq), head
    except ValueError:
        raise click.BadParameter(f"{text!r} is not SEQ:HEX", param_hint="--head") from None
