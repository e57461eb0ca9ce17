"""How the operator sets the manners of talking."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback.core.config import BadSettings, Settings

SECRET = {"FEEDBACK_SECRET_KEY": "a secret for tests, long enough to pass"}


def read(**values: str) -> Settings:
    return Settings.from_env(SECRET | {f"FEEDBACK_COMMENT_{k}": v for k, v in values.items()})


def test_the_list_of_words_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# rao vặt\n\ncho vay nóng\n  =lừa đảo \n", encoding="utf-8")
    found = read(WORDS=str(path), PACE="3/15", SCREENING="after")
    assert found.comment_words == ("cho vay nóng", "=lừa đảo")
    assert (found.comment_pace, found.comment_screening) == ((3, 15), "after")


@pytest.mark.parametrize(
    "values",
    [{"SCREENING": "never"}, {"PACE": "5"}, {"PACE": "0/10"}, {"PACE": "many/10"}]
    + [{"WORDS": "/nowhere/words.txt"}],
)
def test_what_cannot_be_meant_does_not_start(values: dict[str, str]) -> None:
    with pytest.raises(BadSettings):
        read(**values)
