"""A stopped worker: the site goes on, says that it is not whole, and nothing is lost or sent twice."""

from __future__ import annotations

import urllib.error
import urllib.request
from datetime import timedelta

from feedback.core.db import commit, db
from feedback.notifications.models import OutboxMessage, WorkerHeartbeat
from tests import make
from tests.servers.patience import PATIENCE_S
from tests.servers.web import Web


def status(web: Web, path: str) -> int:
    try:
        with urllib.request.urlopen(web.url + path, timeout=PATIENCE_S) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_stopped_worker_loses_nothing(web: Web) -> None:
    with web.within():
        make.reference_data()
        commit()
    web.stop("worker")
    with web.within():
        make.receipt(email="hoa@example.vn")
        commit()
    assert status(web, "/healthz") == 200
    assert status(web, "/submit") == 200
    assert web.mailbox.to("hoa@example.vn") == []
    with web.within():
        waiting = db.session.query(OutboxMessage).filter_by(state="queued").count()
        for heart in db.session.query(WorkerHeartbeat):  # three minutes later
            heart.beat_at -= timedelta(minutes=3)
        commit()
    assert waiting == 1
    assert status(web, "/readyz") == 503
    web.start("worker")
    assert "Đã nhận kiến nghị" in str(web.mailbox.wait_for("hoa@example.vn")["subject"])
    with web.within():
        make.receipt(email="tu@example.vn")
        commit()
    web.mailbox.wait_for("tu@example.vn")  # the worker has gone round once more
    assert len(web.mailbox.to("hoa@example.vn")) == 1
    assert status(web, "/readyz") == 200
