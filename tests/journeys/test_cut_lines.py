"""A line that cuts more than every other request: whoever sends again gets one petition, never none and never two.

1,000 cut lines over both engines in ``make test``, 10,000 on each in ``make drill``.
"""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from json import loads
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa

from feedback.audit.models import Event
from feedback.core.db import commit, db
from feedback.core.ids import keyed_hash
from feedback.petitions.models import Petition
from tests import make
from tests.servers.line import HALF, NO_ANSWER, NOTHING, THROUGH, Line
from tests.servers.patience import PATIENCE_S
from tests.servers.web import Web, no_worker

PETITIONS = int(
    os.environ.get("FEEDBACK_PETITIONS") or (10_000 if os.environ.get("FEEDBACK_DRILL") else 500)
)
WEIGHTS = {THROUGH: 40, NOTHING: 10, HALF: 15, NO_ANSWER: 35}
TEXT = "Đèn đường trước chợ Long Hoa hỏng một tuần nay, tối đi lại nguy hiểm."


class Phone:
    """Fetches a token and sends what waits, again and again, as static/src/js/queue.js does."""

    def __init__(self, line: Line | Web, pause_s: float = 0) -> None:
        self._address, self._pause_s = urlsplit(line.url), pause_s

    def sends(self, number: int) -> str:
        """The code that it got in the end."""
        form = {"kind": "concern", "title": f"Đèn hỏng ở cột số {number}", "text": TEXT}
        form["key"] = f"{number:08} the phone's own key, long enough"
        patient = time.monotonic() + PATIENCE_S
        while time.monotonic() < patient:
            try:
                cookie, token = self._token()
                status, said = self._asked("POST", {**form, "csrf_token": token}, cookie)[:2]
            except (OSError, HTTPException):
                time.sleep(self._pause_s)
                continue  # the line was cut
            assert status == 200, said
            return str(loads(said)["code"])
        raise AssertionError(f"petition {number} never got through")

    def _token(self) -> tuple[str, str]:
        _status, said, cookie = self._asked("GET", {}, "")
        return cookie.partition(";")[0], loads(said)["token"]

    def _asked(self, method: str, form: dict[str, str], cookie: str) -> tuple[int, str, str]:
        line = HTTPConnection(self._address.hostname or "", self._address.port, timeout=PATIENCE_S)
        path = "/offline/petitions" if method == "POST" else "/offline/token"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        try:
            line.request(method, path, urlencode(form).encode(), headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode(), answer.headers.get("Set-Cookie", "")
        finally:
            line.close()


@no_worker  # its mails are another story
def test_every_petition_arrives_once_however_often_the_line_is_cut(web: Web, line: Line) -> None:
    with web.within():
        make.reference_data()
        commit()
    chance = random.Random(45)
    fates, weights = list(WEIGHTS), list(WEIGHTS.values())
    line.fate = lambda first: (
        chance.choices(fates, weights)[0] if first.startswith(b"POST") else THROUGH
    )
    phone = Phone(line)
    with ThreadPoolExecutor(4) as hands:
        codes = list(hands.map(phone.sends, range(PETITIONS)))
    assert line.cuts >= PETITIONS
    with web.within():
        hashes = set(db.session.scalars(sa.select(Petition.code_hash)))
        number = db.session.scalar(sa.select(sa.func.count()).select_from(Petition))
        events = sa.select(sa.func.count()).where(Event.kind == "petition:submitted")
        assert number == len(set(codes)) == PETITIONS
        assert hashes == {keyed_hash(code, "code") for code in codes}
        assert db.session.scalar(events) == PETITIONS
    print(f"\n{PETITIONS} petitions over {line.cuts} cut lines: each arrived once")
    assert web.flask("log", "verify").returncode == 0
