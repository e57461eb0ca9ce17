"""What a resident is offered while she writes: once, without a script too, and nothing private."""

from __future__ import annotations

import re

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.petitions.actions import ending
from feedback.petitions.queries.suggesting import Writing, offers
from tests import make
from tests.accounts.browser import Browser
from tests.counting import count_queries
from tests.pages.conftest import Story
from tests.pages.test_submission import GOOD, petitions
from tests.people import person

SAME = {
    "step": "what",
    "go": "next",
    "key": "another form, later",
    "kind": "proposal",
    "title": "Cửa hàng nhỏ muốn vay vốn ưu đãi",
    "text": "Tôi bán tạp hóa, muốn vay vốn ưu đãi cho cửa hàng mà không biết nộp hồ sơ ở đâu.",
}


def offered(text: str) -> set[str]:
    found = set(re.findall(r"/petitions/(\w+)#support", text))
    assert found
    return found


def public(story: Story) -> set[str]:
    """All but the one that nobody has screened yet."""
    return set(story.petitions.values()) - {story.petitions["submitted"]}


def test_before_the_second_step_stands_once_what_fits(story: Story) -> None:
    browser = Browser(story.site)
    paused = browser.send("/submit", page="/submit", **SAME)
    assert "Có phải một trong những chuyện này?" in paused.text
    assert offered(paused.text) < public(story)  # three of the four that the public reads
    assert "Chọn mục này" in paused.text and SAME["text"] in paused.text

    seen, held = {**SAME, "suggested": "1"}, f'name="item" value="{story.item_id}"'
    went_on = browser.send("/submit", page="/submit", **seen)
    assert "Chuyện xảy ra ở đâu?" in went_on.text and held not in went_on.text
    chosen = browser.send("/submit", page="/submit", **seen, item=str(story.item_id))
    assert "Chuyện xảy ra ở đâu?" in chosen.text and held in chosen.text
    at_where = {**seen, "item": str(story.item_id), "step": "where", "go": "unchoose"}
    dropped = browser.send("/submit", page="/submit", **at_where)
    assert "Chuyện xảy ra ở đâu?" in dropped.text and held not in dropped.text


def test_what_is_like_nothing_goes_straight_on(story: Story) -> None:
    odd = {
        **GOOD,
        "step": "what",
        "title": "Chó thả rông",
        "text": "Chó thả rông cắn một cháu nhỏ.",
    }
    assert "Chuyện xảy ra ở đâu?" in Browser(story.site).send("/submit", page="/submit", **odd).text


def test_a_script_gets_the_same_in_a_piece_and_nothing_is_written(story: Story) -> None:
    browser, before = Browser(story.site), petitions(story.site)
    piece = browser.send("/submit/suggestions", page="/submit", **SAME, item=str(story.item_id))
    assert piece.status_code == 200 and "<html" not in piece.text
    assert offered(piece.text) < public(story)
    pressed = re.findall(r'value="(\d+)"[^>]*aria-pressed="true"', piece.text)
    assert pressed == [str(story.item_id)]
    nothing = browser.send("/submit/suggestions", page="/submit", title="Hỏng", text="")
    assert nothing.text.strip() == ""
    with story.site.app_context(), count_queries() as asked:
        browser.send("/submit/suggestions", page="/submit", **SAME)
    assert len(asked) <= 4, "\n".join(asked)  # two of them look at the version of plans and bodies
    assert petitions(story.site) == before


def test_only_what_the_public_reads_and_can_support_is_offered(story: Story) -> None:
    with story.site.app_context():
        writing = Writing(SAME["title"], SAME["text"], "proposal")
        shown = {found.public_id for found in offers(writing, on=clock.today()).petitions}
        assert shown < public(story)
        joined = make.petition(state="received", title=SAME["title"], text=SAME["text"])
        commit()  # the index follows with the commit
        best = offers(writing, on=clock.today()).petitions[0]
        assert best.public_id == joined.public_id
        ending.withdraw(joined, words="", on=clock.today())
        commit()
        left = {found.public_id for found in offers(writing, on=clock.today()).petitions}
        assert joined.public_id not in left
        db.session.remove()


def test_the_same_words_about_another_place_are_another_matter(story: Story) -> None:
    with story.site.app_context():
        far = make.commune("xa-tan-bien")
        title, text = "Đèn đường trước chợ hỏng", "Đèn đường trước chợ hỏng, tối đi lại nguy hiểm."
        made = make.petition(state="received", title=title, text=text, commune_id=far.id)
        commit()
        assert person("thu").name

        def best(commune: str) -> float:
            found = offers(Writing(title, text, commune=commune), on=clock.today()).petitions
            return next(one.likeness for one in found if one.public_id == made.public_id)

        assert best("xa-tan-bien") > best("") > best("xa-tan-chau")
        db.session.remove()
