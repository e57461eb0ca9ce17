"""What the style page shows of search."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from feedback.search.queries import Hit
from feedback.search.rules.showing import LookedFor, excerpt, marked

_TEXT = (
    "Ba cột đèn đường ở đầu hẻm tắt đã hai tuần <b>, tối đến rất nguy hiểm cho trẻ em đi học về."
)
_DAY = date(2026, 11, 20)


def shown() -> dict[str, Any]:
    words = LookedFor(("den", "duong"))
    return {
        "counts": Counter({"so-tai-chinh": 14, "so-y-te": 3}),
        "hits": [
            Hit(
                kind,
                marked(title, words),
                excerpt(text, words),
                note,
                "#s-search",
                state,
                _DAY,
            )
            for kind, title, text, note, state in (
                ("petition", "Đèn đường tắt ở đầu hẻm", _TEXT, "Sở Xây dựng", "answered"),
                ("answer", "Xin lắp thêm cây xanh", _TEXT, "Sở Xây dựng", "closed"),
                ("comment", "Mục 2.2c", _TEXT, "", ""),
                ("item", "Chiếu sáng công cộng", _TEXT, "2.2c, 2705/KH-UBND", ""),
                ("agency", "Sở Kế hoạch và Đầu tư", "", "Sở Tài chính", "former"),
                ("agency", "Sở Tài chính", "", "", ""),
            )
        ],
    }
