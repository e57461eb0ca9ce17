"""A due date as an event that any calendar takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

PRODUCT = "-//Feedback//Due dates//VI"
# from midnight of the day itself back to eight in the morning of the day before: nobody is woken
REMIND = timedelta(hours=-16)


@dataclass(frozen=True)
class DueEvent:
    """What the calendar is told. ``uid`` stays the same for ever; ``version`` grows with each change,
    so that a calendar moves the event that it has instead of showing two."""

    uid: str
    version: int
    due_on: date
    title: str
    text: str
    address: str
    said_at: datetime


def due_calendar(told: DueEvent) -> bytes:
    """One event of a whole day (RFC 5545). It blocks no time. A day has no time zone: it is the day in
    Viet Nam wherever the telephone is."""
    event = Event()
    event.add("uid", told.uid)
    event.add("sequence", told.version)
    event.add("dtstamp", told.said_at)
    event.add("dtstart", told.due_on)
    event.add("dtend", told.due_on + timedelta(days=1))
    event.add("summary", told.title)
    event.add("description", told.text)
    event.add("url", told.address)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_reminder(told.title))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add_component(event)
    return calendar.to_ical()


def _reminder(words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", REMIND)
    return alarm
