"""Coded reasons of a refusal, each with the article that a resident may look up.

Articles marked unverified are shown as the site's own rule, without an article.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    code: str
    article: str
    mark: str

    @property
    def shown_article(self) -> str:
        """The article as people may look it up; empty where it was not read."""
        return self.article if self.mark == "found" else ""


DECLINE_REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason("not_clear", "Thông tư 05/2021/TT-TTCP", "unverified"),
        Reason("outside_province", "Nghị định 20/2008/NĐ-CP, Điều 9", "found"),
        Reason("already_answered", "Thông tư 05/2021/TT-TTCP", "unverified"),
        Reason("not_public_matter", "Thông tư 05/2021/TT-TTCP", "unverified"),
        Reason("insulting", "Luật Tiếp công dân", "unverified"),
    )
}
