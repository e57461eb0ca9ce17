"""A flood over HTTP, beside people who write honestly: nothing of it counts or is lost, staff are told once, and the
honest ones get through. How much longer they wait meanwhile is told, as a ratio to a calm time of the same run.

60 fakes from 6 networks in ``make test``; in ``make drill`` 5,000 from 50, while the operator holds what is not
proved and while he does not. ``FEEDBACK_FLOOD_RATE``: so many fakes a second (0: as fast as they go).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from itertools import count
from json import loads
from pathlib import Path
from random import Random
from threading import Event as Flag
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import sqlalchemy as sa

from feedback.accounts.models import ResidentSession
from feedback.accounts.queries import token_hash
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.ids import keyed_hash
from feedback.notifications.models import OutboxMessage
from feedback.petitions.models import HeldPetition, Petition
from feedback.petitions.rules.floods import SURGE_FROM
from tests import make
from tests.people import person
from tests.servers.databases import on_sqlite
from tests.servers.mail import Mailbox
from tests.servers.patience import PATIENCE_S
from tests.servers.web import Web, running

DRILL = bool(os.environ.get("FEEDBACK_DRILL"))
FAKES, NETWORKS, CALM, WAVES = (5_000, 50, 400, 10) if DRILL else (60, 6, 5, 1)
INTAKES = ("hold", "open") if DRILL else ("hold",)
RATE = int(os.environ.get("FEEDBACK_FLOOD_RATE") or (25 if DRILL else 0))
HANDS = 4
ANGRY = "Chúng tôi phản đối dự án này và yêu cầu tỉnh dừng ngay việc thu hồi đất ở khu vực chợ"
WORDS = [
    "đèn",
    "đường",
    "cống",
    "nghẹt",
    "rác",
    "ruộng",
    "kênh",
    "cầu",
    "sụt",
    "trường",
    "trạm",
    "nước",
    "điện",
    "chợ",
    "xã",
    "ấp",
    "hẻm",
    "bụi",
    "ồn",
    "ngập",
]


class Sender:
    """Sends whole forms in one request, each from the network that is named."""

    def __init__(self, web: Web) -> None:
        self._address = urlsplit(web.url)
        status, said, cookie = self._ask("GET", "/offline/token", {}, {})
        assert status == 200
        self._token, self._cookie = loads(said)["token"], cookie.partition(";")[0]

    def send(self, key: str, whence: str, *, proof: str = "", **fields: str) -> dict[str, Any]:
        form = {"csrf_token": self._token, "kind": "concern", "key": f"{key} {'of the flood':>40}"}
        cookie = f"{self._cookie}; __Host-resident={proof}" if proof else self._cookie
        headers = {"Cookie": cookie, "X-Forwarded-For": whence}
        status, said, _cookie = self._ask("POST", "/offline/petitions", form | fields, headers)
        assert status == 200, said
        answer: dict[str, Any] = loads(said)
        return answer

    def _ask(
        self, method: str, path: str, form: dict[str, str], headers: dict[str, str]
    ) -> tuple[int, str, str]:
        line = HTTPConnection(self._address.hostname or "", self._address.port, timeout=PATIENCE_S)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request(method, path, urlencode(form).encode(), kind | headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode(), answer.headers.get("Set-Cookie", "")
        finally:
            line.close()


def fake(number: int) -> dict[str, str]:
    """Every other one in nearly the same words; the others at random; some with an address that was made up."""
    chance = Random(number)
    said = f"{ANGRY}, lần thứ {number}." if number % 2 else " ".join(chance.choices(WORDS, k=40))
    contact = {"email": f"x{number}@made-up.example"} if number % 3 == 0 else {}
    return {"title": f"Phản đối {number}", "text": said, **contact}


def honest(number: int) -> dict[str, str]:
    chance = Random(-number - 1)
    text = f"Việc thứ {number}: " + " ".join(chance.choices(WORDS, k=30))
    return {"title": f"Nhà tôi {number}", "text": text, "email": f"dan{number}@example.vn"}


def people() -> Iterator[str]:
    """Each has proved an address of her own; what her browser holds of that."""
    for number in count():
        token = f"browser-of-person-{number}"
        until = clock.now() + timedelta(hours=1)
        row = ResidentSession(token_hash=token_hash(token), expires_at=until)
        row.email, row.phone = f"dan{number}@example.vn", ""
        db.session.add(row)
        yield token


class Honest:
    """One after the other sends, each from a network of her own; how long each waited."""

    def __init__(self, sender: Sender, proofs: list[str]) -> None:
        self._sender, self._proofs, self.waited = sender, proofs, list[float]()

    def send(self) -> None:
        number = len(self.waited)
        proof, whence = self._proofs[number], f"10.{number // 250}.{number % 250}.9"
        began = time.monotonic()
        answer = self._sender.send(f"honest {number:05}", whence, proof=proof, **honest(number))
        self.waited.append(time.monotonic() - began)
        assert answer["number"], "an honest petition was held"


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


@on_sqlite
@pytest.mark.parametrize("intake", INTAKES)
def test_a_flood_counts_nowhere_and_the_honest_get_through(
    engine_url: str, mailbox: Mailbox, tmp_path: Path, intake: str
) -> None:
    settings = {"FEEDBACK_PROXY_HOPS": "1", "FEEDBACK_INTAKE": intake}
    with running(engine_url, mailbox, tmp_path, worker=False, **settings) as web:
        with web.within():
            make.reference_data()
            person("yen")
            proofs = [proof for proof, _number in zip(people(), range(CALM + FAKES), strict=False)]
            commit()
        sender = Sender(web)
        writes = Honest(sender, proofs)
        codes, calm, meanwhile = [], list[float](), list[float]()
        for wave in range(WAVES):  # calm and flood in turn: whatever else runs here disturbs both
            for _time in range(CALM // WAVES):
                writes.send()
            calm += writes.waited[len(calm) + len(meanwhile) :]
            codes += flood(sender, writes, range(FAKES)[wave::WAVES])
            meanwhile += writes.waited[len(calm) + len(meanwhile) :]
        with web.within():
            held = set(db.session.scalars(sa.select(HeldPetition.code_hash)))
            taken = set(db.session.scalars(sa.select(Petition.code_hash)))
            hashes = {keyed_hash(code, "code") for code in codes}
            counted = hashes & taken
            assert len(hashes) == FAKES and hashes <= held | taken and not held & taken
            assert len(taken - counted) == len(writes.waited)
            most = 0 if intake == "hold" else SURGE_FROM + HANDS
            assert len(counted) <= most
            told = OutboxMessage.template == "petitions/staff_flood"
            assert (
                db.session.scalar(sa.select(sa.func.count()).where(told)) == 2
            )  # inbox and e-mail
    print(
        f"\n{FAKES} fakes from {NETWORKS} networks ({intake}, {RATE or 'as fast as they go'} a second):"
        f" {len(counted)} counted; {len(meanwhile)} honest ones meanwhile, p95 {p95(meanwhile) * 1000:.0f} ms,"
        f" {p95(meanwhile) / p95(calm):.2f} times the calm {p95(calm) * 1000:.0f} ms"
    )


def flood(sender: Sender, writes: Honest, numbers: range) -> list[str]:
    """These fakes by four hands, while the honest ones go on one by one; the fakes' codes."""
    over, began = Flag(), time.monotonic()

    def fakes(own: int) -> list[str]:
        codes = []
        for place, number in list(enumerate(numbers))[own::HANDS]:
            if RATE:
                time.sleep(max(0.0, began + place / RATE - time.monotonic()))
            whence = f"198.{18 + number % NETWORKS // 250}.{number % NETWORKS}.{number % 200}"
            codes.append(str(sender.send(f"fake {number:05}", whence, **fake(number))["code"]))
        return codes

    def go_on() -> None:
        writes.send()
        while not over.is_set() and len(writes.waited) < CALM + FAKES:
            time.sleep(0.05)  # one after the other, not as fast as a machine
            writes.send()

    with ThreadPoolExecutor(HANDS + 1) as hands:
        going = hands.submit(go_on)
        try:
            found = [code for codes in hands.map(fakes, range(HANDS)) for code in codes]
        finally:
            over.set()
        going.result()
    return found
