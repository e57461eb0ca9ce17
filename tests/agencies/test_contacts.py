"""The operator says how bodies are reached: what is told is shown and recorded, nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from feedback.agencies.actions import set_contacts
from feedback.agencies.models import AgencyContact
from feedback.agencies.queries import commune_now
from feedback.agencies.rules.contacts import BadContact, ContactRow, read_contacts
from feedback.audit.queries import events_of
from feedback.core.db import commit, db
from tests import make

HEAD = "code,address,phone,hours,reception,source,checked_on"
ROW = ContactRow("xa-tan-bien", address="Số 9", phone="(0276) 382.2233", source="Trang của xã")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("xa-tan-bien,Số 9,gọi anh Ba,,,Trang của xã,", "line 2: 'gọi anh Ba' is no telephone"),
        ("xa-tan-bien,Số 9,,,,,", "line 2: source is empty"),
        ("xa-tan-bien,,,,,Trang,hôm qua", "line 2: Invalid isoformat"),
        (f"xa-tan-bien,{'dài ' * 60},,,,Trang,", "line 2: address is longer"),
    ],
    ids=["phone", "no source", "no day", "too long"],
)
def test_a_line_that_cannot_be_taken_is_named(line: str, why: str) -> None:
    with pytest.raises(BadContact, match=why):
        list(read_contacts([HEAD, line]))


def test_a_file_without_its_columns_is_refused() -> None:
    with pytest.raises(BadContact, match="first line"):
        list(read_contacts(["code,phone", "xa-tan-bien,1022"]))


def test_only_what_is_new_is_written_and_recorded(site: Flask) -> None:
    with site.app_context():
        make.reference_data()
        assert set_contacts([ROW, ContactRow("xa-tan-lap")]) == 1
        commit()
        assert set_contacts([ROW]) == 0
        found = commune_now("xa-tan-bien")
        assert found and (found.address, found.phone, found.dial, found.hours) == (
            "Số 9",
            "(0276) 382.2233",
            "02763822233",
            "",
        )
        assert set_contacts([ContactRow("xa-tan-bien", hours="7 giờ", source="Trang của xã")]) == 1
        commit()
        found = commune_now("xa-tan-bien")
        assert found and (found.address, found.hours) == ("", "7 giờ")
        told = events_of("agency:xa-tan-bien")
        assert [event.kind for event in told] == ["agency:contact_changed"] * 2


def test_a_bad_line_in_the_operators_file_changes_nothing(site: Flask, tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    rows = ["xa-tan-bien,Số 9,,,,Trang của xã,2026-11-02", "xa-khong-co,Số 1,,,,Trang,"]
    file.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    with site.app_context():
        make.reference_data()
        commit()
    runner = site.test_cli_runner()
    refused = runner.invoke(args=["agencies", "contacts", str(file)])
    assert refused.exit_code == 2 and "no body has the code 'xa-khong-co'" in refused.output
    with site.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(AgencyContact)) == 0
        db.session.remove()
    file.write_text("\n".join([HEAD, rows[0]]), encoding="utf-8-sig")
    assert "1 bodies" in runner.invoke(args=["agencies", "contacts", str(file)]).output
