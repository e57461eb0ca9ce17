"""A newer version of a plan: what goes on keeps all that hangs on it, what goes stays readable."""

from __future__ import annotations

from functools import partial

import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from feedback.audit.models import Event
from feedback.core.db import commit, db
from feedback.core.errors import Refused
from feedback.importer import actions, queries
from feedback.importer.models import Reading
from feedback.importer.rules import editing
from feedback.notifications.models import OutboxMessage
from feedback.petitions.models import Petition
from feedback.plans import queries as plans
from feedback.plans.actions import follow
from feedback.plans.models import ItemText, Plan, PlanItem
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.people import person


def of(plan_id: int, path: str) -> PlanItem:
    found = plans.plan(plan_id)
    assert found is not None
    return next(item for item in found.in_force if item.path == path)


def node(reading: Reading, path: str) -> str:
    return next(n.key for n in queries.tree(reading).nodes if n.path == path)


def settle_everything(reading: Reading) -> None:
    """Yến says who is meant by what nobody knows, and accepts the rest."""
    yen, body = person("yen"), "so-tttt-2024"
    for one in queries.tree(reading).nodes:
        for line in one.bodies:
            if not line.body:
                meant = {"line": line.key, "body": body, "name": queries.name_of(body)}
                change = partial(editing.choose, key=one.key, **meant)
                actions.edit(reading, change, what="choose", key=one.key, by=yen)
        accept = partial(editing.accept, key=one.key)
        actions.edit(reading, accept, what="accept", key=one.key, by=yen)


def refused(reading: Reading) -> str:
    try:
        actions.publish(reading, by=person("yen"))
    except Refused as error:
        return error.code
    return ""


def test_a_newer_version_keeps_what_hangs_on_its_items_and_can_be_taken_back(story: Story) -> None:
    with story.site.app_context():
        reading = queries.reading(story.reading_id)
        assert reading is not None
        plan_id, yen = story.plan_id, person("yen")
        old_text = of(plan_id, "III.2.2.h").text
        old = {
            path: of(plan_id, path).id
            for path in ("III.1.2", "III.2.2.c", "III.2.2.f", "III.2.2.h")
        }
        tasks = len(plans.tasks())
        assert refused(reading) == "unknown"
        settle_everything(reading)
        assert refused(reading) == "unpaired"
        actions.say_pair(reading, key=node(reading, "III.1.2"), item="", by=yen)
        same = node(reading, "III.2.2.h")
        actions.say_pair(reading, key=same, item=str(old["III.2.2.h"]), by=yen)
        for item_id in (old["III.2.2.h"], None):
            follow(plan_id, item_id, who=person("dung"))
        actions.publish(reading, by=yen)
        told = db.session.query(OutboxMessage).filter_by(template="plans/follower_amended").one()
        assert [number for number, _heading, _gone in told.params["items"]] == [
            "2.2c",
            "2.2f",
            "2.2h",
            "1.2",
        ]
        commit()
        db.session.remove()

        plan = plans.plan(plan_id)
        assert plan is not None
        assert [version.number for version in plan.versions] == [1, 2]
        assert str(plan.issued_on) == "2025-02-12"
        assert of(plan_id, "III.2.2.h").id == old["III.2.2.h"]
        assert of(plan_id, "III.2.2.h").text != old_text
        assert of(plan_id, "III.1.2").id != old["III.1.2"]
        assert [item.id for item in plan.gone] == [old["III.1.2"]]
        assert of(plan_id, "III.2.2.c").id == old["III.2.2.c"] == story.item_id
        assert db.session.scalar(
            sa.select(sa.func.count()).where(Petition.item_id == story.item_id)
        ) == len(story.petitions)
        now, first = plans.versions_of(old["III.2.2.f"])
        assert [tuple(swap) for swap in now.swaps] == [
            ("lead", ("Văn phòng UBND tỉnh",), ("Sở Nội vụ",))
        ]
        assert (now.words, now.deadlines, first.is_any) == (False, None, False)
        kept = sa.select(
            ItemText.version_id, ItemText.item_id, ItemText.deadline_on, ItemText.named
        )
        before = sorted(map(repr, db.session.execute(kept)))
        db.session.remove()
        downgrade(revision="0026")
        upgrade()  # filled from the items and from what the reading kept
        assert sorted(map(repr, db.session.execute(kept))) == before
        texts = sa.select(ItemText.text).where(ItemText.item_id == old["III.2.2.h"])
        assert len(set(db.session.scalars(texts))) == 2
        assert len(plans.tasks()) == tasks
        assert (
            db.session.scalar(sa.select(sa.func.count()).where(Event.kind == "plan:amended")) == 1
        )
        new_id = of(plan_id, "III.1.2").id
        db.session.remove()

    anybody = Browser(story.site)
    gone = anybody.get(f"/items/{old['III.1.2']}")
    assert "Không còn hiệu lực" in gone.text
    assert f"/items/{old['III.1.2']}" in anybody.get(f"/plans/{plan_id}").text
    assert anybody.get(f"/items/{old['III.1.2']}/comments/new").status_code == 404
    page = anybody.get(f"/items/{story.item_id}").text
    assert "chậm nhất sau mười ngày" in page
    assert "Thời hạn: từ không nêu sang 30/6/2025" in " ".join(page.split())
    versions = anybody.get(f"/items/{old['III.2.2.f']}/versions").text
    assert "Cơ quan chủ trì: từ Văn phòng UBND tỉnh sang Sở Nội vụ" in versions
    assert "ban hành ngày 12/02/2025" in versions

    with story.site.app_context():
        plan = db.session.get(Plan, plan_id)
        assert plan is not None
        published = queries.published_last(plan)
        assert published is not None
        actions.take_back(published, minutes=15, by=person("yen"))
        commit()
        db.session.remove()
        assert {path: of(plan_id, path).id for path in old} == old
        assert of(plan_id, "III.2.2.h").text == old_text
        assert db.session.get(PlanItem, new_id) is None
        again = queries.reading(story.reading_id)
        assert again is not None
        assert refused(again) == ""
        commit()
