"""One-time codes of an authenticator app (RFC 6238): six digits, 30 seconds, one step either way."""

from __future__ import annotations

import hmac
from base64 import b32encode
from datetime import datetime

import pyotp

STEP = 30  # seconds
DRIFT = 1  # steps: a phone whose clock is up to 30 seconds off still gets in
AHEAD = 10  # steps: a code used later than that was used while this machine's clock was ahead
SECRET_BYTES = 20  # RFC 4226, section 4: 160 bits


def step_of(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP


def secret_of(digest: str) -> str:
    """The app's secret in base 32, from a hex digest that only this site can make."""
    return b32encode(bytes.fromhex(digest)[:SECRET_BYTES]).decode()


def code_at(secret: str, step: int) -> str:
    return pyotp.TOTP(secret).generate_otp(step)


def accepted_step(secret: str, code: str, moment: datetime, last_step: int | None) -> int | None:
    """The step that this code belongs to, or None. A step up to ``last_step`` has been used."""
    typed = "".join(code.split())
    now = step_of(moment)
    last_step = _used_up(now, last_step)
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        same = hmac.compare_digest(code_at(secret, step).encode(), typed.encode())
        if same and (last_step is None or step > last_step):
            found = step
    return found


def next_unused_step(moment: datetime, last_step: int | None) -> int | None:
    """Now's step, or the following one when now's is used up; None: wait for the clock."""
    now = step_of(moment)
    last_step = _used_up(now, last_step)
    step = now if last_step is None else max(now, last_step + 1)
    return step if step <= now + DRIFT else None


def _used_up(now: int, last_step: int | None) -> int | None:
    """Whoever signed in while the clock was a month ahead is not kept out for a month."""
    return None if last_step is None or last_step > now + AHEAD else last_step


def address(secret: str, *, email: str, issuer: str) -> str:
    """What the QR code says to the app (otpauth://)."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)
