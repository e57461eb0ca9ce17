"""The roll-up says what a recount says, whatever happened to the files."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.agencies.queries import by_code
from feedback.core import clock
from feedback.core.db import db, table_of
from feedback.core.errors import Refused
from feedback.monitoring import queries
from feedback.monitoring.actions import recount
from feedback.monitoring.models import NO_PLACE, Tally, TallyDays, TallyPlace
from feedback.monitoring.queries import Asked
from feedback.monitoring.rules import periods
from feedback.petitions import queries as files_now
from feedback.petitions.actions import answering, ending, intake, judging, waiting
from feedback.petitions.models import Petition, Sealing
from tests import make
from tests.monitoring import files
from tests.people import person

ITEM = "III.2.2.c"  # led today by Bình's agency
Step = Callable[[Petition, date], object]


def _approve(petition: Petition, on: date) -> None:
    answer = petition.answers[-1]
    answering.approve(petition, version_id=answer.latest.id, on=on, by=person("giang"))


def _seal(petition: Petition, on: date) -> None:
    sealing = db.session.scalar(sa.select(Sealing).where(Sealing.petition_id == petition.id))
    if sealing is None:
        ending.propose_seal(petition, by=person("binh"))
    else:
        ending.confirm_seal(petition, sealing, on=on, by=person("giang"))


STEPS: tuple[Step, ...] = (
    lambda p, on: intake.receive(p, show=True, on=on, by=person("thu")),
    lambda p, on: intake.receive(p, show=False, on=on, by=person("thu")),
    lambda p, on: intake.assign(p, officer=person("binh"), on=on, by=person("thu")),
    lambda p, on: waiting.ask_resident(p, question="Ở đường nào?", on=on, by=person("binh")),
    lambda p, on: waiting.supply(p, reply="Đường Cách Mạng Tháng Tám.", on=on),
    lambda p, on: answering.send_for_approval(p, text=make.ANSWER, on=on, by=person("binh")),
    _approve,
    _approve,
    lambda p, on: judging.dispute(p, reason="Chưa nói bao giờ làm.", on=on),
    lambda p, on: ending.withdraw(p, words="Đã xong.", on=on),
    lambda p, on: intake.transfer(
        p, to=by_code("so-y-te"), reason="Việc của Sở Y tế.", on=on, by=person("giang")
    ),
    _seal,
)


@pytest.mark.parametrize("seed", range(3))
def test_no_walk_of_real_verbs_makes_the_rollup_differ(site: Flask, seed: int) -> None:
    chance = random.Random(seed)
    plan = make.plan()
    make.commit()
    item = make.item(plan, ITEM)
    communes = [None, by_code("phuong-tan-ninh").id, by_code("xa-tan-bien").id]
    day = clock.today() - timedelta(days=120)
    walked: list[Petition] = []
    done = 0
    for step in range(70):
        day += timedelta(days=chance.randrange(0, 4))
        if step % 6 == 0:
            place = chance.choice(communes)
            walked.append(make.receipt(on=day, item_id=item.id, commune_id=place).petition)
        else:
            try:
                chance.choice(STEPS)(chance.choice(walked), day)
                done += 1
            except (Refused, IndexError, AttributeError, sa.exc.NoResultFound):
                db.session.rollback()
                walked = list(db.session.scalars(sa.select(Petition)))
                continue
        if chance.random() < 0.6:  # several files in one commit as well
            make.commit()
            assert not recount().differed
    judging.run_clock(on=day)
    make.commit()
    assert not recount().differed
    assert done > 10


def test_a_rollback_leaves_the_rollup_as_it_was(site: Flask) -> None:
    make.receipt()
    make.commit()
    before = db.session.execute(sa.select(Tally.body_id, Tally.number)).all()
    make.receipt()
    db.session.rollback()
    make.commit()
    assert db.session.execute(sa.select(Tally.body_id, Tally.number)).all() == before
    assert not recount().differed


def test_many_files_in_one_commit_are_counted_at_once(site: Flask) -> None:
    for _each in range(12):
        make.receipt()
    make.commit()
    question = Asked(periods.read("", "", today=clock.today()), clock.today(), public=True)
    assert queries.figures(question).total["received"] == 12
    rows = db.session.execute(sa.select(Tally.dimension, Tally.number).order_by(Tally.dimension))
    assert rows.all() == [("agency", 12), ("commune", 12)]


def test_what_nobody_is_counted_under_leaves_no_row(site: Flask) -> None:
    petition = make.receipt().petition
    make.commit()
    ending.withdraw(petition, words="Đã xong.", on=clock.today())
    make.commit()
    rows = db.session.execute(sa.select(Tally.is_open, Tally.number)).all()
    assert rows == [(False, 1)] * 2


def test_a_sealed_file_leaves_the_rollup(site: Flask) -> None:
    petition = make.receipt(item_id=make.item(make.plan(), ITEM).id).petition
    make.commit()
    sealing = ending.propose_seal(petition, by=person("binh"))
    ending.confirm_seal(petition, sealing, on=clock.today(), by=person("giang"))
    make.commit()
    assert db.session.scalars(sa.select(Tally)).all() == []
    assert db.session.scalars(sa.select(TallyPlace)).all() == []
    assert files_now.file_for(person("dung"), petition.public_id) is None


def test_a_file_is_counted_for_its_agency_and_for_its_commune(site: Flask) -> None:
    item = make.item(make.plan(), ITEM)
    place = by_code("xa-tan-bien").id
    answered = make.petition(
        state="answered", on=date(2026, 11, 9), item_id=item.id, commune_id=place
    )
    make.petition(on=date(2026, 11, 9), item_id=item.id)
    make.commit()
    columns = Tally.dimension, Tally.body_id, sa.func.sum(Tally.number)
    rows = db.session.execute(sa.select(*columns).group_by(*columns[:2]))
    home = answered.agency_id
    assert set(rows) == {("agency", home, 2), ("commune", place, 1), ("commune", NO_PLACE, 1)}
    columns = TallyDays.dimension, TallyDays.body_id, TallyDays.days, TallyDays.number
    rows = db.session.execute(sa.select(*columns))
    assert set(rows) == {("agency", home, 0, 1), ("commune", place, 0, 1)}


def test_days_are_working_days_and_frozen_with_the_first_answer(site: Flask) -> None:
    item = make.item(make.plan(), ITEM)
    friday, monday = date(2026, 11, 6), date(2026, 11, 16)
    petition = make.petition(state="awaiting_approval", on=friday, item_id=item.id)
    assert petition.answer_days is None
    _approve(petition, monday)
    make.commit()
    assert petition.answer_days == 6
    judging.dispute(petition, reason="Chưa nói bao giờ làm.", on=monday)
    answering.send_for_approval(petition, text=make.ANSWER, on=monday, by=person("binh"))
    _approve(petition, monday + timedelta(days=7))
    make.commit()
    assert petition.answer_days == 6
    rows = db.session.execute(sa.select(TallyDays.days, TallyDays.number)).all()
    assert rows == [(6, 1)] * 2
    assert {row.disputed for row in db.session.scalars(sa.select(Tally))} == {True}
    assert not recount().differed


def test_sixty_days_and_more_are_one_number(site: Flask) -> None:
    health = by_code("so-y-te")
    for after in (80, 90, 400):
        sent = date(2025, 1, 2)
        files.one(health, state="closed", sent=sent, due=sent, answered_after=after)
    files.counted()
    rows = db.session.execute(sa.select(TallyDays.days, TallyDays.number))
    assert sorted(set(rows)) == [(51, 1), (59, 1), (60, 1)]


def test_recount_finds_and_mends_what_was_bent(site: Flask) -> None:
    files.varied(number=60, on=clock.today(), seed=8)
    make.commit()
    runner = site.test_cli_runner()
    assert "nothing differed" in runner.invoke(args=["monitoring", "recount"]).output
    db.session.execute(sa.update(Tally).values(number=Tally.number + 1))
    one = db.session.scalars(sa.select(TallyPlace).limit(1)).one()
    db.session.delete(one)
    make.commit()
    told = runner.invoke(args=["monitoring", "recount"]).output
    assert told.startswith("differed")
    assert ", 1 of " in told
    assert "nothing differed" in runner.invoke(args=["monitoring", "recount"]).output


@pytest.mark.parametrize(
    "damage",
    [
        sa.update(Tally).values(number=Tally.number + 1),
        sa.delete(Tally).where(Tally.dimension == "commune"),
        sa.update(TallyDays).values(number=TallyDays.number + 2),
        sa.delete(TallyDays).where(TallyDays.days > 5),
        sa.update(TallyPlace).values(commune_id=NO_PLACE),
        sa.update(TallyPlace).values(days=3),
        sa.update(TallyPlace).values(disputed=sa.not_(TallyPlace.disputed)),
        sa.update(Petition).values(answer_days=7),
        sa.update(Petition).values(answer_days=None),
    ],
    ids=["number", "lost", "days", "lost days", "place", "took", "disputed", "frozen", "unfrozen"],
)
def test_whatever_is_bent_a_recount_puts_right(site: Flask, damage: sa.Executable) -> None:
    files.varied(number=60, on=clock.today(), seed=9)
    make.commit()
    right = everything()
    db.session.execute(damage, execution_options={"synchronize_session": False})
    make.commit()
    assert everything() != right
    runner = site.test_cli_runner()
    told = runner.invoke(args=["monitoring", "recount", "--strict"])
    assert told.output.startswith("differed")
    assert told.exit_code == 1
    assert everything() == right
    again = runner.invoke(args=["monitoring", "recount", "--strict"])
    assert again.output.startswith("nothing differed")
    assert again.exit_code == 0


def everything() -> list[list[tuple[object, ...]]]:
    """Each roll-up and the days of each file, row by row."""
    tables = [table_of(model) for model in (Tally, TallyDays, TallyPlace)]
    asked = [sa.select(table) for table in tables]
    asked.append(sa.select(Petition.id, Petition.answer_days))
    return [sorted(map(tuple, db.session.execute(query)), key=repr) for query in asked]
