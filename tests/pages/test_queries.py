"""How many questions each page asks the database: known, bounded, the same however much there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback.comments import queries
from feedback.comments.actions import let_appear
from feedback.core.db import commit, db
from tests.accounts.browser import Browser
from tests.counting import count_queries
from tests.pages.conftest import Story
from tests.pages.test_submission import GOOD
from tests.people import CAST, person

# page, who asks ("" a stranger, hoa with the code of the answered file; where days are taken along and on
# receipts she has just sent one), at most so many queries
PAGES = [
    ("/", "", 4),
    ("/plans", "", 2),
    ("/plans/{plan}", "", 22),  # with nothing remembered; later 5
    ("/items/{item}", "", 16),  # with nothing remembered; later 2
    ("/items/{item}/progress", "", 22),  # with nothing remembered; later 1, for the reports
    ("/plans/{plan}/progress", "", 21),
    ("/items/{item}/versions", "", 11),
    ("/items/{item}/documents", "", 11),  # with nothing remembered
    ("/items/{item}/follows/new", "", 10),
    ("/items/{item}/feed.atom", "", 13),
    ("/plans/{plan}/feed.atom", "", 13),
    ("/items/{item}/sheet.pdf", "", 18),
    ("/plans/{plan}/sheet.pdf", "", 26),
    ("/petitions/{answered}/sheet.pdf", "", 14),
    ("/items/{item}/comments/new", "", 4),
    ("/publications", "", 7),
    ("/publications/list.xlsx", "", 4),
    ("/publications/list.docx", "", 4),
    ("/officer/publications", "thu", 9),
    ("/officer/publications/new", "thu", 14),
    ("/officer/progress", "binh", 24),
    ("/officer/progress/{item}/reports/new", "binh", 26),
    ("/officer/progress/{item}/milestones/new", "binh", 14),
    ("/officer/plans/items/{item}/targets/new", "yen", 14),
    ("/officer/plans/{plan}/items/{group}/weights/new", "yen", 24),  # with nothing remembered
    ("/officer/plans/{plan}/items/{item}", "yen", 24),  # with nothing remembered
    # short names and numbers of plans are read once, then remembered; later two less
    ("/search?q=ho+tro+doanh+nghiep", "", 4),
    ("/search?q=von&kind=petition&agency=so-tai-chinh&since=30", "", 7),
    ("/search?q=khong+thay+gi+ca", "", 5),
    ("/search/offers?q=ho+tro", "", 3),
    ("/submit", "", 0),
    ("/submit?item={item}", "", 8),
    ("/track", "", 0),
    ("/petitions/{answered}", "", 11),
    ("/petitions/{in_progress}/supports/new", "", 1),
    ("/petitions/{in_progress}/supports/withdrawals/new", "", 1),
    ("/officer/supports", "minh", 5),
    ("/transparency", "", 8),
    ("/transparency.xlsx", "", 6),
    ("/oversight/files.csv", "dung", 6),
    ("/communes", "", 4),
    ("/communes?q=chau+thanh", "", 5),
    ("/communes/xa-tan-bien", "", 9),
    ("/submit?commune=xa-tan-bien", "", 3),
    ("/track/lost", "", 0),
    ("/guide", "", 0),
    ("/offline", "", 0),
    ("/offline/submit", "", 1),
    ("/offline/kept", "", 0),
    ("/sign-in", "", 1),
    ("/track/file", "hoa", 12),
    ("/track/file/due.ics", "hoa", 3),
    ("/track/file/data", "hoa", 6),
    ("/track/file/data.zip", "hoa", 9),
    ("/track/file/corrections/new", "hoa", 5),
    ("/track/file/deletions/new", "hoa", 5),
    ("/track/file/correction-requests/new", "hoa", 5),
    ("/officer/data-requests", "an", 4),
    ("/receipt", "hoa", 5),
    ("/receipt/save", "hoa", 2),
    ("/receipt/due.ics", "hoa", 1),
    ("/track/file/supplies/new", "hoa", 5),
    ("/track/file/withdrawals/new", "hoa", 5),
    ("/track/file/disputes/new", "hoa", 5),
    ("/officer", "binh", 11),  # with nothing remembered; later 9
    ("/officer?tab=approval", "giang", 12),
    ("/officer?state=received&clock=week&kind=proposal&officer=me&commune=xa-tan-bien", "binh", 13),
    ("/officer?words=vay+von", "binh", 12),
    ("/officer/list.xlsx", "binh", 7),
    ("/officer/petitions/{in_progress}", "binh", 16),
    ("/officer/petitions/{in_progress}/questions/new", "binh", 9),
    ("/officer/petitions/{in_progress}/extensions/new", "binh", 9),
    ("/officer/petitions/{in_progress}/extensions/decision", "giang", 9),
    ("/officer/petitions/{received}/refusals/new", "thu", 8),
    ("/officer/petitions/{received}/refusals/decision", "giang", 8),
    ("/officer/petitions/{received}/guidances/new", "thu", 7),
    ("/officer/petitions/{received}/merges/new", "thu", 7),
    ("/officer/petitions/{received}/transfers/new", "giang", 12),
    ("/officer/petitions/{in_progress}/answers/new", "binh", 12),
    ("/officer/petitions/{awaiting_approval}/approvals/new", "giang", 9),
    ("/officer/petitions/{submitted}/receipts/new", "thu", 7),
    ("/officer/petitions/{in_progress}/parts/new", "binh", 14),
    ("/officer/parts", "cuc", 7),
    ("/officer/parts/{part}", "cuc", 7),
    ("/officer/parts/{part}/showings/new", "giang", 5),
    ("/officer/petitions/{received}/pictures/new", "thu", 7),
    ("/officer/dispatch", "yen", 6),
    ("/officer/dispatch?words=vay+von&kind=proposal", "yen", 8),
    ("/officer/held", "yen", 5),
    ("/officer/plans", "yen", 6),
    ("/officer/plans/{plan}", "yen", 26),  # with nothing remembered; later 8
    ("/officer/plans/{plan}/versions/new", "yen", 6),
    ("/officer/plans/readings/{reading}", "yen", 8),
    ("/officer/plans/readings/{reading}/source", "yen", 4),
    ("/officer/plans/readings/{reading}/head", "yen", 4),
    ("/officer/plans/readings/{reading}/items/{node}", "yen", 6),
    ("/officer/plans/readings/{reading}/items/{node}/parts/new", "yen", 4),
    ("/officer/plans/readings/{reading}/items/new", "yen", 4),
    ("/officer/plans/readings/{reading}/changes", "yen", 11),
    ("/officer/inbox", "binh", 5),
    ("/sign-in/again", "binh", 4),
    ("/admin/mail-tests/new", "an", 3),
    ("/admin?q=tai+chinh&sort=-name", "an", 10),
    ("/admin/people.xlsx", "an", 4),
    ("/officer/inbox/settings", "lan", 3),
    ("/officer/entries", "sau", 4),
    ("/officer/entries/new", "sau", 5),
    ("/comments/{said}", "", 3),
    ("/comments/{said}/replies/new", "", 1),
    ("/comments/{said}/reports/new", "", 1),
    ("/comments/{said}/marks/new", "", 2),
    ("/comments/{said}/withdrawals/new", "", 1),
    ("/officer/comments/{said}/replies/new", "binh", 14),
    ("/officer/comments", "minh", 7),
    ("/officer/comments?tab=reported", "minh", 7),
    ("/officer/comments?tab=decided", "minh", 7),
    ("/officer/comments/{comment}/decisions/new", "minh", 5),
    ("/officer/comments/{comment}/erasures/new", "minh", 4),
    ("/transparency?by=commune", "", 8),
    ("/oversight", "dung", 23),  # with nothing remembered; later 12
    ("/oversight?by=commune", "dung", 23),
    ("/oversight/files?indicator=median_days", "dung", 9),
    ("/admin", "an", 8),
    ("/admin/wordings", "an", 6),
    ("/admin/reorganisations", "an", 11),
    ("/admin/reorganisations/{act}", "an", 10),
    ("/admin/reorganisations/{act}/rehearsal", "an", 28),
    ("/admin/reorganisations/{act}/executions/new", "an", 25),
    ("/admin/wordings/{wording}/decisions/new", "an", 11),
]


@pytest.mark.parametrize(("address", "who", "most"), PAGES, ids=[p[0] for p in PAGES])
def test_a_page_asks_no_more_than_it_should(
    address: str,
    who: str,
    most: int,
    story: Story,
    signed_in: Callable[[str], Browser],
    record_property: Callable[[str, object], None],
) -> None:
    if "{said}" in address:
        let_it_appear(story)
    path = address.format(
        item=story.item_id,
        plan=story.plan_id,
        group=story.group_id,
        comment=story.comment,
        said=story.comment,
        part=story.part,
        wording=story.wording,
        reading=story.reading_id,
        node=story.node,
        act=story.act,
        **story.petitions,
    )
    browser = signed_in(who) if who in CAST else Browser(story.site)
    if who == "hoa":
        if "receipt" in path or path.endswith(".ics"):
            assert browser.send("/submit", page="/submit", **GOOD).status_code == 303
        else:
            browser.send("/track", code=story.codes["answered"])
    with story.site.app_context(), count_queries() as asked:
        answer = browser.get(path)
    assert answer.status_code == 200, answer.text[:500]
    record_property("queries", len(asked))
    print(f"\nQUERIES {address} {len(asked)}")
    assert len(asked) <= most, f"{len(asked)} queries:\n" + "\n".join(q[:160] for q in asked)


def let_it_appear(story: Story) -> None:
    """The story's comment can be read by everybody."""
    with story.site.app_context():
        comment = queries.comment(story.comment)
        assert comment is not None
        let_appear(comment, seen="pending", by=person("minh"))
        commit()
        db.session.remove()
