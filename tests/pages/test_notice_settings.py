"""Each of the staff chooses how she learns of things; what waits comes in one mail of the morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feedback.accounts.actions import noticing
from feedback.audit.models import Event
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.notifications.actions import forget_about
from feedback.notifications.models import InboxItem, OutboxMessage
from feedback.notifications.tasks import Worker
from feedback.petitions.actions import intake
from feedback.petitions.models import Petition
from tests.accounts.browser import Browser
from tests.notifications.conftest import Sink
from tests.pages.conftest import Story
from tests.people import person
from tests.servers.mail import post_office

SignIn = Callable[[str], Browser]
PAGE = "/officer/inbox/settings"


@pytest.fixture
def smtp(story: Story) -> Iterator[Sink]:
    sink = Sink()
    with post_office(sink) as story.site.config["SMTP_URL"]:
        yield sink
    story.site.config["SMTP_URL"] = ""


def at(days: int, hour: int) -> datetime:
    """An hour of a day to come, in Viet Nam."""
    day = clock.now().astimezone(clock.LOCAL) + timedelta(days=days)
    return day.replace(hour=hour, minute=5, second=0, microsecond=0)


def give(story: Story, state: str, name: str) -> tuple[str, str]:
    """Key and number of the file that was given."""
    petition = db.session.query(Petition).filter_by(public_id=story.petitions[state]).one()
    intake.assign(petition, officer=person(name), on=clock.today(), by=person("thu"))
    told = petition.public_id, petition.reference
    commit()
    return told


def mails(sink: Sink, name: str) -> list[str]:
    """The subjects of what came to one of the cast since last asked."""
    found = [m["Subject"] for to, m in sink.taken if to == [f"{name}@demo.example"]]
    sink.taken[:] = [one for one in sink.taken if one[0] != [f"{name}@demo.example"]]
    return found


def test_what_an_officer_wants_once_a_day_comes_in_one_mail_of_the_morning(
    story: Story, signed_in: SignIn, smtp: Sink
) -> None:
    lan, thu = signed_in("lan"), signed_in("thu")
    page = lan.get(PAGE).text
    assert "Hồ sơ giao cho tôi" in page and "Hồ sơ mới đến cơ quan" not in page  # a clerk's
    assert "Hồ sơ mới đến cơ quan" in thu.get(PAGE).text
    usual = dict.fromkeys(("late", "disputed", "parts", "decided", "resident"), "at_once")
    usual |= {"supported": "none", "reports": "site", "acts": "daily"}
    off = lan.send(PAGE, assigned="none", **usual)
    assert off.status_code == 422  # a file that was given cannot go unheard
    assert lan.send(PAGE, assigned="daily", **usual).status_code == 303
    assert 'value="daily" selected' in lan.get(PAGE).text
    with story.site.app_context():
        assert db.session.query(Event).filter_by(kind="person:notices_chosen").count() == 1
        ways = person("lan").notice_ways or {}
        assert (ways["assigned"], ways["supported"], "quiet" in ways) == ("daily", "none", False)
        with clock.travel(at(1, 10)):
            key, number = give(story, "received", "lan")
            Worker().run(once=True)
            assert mails(smtp, "lan") == []
            kept = db.session.query(InboxItem).filter_by(person_id=person("lan").id).one()
            assert kept.for_digest and number in kept.subject
        with clock.travel(at(2, 6)):
            Worker().run(once=True)
            assert mails(smtp, "lan") == []
        with clock.travel(at(2, 7)):
            Worker().run(once=True)
            [(_to, mail)] = [one for one in smtp.taken if one[0] == ["lan@demo.example"]]
            text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
            assert number in text and f"/officer/petitions/{key}" in text
            assert PAGE in text
            assert len(mails(smtp, "lan")) == 1
            assert noticing.send_digests(on=clock.today()) == 0
        with clock.travel(
            at(2, 9)
        ):  # of the same day: it waits for the next morning, or is read before
            give(story, "in_progress", "lan")
            Worker().run(once=True)
            assert noticing.send_digests(on=clock.today()) == 0
            mine = db.session.query(InboxItem).filter_by(person_id=person("lan").id)
            newest = mine.order_by(InboxItem.id.desc()).first()
            assert newest and newest.for_digest
            newest.read_at = clock.now()
            commit()
        with clock.travel(at(3, 8)):
            assert noticing.send_digests(on=clock.today()) == 0
            assert not db.session.query(InboxItem).filter_by(for_digest=True).count()


def test_a_night_without_mail_ends_in_the_mail_of_the_morning(story: Story, smtp: Sink) -> None:
    with story.site.app_context():
        noticing.choose_notices(ways={"quiet": "y", "late": "none"}, by=person("lan"))
        commit()
        assert person("lan").notice_ways == {"quiet": "night"}
        with clock.travel(at(1, 17)):
            give(story, "received", "lan")
            Worker().run(once=True)
            assert len(mails(smtp, "lan")) == 1
        with clock.travel(at(1, 23)):
            key, number = give(story, "in_progress", "lan")
            Worker().run(once=True)
            assert mails(smtp, "lan") == []
            # a mail that the server does not take yet forgets with the file
            assert noticing.send_digests(on=clock.today()) == 1
            mail = db.session.query(OutboxMessage).filter_by(template="accounts/digest").one()
            assert mail.params["number"] == 1
            forget_about(key, number, f"/officer/petitions/{key}")
            assert (
                db.session.query(OutboxMessage).filter_by(template="accounts/digest").count() == 0
            )
            db.session.rollback()
        with clock.travel(at(2, 7)):
            Worker().run(once=True)
            assert len(mails(smtp, "lan")) == 1


def test_whatever_staff_are_told_can_come_by_mail_as_well() -> None:
    root = Path(__file__).parents[2] / "templates" / "emails"
    told = [*root.glob("*/staff_*.subject.txt"), *root.glob("*/admin_*.subject.txt")]
    assert len(told) > 20
    alone = [f.name for f in told if not f.with_name(f.name.replace(".subject", "")).exists()]
    assert not alone
