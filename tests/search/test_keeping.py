"""The index says what is so: after each step what was kept equals what would be made anew."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import sqlalchemy as sa

from feedback import audit
from feedback.agencies.actions import carry_out, drafting
from feedback.agencies.queries import act_draft, by_code
from feedback.comments import actions as comments
from feedback.comments.models import Comment
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.core.text import fold
from feedback.petitions.actions import answering, ending, intake
from feedback.petitions.models import Petition
from feedback.plans.models import Plan, PlanItem
from feedback.search.commands import walk
from feedback.search.models import SearchEntry
from feedback.search.queries import Found, Hit, offered, search
from feedback.search.rules.asking import Asked
from feedback.search.rules.terms import MOST_WORDS
from tests import make
from tests.pages.conftest import Story
from tests.people import colleague, person

RARE = "zanbaritxo"  # in no other text
ANSWER = f"Sở đã xem {RARE} hôm qua và sẽ sửa xong trong tuần tới theo kế hoạch đã công bố."


def found(typed: str, **facets: str) -> Found:
    return search(Asked(typed, facets), on=clock.today())


def kinds(typed: str, **facets: str) -> list[str]:
    return [hit.kind for hit in found(typed, **facets).hits]


def kept_terms() -> dict[int, set[str]]:
    """The terms of each place, read from the engine's own index."""
    held: dict[int, set[str]] = defaultdict(set)
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.held USING fts5vocab('main', 'search_term', 'instance')"
        )
        rows = connection.exec_driver_sql("SELECT doc, term FROM temp.held").all()
        connection.exec_driver_sql("DROP TABLE temp.held")
    else:
        rows = connection.exec_driver_sql(
            "SELECT place, unnest(tsvector_to_array(terms)) FROM search_term"
            " UNION ALL SELECT place, '|' || facets FROM search_term"  # what is counted stands there too
        ).all()
        kept = db.session.execute(sa.select(SearchEntry.place, SearchEntry.facets)).all()
        assert {(p, f"|{f}") for p, f in kept} == {(p, t) for p, t in rows if t[0] == "|"}
    for place, term in rows:
        held[place].add(term)
    return held


def check() -> None:
    """Kept, made anew, and written anew to the last term: all the same."""
    commit()
    number, differed = walk()
    assert differed == 0, "an event was not followed"
    before = kept_terms()
    places = set(db.session.scalars(sa.select(SearchEntry.place)))
    assert set(before) == places and len(places) == number
    assert walk(every=True) == (number, number)
    assert kept_terms() == before


def test_a_petition_is_found_as_what_it_is_now_and_only_while_it_is_public(story: Story) -> None:
    with story.site.app_context():
        day = clock.today()
        hidden = make.petition(title=f"Chuyện riêng {RARE}", text="Không ai khác được đọc.", on=day)
        intake.receive(hidden, show=False, on=day, by=person("thu"))
        told = make.petition(
            title=f"Đèn {RARE} hỏng", on=day - timedelta(days=1), item_id=story.item_id
        )
        commit()
        assert kinds(RARE) == [] and not offered(RARE, on=clock.today()), (
            "sent, and read by nobody yet"
        )
        intake.receive(told, show=True, on=day, by=person("thu"))
        commit()
        assert kinds(RARE) == ["petition"] and [
            o.title for o in offered(RARE[:4], on=clock.today())
        ] == [told.title]
        assert kinds(RARE, agency="so-tai-chinh", state="received") == ["petition"]

        intake.transfer(
            told, to=make.commune("so-y-te"), reason="Đúng việc", on=day, by=person("giang")
        )
        commit()
        assert (
            kinds(RARE, agency="so-y-te") == ["petition"]
            and kinds(RARE, agency="so-tai-chinh") == []
        )
        cuc, head = person("cuc"), colleague("y", "head", agency="so-y-te")
        intake.receive(told, show=True, on=day, by=head)
        intake.assign(told, officer=cuc, on=day, by=head)
        version = answering.send_for_approval(told, text=ANSWER, on=day, by=cuc)
        commit()
        assert kinds(RARE) == ["petition"], (
            "an answer that no head has approved is nobody's to find"
        )
        answering.approve(told, version_id=version.id, on=day, by=head)
        commit()
        page = found(f"{RARE}", state="answered")
        assert [hit.kind for hit in page.hits] == ["petition", "answer"]
        assert page.hits[1].address == f"/petitions/{told.public_id}#answer-1"
        check()

        told = db.session.get_one(Petition, told.id)  # the walk lets go of what it has seen
        ending.propose_seal(told, by=person("cuc"))
        commit()
        page = found(RARE)
        assert not page.hits and not any(any(c.values()) for c in (page.counts or {}).values())
        assert not offered(RARE, on=clock.today())
        check()


def test_a_comment_is_found_while_everybody_reads_it(story: Story) -> None:
    with story.site.app_context():
        item = db.session.get_one(PlanItem, story.item_id)
        said = make.comment(item, f"Lớp {RARE} nên mở buổi tối.")
        commit()
        assert kinds(RARE) == []
        comments.let_appear(said, seen="pending", by=person("minh"))
        commit()
        (hit,) = found(RARE, kind="comment").hits
        assert hit.address == f"/comments/{said.public_id}"
        check()
        said = db.session.get_one(Comment, said.id)
        comments.hide(said, reason="insulting", seen="visible", by=person("minh"))
        commit()
        assert kinds(RARE) == []
        comments.let_appear(said, seen="hidden", by=person("minh"))
        commit()
        assert kinds(RARE) == ["comment"]
        plan = db.session.get_one(Plan, story.plan_id)
        plan.published_at = None  # taken back: whatever verb does it tells a plan's event
        audit.record("plan:taken_back", subject=f"plan:{plan.id}", by=person("yen"))
        commit()
        assert kinds(RARE) == [] and kinds("doanh nghiep", kind="item") == []
        check()


def test_bodies_are_found_by_what_people_call_them_former_ones_with_their_successor(
    story: Story,
) -> None:
    with story.site.app_context():
        commune = by_code("xa-tan-bien")
        assert commune is not None
        for typed in ("tan bien", "Xã Tân Biên", commune.name):
            assert found(typed).hits[0].address == "/communes/xa-tan-bien", typed
        (former, *_rest) = found("sở kế hoạch và đầu tư", kind="agency").hits
        assert former.state == "former" and "Sở Tài chính" in former.note
        assert found("so y te").hits[0].address == "/search?agency=so-y-te"


def said(hit: Hit) -> str:
    return "".join(piece.text for piece in hit.title)


def test_a_renamed_body_is_found_under_both_names_and_its_open_files_say_the_new_one(
    story: Story,
) -> None:
    """The first of the hits of a name is the body itself; the former one says who followed."""
    with story.site.app_context():
        day, an, old = clock.today(), person("an"), by_code("so-tai-chinh")
        other = act_draft(story.act)  # ends the same body: thrown away
        assert other is not None
        drafting.withdraw(other, seen=other.lock, by=an)
        draft = drafting.draft_act(drafting.Head("Sở Tài chính đổi tên", "rename", day), by=an)
        giver = drafting.put_body(draft, part="ends", agency=old, seen=draft.lock, by=an)
        name = {"name": "Sở Ngân khố và Vốn", "level": "department"}
        taker = drafting.put_body(draft, part="begins", seen=draft.lock, by=an, **name)
        drafting.put_line(draft, giver=giver, taker=taker, is_main=True, seen=draft.lock, by=an)
        commit()
        carry_out(draft, on=day, by=an)
        commit()
        (new, *_rest) = found("so ngan kho", kind="agency").hits
        assert (said(new), new.state) == ("Sở Ngân khố và Vốn", "")
        (former, *_rest) = found("sở tài chính", kind="agency").hits
        assert (said(former), former.state) == ("Sở Tài chính", "former")
        assert former.note == said(new) and former.address == new.address
        code = new.address.partition("agency=")[2]
        assert "item" in kinds("doanh nghiep", agency=code)
        notes = {hit.state: hit.note for hit in found("vay von", kind="petition").hits}
        assert notes["in_progress"] == notes["awaiting_approval"] == said(new)
        assert notes["answered"] == "Sở Tài chính"  # who answered it, under its name of that day
        check()


def test_a_long_text_and_odd_signs_harm_nobody(story: Story) -> None:
    with story.site.app_context():
        words = " ".join(f"từ{n}" for n in range(MOST_WORDS + 50))
        long = make.petition(state="received", text=f"{RARE} {words}" + "x" * 5000)
        commit()
        assert kinds(f"{RARE} từ{MOST_WORDS - 100}") == ["petition"]
        for typed in (
            '"',
            "'",
            '"" \'',
            "a:b*c",
            "NOT",
            "den & (",
            "\\",
            "@kpetition",
            "=",
            "🙂",
            "%",
        ):
            found(typed)
            offered(typed, on=clock.today())
        assert kinds("x" * 300) == kinds("x" * 41) == []
        assert fold(long.title) and db.session.get(Petition, long.id)
        check()
