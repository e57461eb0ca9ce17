"""The list of a desk: found by number, narrowed down, page by page, and taken along as a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from feedback.accounts.models import Person
from feedback.agencies.queries import by_code
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.petitions import queries
from feedback.petitions.models import Petition
from feedback.petitions.queries import seeking
from feedback.petitions.rules.filters import ME, NOBODY, Filter
from tests import make
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.people import person
from tests.servers.databases import on_sqlite

SignIn = Callable[[str], Browser]
TITLE = "=1+1 hỏi lịch tiếp dân"
NUMBER = re.compile(r"TN\d\d-\d{6}")


def listed(browser: Browser, query: str) -> list[str]:
    """Public ids of the files on a page, in their order."""
    text = browser.get(f"/officer?{query}").text
    return re.findall(r'class="ttl" href="/officer/petitions/([a-z0-9]+)"', text)


def asks(story: Story) -> dict[str, str]:
    """Two files more of Bình's agency: a question from Tân Biên, and one that is late."""
    with story.site.app_context():
        place, today = by_code("xa-tan-bien"), clock.today()
        assert place is not None
        more = {"item_id": story.item_id, "commune_id": place.id, "kind": "question"}
        asked = make.petition(state="received", title=TITLE, key="asked", **more)
        long_ago = today - timedelta(days=60)
        late = make.petition(state="in_progress", on=long_ago, item_id=story.item_id, key="late")
        found = {"asked": asked.public_id, "late": late.public_id, "number": asked.reference}
        commit()
        db.session.remove()
    return found


def test_binh_finds_what_he_looks_for(story: Story, signed_in: SignIn) -> None:
    more, own, binh = asks(story), story.petitions, signed_in("binh")
    asked, late = more["asked"], more["late"]
    assert listed(binh, "kind=question") == [asked]
    assert listed(binh, "commune=xa-tan-bien&state=received") == [asked]
    assert listed(binh, "commune=xa-tan-bien&state=submitted") == []
    assert listed(binh, "clock=late") == listed(binh, "tab=overdue") == [late]
    assert listed(binh, "officer=me&state=in_progress") == [late, own["in_progress"]]
    assert set(listed(binh, "officer=nobody")) == {asked, own["submitted"], own["received"]}
    # an ended file is found by its state, and by its number in any haste
    assert listed(binh, "state=answered") == [own["answered"]]
    number = more["number"]
    for typed in (number, number.lower(), number[2:], number[-3:], number[-6:].lstrip("0")):
        assert listed(binh, f"number={typed}&state=answered") == [asked], typed
    assert listed(binh, "number=TN25" + number[4:]) == []
    # what is broken falls back; what fits nothing says so and leads on
    begins = listed(binh, "")  # with what was given to him
    assert begins == listed(binh, "tab=mine") != listed(binh, "tab=open")
    assert listed(binh, "kind=x&clock=2026-13-40&officer=x&commune=x&state=sealed") == begins
    assert "Không thấy số hồ sơ này" in binh.get("/officer?number=abc").text
    assert "Không có hồ sơ nào khớp" in binh.get("/officer?clock=rests").text
    assert f'btn main" href="/officer/petitions/{late}"' in binh.get("/officer").text
    assert listed(signed_in("cuc"), f"number={number}") == []  # of another agency


def test_the_table_holds_what_the_list_shows_and_no_more(story: Story, signed_in: SignIn) -> None:
    more, binh = asks(story), signed_in("binh")

    def texts(query: str) -> str:
        answer = binh.get(f"/officer/list.xlsx?{query}")
        assert answer.status_code == 200 and answer.mimetype.endswith("spreadsheetml.sheet")
        with ZipFile(BytesIO(answer.data)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            assert "<f>" not in sheet and "<hyperlink" not in sheet
            shared = "xl/sharedStrings.xml"
            return sheet + (book.read(shared).decode() if shared in book.namelist() else "")

    one = texts("kind=question&commune=xa-tan-bien")
    assert TITLE in one and more["number"] in one and "xã Tân Biên" in one
    assert len(NUMBER.findall(one)) == 1
    assert "hoa@example.vn" not in texts("tab=open")
    assert len(NUMBER.findall(texts("tab=mine"))) == len(listed(binh, "tab=mine"))
    assert not NUMBER.search(texts("number=99999"))


def test_pages_of_a_narrowed_list_are_its_table(story: Story) -> None:
    with story.site.app_context():
        for turn in range(5):
            make.petition(item_id=story.item_id, kind="concern", key=f"turn {turn}")
        commit()
        binh, today, asked = person("binh"), clock.today(), Filter(kind="concern")
        seen, after = [], ""
        for _page in range(3):
            page = queries.queue(binh, asked=asked, today=today, soon=today, after=after, size=2)
            seen += [petition.id for petition in page.rows]
            after = page.after
        found = queries.on_desk(binh, asked, tab="open", today=today, soon=today)
        assert seen == [row.id for row in queries.table_of(found)]
        assert (len(seen), after) == (5, "")
        assert queries.number_found(binh, asked, today=today, soon=today) == 5
        db.session.remove()


@on_sqlite
def test_each_condition_is_walked_along_an_index_in_the_order_of_the_page(site: Flask) -> None:
    """So that a page over a hundred thousand files asks for no more rows than it shows."""
    with site.app_context():
        make.reference_data()
        binh, today = person("binh"), clock.today()
        for asked, index in (
            (Filter(state="received"), "ix_petition_state"),
            (Filter(clock="late"), "ix_petition_desk"),
            (Filter(clock="week"), "ix_petition_desk"),
            (Filter(clock="rests"), "ix_petition_state"),
            (Filter(kind="question"), "ix_petition_kind"),
            (Filter(commune="xa-tan-bien"), "ix_petition_place"),
            (Filter(officer=ME), "ix_petition_unassigned"),
            (Filter(officer=NOBODY), "ix_petition_unassigned"),
        ):
            found = queries.on_desk(binh, asked, tab="open", today=today, soon=today)
            page = sa.select(Petition.id).where(*found).order_by(Petition.due_on, Petition.id)
            said = page.limit(21).compile(db.engine, compile_kwargs={"literal_binds": True})
            plan = "\n".join(
                str(row) for row in db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {said}"))
            )
            assert index in plan and "TEMP B-TREE" not in plan, (asked, plan)
        db.session.remove()


def test_words_find_what_the_sender_wrote_with_and_without_accents(
    story: Story, signed_in: SignIn
) -> None:
    more, own = asks(story), story.petitions
    with story.site.app_context():
        lamp = "Trụ điện gần chợ gãy, đèn không sáng đã một tuần nay."
        dark = make.petition(item_id=story.item_id, title="Đường ấp 3 tối", text=lamp, key="dark")
        lies = make.petition(title="Đèn đường hỏng", text=lamp, key="lies")  # to be dispatched
        dark_id, lies_id, number = dark.public_id, lies.public_id, lies.reference
        commit()
        db.session.remove()
    binh, yen = signed_in("binh"), signed_in("yen")
    for typed in ("đèn", "den", "DEN duong", "duong, cho", "sáng tối", "ap 3"):
        assert listed(binh, f"words={typed}") == [dark_id], typed
    assert listed(binh, "words=en") == []  # a word is found by its beginning
    assert listed(binh, "words=den&kind=question") == []
    assert listed(binh, "words=lich tiep&kind=question") == [more["asked"]]
    assert listed(binh, f"words={more['number']}") == [more["asked"]]  # one field for both
    assert listed(binh, "words=???") == listed(binh, "tab=mine")
    assert own["answered"] in listed(binh, "words=vay von&state=answered")
    every, open_ones = listed(binh, "words=vay von&state=all"), listed(binh, "words=vay von")
    assert own["answered"] in every and set(open_ones) < set(every)
    # who may read every body's files looks through them all; for others it is their own body
    assert listed(yen, "words=den&state=everywhere&kind=proposal") == [lies_id, dark_id]
    assert listed(yen, "words=den&state=everywhere&kind=question") == []
    assert dark_id not in listed(yen, "words=den&state=all")
    assert listed(yen, f"words={more['number']}") == [more["asked"]]
    assert listed(binh, "words=den&state=everywhere") == [dark_id]
    assert yen.get("/officer/list.xlsx?words=den&state=everywhere").status_code == 404
    book = ZipFile(BytesIO(binh.get("/officer/list.xlsx?words=vay von&state=all").data))
    assert str(book.read("xl/worksheets/sheet1.xml"), "utf-8").count("TN") == len(every)
    assert "Tìm cả trong hồ sơ đã xong" in binh.get("/officer?words=khong co").text
    book = ZipFile(BytesIO(binh.get("/officer/list.xlsx?words=den").data))
    assert "Đường ấp 3 tối" in str(book.read("xl/worksheets/sheet1.xml"), "utf-8")
    # what lies in the dispatch queue, and of it what is asked for; Bình sees none of it
    narrow = ("words=den duong", f"words={number}", "words=tru dien&kind=proposal")
    for query in narrow:
        text = yen.get(f"/officer/dispatch?{query}").text
        assert lies_id in text and dark_id not in text, query
    for query in ("words=den&kind=question", "commune=xa-tan-bien", "words=TN26-999999"):
        text = yen.get(f"/officer/dispatch?{query}").text
        assert lies_id not in text and "Không có hồ sơ nào khớp" in text, query


def test_looking_for_words_ends_at_a_bound_and_goes_on_from_there(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeking, "BLOCK", 2)
    monkeypatch.setattr(seeking, "LOOKED", 4)
    with story.site.app_context():
        for turn, title in enumerate(("một", "đèn 1", "hai", "ba", "bốn", "năm", "đèn 2", "đèn 3")):
            day = clock.today() - timedelta(days=300 - turn)
            make.petition(item_id=story.item_id, title=title, key=f"{turn}", on=day)
        commit()
        binh, today, asked, pages, after = (
            person("binh"),
            clock.today(),
            Filter(words="den"),
            [],
            "",
        )
        for _page in range(3):
            page = queries.queue(binh, asked=asked, today=today, soon=today, after=after, size=2)
            pages.append(([petition.title for petition in page.rows], page.looked))
            after = page.after
        db.session.remove()
    assert pages == [(["đèn 1"], 4), (["đèn 2", "đèn 3"], 4), ([], 0)] and not after
    # open and ended ones in one order, whatever the blocks are: each once, the last due day first
    with story.site.app_context():
        binh, after, seen = person("binh"), "", []
        while True:
            page = queries.queue(
                binh, asked=Filter(state="all"), today=today, soon=today, after=after, size=3
            )
            seen += [(petition.due_on, petition.id) for petition in page.rows]
            after = page.after
            if not after:
                break
        own = sa.select(Petition.due_on, Petition.id).where(
            Petition.agency_id == binh.agency_id, Petition.in_dispatch.is_(False)
        )
        assert seen == sorted(map(tuple, db.session.execute(own)), reverse=True)
        assert len(seen) == 13
        whole = Filter(state="all")
        assert queries.number_found(binh, whole, today=today, soon=today) == 13
        db.session.remove()


def test_thu_gives_several_files_at_once_and_reads_which_stayed(
    story: Story, signed_in: SignIn
) -> None:
    more, own, thu = asks(story), story.petitions, signed_in("thu")
    ids = (more["asked"], more["late"], own["received"], own["in_progress"])
    with story.site.app_context():
        lan = person("lan").public_id
        locks = dict(db.session.execute(sa.select(Petition.public_id, Petition.lock)).all())
        commit()
        db.session.remove()

    def give(*picked: str, to: str = lan) -> TestResponse:
        """What the form sends: each file with the version that Thu saw."""
        seen = {f"seen-{one}": str(locks[one]) for one in picked}
        fields = {"officer": to, "pick": list(picked), **seen}
        return thu.send("/officer/allocations/new?kind=proposal", page="/officer", **fields)

    page = thu.get("/officer").text
    assert all(f'name="pick" value="{one}"' in page for one in ids)
    assert f'name="pick" value="{own["submitted"]}"' not in page  # not received yet
    assert "allocations/new" not in signed_in("binh").get("/officer").text
    answer = give(to="")
    assert answer.status_code == 422
    assert "Bạn đánh dấu ít nhất một hồ sơ" in answer.text and "Bạn chọn một cán bộ" in answer.text
    locks[more["late"]] -= 1  # somebody was quicker
    answer = give(*ids[:3], own["answered"])
    assert answer.status_code == 409
    assert "Đã giao 2 hồ sơ" in answer.text and "Chưa giao được 2 hồ sơ" in answer.text
    told = answer.text.split('role="alert"')[1].split("</div>")[0]
    assert (
        "Người khác vừa thay đổi hồ sơ này: bạn xem rồi giao lại." in told
        and "hồ sơ đã sang bước khác" in told
    )
    assert f"/officer/petitions/{more['late']}" in told and "checked" in answer.text
    answer = give(own["in_progress"])  # ticks of one page, all of them given
    assert answer.status_code == 303 and answer.location.endswith("/officer?kind=proposal")
    with story.site.app_context():
        given = dict(
            db.session.execute(
                sa.select(Petition.public_id, Person.name).join(Petition.assignee)
            ).all()
        )
        db.session.remove()
    with_lan = {one for one, name in given.items() if name == "Trần Ngọc Lan"}
    assert with_lan == {more["asked"], own["received"], own["in_progress"]}
