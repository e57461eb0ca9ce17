"""The administrator's page: people found without accents, sorted by given name, and taken away as a table."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from feedback.accounts.models import Person, RoleGrant
from feedback.core.db import commit, db
from feedback.pages.views.office import AT_ONCE
from tests.accounts.browser import Browser
from tests.pages.conftest import Story

SignIn = Callable[[str], Browser]
NAME = re.compile(r'scope="row"><b>([^<]+)</b>')


def test_an_administrator_finds_people_among_many(story: Story, signed_in: SignIn) -> None:
    an = signed_in("an")
    assert NAME.findall(an.get("/admin?q=so+tai+chinh&sort=name").text) == [
        "Nguyễn Thanh Bình",
        "Lê Hoài Giang",
        "Trần Ngọc Lan",
        "Phạm Minh Thu",
    ]
    assert 'type="search" value=""' in an.get("/admin").text
    assert NAME.findall(an.get("/admin?q=dang+hai+yen").text) == ["Đặng Hải Yến"]
    assert "Không có ai tên như vậy" in an.get("/admin?q=zzz").text
    with story.site.app_context():
        for number in range(AT_ONCE):
            made = Person(name=f"=Người {number:02}", email=f"n{number:02}@demo.example")
            made.grants = [RoleGrant(role="officer")]
            db.session.add(made)
        commit()
    assert len(NAME.findall(an.get("/admin?q=nguoi").text)) == AT_ONCE
    assert 'aria-current="page"' in (page := an.get("/admin?sort=-email&page=2").text)
    assert 0 < len(NAME.findall(page)) < AT_ONCE
    sheet = zipfile.ZipFile(io.BytesIO(an.get("/admin/people.xlsx?q=nguoi+07").data))
    cells = "".join(sheet.read(name).decode() for name in sheet.namelist() if "xl/" in name)
    assert "<t>=Người 07</t>" in cells and "<f>" not in cells
    assert "cán bộ xử lý" in cells and "đang dùng" in cells
    text = an.get("/admin/people.csv?q=nguoi+07").text
    assert "'=Người 07" in text and "\r\n" in text  # no spreadsheet takes it for a formula
