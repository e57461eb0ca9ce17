"""History in bulk: as true to the rules and to the record as what the verbs write one by one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback import audit
from feedback.accounts.models import Person
from feedback.accounts.queries import code_now, secret_from
from feedback.agencies.models import Agency
from feedback.app import create_app
from feedback.audit.models import Event, EventField, EventHead
from feedback.audit.queries import events_of, verify
from feedback.comments.models import Comment
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.text import fold
from feedback.demo.load import reference, run
from feedback.demo.load.texts import fold_quickly
from feedback.monitoring.actions import recount
from feedback.notifications.models import OutboxMessage
from feedback.petitions.actions import answering, ending, intake, judging, waiting
from feedback.petitions.models import Answer, Dispute, InfoRequest, Leg, Petition, TermRule
from feedback.petitions.queries import open_extension
from feedback.petitions.queries.comparing import compare_files
from feedback.petitions.rules import deadlines
from feedback.petitions.rules.states import STATES
from feedback.plans.models import PlanItem
from feedback.search.commands import walk
from feedback.search.models import SearchEntry
from feedback.workdays.queries import load_calendar
from tests import make
from tests.accounts.browser import Browser
from tests.people import person
from tests.servers.databases import settings_for
from tests.servers.moment import still

WANTED = run.Wanted(
    petitions=1500, seed=5, agency="so-y-te", still_open=40, item_petitions=30, comments=25
)
PASSWORD = "ydan-tayninh-demo"
CLERK = "clerk.so-y-te@demo.example"


def nobody_waits(_files: int) -> None:
    """The progress bar of a test."""


@pytest.fixture(scope="module")
def loaded(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Loaded once; the stories that take this only read."""
    folder = tmp_path_factory.mktemp("load")
    (folder / "load.db").write_bytes(migrated_sqlite.read_bytes())
    app = create_app(settings_for(f"sqlite:///{folder / 'load.db'}", folder))
    with app.app_context(), still():  # before a test begins, and its moment
        run.load(WANTED, nobody_waits)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def within(loaded: Flask) -> Iterator[Flask]:
    with loaded.app_context():
        yield loaded
        db.session.remove()


def petitions() -> list[Petition]:
    return list(db.session.scalars(sa.select(Petition).order_by(Petition.id)))


def number(what: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(what)) or 0


def told(petition: Petition) -> list[str]:
    return [event.kind for event in events_of(petition.subject, levels=("public", "party"))]


# --- on both engines -------------------------------------------------------------------------


def test_an_empty_database_is_filled_and_a_second_run_adds_to_it(site: Flask) -> None:
    with site.app_context():
        files: list[int] = []
        first = run.load(run.Wanted(petitions=300, seed=2), files.append)
        assert first.petitions == sum(files) == number(Petition) == 300
        assert first.events <= number(Event)
        again = run.load(run.Wanted(petitions=50, seed=2, comments=10), nobody_waits)
        assert (again.petitions, number(Petition), number(Comment)) == (50, 350, 10)
        verdict = verify()
        assert verdict.bad_seq is None and verdict.count == number(Event)
        assert not recount().differed
        assert number(OutboxMessage) == 0
        made = make.receipt(key="a hand-made one").petition  # keys of rows go on where they ended
        commit()
        assert made.id == 351 and verify().bad_seq is None


def test_real_people_keep_out_what_is_made_up(site: Flask) -> None:
    with site.app_context():
        audit.start_log(synthetic=False)
        make.reference_data()
        person("binh")
        commit()
        with pytest.raises(reference.RealPeople):
            run.load(run.Wanted(petitions=5), nobody_waits)
        assert number(Petition) == 0
    answer = site.test_cli_runner().invoke(args=["demo", "load", "--petitions", "5"])
    assert answer.exit_code == 1 and "real people" in answer.output


def test_the_command_says_what_it_did(site: Flask) -> None:
    answer = site.test_cli_runner().invoke(
        args=["demo", "load", "--petitions", "20", "--seed", "4", "--comments", "3"]
    )
    assert answer.exit_code == 0, answer.output
    assert "20 petitions" in answer.output and "3 comments" in answer.output
    lost = site.test_cli_runner().invoke(
        args=["demo", "load", "--petitions", "1", "--agency", "nowhere", "--open", "2"]
    )
    assert lost.exit_code == 1 and "body of today" in lost.output


def test_the_same_seed_tells_the_same_lives(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def lives(seed: int) -> list[tuple[Any, ...]]:
        folder = tmp_path_factory.mktemp("seed")
        (folder / "load.db").write_bytes(migrated_sqlite.read_bytes())
        app = create_app(settings_for(f"sqlite:///{folder / 'load.db'}", folder))
        with app.app_context():
            run.load(run.Wanted(petitions=120, seed=seed), nobody_waits)
            rows = db.session.execute(
                sa.select(
                    *(
                        getattr(Petition, name)
                        for name in ("public_id", "title", "text", "state", "agency_id")
                    ),
                    *(
                        getattr(Petition, name)
                        for name in ("submitted_at", "due_on", "answered_on")
                    ),
                ).order_by(Petition.id)
            ).all()
            db.engine.dispose()
        return [tuple(found) for found in rows]

    assert lives(11) == lives(11)
    assert lives(11) != lives(12)


# --- what was told ---------------------------------------------------------------------------


def test_the_record_says_in_its_first_event_that_all_is_made_up(within: Flask) -> None:
    assert db.session.scalar(sa.select(EventHead.synthetic)) is True
    first = db.session.scalar(sa.select(Event.header).where(Event.seq == 1))
    assert first is not None and b'"synthetic":"true"' in first
    assert verify().bad_seq is None
    assert not recount().differed


def test_every_state_occurs_and_the_shares_are_plausible(within: Flask) -> None:
    files = petitions()
    assert {p.state for p in files} == set(STATES)
    usual = files  # the forty open ones are a small part
    answered = [p for p in usual if p.on_time is not None]
    assert 0.65 < sum(bool(p.on_time) for p in answered) / len(answered) < 0.9
    assert 0.05 < sum(p.is_open for p in usual) / len(usual) < 0.25
    assert any(p.in_dispatch and p.is_open for p in files)
    assert number(Dispute) > 5
    by_agency = sorted((p.agency_id for p in files), key=lambda a: -a)
    assert len(set(by_agency)) > 60


def test_due_days_are_those_of_the_rules(within: Flask) -> None:
    calendar = load_calendar()
    rules = {row.id: row.as_rule() for row in db.session.scalars(sa.select(TermRule))}
    waits: dict[int, list[InfoRequest]] = {}
    for request in db.session.scalars(sa.select(InfoRequest)):
        waits.setdefault(request.petition_id, []).append(request)
    disputed = set(db.session.scalars(sa.select(Dispute.petition_id)))
    moved = 0
    for petition in petitions():
        rule = rules[petition.term_rule_id]
        assert petition.first_due_on == deadlines.first_due(petition.submitted_on, rule, calendar)
        for leg in petition.legs[1:]:
            assert leg.due_on == deadlines.leg_due(leg.started_on, rule, calendar)
        ended = [w for w in waits.get(petition.id, []) if w.ended_on]
        if ended and petition.id not in disputed and petition.due_on != petition.first_due_on:
            wait = ended[0]
            assert wait.ended_on is not None and wait.ended_on <= wait.bound_on
            if "petition:extended" not in told(petition):
                moved += 1
                assert petition.due_on == deadlines.resumed_due(
                    petition.first_due_on, wait.asked_on, wait.ended_on, calendar
                )
        if petition.answered_on and petition.id not in disputed:
            assert petition.on_time is deadlines.on_time(petition.answered_on, petition.due_on)
            taken = deadlines.days_taken(petition.submitted_on, petition.answered_on, calendar)
            assert petition.answer_days == taken
    assert moved > 20


def by_the_verbs(item_id: int) -> dict[str, set[Any]]:
    """What each verb writes: tag → names and levels of its fields, and whether it names a due day."""
    binh, giang, thu, yen, day = (
        person("binh"),
        person("giang"),
        person("thu"),
        person("yen"),
        clock.today(),
    )

    def at(state: str, key: str) -> Petition:
        return make.petition(state=state, key=key, item_id=item_id)

    whole = at("in_progress", "whole")
    waiting.ask_resident(whole, question="Ở đâu?", on=day, by=binh)
    waiting.supply(whole, reply="Ở gần chợ.", on=day)
    waiting.ask_resident(whole, question="Khi nào?", on=day, by=binh)
    waiting.resume(whole, on=day)
    to_on = whole.due_on + timedelta(days=1)
    waiting.ask_extension(whole, to_on=to_on, reason="Cần đo lại.", on=day, by=binh)
    asked = open_extension(whole)
    assert asked is not None
    waiting.approve_extension(whole, asked, on=day, by=giang)
    judging.mark_late(whole, on=day)
    version = answering.send_for_approval(whole, text=make.ANSWER, on=day, by=binh)
    answering.send_back(whole, version_id=version.id, note="Rõ hơn.", on=day, by=giang)
    version = answering.send_for_approval(whole, text=make.ANSWER, on=day, by=binh)
    answering.approve(whole, version_id=version.id, on=day, by=giang)
    judging.rate(whole, score=4, words="Được.")
    judging.dispute(whole, reason="Chưa làm xong.", on=day)
    judging.close(at("answered", "closed"), on=day)
    passed = at("submitted", "passed")
    to = make.commune("xa-tan-bien")
    intake.transfer(passed, to=to, reason="Đúng nơi.", on=day, by=giang)
    refused = at("submitted", "declined")
    outcome = ending.propose_decline(refused, reason_code="not_clear", words="Nói rõ.", by=thu)
    ending.confirm_decline(refused, outcome, on=day, by=giang)
    ending.guide(at("submitted", "guided"), words="Quầy một cửa.", on=day, by=thu)
    ending.merge(at("received", "merged"), into=whole, on=day, by=thu)
    ending.withdraw(at("submitted", "withdrawn"), words="Xong rồi.", on=day)
    hidden = at("received", "sealed")
    ending.confirm_seal(hidden, ending.propose_seal(hidden, by=binh), on=day, by=yen)
    found: dict[str, set[Any]] = {}
    for one in audit.pending():
        fields = frozenset((name, level) for name, (_value, level) in one.fields.items())
        found.setdefault(one.tag, set()).add((fields, bool(one.due), bool(one.rule)))
    return found


def test_events_say_what_the_verbs_would_say(within: Flask) -> None:
    item = db.session.scalars(sa.select(PlanItem).where(PlanItem.path == run.ITEM)).one()
    by_verbs = by_the_verbs(item.id)
    db.session.rollback()
    fields: dict[int, set[tuple[str, str]]] = {}
    for seq, name, level in db.session.execute(
        sa.select(EventField.seq, EventField.name, EventField.level)
    ):
        fields.setdefault(seq, set()).add((name, level))
    kinds, strange = set(), set()
    for seq, kind, header in db.session.execute(
        sa.select(Event.seq, Event.kind, Event.header).where(Event.kind.startswith("petition:"))
    ):
        kinds.add(kind)
        said = json.loads(header)
        shape = (frozenset(fields.get(seq, ())), "due" in said, "rule" in said)
        hidden = kind == "petition:answered" and ("text", "party") in shape[0]
        if shape not in by_verbs[kind] and not hidden:
            strange.add((kind, shape))
        assert said["agency"]
    assert not strange
    assert kinds == set(by_verbs)


def test_the_order_of_events_is_that_of_time(within: Flask) -> None:
    for petition in petitions():
        events = events_of(petition.subject)
        assert events[0].kind == "petition:submitted"
        assert [e.at for e in events] == sorted(e.at for e in events)
        legs = [leg for leg in petition.legs]
        assert [leg.number for leg in legs] == list(range(1, petition.leg_number + 1))
        assert legs[-1].agency_id == petition.agency_id
        assert (legs[-1].ended_on is None) is petition.is_open
    assert not [one for one in compare_files() if one.differences]


def test_what_is_public_can_be_found_as_if_verbs_had_written_it(within: Flask) -> None:
    found = Counter(db.session.scalars(sa.select(SearchEntry.kind)))
    assert found["petition"] == sum(petition.is_public for petition in petitions())
    assert found["answer"] > 100 and found["comment"] == 25
    assert walk() == (sum(found.values()), 0), "nothing differs from what it is made of"


@pytest.mark.parametrize("text", ["Đường  số 3, ấp 1.", "a_b c", "… “Tân Biên”…", "", "Ổ gà—sâu"])
def test_folding_word_by_word_gives_what_folding_gives(text: str) -> None:
    assert fold_quickly(text) == fold(text)


def test_what_was_asked_for_is_there(within: Flask) -> None:
    agency = db.session.scalars(sa.select(Agency).where(Agency.code == "so-y-te")).one()
    open_there = [p for p in petitions() if p.agency_id == agency.id and p.is_open]
    assert len(open_there) >= 36  # a few may have been passed to it and not be there yet
    item = db.session.scalars(sa.select(PlanItem).where(PlanItem.path == run.ITEM)).one()
    on_item = [p for p in petitions() if p.item_id == item.id]
    assert sum(p.is_public for p in on_item) >= 25
    assert number(Comment) == 25
    assert number(Answer) > 500 and number(Leg) > 1500


# --- pages -----------------------------------------------------------------------------------


def test_pages_open_on_what_was_loaded(loaded: Flask) -> None:
    with loaded.app_context():
        public = next(p.public_id for p in petitions() if p.is_public and p.state == "closed")
        item = db.session.scalars(sa.select(PlanItem).where(PlanItem.path == run.ITEM)).one().id
        clerk = db.session.scalars(sa.select(Person).where(Person.email == CLERK)).one()
        assert clerk.roles == {"clerk"}
        code = code_now(secret_from(clerk.totp_seed or ""))
        db.session.remove()
    browser = Browser(loaded)
    for page in ("/", "/transparency", f"/petitions/{public}", f"/items/{item}", "/search?q=rac"):
        assert browser.get(page).status_code == 200, page
    browser.password(CLERK, PASSWORD)
    assert browser.code(code).status_code == 303
    queue = browser.get("/officer")
    assert queue.status_code == 200 and "TN" in queue.text


def test_an_interrupted_run_tells_what_it_began(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(settings_for(sqlite_url, tmp_path))
    monkeypatch.setattr(run, "CHUNK", 100)
    seen: list[int] = []

    def interrupt(files: int) -> None:
        seen.append(files)
        if len(seen) == 3:
            raise KeyboardInterrupt

    with app.app_context():
        with pytest.raises(KeyboardInterrupt):
            run.load(run.Wanted(petitions=1000, seed=9), interrupt)
        assert number(Petition) == 300 and verify().bad_seq is None
        for petition in petitions():
            tags = told(petition)
            if petition.state == "closed":
                assert tags[-1] == "petition:closed"
        db.engine.dispose()
