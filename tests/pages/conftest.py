"""The whole site with its plan, its people and a petition in each usual state; browsers signed in."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from feedback.accounts.actions import throttling
from feedback.accounts.actions.people import equip
from feedback.accounts.actions.sign_in import begin_whole
from feedback.accounts.queries import code_now, secret_from
from feedback.accounts.rules import hashing
from feedback.accounts.session import STAFF_COOKIE
from feedback.core import clock
from feedback.core.db import commit, db
from tests import make
from tests.accounts.browser import Browser
from tests.people import CAST, person
from tests.servers.databases import STAGES, Stages

PASSWORD = "mười hai con giáp"
HASH = hashing.hash_password(PASSWORD)
STATES = ("submitted", "received", "in_progress", "awaiting_approval", "answered")


@dataclass
class Story:
    """What stands in the database, by name."""

    site: Flask
    item_id: int
    plan_id: int
    group_id: int  # the group of tasks that the item stands in
    petitions: dict[str, str]  # state → public id
    codes: dict[str, str]  # state → tracking code
    dispatched: str
    assignment_id: int
    reading_id: int  # a newer version of the plan that waits to be published
    node: str  # the key of one of its items
    comment: str  # public id of one that waits for a moderator
    part: str  # asked of Cúc's agency for the file in progress
    wording: int  # of a document, not understood yet
    act: str  # public id of a reorganisation in preparation


def written() -> dict[str, Any]:
    """The story's database; what it returns are the fields of ``Story``."""
    make.reference_data()
    plan = make.plan()
    for name in CAST:
        equip(person(name), password_hash=HASH, seed=f"seed of {name}")
    item = make.item(plan, "III.2.2.c")
    day = clock.today() - timedelta(days=3)
    petitions, codes = {}, {}
    for state in STATES:
        made = make.petition(state=state, on=day, item_id=item.id, key=f"key of {state}")
        petitions[state] = made.public_id
        codes[state] = make.code_of(f"key of {state}")
    return {
        "item_id": item.id,
        "plan_id": plan.id,
        "group_id": item.parent_id,
        "petitions": petitions,
        "codes": codes,
        "assignment_id": item.assignments[0].id,
        "reading_id": (newer := make.reading(make.newer_plan(), plan=plan)).id,
        "node": next(n["key"] for n in newer.tree["nodes"] if n["path"] == item.path),
        "part": make.part(petitions["in_progress"]).public_id,
        "dispatched": make.receipt(on=day).petition.public_id,
        "comment": make.comment(item).public_id,
        "wording": make.wording().id,
        "act": make.act().public_id,
    }


STAGES["story"] = written


@pytest.fixture
def story(site: Flask, stages: Stages) -> Story:
    with site.app_context():
        engine = db.engine.dialect.name
    return Story(site=site, **deepcopy(stages.told(engine, written)))


@pytest.fixture
def signed_in(story: Story) -> Callable[[str], Browser]:
    """A browser in which a member of the cast has shown both factors (``sign_in_by_forms`` shows them)."""

    def sign_in(name: str) -> Browser:
        browser = Browser(story.site)
        with story.site.app_context():
            token = begin_whole(person(name))
            commit()
            db.session.remove()
        browser.client.set_cookie(STAFF_COOKIE, token)
        return browser

    return sign_in


def sign_in_by_forms(story: Story, name: str) -> Browser:
    """Password, then the code that the person's telephone shows."""
    browser = Browser(story.site)
    with story.site.app_context():
        code = code_now(secret_from(person(name).totp_seed or ""))
        db.session.remove()
    assert browser.password(f"{name}@demo.example", PASSWORD).status_code == 303
    answer = browser.code(code)
    assert answer.status_code == 303, answer.text
    return browser


def busy_network(story: Story) -> str:
    """An address from whose network as many files came just now as may."""
    with story.site.app_context():
        held = throttling.gates(upload_network="203.0.113.0/24")
        for _time in range(61):
            throttling.count(held)
        commit()
        db.session.remove()
    return "203.0.113.9"
