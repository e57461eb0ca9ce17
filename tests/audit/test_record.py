"""Recording and sealing on both engines."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from feedback import audit
from feedback.audit.models import Event, EventField, EventHead
from feedback.audit.queries import events_of, verify
from feedback.core import clock
from feedback.core.db import commit, db

pytestmark = pytest.mark.usefixtures("record_app")

audit.declare(audit.Tag("tale:told", announced=True, title="A tale told"))
audit.declare(audit.Tag("tale:heard", title="A tale heard"))


@pytest.fixture
def followers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Followers of this test only."""
    from feedback.audit.actions import sealing

    monkeypatch.setattr(sealing, "_followers", [])


def tell(subject: str = "tale:one", words: str = "xưa có một người", **more: object) -> None:
    fields = {"words": (words, "public"), "teller": ("bà Sáu", "party")}
    audit.record("tale:told", subject=subject, by="resident", fields=fields, **more)  # type: ignore[arg-type]


def test_an_event_is_sealed_by_the_commit_and_read_back() -> None:
    tell(due=date(2026, 12, 8), rule="PAKN_ANSWER", files=["ab" * 32])
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Event)) == 0
    commit()
    (said,) = events_of("tale:one")
    assert (said.seq, said.kind, said.actor) == (2, "tale:told", "resident")
    assert (said.due, said.rule) == ("2026-12-08", "PAKN_ANSWER")
    assert said.fields == {"words": "xưa có một người"}
    (said,) = events_of("tale:one", levels=("public", "party"))
    assert said.fields["teller"] == "bà Sáu"
    assert said.fields["file.1"] == "ab" * 32
    assert abs(said.at - clock.now()) < timedelta(minutes=1)
    verdict = verify()
    assert (verdict.count, verdict.bad_seq) == (2, None)


def test_vietnamese_typed_with_loose_marks_is_stored_as_one_form() -> None:
    tell(words="e\u0302\u0301ch")
    commit()
    assert events_of("tale:one")[0].fields["words"] == "ếch"
    assert verify().bad_seq is None


def test_a_tag_that_nobody_declared_is_refused() -> None:
    with pytest.raises(audit.UnknownTag):
        audit.record("tale:dreamt", subject="tale:one", by=None)
    with pytest.raises(ValueError):
        audit.record("tale:told", subject="tale:one", by=None, fields={"x": ("y", "secret")})
    with pytest.raises(ValueError):
        audit.declare(audit.Tag("tale:told", announced=False, title="Another"))


def test_what_is_rolled_back_was_not_recorded() -> None:
    tell("tale:lost")
    db.session.rollback()
    tell("tale:kept")
    commit()
    assert events_of("tale:lost") == []
    assert len(events_of("tale:kept")) == 1


def test_a_savepoint_takes_back_its_own_part_only() -> None:
    tell("tale:kept")
    savepoint = db.session.begin_nested()
    tell("tale:lost")
    savepoint.rollback()
    with db.session.begin_nested():
        tell("tale:kept")
    commit()
    assert events_of("tale:lost") == []
    assert len(events_of("tale:kept")) == 2


@pytest.mark.usefixtures("followers")
def test_followers_run_in_their_order_before_sealing_and_may_record() -> None:
    heard: list[str] = []

    def first(happening: audit.Happening) -> None:
        heard.append(f"first {happening.tag} {happening.value('words')}")
        audit.record("tale:heard", subject=happening.subject, by="clock")

    audit.follow("tale:told", first)
    audit.follow("tale:", lambda h: heard.append(f"second {h.tag}"))
    tell(words="a")
    commit()
    assert heard == ["first tale:told a", "second tale:told", "second tale:heard"]
    assert [said.kind for said in events_of("tale:one")] == ["tale:told", "tale:heard"]


@pytest.mark.usefixtures("followers")
def test_a_follower_that_fails_undoes_everything() -> None:
    def fail(happening: audit.Happening) -> None:
        raise RuntimeError("no")

    audit.follow("tale:", fail)
    tell()
    with pytest.raises(RuntimeError):
        commit()
    db.session.rollback()
    assert audit.pending() == []
    assert verify().count == 0


def test_time_never_runs_back_when_the_clock_does(monkeypatch: pytest.MonkeyPatch) -> None:
    real = clock.now
    for days in (0, -3, 30, 0):
        monkeypatch.setattr(clock, "now", lambda days=days: real() + timedelta(days=days))
        tell()
        commit()
    times = [said.at for said in events_of("tale:one")]
    assert times == sorted(set(times))
    assert verify().bad_seq is None


def test_only_a_synthetic_log_takes_given_times() -> None:
    audit.start_log(synthetic=False)
    commit()
    with clock.travel(datetime(2026, 1, 5, tzinfo=UTC)):
        tell()
        with pytest.raises(audit.GivenTime):
            commit()
    db.session.rollback()
    assert events_of("tale:one") == []
    with pytest.raises(RuntimeError):
        audit.start_log(synthetic=True)


def test_a_synthetic_log_keeps_the_given_times_and_its_order() -> None:
    audit.start_log(synthetic=True)
    for month in (6, 3, 9):
        with clock.travel(datetime(2026, month, 1, 2, tzinfo=UTC)):
            tell()
            commit()
    assert [said.at.month for said in events_of("tale:one")] == [6, 3, 9]
    assert verify().bad_seq is None
    assert b'"synthetic":"true"' in db.session.scalars(sa.select(Event.header)).first()


def test_erased_words_are_gone_and_the_record_still_holds() -> None:
    tell()
    tell("tale:two")
    commit()
    audit.erase_subject("tale:one", basis="Luật Tố cáo Đ.8", by="clock")
    commit()
    told, erased = events_of("tale:one", levels=("public", "party", "sealed"))
    assert set(told.fields.values()) == {None}
    assert (erased.kind, erased.fields["basis"]) == ("log:erased", "Luật Tố cáo Đ.8")
    assert "xưa có" not in str(db.session.execute(sa.select(EventField).filter_by(seq=2)).all())
    assert verify().bad_seq is None
    assert audit.erase_subject("tale:one", basis="x", by="clock") is None
    with pytest.raises(LookupError):
        audit.erase({2: ["words"]}, subject="tale:one", basis="x", by="clock")
    db.session.rollback()
    assert events_of("tale:two")[0].fields["words"]


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE event SET kind = 'tale:heard' WHERE seq = 2",
        "DELETE FROM event WHERE seq = 2",
        "DELETE FROM event_field WHERE seq = 2",
        "UPDATE event_field SET value = 'khác' WHERE name = 'words'",
        "UPDATE event_field SET level = 'public' WHERE name = 'teller'",
        "UPDATE event_field SET value = NULL, salt = NULL WHERE name = 'words'",
        "UPDATE event_head SET seq = 1",
        "DELETE FROM event_head",
    ],
)
def test_the_database_itself_refuses_to_change_the_record(attack: str) -> None:
    tell()
    commit()
    with pytest.raises(sa.exc.IntegrityError, match="append-only"):
        db.session.execute(sa.text(attack))
    db.session.rollback()
    assert verify().bad_seq is None


def test_replacing_and_truncating_are_refused_too() -> None:
    tell()
    commit()
    if db.engine.dialect.name == "sqlite":
        attacks = [
            "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 2",
            "INSERT OR REPLACE INTO event_field SELECT * FROM event_field",
            "INSERT OR REPLACE INTO event_head SELECT * FROM event_head",
        ]
    else:
        attacks = ["TRUNCATE event CASCADE", "TRUNCATE event_field", "TRUNCATE event_head"]
    for attack in attacks:
        with pytest.raises(sa.exc.IntegrityError, match="append-only"):
            db.session.execute(sa.text(attack))
        db.session.rollback()


def test_writers_at_once_leave_no_gap_and_no_fork(record_app: object) -> None:
    writers, each = 8, 15
    failures: list[Exception] = []

    def write(number: int) -> None:
        with record_app.app_context():  # type: ignore[attr-defined]
            try:
                for _ in range(each):
                    tell(f"tale:{number}")
                    commit()
            except sa.exc.SQLAlchemyError as error:
                failures.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    verdict = verify()
    assert (verdict.count, verdict.bad_seq) == (writers * each + 1, None)
    assert db.session.scalar(sa.select(EventHead.seq)) == writers * each + 1


def test_what_goes_wrong_in_the_very_last_words_undoes_all_and_the_next_commit_holds() -> None:
    """On PostgreSQL they travel together with COMMIT: the error comes back with it, as any other."""
    tell()
    commit()
    taken = {"seq": 3, "event_id": "0" * 16, "subject": "tale:none", "kind": "tale:told"}
    prev = db.session.scalar(sa.select(EventHead.head))
    blobs = {"header": b"h", "leaf": b"l", "prev": prev, "head": b"x"}
    db.session.execute(sa.insert(Event), [{**taken, **blobs}])  # its place is taken, unsealed
    tell(subject="tale:two")
    with pytest.raises(sa.exc.IntegrityError):
        commit()
    db.session.rollback()
    assert not events_of("tale:two") and audit.pending() == []
    tell(subject="tale:two")
    commit()
    assert [one.seq for one in events_of("tale:two")] == [3]
    assert verify().bad_seq is None
