"""The servers of the tests are real, and their visitors see what people see."""

from __future__ import annotations

from playwright.sync_api import Page

from tests import make
from tests.servers.browser import OpenPage, violations
from tests.servers.mail import text_of
from tests.servers.web import Web


def test_a_phone_reads_the_site_without_javascript(web: Web, phone: Page) -> None:
    with web.within():
        make.reference_data()
        make.plan()
        make.commit()
    phone.goto("/plans")
    assert phone.locator("h1").count() == 1
    assert phone.evaluate("() => [innerWidth, devicePixelRatio]") == [360, 2]


def test_a_desk_reads_it_with_javascript(web: Web, open_page: OpenPage) -> None:
    with web.within():
        make.reference_data()
        make.commit()
    page = open_page("desktop")
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "vi"
    assert violations(page) == []


def test_the_worker_delivers_to_a_real_mail_server(web: Web) -> None:
    with web.within():
        make.reference_data()
        make.receipt(key="a key of this test")
        make.commit()
        code = make.code_of("a key of this test")
    message = web.mailbox.wait_for("hoa@example.vn")
    assert web.url in text_of(message)
    assert code not in str(message["Subject"])
    verified = web.flask("log", "verify")
    assert verified.returncode == 0, verified.stderr
