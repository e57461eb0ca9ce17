"""Words looked for in a file's own text: accents or none, ``đ`` as ``d``, each as the beginning of a word.

Done here and not in a statement, so that both databases give the same files.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from feedback.core.text import fold

LONGEST, MOST_WORDS = 80, 12  # characters that somebody types; words of them that count
_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_WORD = re.compile(r"[^\W_]+")
_BARE = str.maketrans({letter: fold(letter) for letter in _LETTERS})


def words_of(typed: str) -> list[str]:
    """What counts of what was typed; nothing where it holds no word."""
    return _WORD.findall(_bare(typed))[:MOST_WORDS]


def holding(typed: str) -> Callable[[str], bool]:
    """Does a text hold every word? ``core.text.fold`` would take twice as long for each of a thousand
    texts; they are NFC already."""
    looked_for = [re.compile(rf"(?<![^\W_]){re.escape(word)}") for word in words_of(typed)]

    def holds(text: str) -> bool:
        bare = _bare(text)
        return all(word.search(bare) for word in looked_for)

    return holds


def _bare(text: str) -> str:
    return text.lower().translate(_BARE)
