"""Hoa thinks of her commune first: who is there, how to reach them, what is asked there and answered."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest

from feedback.agencies.models import AgencyGroup
from feedback.agencies.queries import commune_now, communes_on
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.pages.queries import items_of_commune
from feedback.petitions.actions import intake
from feedback.plans.actions import decide_lead
from feedback.plans.models import Assignment
from tests import make
from tests.accounts.browser import TOKEN, Browser
from tests.pages.conftest import Story
from tests.people import person

CODE = "xa-tan-bien"
PAGE = f"/communes/{CODE}"
EMERGENCY = ("113", "114", "115", "112", "1022")


def page(story: Story, path: str) -> str:
    answer = Browser(story.site).get(path)
    assert answer.status_code == 200, path
    return answer.text


def about(story: Story, number: int, *, state: str = "received") -> list[str]:
    """So many public files about the commune, one a day; their titles, newest first."""
    with story.site.app_context():
        commune, today = make.commune(CODE).id, clock.today()
        titles = [f"Việc thứ {n} ở chợ Tân Biên" for n in range(number)]
        for n, title in enumerate(titles):
            day = today - timedelta(days=n)
            make.petition(state=state, on=day, commune_id=commune, title=title)
        commit()
        db.session.remove()
    return titles


def test_all_communes_stand_in_the_list_and_accents_are_not_needed(story: Story) -> None:
    everything = page(story, "/communes")
    assert len(set(re.findall(r'href="(/communes/[a-z0-9-]+)"', everything))) == 96
    for typed in ("tan bien", "Tân Biên", "UBND xã tân biên", "biên tân"):
        assert f'href="{PAGE}"' in page(story, f"/communes?q={typed}"), typed
    assert "96 xã, phường" in page(story, "/communes?q=khongcodau")


def test_a_former_district_leads_to_the_communes_of_today(story: Story) -> None:
    found = page(story, "/communes?q=huyen ben luc")
    assert 'href="/communes/xa-ben-luc"' in found and "huyện Bến Lức" in found
    both = page(story, "/communes?q=Châu Thành")  # two districts had this name, one commune has
    for code in ("xa-chau-thanh", "xa-hao-duoc", "xa-tam-vu"):
        assert f'href="/communes/{code}"' in both
    assert "/communes?q=huy%E1%BB%87n+B%E1%BA%BFn+L%E1%BB%A9c" in page(story, "/communes")


def test_what_is_typed_comes_back_as_text(story: Story) -> None:
    found = page(story, '/communes?q="><script>alert(1)</script>')
    assert "<script>alert" not in found and "&lt;script&gt;" in found


def test_what_is_unknown_is_said_and_what_is_known_is_shown_with_its_source(story: Story) -> None:
    unknown = page(story, PAGE)
    assert "chưa có thông tin" in unknown and 'href="tel:1022"' in unknown
    with story.site.app_context():
        make.contact(CODE, phone="(0276) 382.2233", checked_on=date(2026, 11, 2))  # type: ignore[arg-type]
        commit()
        db.session.remove()
    known = page(story, PAGE)
    assert 'href="tel:02763822233"' in known and "Nguồn: Trang của xã." in known
    assert "02/11/2026" in known
    assert known.count("chưa có thông tin") == 2  # office hours, and when leaders receive people


def test_figures_are_those_of_the_lists_behind_them(story: Story) -> None:
    about(story, 3)
    with story.site.app_context():
        commune = make.commune(CODE).id
        make.petition(state="answered", commune_id=commune, item_id=story.item_id)
        make.receipt(commune_id=commune)  # not screened: counted, not listed
        make.petition(state="received", commune_id=commune, on=clock.today() - timedelta(days=400))
        commit()
        db.session.remove()
    shown = page(story, PAGE)
    links = re.findall(r'<a href="(/transparency/files\?[^"]+)">(\d+)<', shown)
    numbers = {re.search(r"indicator=(\w+)", unescape(a))[1]: int(n) for a, n in links}  # type: ignore[index]
    assert numbers == {"received": 6, "answered": 1, "open_in_time": 4, "open_overdue": 1}
    for address, number in links:
        assert re.search(rf"\b{number}\b", page(story, unescape(address)))


def test_its_public_petitions_are_cut_by_key_and_hidden_ones_stay_hidden(story: Story) -> None:
    titles = about(story, 12)
    with story.site.app_context():
        hidden = make.receipt(commune_id=make.commune(CODE).id, title="Chưa ai đọc duyệt")
        intake.receive(hidden.petition, show=False, on=clock.today(), by=person("yen"))
        commit()
        db.session.remove()
    first = page(story, PAGE)
    assert [t for t in titles if t in first] == titles[:10]
    assert "Chưa ai đọc duyệt" not in first
    following = re.search(r'href="(/communes/[^"]+after=[^"#]+)', first)
    assert following
    second = page(story, unescape(following[1]))
    assert [t for t in titles if t in second] == titles[10:]
    assert page(story, f"{PAGE}?after=tampered") != ""


def test_plan_items_that_name_it_or_all_communes_of_the_day_touch_it(story: Story) -> None:
    with story.site.app_context():
        found = commune_now(CODE)
        assert found
        today = items_of_commune(found.id, clock.today())
        assert len(today) > 3 and not any(item.named for item in today)
        phrases = {g.id for g in db.session.query(AgencyGroup) if "huyen" in g.code}
        lines = db.session.query(Assignment).where(Assignment.group_id.in_(phrases))
        assert {line.item_id for line in lines} <= {item.id for item in today}
        # the same phrase meant districts then
        assert len(items_of_commune(found.id, date(2025, 6, 30))) < len(today)
        line = db.session.get_one(Assignment, story.assignment_id)
        decide_lead(line, agency=make.commune(CODE), by=person("yen"), on=clock.today())
        commit()
        first = items_of_commune(found.id, clock.today())[0]
        assert (first.id, first.named) == (story.item_id, True)
        assert first.roles == ("lead", "coordinating")
        db.session.remove()
    assert f"/items/{today[0].id}" in page(story, PAGE)


def test_the_button_opens_the_form_with_this_place_chosen(story: Story) -> None:
    assert f'href="/submit?commune={CODE}"' in page(story, PAGE)
    browser = Browser(story.site)
    first = browser.get(f"/submit?commune={CODE}").text
    assert "xã Tân Biên" in first and f'name="commune" value="{CODE}"' in first
    typed = {"step": "what", "go": "next", "kind": "concern", "title": "Đèn đường trước chợ hỏng"}
    typed |= {"text": "Đèn đường trước chợ hỏng một tuần nay.", "commune": CODE}
    token = TOKEN.search(first)
    assert token
    where = browser.client.post("/submit", data={"csrf_token": token[1], **typed}).text
    assert f'<option value="{CODE}" selected>' in where


@pytest.mark.parametrize("code", ["so-noi-vu", "huyen-ben-luc-2024", "khong-co", "%2e%2e"])
def test_only_communes_have_such_a_page(story: Story, code: str) -> None:
    assert Browser(story.site).get(f"/communes/{code}").status_code == 404
    assert 'name="commune"' not in page(story, f"/submit?commune={code}")


def test_an_ended_commune_keeps_its_page_but_takes_nothing_new(story: Story) -> None:
    with story.site.app_context():
        make.commune(CODE).valid_to = clock.today() - timedelta(days=1)
        commit()
        assert CODE not in dict(communes_on(clock.today()))
        db.session.remove()
    ended = page(story, PAGE)
    assert "đã kết thúc ngày" in ended and f"/submit?commune={CODE}" not in ended
    assert 'name="commune"' not in page(story, f"/submit?commune={CODE}")


def test_who_cannot_wait_finds_whom_to_call(story: Story) -> None:
    for path in ("/", "/submit", PAGE):
        found = page(story, path)
        assert all(f'href="tel:{number}"' in found for number in EMERGENCY), path


def test_communes_are_found_from_everywhere(story: Story) -> None:
    titles = about(story, 1)
    assert f'href="{PAGE}"' in page(story, "/transparency?by=commune")
    assert f'href="{PAGE}"' in page(story, "/search?q=tan bien")
    for path in ("/", "/guide"):
        assert 'href="/communes"' in page(story, path)
    row = re.search(rf'href="(/petitions/\w+)">{titles[0]}', page(story, PAGE))
    assert row and f'<a href="{PAGE}">xã Tân Biên</a>' in page(story, row[1])
