"""The site stands on days that are none: in the middle of Tết, a second before a year that the calendar does not know,
on a leap day. Every page opens, and what is owed is owed later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest

from feedback.core import clock
from feedback.core.db import db
from feedback.petitions.models import Petition
from feedback.workdays.queries import load_calendar
from tests.accounts.browser import Browser
from tests.architecture.test_routes import pages
from tests.pages.conftest import Story
from tests.servers.databases import on_sqlite
from tests.servers.moment import still

DAYS = ("2027-02-08T09:00:00", "2027-12-31T23:59:59", "2028-02-29T00:00:01")
READERS = ("", "binh")  # who sees what is due, from both sides


@pytest.fixture(autouse=True, params=DAYS)
def that_day(request: pytest.FixtureRequest, the_moment: None) -> Iterator[date]:
    moment = datetime.fromisoformat(request.param).replace(tzinfo=clock.LOCAL)
    with still(moment):
        yield moment.date()


@on_sqlite
def test_every_page_opens_and_no_date_falls_on_a_day_off(
    story: Story, signed_in: Callable[[str], Browser], that_day: date
) -> None:
    for name in READERS:
        browser = signed_in(name) if name else Browser(story.site)
        seen = [browser.get(path).status_code for path in list(pages(story))]
        assert seen.count(200) > 30 and 500 not in seen, name
    with story.site.app_context():
        calendar = load_calendar()
        due = db.session.query(Petition.due_on).all()
        assert due and all(calendar.is_working(day) and day > that_day for (day,) in due)
        db.session.remove()
