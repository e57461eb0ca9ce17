"""What an agency answered before, at hand where the next answer is written."""

from __future__ import annotations

from collections.abc import Callable

from feedback.core import clock
from feedback.core.db import commit, db
from feedback.petitions.models import AnswerVersion, Petition
from tests import make
from tests.accounts.browser import Browser
from tests.pages.conftest import Story

SignIn = Callable[[str], Browser]


def test_binh_begins_with_what_his_agency_answered_before_and_loses_nothing(
    story: Story, signed_in: SignIn
) -> None:
    with story.site.app_context():
        private = make.petition(state="answered", item_id=story.item_id, key="private")
        private.is_public = False
        db.session.flush()
        hidden = private.public_id
        versions = db.session.query(AnswerVersion).count()
        commit()
        db.session.remove()
    binh, other = signed_in("binh"), story.petitions["answered"]
    page = f"/officer/petitions/{story.petitions['in_progress']}/answers/new"
    text = binh.get(page).text
    assert f'name="like" value="{other}"' in text and make.ANSWER[:40] in text
    assert hidden not in text  # words of a private file go into no other one
    mine = "Chào chị, Sở đã đọc thư của chị."
    copied = binh.send(page, text=mine, like=other)
    assert copied.status_code == 200
    area = copied.text.split("<textarea")[1].split("</textarea>")[0]
    assert mine in area and make.ANSWER[:40] in area and area.index(mine) < area.index("Sở đã kiểm")
    nothing = binh.send(page, text=mine, like=hidden, go="save")
    assert nothing.status_code == 303  # no such answer: what was asked beside it is done
    with story.site.app_context():
        file = db.session.query(Petition).filter_by(public_id=story.petitions["in_progress"]).one()
        assert file.answers[0].latest and file.answers[0].latest.text == mine
        assert db.session.query(AnswerVersion).count() == versions + 1
        assert file.due_on >= clock.today()
        db.session.remove()
    long = binh.send(page, text="dài " * 6000, go="send")
    assert long.status_code == 422 and "Tối đa 20.000 ký tự" in long.text
    assert "dài dài" in long.text
