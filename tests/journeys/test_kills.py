"""The site is killed (``kill -9``, all its processes at once) while petitions come in, and started again: what was
acknowledged is there, nothing is there twice, and the record is whole.

A few kills in ``make test``, 1,000 on each engine in ``make drill`` (``FEEDBACK_KILLS`` says another number).
"""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Flag

import sqlalchemy as sa

from feedback.audit.models import Event
from feedback.core.db import commit, db
from feedback.core.ids import keyed_hash
from feedback.petitions.models import Petition
from tests import make
from tests.journeys.test_cut_lines import Phone
from tests.servers.patience import PATIENCE_S
from tests.servers.web import Web, no_worker

KILLS = int(os.environ.get("FEEDBACK_KILLS") or (1_000 if os.environ.get("FEEDBACK_DRILL") else 3))
HANDS = 4
MOMENT_S = 0.15  # within this time after somebody got a code


@no_worker
def test_what_was_acknowledged_outlives_every_kill(web: Web) -> None:
    with web.within():
        make.reference_data()
        commit()
    codes, enough = send_while_it_is_killed(web)
    with web.within():
        hashes = list(db.session.scalars(sa.select(Petition.code_hash)))
        events = sa.select(sa.func.count()).where(Event.kind == "petition:submitted")
        assert len(set(codes)) == len(codes), "one code went to two petitions"
        assert set(hashes) == {keyed_hash(code, "code") for code in codes}
        assert len(hashes) == len(codes) == db.session.scalar(events)
    assert enough == KILLS
    print(f"\n{KILLS} kills, {len(codes)} petitions acknowledged: none lost, none twice")
    assert web.flask("log", "verify").returncode == 0


def send_while_it_is_killed(web: Web) -> tuple[list[str], int]:
    """Four phones send one petition after the other and repeat what was not acknowledged; the codes that
    they got, and how often the site was killed."""
    over, codes = Flag(), []
    phone = Phone(web, pause_s=0.05)

    def hand(own: int) -> None:
        number = own
        while not over.is_set():
            codes.append(phone.sends(number))
            number += HANDS

    with ThreadPoolExecutor(HANDS) as hands:
        sending = [hands.submit(hand, own) for own in range(HANDS)]
        try:
            kills = kill_again_and_again(web, codes)
        finally:
            over.set()
        for one in sending:
            one.result()
    return codes, kills


def kill_again_and_again(web: Web, codes: list[str]) -> int:
    chance, kills = random.Random(9), 0
    while kills < KILLS:
        before, patient = len(codes), time.monotonic() + PATIENCE_S
        while len(codes) == before:
            assert time.monotonic() < patient, web.log("web")
            time.sleep(0.005)
        time.sleep(chance.uniform(0, MOMENT_S))
        web.kill("web")
        kills += 1
        web.start("web")
        web.wait()
    return kills
