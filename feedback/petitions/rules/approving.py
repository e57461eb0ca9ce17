"""Who may approve an answer, on plain values."""

from __future__ import annotations


def approval_bar(*, wrote_it: bool, head_answers: bool, is_head: bool) -> str:
    """Why this person may not approve an answer: ``own_answer`` (nobody approves what she wrote),
    ``head_only`` (so many people ask that the head decides in person); empty when she may."""
    if wrote_it:
        return "own_answer"
    return "head_only" if head_answers and not is_head else ""
