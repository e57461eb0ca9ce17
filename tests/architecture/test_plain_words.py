"""The interface speaks plain Vietnamese: short sentences, no office words, no half-English."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from feedback.core.messages import merged

LONGEST = 26  # syllables of a sentence; read aloud in one breath
# a sentence that quotes a law as it stands may be longer: the whole sentence, and why it must stay
AS_THE_LAW_SAYS: dict[str, str] = {}
# what offices write, or other countries' words, where people say it otherwise
OFFICIALESE = ("vui lòng", "quý vị", "quý khách", "trân trọng", "tiến hành", "thực hiện việc")
FOREIGN = ("click", "upload", "server", "submit", "file")


def sentences(text: str) -> Iterator[str]:
    """A colon or semicolon ends none: what follows still has to be kept in mind."""
    yield from (part for part in re.split(r"(?<=[.!?…])\s+|\n+", text) if part.strip())


def syllables(sentence: str) -> int:
    """Vietnamese writes each by itself; what will be put in counts as one, dates as one a number."""
    return len(re.findall(r"%\(\w+\)[sd]|\w+", sentence))


def said() -> Iterator[str]:
    for message in merged("vi"):
        if message.id:
            words = message.string
            yield from words if isinstance(words, list | tuple) else [words]


def test_no_sentence_is_longer_than_a_breath() -> None:
    every = [sentence for text in said() for sentence in sentences(text)]
    assert len(every) > 800
    long = {s: syllables(s) for s in every if syllables(s) > LONGEST and s not in AS_THE_LAW_SAYS}
    assert not long, long


@pytest.mark.parametrize("words", [OFFICIALESE, FOREIGN])
def test_people_s_own_words_are_used(words: tuple[str, ...]) -> None:
    pattern = re.compile(rf"(?<!\w)({'|'.join(words)})(?!\w)", re.IGNORECASE)
    assert [text for text in said() if pattern.search(text)] == []


def test_the_measure_itself() -> None:
    text = "Hạn là %(day)s. Bạn hỏi thêm, chúng tôi trả lời!\nXong"
    assert list(sentences(text)) == ["Hạn là %(day)s.", "Bạn hỏi thêm, chúng tôi trả lời!", "Xong"]
    assert [syllables(sentence) for sentence in sentences(text)] == [3, 7, 1]
