"""A petition is joined to an older one: its supporters go along, each counted once there."""

from __future__ import annotations

import sqlalchemy as sa

from feedback.accounts.models import Contact
from feedback.accounts.rules.addresses import Proven
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.petitions.actions import ending
from feedback.supports import actions, queries
from feedback.supports.actions import Whence
from feedback.supports.models import SupportEntry
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.people import person
from tests.supports.conftest import file

MAI, TAM, LOC, HAI = (
    Proven(email=f"{name}@dan.example.vn") for name in ("mai", "tam", "loc", "hai")
)


def test_supporters_go_along_and_are_counted_once_each(story: Story) -> None:
    with story.site.app_context():
        old, new = file(story, "received"), file(story, "in_progress")
        for who, petitions in ((MAI, [old, new]), (TAM, [new]), (LOC, [old, new]), (HAI, [new])):
            for petition in petitions:
                actions.support(petition, who=who, whence=Whence())
        actions.take_back(old, who=LOC)  # not there, but here: he goes along
        actions.take_back(new, who=HAI)  # nowhere any more
        new.contact = Contact(email="lan@dan.example.vn", verified_at=clock.now())
        commit()
        assert (old.supports, new.supports) == (1, 3)

        ending.merge(new, into=old, on=clock.today(), by=person("thu"))
        commit()
        assert (old.supports, new.supports) == (4, 0)  # mai, tam, loc, and lan who had sent it
        assert actions.recount().wrong == 0
        assert queries.standing_of(old, TAM) == queries.standing_of(old, LOC) == "counted"
        assert queries.standing_of(old, HAI) == ""
        lines = sa.select(SupportEntry.what).filter_by(petition_id=old.id).order_by(SupportEntry.id)
        assert db.session.scalars(lines).all()[-2:] == ["moved", "moved"]
        db.session.remove()


def test_whoever_comes_back_to_a_joined_petition_reads_where_her_support_counts(
    story: Story,
) -> None:
    old_page = f"/petitions/{story.petitions['received']}"
    new_page = f"/petitions/{story.petitions['in_progress']}"
    before = Browser(story.site).get(new_page).text
    assert "lượt của bạn được tính ở đó" not in before
    with story.site.app_context():
        old, new = file(story, "received"), file(story, "in_progress")
        title = old.title
        actions.support(new, who=MAI, whence=Whence())
        ending.merge(new, into=old, on=clock.today(), by=person("thu"))
        commit()
        db.session.remove()
    browser = Browser(story.site)
    for page in (new_page, f"{new_page}/supports/new", f"{new_page}/supports/withdrawals/new"):
        shown = browser.get(page).text
        assert f'href="{old_page}#support">{title}</a>' in shown, page
        assert "lượt của bạn được tính ở đó" in shown, page
    assert 'id="support"' in browser.get(new_page).text  # where old links lead
    assert "1 người ủng hộ" in browser.get(old_page).text
    browser.send("/track", code=story.codes["in_progress"])
    own = browser.get("/track/file").text
    assert "Ai đã ủng hộ kiến nghị này thì được tính ở đó" in own and old_page in own
    with story.site.app_context():  # what nobody may read any more is named no longer
        file(story, "received").is_public = False
        db.session.commit()
        db.session.remove()
    shown = browser.get(f"{new_page}/supports/new").text
    assert old_page not in shown and "hiện chưa đọc được" in shown
