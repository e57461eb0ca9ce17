"""One more language is one more folder of files: nothing else is written, nothing is built anew."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from feedback.core.config import ROOT
from tests.servers.databases import SECRET

# A beginning: ten sentences of Khmer, and in Russian one that has three forms of plural.
KHMER = {
    "What would you like to do?": "តើអ្នកចង់ធ្វើអ្វី?",
    "Search": "ស្វែងរក",
    "Plans": "ផែនការ",
    "Send a report or proposal": "ផ្ញើរបាយការណ៍ ឬសំណើ",
    "Follow with a code": "តាមដានដោយលេខកូដ",
    "Guide": "ការណែនាំ",
    "Language": "ភាសា",
    "Text size": "ទំហំអក្សរ",
    "Thursday": "ថ្ងៃព្រហស្បតិ៍",
    "Privacy": "ភាពឯកជន",
}
DAYS = ("%(num)s working day", "%(num)s working days")
RUSSIAN = ("%(num)s рабочий день", "%(num)s рабочих дня", "%(num)s рабочих дней")
ASK = """
import json
from datetime import date
from flask_babel import force_locale, ngettext
from feedback.app import create_app
from feedback.core import templating, words
app = create_app()
reader = app.test_client(use_cookies=False)
def read(path, language):
    return reader.get(path, headers={"Cookie": f"__Host-lang={language}"}).text
with app.app_context(), words.speaking("ru"):
    counted = [ngettext("%(num)s working day", "%(num)s working days", n) for n in (1, 3, 5)]
with app.app_context(), words.speaking("km"):
    day = templating.weekday_day(date(2026, 11, 26))
    days = ngettext("%(num)s working day", "%(num)s working days", 3)
pages = {"km": read("/", "km"), "vi": read("/", "vi"), "en": read("/", "en")}
print(json.dumps({"pages": pages, "counted": counted, "day": day, "days": days}))
"""


def po(locale: str, rows: str) -> str:
    return f'msgid ""\nmsgstr ""\n"Language: {locale}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n{rows}'


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as it is, and two folders more."""
    for name in ("feedback", "templates"):
        left_out = shutil.ignore_patterns("__pycache__", "*.mo")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=left_out)
    khmer = "".join(f'msgid "{said}"\nmsgstr "{own}"\n\n' for said, own in KHMER.items())
    forms = "".join(f'msgstr[{n}] "{form}"\n' for n, form in enumerate(RUSSIAN))
    russian = f'msgid "{DAYS[0]}"\nmsgid_plural "{DAYS[1]}"\n{forms}'
    for locale, rows in (("km", khmer), ("ru", russian)):
        folder = tmp_path / "feedback" / "translations" / locale / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "first.po").write_text(po(locale, rows), encoding="utf-8")
    return tmp_path


def test_a_third_language_needs_its_file_alone(copy: Path, sqlite_url: str) -> None:
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(copy),
        "FEEDBACK_SECRET_KEY": SECRET,
        "FEEDBACK_DATABASE_URL": sqlite_url,
        "FEEDBACK_INSTANCE_DIR": str(copy / "instance"),
    }

    def python(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=copy, env=environ, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    python("-m", "feedback.core.messages")  # make messages
    told = json.loads(python("-c", ASK))
    page = told["pages"]["km"]
    assert '<html lang="km">' in page
    assert KHMER["What would you like to do?"] in page and KHMER["Plans"] in page
    assert "Ai trả lời người dân" in page  # no word of Khmer yet: Vietnamese, not English
    for other in ("vi", "en"):  # each page offers it, by its own name
        assert 'href="/language/km" lang="km"' in told["pages"][other]
        assert "ខ្មែរ" in told["pages"][other]
    assert told["day"] == "ថ្ងៃព្រហស្បតិ៍ 26/11/2026"
    assert told["days"] == "3 ngày làm việc"
    assert told["counted"] == ["1 рабочий день", "3 рабочих дня", "5 рабочих дней"]
