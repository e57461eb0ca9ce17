"""The page cache is never wrong: whatever a page is made of changes, and the page changes with it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from feedback.accounts.models import Person, ResidentSession
from feedback.accounts.queries import token_hash
from feedback.accounts.rules.addresses import Proven
from feedback.audit.tags import all_tags
from feedback.comments import actions as voices
from feedback.comments import queries as comments
from feedback.comments.actions import Sender
from feedback.comments.models import Comment
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.monitoring.actions import recount
from feedback.monitoring.models import Tally
from feedback.petitions import queries
from feedback.petitions.actions import ending, judging
from feedback.petitions.models import Petition
from feedback.plans import actions as plans
from feedback.plans.models import PlanItem
from feedback.supports import actions as supports
from feedback.workdays.actions import load_days
from feedback.workdays.rules import CalendarRow
from tests import make
from tests.accounts.browser import Browser
from tests.counting import count_queries
from tests.pages.conftest import Story
from tests.people import person

ONE_LOOK = 0  # a kept page never enters the application; its one look goes past what is counted


def asked_by(story: Story, path: str) -> tuple[TestResponse, int]:
    """A stranger's answer, and how many questions it cost."""
    with story.site.app_context(), count_queries() as asked:
        answer = Browser(story.site).get(path)
    assert answer.status_code == 200
    return answer, len(asked)


def pages(story: Story) -> list[str]:
    petition = story.petitions["in_progress"]
    item, plan = f"/items/{story.item_id}", f"/plans/{story.plan_id}"
    found = ["/", "/plans", plan, item, f"/petitions/{petition}", "/transparency"]
    return [*found, "/communes", "/communes/xa-tan-bien"]


def test_a_page_is_made_once_and_is_the_same(story: Story) -> None:
    for path in pages(story):
        first, cost = asked_by(story, path)
        again, cost_again = asked_by(story, path)
        assert again.data == first.data, path
        assert again.headers["ETag"] == first.headers["ETag"]
        assert (cost > ONE_LOOK, cost_again) == (True, ONE_LOOK), path
        assert again.headers["Cache-Control"] == "no-cache"
        assert "script-src 'self'" in again.headers["Content-Security-Policy"]


def test_a_reader_who_has_it_already_gets_304_until_it_changes(story: Story) -> None:
    path = f"/petitions/{story.petitions['in_progress']}"
    tag = Browser(story.site).get(path).headers["ETag"]
    client = story.site.test_client()
    answer = client.get(path, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
    withdraw(story)
    answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def withdraw(story: Story) -> None:
    with story.site.app_context():
        found = db.session.query(Petition).filter_by(public_id=story.petitions["in_progress"]).one()
        ending.withdraw(found, words="Đã xong.", on=clock.today())
        commit()
        db.session.remove()


@pytest.mark.parametrize("number", [0, 3, 4, 5], ids=["home", "item", "petition", "transparency"])
def test_a_move_changes_every_page_that_shows_the_file(story: Story, number: int) -> None:
    path = pages(story)[number]
    if path == "/":  # only what is late or answered stands there
        with story.site.app_context():
            judging.rate(answered(story), score=5, words="")
            commit()
            db.session.remove()
        before, _cost = asked_by(story, path)
        with story.site.app_context():
            ending.propose_seal(answered(story), by=person("binh"))
            commit()
            db.session.remove()
    else:
        before, _cost = asked_by(story, path)
        withdraw(story)
    after, cost = asked_by(story, path)
    assert after.data != before.data
    assert cost > ONE_LOOK


def answered(story: Story) -> Petition:
    found = db.session.query(Petition).filter_by(public_id=story.petitions["answered"]).one()
    assert queries.public_petition(found.public_id) is not None
    return found


def test_another_item_or_petition_stays_kept(story: Story) -> None:
    with story.site.app_context():
        other = db.session.query(PlanItem).filter_by(path="III.2.2.b").one().id
        db.session.remove()
    asked_by(story, f"/items/{other}")
    asked_by(story, f"/petitions/{story.petitions['answered']}")
    withdraw(story)
    assert asked_by(story, f"/items/{other}")[1] == ONE_LOOK
    assert asked_by(story, f"/petitions/{story.petitions['answered']}")[1] == ONE_LOOK


def test_the_next_day_is_another_page(story: Story) -> None:
    path = f"/petitions/{story.petitions['in_progress']}"
    before, _cost = asked_by(story, path)
    with clock.travel(clock.now() + timedelta(days=40)):
        after, cost = asked_by(story, path)
    assert "Trễ" in after.text and "Trễ" not in before.text
    assert cost > ONE_LOOK
    assert asked_by(story, path)[0].data == before.data


def test_each_language_has_its_own(story: Story) -> None:
    path = f"/items/{story.item_id}"
    vietnamese, _cost = asked_by(story, path)
    browser = Browser(story.site)
    browser.get("/language/en")
    english = browser.get(path)
    assert '<html lang="en">' in english.text
    assert asked_by(story, path)[0].data == vietnamese.data


@pytest.mark.parametrize("size", ["big", "huge"])
def test_each_size_of_text_has_its_own(story: Story, size: str) -> None:
    path = f"/items/{story.item_id}"
    usual, _cost = asked_by(story, path)
    browser = Browser(story.site)
    browser.get(f"/text-size/{size}")
    larger, again = browser.get(path), browser.get(path)
    assert f'<html lang="vi" data-size="{size}">' in larger.text
    assert larger.data == again.data
    assert (
        larger.headers["Cache-Control"] == "no-cache"
    )  # a wish is no secret: it may come again by 304
    assert "data-size" not in usual.text
    assert asked_by(story, path)[0].data == usual.data


def test_a_header_that_only_looks_like_a_wish_spoils_nothing_for_others(story: Story) -> None:
    """Whatever the cache takes for somebody's language or size, the page took for the same."""
    path = f"/items/{story.item_id}"
    client = story.site.test_client(use_cookies=False)
    for odd in ("x=__Host-lang=en", "__Host-lang=vi; __Host-lang=en", "a__Host-size=huge"):
        client.get(path, headers={"Cookie": odd})
        client.get(path, headers={"Cookie": odd.replace("; ", ";")})
    english = client.get(path, headers={"Cookie": "__Host-lang=en"})
    huge = client.get(path, headers={"Cookie": "__Host-size=huge"})
    assert '<html lang="en">' in english.text
    assert '<html lang="vi" data-size="huge">' in huge.text
    assert '<html lang="vi">' in asked_by(story, path)[0].text


def test_a_changed_calendar_changes_the_counted_days(story: Story) -> None:
    path = f"/petitions/{story.petitions['in_progress']}"
    before, _cost = asked_by(story, path)
    reason = "Nghỉ tránh bão số 12"
    with story.site.app_context():
        # a Saturday: its reason is told, and no date that stands already moves
        day = clock.today() + timedelta(days=12 - clock.today().weekday())
        load_days([CalendarRow(day, "off", reason, "announced")], by=person("an"))
        commit()
        db.session.remove()
    after, cost = asked_by(story, path)
    assert reason in after.text and reason not in before.text
    assert cost > ONE_LOOK


def test_a_changed_plan_changes_its_pages(story: Story) -> None:
    before = {path: asked_by(story, path)[0].data for path in pages(story)[2:4]}
    with story.site.app_context():
        item = db.session.get_one(PlanItem, story.item_id)
        plans.describe(item, title="Tiền vốn cho tiệm nhỏ", summary="Lời kể mới.", by=person("yen"))
        commit()
        db.session.remove()
    for path, old in before.items():
        after, _cost = asked_by(story, path)
        assert after.data != old
        assert "Tiền vốn cho tiệm nhỏ" in after.text


def test_whoever_signed_in_is_answered_anew_and_never_kept(
    story: Story, signed_in: Callable[[str], Browser]
) -> None:
    path = f"/items/{story.item_id}"
    browser = signed_in("binh")
    answer = browser.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert asked_by(story, path)[1] > ONE_LOOK


def test_a_cookie_written_oddly_puts_nobodys_page_before_others(story: Story) -> None:
    """A cookie's name may have blanks behind it: whoever writes it so is known all the same."""
    with story.site.app_context():
        token, who = "an-own-token", Proven(email="tu@example.vn")
        row = ResidentSession(token_hash=token_hash(token), email=who.email)
        row.expires_at = clock.now() + timedelta(hours=1)
        db.session.add(row)
        petition = queries.public_petition(story.petitions["in_progress"])
        assert petition is not None
        supports.support(petition, who=who, whence=supports.Whence())
        commit()
        db.session.remove()
    path = f"/petitions/{story.petitions['in_progress']}"
    client = story.site.test_client(use_cookies=False)
    for odd in (
        "__Host-resident ={}",
        "__Host-resident\t=\t{}",
        'x="__Host-resident; __Host-resident = {}',
    ):
        client.get(path, headers={"Cookie": odd.format(token)})
    own = client.get(path, headers={"Cookie": f"__Host-resident={token}"})
    assert "withdrawals/new" in own.text
    assert "withdrawals/new" not in asked_by(story, path)[0].text


def test_a_commune_page_changes_with_its_files_its_hours_and_its_plan(story: Story) -> None:
    path = "/communes/xa-tan-bien"
    with story.site.app_context():
        about = make.commune("xa-tan-bien").id
        told = make.petition(state="received", commune_id=about, title="Cầu ván ở ấp Ba gãy")
        public_id = told.public_id
        commit()
        db.session.remove()
    before, _cost = asked_by(story, path)
    assert "Cầu ván ở ấp Ba gãy" in before.text and "Số 1 đường Thử" not in before.text

    def withdraw_it() -> None:
        found = db.session.query(Petition).filter_by(public_id=public_id).one()
        ending.withdraw(found, words="Đã xong.", on=clock.today())

    def describe_item() -> None:
        item = db.session.get_one(PlanItem, story.item_id)
        plans.describe(item, title="Tiền vốn cho tiệm nhỏ", summary="", by=person("yen"))

    for change in (withdraw_it, lambda: make.contact("xa-tan-bien"), describe_item):
        with story.site.app_context():
            change()
            commit()
            db.session.remove()
        after, cost = asked_by(story, path)
        assert after.data != before.data
        assert cost > ONE_LOOK
        assert asked_by(story, path)[1] == ONE_LOOK
        before = after
    assert "Số 1 đường Thử" in before.text and "Tiền vốn cho tiệm nhỏ" in before.text


def test_a_parameter_that_the_page_does_not_know_is_not_kept(story: Story) -> None:
    path = f"/items/{story.item_id}?utm=zalo"
    asked_by(story, path)
    assert asked_by(story, path)[1] > ONE_LOOK


def test_a_petition_that_is_hidden_meanwhile_is_gone(story: Story) -> None:
    public_id = story.petitions["in_progress"]
    asked_by(story, f"/petitions/{public_id}")
    with story.site.app_context():
        found = db.session.query(Petition).filter_by(public_id=public_id).one()
        ending.propose_seal(found, by=person("binh"))
        commit()
        db.session.remove()
    assert Browser(story.site).get(f"/petitions/{public_id}").status_code == 404


def asked_packed(browser: Browser, path: str, **headers: str) -> TestResponse:
    return browser.get(path, headers={"Accept-Encoding": "gzip, br", **headers})


def test_what_everybody_gets_is_sent_small(story: Story) -> None:
    for path in [*pages(story), "/guide", "/search?q=von"]:
        whole = Browser(story.site).get(path)
        made, kept = (asked_packed(Browser(story.site), path) for _look in range(2))
        for small in (made, kept):
            assert small.headers["Content-Encoding"] == "gzip", path
            assert gzip.decompress(small.data) == whole.data
            assert len(small.data) < len(whole.data) / 1.5
            assert "Accept-Encoding" in small.headers["Vary"]
            assert int(small.headers["Content-Length"]) == len(small.data)
        assert "Content-Encoding" not in whole.headers


def test_a_small_page_that_did_not_change_is_not_sent_again(story: Story) -> None:
    path = f"/items/{story.item_id}"
    tag = asked_packed(Browser(story.site), path).headers["ETag"]
    again = asked_packed(Browser(story.site), path, **{"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert Browser(story.site).get(path).headers["ETag"] != tag  # another form, another tag


def test_what_holds_a_secret_is_never_packed(
    story: Story, signed_in: Callable[[str], Browser]
) -> None:
    """Its length would tell of it (BREACH): a form's token, a signed-in person's page."""
    for path in ("/submit", "/track", "/sign-in", "/submit"):
        assert "Content-Encoding" not in asked_packed(Browser(story.site), path).headers, path
    sender = Browser(story.site)
    sender.send("/track", code=story.codes["answered"])
    assert "Content-Encoding" not in asked_packed(sender, "/track/file").headers
    for path in ("/officer", "/", f"/items/{story.item_id}"):
        assert "Content-Encoding" not in asked_packed(signed_in("binh"), path).headers, path


def test_nothing_with_a_form_is_kept(story: Story) -> None:
    for path in ("/submit", "/track"):
        answer = Browser(story.site).get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_a_plan_made_by_nobody_yet_is_not_remembered_as_missing(story: Story) -> None:
    path = f"/plans/{story.plan_id + 1}"
    assert Browser(story.site).get(path).status_code == 404
    with story.site.app_context():
        another = make.PLAN_FILE.read_bytes().replace(b"2705/KH-UBND", b"2706/KH-UBND")
        made = make.plan(another)
        commit()
        assert made.id == story.plan_id + 1
        db.session.remove()
    assert asked_by(story, path)[0].status_code == 200


def test_figures_that_a_recount_mends_are_shown_at_once(story: Story) -> None:
    with story.site.app_context():
        db.session.execute(sa.update(Tally).values(number=Tally.number + 40))
        commit()
        db.session.remove()
    wrong, _cost = asked_by(story, "/transparency")
    with story.site.app_context():
        assert recount().differed
        commit()
        db.session.remove()
    mended, cost = asked_by(story, "/transparency")
    assert cost > ONE_LOOK
    assert mended.data != wrong.data


def test_a_commune_shows_mended_figures_at_once(story: Story) -> None:
    path = "/communes/xa-tan-bien"
    with story.site.app_context():
        make.petition(commune_id=make.commune("xa-tan-bien").id)
        commit()
        db.session.execute(sa.update(Tally).values(number=Tally.number + 40))
        commit()
        db.session.remove()
    wrong, _cost = asked_by(story, path)
    with story.site.app_context():
        recount()
        commit()
        db.session.remove()
    mended, _cost = asked_by(story, path)
    assert "41<" in wrong.text and "41<" not in mended.text


def test_whatever_happens_to_a_comment_makes_the_items_page_new(story: Story) -> None:
    """Each verb in turn; what the public sees of it is another page, and no kept one is shown."""
    path, key = f"/items/{story.item_id}", "the form of a reply"
    hoa, body = Sender("Hoa's phone"), "so-tai-chinh"

    def reply() -> Comment:
        found = comments.by_submission_key(key)
        assert found is not None
        return found

    steps: list[tuple[str, bool, Callable[[Comment], object]]] = [
        ("shown", True, lambda c: voices.let_appear(c, seen="pending", batch="b", by=minh())),
        ("undone", True, lambda c: voices.undo(batch="b", by=minh())),
        ("shown", True, lambda c: voices.let_appear(c, seen="pending", by=minh())),
        ("marked", True, lambda c: voices.mark(c, sender=hoa)),
        ("unmarked", True, lambda c: voices.unmark(c, sender=hoa)),
        ("written", False, lambda c: make.comment(c.item, "Tôi cũng vậy.", key=key, parent=c)),
        ("shown", True, lambda c: voices.let_appear(reply(), seen="pending", by=minh())),
        (
            "replied",
            True,
            lambda c: voices.reply_for_agency(
                parent=c, text="Sở ghi nhận.", key="o", agency=make.commune(body), by=person("binh")
            ),
        ),
        ("reported", False, lambda c: voices.report(c, reason="off_topic", sender=hoa)),
        ("kept", False, lambda c: voices.keep(c, seen="visible.1", by=minh())),
        ("hidden", True, lambda c: voices.hide(c, reason="insulting", seen="visible", by=minh())),
        ("withdrawn", True, lambda c: voices.withdraw(reply(), code=voices.author_code(key))),
        ("erased", True, lambda c: voices.erase(c, basis="personal_data", by=minh())),
    ]
    told = {tag.code for tag in all_tags() if tag.code.startswith("comment:")}
    assert {f"comment:{name}" for name, _seen, _step in steps} == told
    before, _cost = asked_by(story, path)
    for name, differs, step in steps:
        with story.site.app_context():
            comment = comments.comment(story.comment)
            assert comment is not None
            step(comment)
            commit()
            db.session.remove()
        after, cost = asked_by(story, path)
        assert cost > ONE_LOOK, name
        assert (after.data != before.data) is differs, name
        before = after


def minh() -> Person:
    return person("minh")
