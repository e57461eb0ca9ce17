"""The sample province, loaded by the product's own verbs: whole, in order, and true to its data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.accounts import queries as accounts
from feedback.accounts.models import Person
from feedback.accounts.rules.hashing import matches
from feedback.app import create_app
from feedback.audit.queries import events_of, verify
from feedback.comments.models import Comment
from feedback.core import clock
from feedback.core.db import db
from feedback.demo import sample
from feedback.demo.days import Days, at, squeeze
from feedback.monitoring.actions import recount
from feedback.notifications.models import InboxItem, OutboxMessage
from feedback.petitions.models import Allocation, AnswerVersion, Outcome, Part, Petition, Sealing
from feedback.petitions.queries import entries_of
from feedback.petitions.queries.comparing import compare_files
from feedback.petitions.queries.suggesting import Writing, offers
from feedback.plans.models import Plan, PlanItem
from feedback.search.queries import search as find
from feedback.search.rules.asking import Asked
from feedback.supports import queries as supports
from feedback.supports.actions import recount as count_again
from feedback.workdays.queries import load_calendar
from tests.demo import data, suggestion_examples
from tests.servers.databases import settings_for

TODAY = data.TODAY
ROWS = {row["key"]: row for row in data.sample("petitions")}
OFFICE_HOURS = range(7, 18)


@pytest.fixture(scope="module")
def loaded(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Loaded once on a day in November; the stories below only read."""
    folder = tmp_path_factory.mktemp("sample")
    (folder / "sample.db").write_bytes(migrated_sqlite.read_bytes())
    app = create_app(settings_for(f"sqlite:///{folder / 'sample.db'}", folder))
    with app.app_context():
        sample.load_sample(TODAY)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def within(loaded: Flask) -> Iterator[None]:
    with loaded.app_context():
        yield
        db.session.remove()


def petitions() -> list[Petition]:
    return list(db.session.scalars(sa.select(Petition)))


def titled(key: str) -> Petition:
    return db.session.scalars(sa.select(Petition).where(Petition.title == ROWS[key]["title"])).one()


def test_every_petition_ends_where_its_data_says() -> None:
    wanted = {row["title"]: row["state"] for row in ROWS.values()}
    assert {p.title: p.state for p in petitions()} == wanted


def test_every_petition_lies_with_the_body_of_its_data_and_that_exists_today() -> None:
    for row in ROWS.values():
        made = db.session.scalars(sa.select(Petition).where(Petition.title == row["title"])).one()
        assert made.agency.exists_on(TODAY)
        if row["agency"] in data.AGENCIES:
            assert made.agency.code == row["agency"], row["key"]
        elif row["agency"] == "lead":
            assert made.agency.code == data.LEADS[row["item"]], row["key"]
        assert made.in_dispatch is (row["agency"] == "dispatch" and made.is_open), row["key"]


def test_every_open_file_past_its_intake_has_an_officer_of_its_body() -> None:
    for made in petitions():
        if made.state in {"in_progress", "awaiting_approval", "needs_info"}:
            assert made.assignee is not None
            assert made.assignee.agency_id == made.agency_id


def test_answers_came_on_their_day_and_late_ones_were_marked() -> None:
    for row in ROWS.values():
        made = db.session.scalars(sa.select(Petition).where(Petition.title == row["title"])).one()
        if "answered_wd" in row:
            assert made.on_time is (row["answered_wd"] <= 15), row["key"]
        late = made.first_due_on < (made.answered_on or made.closed_on or TODAY)
        waited = made.due_on != made.first_due_on
        assert waited or (made.late_marked_on is not None) is late, row["key"]
        if made.late_marked_on:
            assert made.late_marked_on == made.due_on + timedelta(days=1)


def test_no_decision_was_taken_alone() -> None:
    for version in db.session.scalars(sa.select(AnswerVersion)):
        assert version.decided_by_id != version.author_id
    declined = db.session.scalars(sa.select(Outcome).where(Outcome.kind == "declined")).all()
    sealed = db.session.scalars(sa.select(Sealing)).all()
    assert declined and sealed
    for decision in [*declined, *sealed]:
        assert decision.confirmed_by_id and decision.confirmed_by_id != decision.by_id


def test_parts_stand_where_their_data_says() -> None:
    standing = {p.agency.code: p.standing(TODAY) for p in db.session.scalars(sa.select(Part))}
    assert standing == {
        "phuong-trang-bang": "on_time",
        "so-cong-thuong": "late",
        "so-khoa-hoc-cong-nghe": "given_late",
        "so-y-te": "asked",
    }
    shown = db.session.scalars(sa.select(Part).where(Part.is_public)).all()
    assert [part.petition.title for part in shown] == [ROWS["p02"]["title"]]


def test_staff_worked_on_working_days_in_office_hours() -> None:
    calendar = load_calendar()
    moments = [m for m in db.session.scalars(sa.select(AnswerVersion.sent_at)) if m]
    moments += db.session.scalars(sa.select(Allocation.created_at)).all()
    assert len(moments) > 50
    for moment in moments:
        assert calendar.is_working(clock.day_of(moment))
        assert moment.astimezone(clock.LOCAL).hour in OFFICE_HOURS


def test_nothing_happens_after_now_and_the_record_is_in_order() -> None:
    now = at(TODAY, 17 * 3600)
    for table in db.metadata.sorted_tables:
        if "created_at" in table.c and table.name not in {"staff_session", "throttle"}:
            newest = db.session.scalar(sa.select(sa.func.max(table.c.created_at)))
            assert newest is None or newest <= now, table.name
    verdict = verify()
    assert verdict.bad_seq is None
    assert sample.is_sample()
    assert not [one for one in compare_files() if one.differences]


def test_the_figures_agree_with_the_files() -> None:
    found = recount()
    assert not found.differed
    assert found.files == len(ROWS) - 1, "the sealed one is in no figure"
    db.session.rollback()


def test_the_plan_is_public_with_everyday_words() -> None:
    plan = db.session.scalars(sa.select(Plan)).one()
    assert plan.is_public and plan.short_title and "chờ cơ quan đầu mối" in plan.standing
    assert all(item.title and item.summary for item in plan.items if item.is_task)
    assert any("2.2.c" in item.path for item in plan.items)


def test_an_item_is_found_without_marks() -> None:
    assert find(Asked("ho tro doanh nghiep nho va vua"), on=clock.today()).total


def test_nobody_is_flooded() -> None:
    states = Counter(
        db.session.execute(sa.select(OutboxMessage.channel, OutboxMessage.state)).all()
    )
    assert {(channel, state) for channel, state in states} == {("inbox", "sent")}
    unread = Counter(db.session.scalars(sa.select(InboxItem.person_id).filter_by(read_at=None)))
    assert unread and max(unread.values()) <= 12


def test_everybody_can_sign_in(loaded: Flask) -> None:
    people = db.session.scalars(sa.select(Person).order_by(Person.id)).all()
    assert len({person.totp_seed for person in people}) == len(people)
    assert matches(people[0].password_hash, loaded.config["DEMO_PASSWORD"])
    assert accounts.demo_code(people[0]).isdigit()
    lines = loaded.test_cli_runner().invoke(args=["demo", "sign-ins"]).output.splitlines()
    assert len(lines) == sum(row["cast"] for row in data.sample("people"))
    assert any("binh@demo.example" in line and "Sở Tài chính" in line for line in lines)


def test_a_second_load_is_refused(loaded: Flask) -> None:
    with pytest.raises(sample.NotEmpty):
        sample.load_sample(TODAY)
    result = loaded.test_cli_runner().invoke(args=["demo", "sample"])
    assert result.exit_code != 0
    assert "not empty" in result.output


def test_a_reopened_file_has_its_own_date_and_keeps_its_first_flag() -> None:
    made = titled("p34")
    assert made.leg_number == 3 and made.leg.reason_kind == "reopened"
    assert made.on_time is True and made.due_on > TODAY


def test_times_of_today_lie_in_the_part_of_today_that_is_over() -> None:
    now = at(TODAY, 9 * 60)  # nine minutes after midnight
    days = Days(TODAY, now=now, calendar=load_calendar(), chance=__import__("random").Random(1))
    moments = [days.resident(TODAY), days.office(TODAY), days.office(days.working(1))]
    assert moments == sorted(moments)
    assert at(TODAY, 0) <= moments[0] and moments[-1] <= now
    assert squeeze(at(TODAY, 24 * 3600), now) == now


@pytest.mark.both_engines
@pytest.mark.parametrize("day", [date(2027, 2, 15), date(2026, 9, 3)])
def test_it_loads_on_either_engine_whatever_the_day(site: Flask, day: date) -> None:
    """In the week after Tết, and between two days off in September."""
    moment = datetime(day.year, day.month, day.day, 3, tzinfo=clock.LOCAL)
    with site.app_context(), clock.travel(moment):
        loaded = sample.load_sample(clock.today())
        assert sum(loaded.states.values()) == len(ROWS)
        assert set(loaded.states) == {row["state"] for row in ROWS.values()}
        assert verify().bad_seq is None


def test_every_comment_was_written_and_those_that_show_were_read_first() -> None:
    comments = db.session.scalars(sa.select(Comment)).all()
    for comment in comments:
        first, *rest = [event.kind.split(":")[1] for event in events_of(comment.subject)]
        if comment.agency is not None:
            assert (first, rest, comment.state) == ("replied", [], "visible")
            continue
        assert first == "written"
        assert (rest[:1] == ["shown"]) is (comment.state != "pending") is comment.listed
        assert rest.count("marked") == comment.helpful
        assert ("hidden" in rest) is (comment.state == "hidden")
        assert ("reported" in rest) is bool(comment.reports)
    assert {"pending", "visible", "hidden"} == {comment.state for comment in comments}
    assert any(comment.agency for comment in comments)


def test_sau_finds_what_he_wrote_down_today() -> None:
    sau = db.session.scalars(sa.select(Person).where(Person.email == "sau@demo.example")).one()
    found = entries_of(sau, TODAY).rows
    assert {petition.channel for petition in found} == {"desk", "phone"}


def test_who_writes_is_offered_the_right_item_and_the_same_matter(
    record_property: Callable[[str, object], None],
) -> None:
    paths = {item.id: item.path for item in db.session.scalars(sa.select(PlanItem))}
    hits = 0
    for path, title, text in suggestion_examples.ITEMS:
        found = offers(Writing(title, text), on=TODAY)
        hits += path in [paths[item.id] for item in found.items]
    record_property("hits_at_3", hits / len(suggestion_examples.ITEMS))
    assert hits / len(suggestion_examples.ITEMS) >= 0.9
    for title, text, same in suggestion_examples.PETITIONS:
        found = offers(Writing(title, text), on=TODAY)
        assert [one.title for one in found.petitions][:1] == ([same] if same else []), title
    for title, text in suggestion_examples.ELSEWHERE:
        assert not offers(Writing(title, text), on=TODAY).items, title


def test_neighbours_support_many_files_and_two_heads_must_answer_in_person() -> None:
    supported = {p.title: p.supports for p in petitions() if p.supports}
    for key, row in ROWS.items():
        if row["state"] != "merged" and key != "p49":
            assert supported.get(row["title"], 0) == row.get("supports", 0), key
    assert titled("p49").supports == ROWS["p49"]["supports"] + ROWS["p50"]["supports"]
    assert {p.title for p in petitions() if p.head_answers} == {
        ROWS["p04"]["title"],
        ROWS["p23"]["title"],
    }
    (doubt,) = supports.doubts()
    assert (doubt.title, doubt.suspect) == (ROWS["p14"]["title"], 5)
    assert count_again().wrong == 0
    db.session.rollback()
