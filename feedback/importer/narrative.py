"""Where a body's name ends and what it does begins: ``Bộ Công an tiến hành rà soát …`` → ``Bộ Công an``."""

from __future__ import annotations

from feedback.importer.names import (
    CALLED,
    COLLECTIVE,
    FIELDS_BY_FIRST,
    HALVES,
    NARRATIVE,
    NO_VERBS,
    NOUNS,
    VERBS,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What may follow "UBND" in small letters; behind one of _WHERE any words may stand: UBND các xã có làng nghề.
_AREA = _words(
    "các cấp xã phường đặc khu huyện thị thành phố tỉnh trấn quận và trực liên quan địa phương bàn"
)
_WHERE = _words(
    "có nơi ven dọc thuộc vùng trên nằm được đã đang biên giáp tại đầu miền trong khó lân nhân theo nhiều"
)
_BOARDS = ("án đầu tư", "lý đầu tư")  # of projects, named after what they build
_COMMITTEES = frozenset({"ubnd", "hđnd"})
_PLACES = frozenset({"tỉnh", "huyện", "xã", "phường", "quốc", "và", "cấp", "thành"})
# What may stand behind "Sở Tài chính" and still be its name.
_BEHIND = (_PLACES - {"cấp"}) | {
    "của",
    "thuộc",
    "là",
    "các",
    "trung",
    "địa",
    "nơi",
    "trên",
    "khu",
    "nhà",
}

# What may stand behind "Công an tỉnh" and still be its name.
_BEHIND_PLACE = (
    _BEHIND
    | _WHERE
    | _words("liên quan với cùng có được theo hội đoàn phụ trách quản lý nhà hoặc bạn")
)


def without_narrative(text: str) -> tuple[str, bool]:
    """The names before the first verb: ``Bộ Công an tiến hành rà soát …`` → ``Bộ Công an``."""
    words = text.split(" ")
    end = _end_of_field(words) or _end_of_place(words)
    if end is not None:
        return " ".join(words[:end]), True
    for at in range(1, len(words)):
        word = words[at]
        if word[:1].islower() and at + 1 < len(words):
            pair = f"{word} {words[at + 1]}".rstrip(".,;:")
            before = words[at - 1].lower()
            bare = word in VERBS and pair not in NO_VERBS and before not in HALVES
            verb = (pair in NARRATIVE or bare) and f"{before} {word}" not in CALLED
            if pair in NOUNS and (_ends_name(words, at + 1) or _within_name(words, at)):
                continue
            if verb and not (pair in COLLECTIVE and before in {"các", "cơ"}):
                if words[at - 1].endswith(",") and pair == "tổ chức":
                    continue
                name = " ".join(words[:at]).rstrip(" ,:")
                for tail in (" có", " và", " được", " phải", " theo", " đã", " sẽ", " để", " tập"):
                    name = name.removesuffix(tail)
                return _without_more(name.rstrip(" ,:-"), True)
    return _without_more(text, False)


def _without_more(name: str, cut: bool) -> tuple[str, bool]:
    words = name.split(" ")
    end = _end_of_area(words)
    return (name, cut) if end is None else (" ".join(words[:end]).rstrip(" ,"), True)


def _ends_name(words: list[str], at: int) -> bool:
    """Whether a name ends with this word: nothing that could be done follows it."""
    if words[at].endswith(",") and " ".join(words[at + 1 : at + 3]).rstrip(",.;:") in NARRATIVE:
        return False
    return words[at][-1:] in ",.;:" or at + 1 == len(words) or words[at + 1].lower() in _PLACES


def _within_name(words: list[str], at: int) -> bool:
    """``Ban Quản lý dự án đầu tư xây dựng …``, ``… nông nghiệp và phát triển nông thôn``: not yet a deed."""
    before = " ".join(words[max(0, at - 3) : at]).lower()
    around = " ".join(words[at - 1 : at + 4]).lower()
    return before.endswith(_BOARDS) or around.startswith("và phát triển nông thôn")


def _end_of_field(words: list[str]) -> int | None:
    """Where words in small letters go on right after a department's field: ``Sở Tài chính | cấp tiền``."""
    if words[0] not in ("Sở", "Bộ"):
        return None
    lower = " ".join(words[1:9]).lower()
    fields = FIELDS_BY_FIRST.get(lower.partition(" ")[0].rstrip(","), [])
    name = next((f for f in fields if lower.startswith(f + " ")), None)
    if name is None:
        return None
    end = 1 + len(name.split(" "))
    after = words[end]
    plain = after.isalpha() and after.islower() and after not in _BEHIND
    known = " ".join(words[end : end + 2]) in NARRATIVE  # found below, with the words before it
    return end if plain and not known and end + 1 < len(words) else None


def _end_of_place(words: list[str]) -> int | None:
    """Where words in small letters go on behind a body of the province: ``Công an tỉnh | niêm phong …``."""
    if (
        words[0].lower() in ("các", "những", "sở", "ban", "ubnd", "ủy", "uỷ", "cơ", "đơn")
        or not words[0][:1].isupper()
    ):
        return None
    for at in range(1, min(len(words) - 2, 10)):
        if (
            words[at] in ("tỉnh", "xã", "phường")
            and words[at + 1].isalpha()
            and words[at + 1].islower()
        ):
            before, after = words[at - 1].lower(), words[at + 1]
            if (
                before in ("các", "của", "cấp", "và", "ngoài", "hai", "trong")
                or after in _BEHIND_PLACE
            ):
                return None
            return at + 1
    return None


def _end_of_area(words: list[str]) -> int | None:
    """Where behind the committees of places words go on that name no place: ``UBND các xã, phường | cấp …``."""
    lower = [word.lower().rstrip(".,;:") for word in words]
    start = next((at for at, word in enumerate(lower) if word in _COMMITTEES or lower[at : at + 3] == ["ban", "nhân", "dân"]), None)  # fmt: skip
    if start is None:
        return None
    start += 1 if lower[start] in _COMMITTEES else 3
    for at in range(start, len(words) - 1):
        if not words[at][:1].isalpha() or words[at][:1].isupper() or lower[at] in _WHERE:
            return None
        if lower[at] not in _AREA:
            before = lower[at - 1]
            return None if at == start or before in ("các", "và", "cấp") else at
    return None
