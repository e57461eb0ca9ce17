"""An officer has left, or is ill: the clerk gives the file to another one."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from feedback.core.db import db
from feedback.petitions.models import Petition
from tests.accounts.browser import Browser
from tests.pages.conftest import Story
from tests.pages.test_consents import hidden
from tests.people import person


def test_a_clerk_gives_it_to_another_by_the_page(
    story: Story, signed_in: Callable[[str], Browser]
) -> None:
    number, thu = story.petitions["in_progress"], signed_in("thu")
    assert "Giao cán bộ khác" in thu.get(f"/officer/petitions/{number}").text
    page = f"/officer/petitions/{number}/allocations/new"
    shown = thu.get(page).text
    assert "Nguyễn Thanh Bình giữ hồ sơ này" in shown
    with story.site.app_context():
        lan, binh = person("lan").public_id, person("binh").public_id
        db.session.remove()
    seen = hidden(shown, "seen")
    assert thu.send(page, seen=seen, officer=binh).status_code == 422
    assert thu.send(page, seen=seen, officer=lan).status_code == 303
    with story.site.app_context():
        file = db.session.scalars(sa.select(Petition).where(Petition.public_id == number)).one()
        assert file.assignee is not None and file.assignee.name == "Trần Ngọc Lan"
        db.session.remove()
