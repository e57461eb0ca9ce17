"""A slip in the settings is said at start, in one sentence, and shows no password."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback.app import create_app
from feedback.core.config import BadSettings, Settings

SECRET = {"FEEDBACK_SECRET_KEY": "a secret for tests, long enough to pass"}
SLIPS = {
    "DATABASE_URL": ["mysql://u:geheim@h/d", "feedback.db", "sqlite://", "postgres:/geheim"],
    "BASE_URL": ["ydan.example", "ftp://ydan.example", "https://", "https://ydan.example:geheim"],
    "SMTP_URL": ["mail.example", "http://u:geheim@mail.example", "smtp://u:geheim@"],
    "SMS_URL": ["gateway.example", "https://[geheim"],
    "MAIL_FROM": ["Ý dân", "<>"],
    "TRUSTED_HOSTS": ["https://ydan.example", "ydan.example/geheim"],
    "LOG_LEVEL": ["loud"],
}
GOOD = {
    "DATABASE_URL": "postgres://u:p%40ss@h:5432/d",
    "BASE_URL": "https://ydan.example/",
    "SMTP_URL": "smtp+starttls://ydan%40example.vn:p@mail.example:587",
    "SMS_URL": "http://127.0.0.1:9000/send",
    "MAIL_FROM": "ydan@example.vn",
    "TRUSTED_HOSTS": "ydan.example, .ydan.example [::1] localhost:8000",
    "LOG_LEVEL": "warning",
}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, some in SLIPS.items() for v in some])
def test_a_slip_is_named_and_its_value_is_not_shown(name: str, value: str) -> None:
    with pytest.raises(BadSettings) as refused:
        Settings.from_env({**SECRET, f"FEEDBACK_{name}": value})
    assert f"FEEDBACK_{name} " in str(refused.value)
    if name != "TRUSTED_HOSTS":
        assert "geheim" not in str(refused.value)


def test_what_is_right_is_taken() -> None:
    found = Settings.from_env({**SECRET, **{f"FEEDBACK_{n}": v for n, v in GOOD.items()}})
    assert found.base_url == "https://ydan.example"
    assert found.url == "postgresql+psycopg://u:p%40ss@h:5432/d"
    assert len(found.trusted_hosts) == 4


def test_a_folder_that_is_none_and_a_secret_that_is_no_text_are_said(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xff" * 64)
    with pytest.raises(BadSettings, match="secret cannot be read as text"):
        Settings.from_env({"FEEDBACK_INSTANCE_DIR": str(tmp_path)})
    here = {**SECRET, "FEEDBACK_INSTANCE_DIR": str(tmp_path / "secret" / "instance")}
    with pytest.raises(BadSettings, match="FEEDBACK_INSTANCE_DIR cannot be used"):
        create_app(Settings.from_env(here))
