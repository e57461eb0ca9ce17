"""The servers of the tests are real, and their visitors see what people see."""

from __future__ import annotations

from tests import make
from tests.servers.browser import OpenPage, violations
from tests.servers.mail import text_of
from tests.servers.web import Web


def test_a_phone_and_a_desk_read_the_site_and_the_worker_delivers(
    web: Web, open_page: OpenPage
) -> None:
    with web.within():
        make.reference_data()
        make.plan()
        make.receipt(key="a key of this test")
        make.commit()
        code = make.code_of("a key of this test")
    phone = open_page("phone")  # without JavaScript
    phone.goto("/plans")
    assert phone.locator("h1").count() == 1
    assert phone.evaluate("() => [innerWidth, devicePixelRatio]") == [360, 2]
    desk = open_page("desktop")
    desk.goto("/")
    assert desk.locator("html").get_attribute("lang") == "vi"
    assert violations(desk) == []
    message = web.mailbox.wait_for("hoa@example.vn")
    assert web.url in text_of(message)
    assert code not in str(message["Subject"])
    verified = web.flask("log", "verify")
    assert verified.returncode == 0, verified.stderr
