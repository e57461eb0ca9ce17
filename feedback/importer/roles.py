"""The grammar of agency lines: (bullet) (cơ quan | đơn vị) (chủ trì | phối hợp | thực hiện) : names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from feedback.importer.agencies import split_agencies

LEAD, COORDINATING, IMPLEMENTING, DEADLINE = "lead", "coordinating", "implementing", "deadline"
_LINE = re.compile(
    r"(?:[-–—•+*]\s*)?(?:các\s+)?"
    r"(?P<key>(?:(?:cơ quan|đơn vị)\s+(?:chủ trì|phối hợp|thực hiện)[\w\s]{0,40}"
    r"|(?:thời gian|thời hạn)\s+(?:thực hiện|hoàn thành|ban hành)|thời hạn))\s*:\s*(?P<names>.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AgencyLine:
    """One line: its role (or ``deadline``) and its words as written."""

    role: str
    words: str

    def continued(self, text: str) -> AgencyLine:
        """The same line with the words that a page end cut off."""
        return replace(self, words=f"{self.words} {text}")

    @property
    def agencies(self) -> list[str]:
        return split_agencies(self.words)


def read_agency_line(text: str) -> AgencyLine | None:
    """The line's role and names; None when it is no agency line."""
    match = _LINE.fullmatch(text)
    if match is None:
        return None
    return AgencyLine(_role(" ".join(match["key"].lower().split())), match["names"].strip())


def _role(key: str) -> str:
    if key.startswith("thời"):
        return DEADLINE
    if "chủ trì" in key:
        return LEAD
    return COORDINATING if "phối hợp" in key else IMPLEMENTING
