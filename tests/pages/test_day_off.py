"""A due day is past on the day after it, though that be a Saturday and no working day was lost yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from feedback.core.db import commit, db
from feedback.petitions.models import Part, Petition
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.servers.databases import on_sqlite
from tests.servers.moment import noon, still

FRIDAY = date(2026, 11, 27)


@on_sqlite
def test_what_was_due_on_friday_is_overdue_on_saturday(
    story: Story, signed_in: Callable[[str], Browser]
) -> None:
    public_id = story.petitions["in_progress"]
    with story.site.app_context():
        petition = db.session.query(Petition).filter_by(public_id=public_id).one()
        part = db.session.query(Part).filter_by(public_id=story.part).one()
        petition.due_on = part.due_on = FRIDAY
        commit()
        db.session.remove()
    late = 'class="tag late">Quá hạn<'
    for days, expected in ((0, False), (1, True)):
        with still(noon(2026, 11, 27) + timedelta(days=days)):
            lists = [
                signed_in("giang").get("/officer").text,
                signed_in("giang").get(f"/officer/petitions/{public_id}").text,
                signed_in("cuc").get("/officer/parts").text,
                signed_in("cuc").get(f"/officer/parts/{story.part}").text,
            ]
            for page in lists:
                assert (late in page) is expected
                assert ('class="tag soon">Hôm nay<' in page) is not expected
            own = Browser(story.site).get(f"/petitions/{public_id}").text
            assert ("Quá hạn</strong>" in own) is expected
            assert ">0 ngày" not in own and " 0 ngày" not in own
