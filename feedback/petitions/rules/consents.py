"""What a sender may agree to, and what follows from it: pure rules.

Nothing is agreed to by silence: a purpose without a row of its own was not agreed to. There are as many
purposes as the site really has. Figures need none: they count files, never people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

PROGRESS, SMS, NAME_PUBLIC = "progress", "sms", "name_public"
PURPOSES = (PROGRESS, SMS, NAME_PUBLIC)
TEXTED = frozenset({"asked", "answered", "extended", "late"})  # steps worth a text message
# what a sender is told without having agreed: the agency's question, on which her file waits, and its end
# (Luật Tiếp công dân Đ.28: accepted, refused, passed on). A consent taken back ends these too: she said so.
NEEDED = frozenset({"asked", "answered", "declined", "guided", "merged", "succeeded"})
# what she asked herself about her own data must be replied to (Nghị định 356/2025/NĐ-CP)
DATA = frozenset({"data_asked", "data_replied", "data_ended"})


def notices_after(agreed: Iterable[tuple[str, str]]) -> str:
    """What is written to a sender who agreed to these purposes (each with its version of the words)."""
    return "progress" if PROGRESS in {purpose for purpose, _version in agreed} else "needed"


def may_tell(notices: str, what: str) -> bool:
    """May this message go out to the sender?"""
    return notices == "progress" or (notices == "needed" and what in NEEDED | DATA)


def ticked(
    values: Mapping[str, str], versions: Mapping[str, Collection[str]]
) -> tuple[tuple[str, str], ...]:
    """Purposes that a form's boxes name, each with the version of the words that stood beside it. A
    version that never was counts as not ticked: it proves nothing."""
    return tuple(
        (purpose, values[purpose])
        for purpose in PURPOSES
        if values.get(purpose) in versions.get(purpose, ())
    )
