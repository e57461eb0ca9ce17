"""A file is given to somebody else while its officer writes: nothing typed is lost, and she hears of it."""

from __future__ import annotations

from collections.abc import Callable

from feedback.agencies.queries import by_code
from feedback.core import clock
from feedback.core.db import commit, db
from feedback.notifications.models import OutboxMessage
from feedback.petitions.actions import intake
from feedback.petitions.models import Petition
from tests.accounts.browser import TOKEN, Browser
from tests.pages.conftest import Story
from tests.people import person

SignIn = Callable[[str], Browser]
MINE = "Chào chị, Sở đã cử người xuống xem và sẽ trả lời trước thứ Sáu."


def test_binh_keeps_what_he_typed_when_the_file_went_to_lan_and_then_to_another_agency(
    story: Story, signed_in: SignIn
) -> None:
    binh, key = signed_in("binh"), story.petitions["in_progress"]
    page = f"/officer/petitions/{key}/answers/new"
    found = TOKEN.search(binh.get(page).text)
    assert found

    def sends(site: str = "same-origin") -> tuple[int, str]:
        data = {"csrf_token": found[1], "text": MINE, "go": "send"}
        head = {"Sec-Fetch-Site": site}
        answer = binh.client.post(page, data=data, headers=head)
        return answer.status_code, answer.text

    def told() -> list[tuple[str, str, str]]:
        rows = db.session.query(OutboxMessage).filter_by(template="petitions/staff_moved_on")
        return [(m.channel, m.params["to"], m.params["link"]) for m in rows.order_by("id")]

    with story.site.app_context():
        file = db.session.query(Petition).filter_by(public_id=key).one()
        intake.assign(file, officer=person("lan"), on=clock.today(), by=person("giang"))
        commit()
        way = f"/officer/petitions/{key}"
        assert told() == [(how, "Trần Ngọc Lan", way) for how in ("inbox", "email")]
        db.session.remove()
    status, text = sends()
    assert status == 403 and MINE in text and "đang giao cho: Trần Ngọc Lan" in text
    assert MINE not in sends("cross-site")[1]
    with story.site.app_context():
        file, to = db.session.query(Petition).filter_by(public_id=key).one(), by_code("so-y-te")
        assert to is not None
        intake.transfer(
            file, to=to, reason="Thuộc ngành y tế.", on=clock.today(), by=person("giang")
        )
        commit()
        assert told()[2:] == [(how, "Sở Y tế", "/officer") for how in ("inbox", "email")]
        db.session.remove()
    status, text = sends()
    assert status == 404 and MINE in text
