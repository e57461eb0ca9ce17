"""Thu blurs a plate before everybody sees the picture; the file's own people keep it as it came."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from feedback.core.db import commit, db
from feedback.files.cleaning import blur, clean_upload
from feedback.files.models import StoredFile, Thumbnail
from feedback.petitions import queries
from feedback.petitions.actions.screening import blur_picture, keep_only_blurred, make_blurred
from feedback.petitions.models import BlurredCopy
from tests.accounts.browser import Browser
from tests.files.corpus import encoded
from tests.journeys.test_shrinking import edges, plate
from tests.pages.conftest import Story
from tests.pages.test_attachments import send, step
from tests.pages.test_attachments_seen import receive
from tests.pages.test_submission import GOOD
from tests.people import person

SignIn = Callable[[str], Browser]
LEFT, RIGHT = (0.4, 0.37, 0.49, 0.63), (0.52, 0.37, 0.6, 0.63)  # halves of the plate
AREA = {"x": "35", "y": "33", "width": "15", "height": "34"}


_watching: list[list[bool]] = []


def _note(event: str, _arguments: object) -> None:
    if event == "subprocess.Popen" and _watching:
        _watching[-1].append(db.session().in_transaction())


sys.addaudithook(_note)  # for good: hooks cannot be taken away, so this one asks who watches


@contextmanager
def children() -> Iterator[list[bool]]:
    """For each child process that is started meanwhile: was a transaction open?"""
    _watching.append([])
    try:
        yield _watching[-1]
    finally:
        _watching.pop()


def seen_by(browser: Browser, address: str) -> str:
    return browser.get(address).text.split('name="seen" value="')[1].split('"')[0]


def test_a_blurred_area_is_gone_for_everybody_but_the_files_own(
    story: Story, signed_in: SignIn
) -> None:
    hoa, thu, stranger = Browser(story.site), signed_in("thu"), Browser(story.site)
    item = {"item": str(story.item_id)}
    photo = encoded(plate().resize((1600, 1200)), "JPEG", quality=90)
    assert step(hoa, ("xe.jpg", photo), **item).status_code == 200
    assert send(hoa, files_seen="1", **item).status_code == 303
    one = hoa.get("/track/file").text.split("/attachments/")[1].split("/")[0].split('"')[0]
    with story.site.app_context():
        petition = queries.by_submission_key(GOOD["key"])
        assert petition is not None
        file = petition.public_id
        db.session.remove()
    receive(thu, file, one)
    address, picture = f"/officer/petitions/{file}/blurs/new?picture={one}", f"/attachments/{one}"
    sharp = edges(stranger.get(picture).data, LEFT)
    assert sharp > 3_000
    assert "Làm mờ một chỗ" in thu.get(f"/officer/petitions/{file}/pictures/new").text
    first = seen_by(thu, address)
    assert thu.send(address, seen=first, **{**AREA, "width": "0"}).status_code == 422
    assert "KB" in (before := stranger.get(f"/petitions/{file}").text.split("Ảnh 1, ")[1][:12])
    with children() as open_then:
        assert thu.send(address, seen=first, **AREA).status_code == 303
    assert open_then == [False]  # while the picture is made, others write
    assert stranger.get(f"/petitions/{file}").text.split("Ảnh 1, ")[1][:12] != before
    for shown in (stranger.get(picture), thu.get(f"{picture}?as=public")):
        assert edges(shown.data, LEFT) < sharp / 20
        assert edges(shown.data, RIGHT) > 2_000  # the other half is still there
    assert edges(stranger.get(f"{picture}/thumbnail").data, LEFT) < 40
    for browser in (thu, hoa):
        assert edges(browser.get(picture).data, LEFT) == sharp
    assert thu.send(address, seen=first, **AREA).status_code == 409  # on a page made before
    assert thu.send(address, seen=seen_by(thu, address), x="0", y="0", width="20", height="20").status_code == 303  # fmt: skip
    assert edges(stranger.get(picture).data, LEFT) < sharp / 20  # both are blurred
    assert thu.send(address, seen=seen_by(thu, address), again="1", **AREA).status_code == 303
    assert edges(stranger.get(picture).data, LEFT) == sharp
    assert signed_in("binh").get(address).status_code == 403
    with story.site.app_context():
        assert db.session.query(BlurredCopy).count() == 0
        assert db.session.query(StoredFile).filter_by(subject=f"petition:{file}").count() == 1
        assert db.session.query(Thumbnail).count() == 1
        db.session.remove()


def test_with_the_senders_data_the_picture_as_it_came_goes(story: Story) -> None:
    hoa = Browser(story.site)
    step(hoa, ("xe.jpg", encoded(plate().resize((800, 600)), "JPEG")))
    assert send(hoa, files_seen="1").status_code == 303
    with story.site.app_context():
        petition = queries.by_submission_key(GOOD["key"])
        assert petition is not None
        [one] = queries.attachments_of(petition)
        whole = one.file.sha256
        area = (0.3, 0.3, 0.4, 0.4)
        blur_picture(one, area=area, made=make_blurred(one, area)(), by=person("thu"))
        commit()
        copy = one.shown_file.sha256
        keep_only_blurred(one)
        commit()
        assert copy != whole
        assert [row.sha256 for row in db.session.query(StoredFile)] == [copy]
        assert one.shown_file.sha256 == one.file.sha256 == copy and one.blurred is None
        db.session.remove()


def test_an_area_at_the_rim_or_of_a_point_is_blurred_too() -> None:
    picture = clean_upload(encoded(plate().resize((800, 600)), "JPEG")).data
    for area in ((0.99, 0.99, 0.01, 0.01), (0.0, 0.0, 1.0, 1.0), (0.5, 0.5, 0.001, 0.001)):
        made = blur(picture, area)
        assert (made.width, made.height) == (800, 600) and made.thumb
    assert edges(blur(picture, (0.0, 0.0, 1.0, 1.0)).data, (0.0, 0.0, 1.0, 1.0)) < 12_000
