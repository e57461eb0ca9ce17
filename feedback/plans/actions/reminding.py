"""The worker's daily clock: whoever reports hears that a report is soon due, and that it is late."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from feedback.plans import notices
from feedback.plans.queries.owing import Owing, owing


def remind_reporters(*, before: int, on: date) -> int:
    """Tell each body once a period, ``before`` working days ahead of the day on which its reports on a plan
    are due (0: not at all), and once when they are late.

    Returns to how many bodies something is to be said; a key keeps each letter from going twice.
    """
    told: dict[tuple[str, int, int], list[Owing]] = defaultdict(list)
    for one in owing(on):
        state = one.standing.state
        if state == "late" or (state == "due" and before > 0 and one.standing.days <= before):
            for agency_id, _name in one.duty.leads:
                told[state, one.duty.plan_id, agency_id].append(one)
    for (_state, _plan, agency_id), tasks in told.items():
        notices.remind_reporters(agency_id, tasks)
    return len(told)
