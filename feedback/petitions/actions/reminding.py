"""The worker's daily clock: petitions that are held must not lie unseen."""

from __future__ import annotations

from datetime import date

from feedback.petitions import queries
from feedback.petitions.notices.held import Lying, tell_lying
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import working_days_between


def remind_of_held(*, dispatchers: int, front: int, on: date) -> int:
    """Once a working day while something is held longer than so many working days, the day of sending being
    day zero: tell the dispatchers; and the Front, with its own number of days.

    Returns how many lie too long. A key keeps each letter from going twice.
    """
    calendar = load_calendar()
    if not calendar.is_working(on):
        return 0
    waits = [
        (sent_on, working_days_between(sent_on, on, calendar), number)
        for sent_on, _kind, number in queries.held_waiting()
    ]
    for role, most in (("dispatcher", dispatchers), ("front", front)):
        number = sum(number for _day, days, number in waits if days > most)
        if number:
            oldest, longest, _number = waits[0]
            tell_lying(role, Lying(number, most, oldest, longest), on=on)
    return sum(number for _day, days, number in waits if days > dispatchers)
