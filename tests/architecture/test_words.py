"""Every sentence of the interface has its Vietnamese."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from jinja2.ext import babel_extract

from feedback.core import messages
from feedback.core.config import ROOT
from feedback.core.messages import is_fresh, merged

KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
KEYWORDS["lazy_ngettext"] = (1, 2)


def used() -> set[str]:
    found: set[str] = set()
    maps = {
        "feedback": [("**.py", "python")],
        "templates": [("**.html", babel_extract), ("**.txt", babel_extract)],
    }
    for folder, method_map in maps.items():
        rows = extract_from_dir(
            ROOT / folder,
            method_map=method_map,
            options_map={"**": {"encoding": "utf-8", "trimmed": "true"}},
            keywords=KEYWORDS,
        )
        for _path, _line, message, _comments, _context in rows:
            found.add(message if isinstance(message, str) else message[0])
    return found - {""}


def test_every_sentence_is_translated() -> None:
    catalogue = merged("vi")
    ids = used()
    assert len(ids) > 500
    missing = []
    for text in ids:
        entry = catalogue.get(text)
        said = entry.string if entry else ""
        if not (said if isinstance(said, str) else said[0]):
            missing.append(text)
    assert not missing, sorted(missing)


def test_the_compiled_words_are_those_of_the_catalogues() -> None:
    assert is_fresh("vi")


def test_a_site_that_runs_never_reads_half_of_the_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(messages.FOLDER / "vi", tmp_path / "vi")
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    with (tmp_path / "vi" / "LC_MESSAGES" / "messages.mo").open("rb") as held:
        first = held.read(4)
        (compiled,) = messages.compile_all()
        assert first + held.read() == compiled.read_bytes()
        assert compiled.stat().st_ino != os.fstat(held.fileno()).st_ino
    assert [p.name for p in compiled.parent.glob("messages*")] == ["messages.mo"]
