"""A real SMTP server that keeps what it is given."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.servers.patience import PATIENCE_S
from tests.servers.ports import free_port


class Mailbox:
    """Every message that arrived: (recipients of the envelope, message)."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.url = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, policy=default)
        self.taken.append((list(envelope.rcpt_tos), message))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """Messages to one address, oldest first."""
        return [message for recipients, message in self.taken if address in recipients]

    def wait_for(self, address: str, number: int = 1) -> EmailMessage:
        """The ``number``-th message to an address, waited for."""
        patient = time.monotonic() + PATIENCE_S
        while len(self.to(address)) < number:
            assert time.monotonic() < patient, f"no mail to {address} after {PATIENCE_S:.0f} s"
            time.sleep(0.1)
        return self.to(address)[number - 1]


def text_of(message: EmailMessage) -> str:
    """The plain words of a message."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@contextmanager
def post_office(handler: Any) -> Iterator[str]:
    """The address of an SMTP server that hands everything to ``handler``."""
    port = free_port()
    # of its own accord it gives a busy machine five seconds
    controller = Controller(handler, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE_S)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    with post_office(box) as box.url:
        yield box
