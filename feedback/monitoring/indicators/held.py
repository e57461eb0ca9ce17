"""What is told of petitions that are held as one of very many. They are no files, so in no other indicator."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.shape import Beside

HELD: dict[str, Beside] = {
    told.code: told
    for told in (
        Beside(
            "held",
            _l("Petitions held"),
            _l(
                "Petitions sent in the period that were held as one of very many, whatever became "
                "of them: from one network, under one address or in nearly the same words, or far more "
                "than the busiest hour of a usual day brings. Each is in exactly one of the next five."
            ),
        ),
        Beside(
            "held_by_proof",
            _l("Held, went on by proof"),
            _l(
                "Their senders proved their address or number, so they went on. Since then they "
                "are files like any other, in the month of sending."
            ),
        ),
        Beside(
            "held_by_person",
            _l("Held, taken as genuine"),
            _l("A dispatcher took them as genuine, so they went on, as files like any other."),
        ),
        Beside(
            "held_aside",
            _l("Held, laid aside"),
            _l(
                "A dispatcher decided that they are no petitions; each reason is counted. It can "
                "be undone for 90 days."
            ),
        ),
        Beside(
            "held_withdrawn",
            _l("Held, taken back"),
            _l("Their senders took them back, or had everything about them deleted."),
        ),
        Beside(
            "held_waiting",
            _l("Held, waiting"),
            _l(
                "Nobody has decided about them yet. The number of today counts all of them, that "
                "of a month those sent in it."
            ),
        ),
        Beside(
            "held_over_one",
            _l("Waiting longer than one working day"),
            _l(
                "Of all that wait today, those sent more than one working day ago. The day of "
                "sending is day zero."
            ),
        ),
        Beside(
            "held_over_two",
            _l("Waiting longer than two working days"),
            _l("Of all that wait today, those sent more than two working days ago."),
        ),
        Beside(
            "held_overdue",
            _l("Held past the day of the answer"),
            _l(
                "Of all that wait today, those that would be overdue if they had never been held: "
                "the term runs from the day of sending. Once they go on, they are overdue files."
            ),
        ),
        Beside(
            "held_median_days",
            _l("Median days held"),
            _l(
                "Median number of working days from sending to the decision, of those held in the "
                "period. Those that wait are in it with their days up to today."
            ),
        ),
        Beside(
            "held_longest_days",
            _l("Longest days held"),
            _l("The most working days that one of them waited, or has waited up to today."),
        ),
    )
}
