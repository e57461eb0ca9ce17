"""Why a file cannot be read as a plan."""

from __future__ import annotations

# One sentence for a person, as an id of the interface's words (forms.py shows the same).
CODES = {
    "empty": "This file is empty. Choose the file with the plan's text.",
    "ending": "Choose a .txt, .md, .docx or .pdf file. Save an old .doc as .docx in Word first.",
    "wrong_ending": "The file is of another kind than its name says. Give it the right ending.",
    "too_large": "The file is larger than 20 MB. Choose a smaller one.",
    "binary": "This file holds no text. Save the plan as .txt and try again.",
    "encoding": "The letters of this file cannot be read. Save it as UTF-8 and try again.",
    "locked": "The file asks for a password. Save it without one and try again.",
    "doctype": "The file holds instructions that a document does not need. Save it anew in Word.",
    "unpacked": "Unpacked, the file is far too large. Choose another copy.",
    "broken": "The file is damaged. Try another copy.",
    "scanned": "The pages are pictures, and this computer cannot read pictures yet. Choose a file with text.",
    "no_number": "No document number (such as 2705/KH-UBND) was found. Is this a plan?",
    "no_items": "No task with agency lines was found. Is this a plan?",
    "too_long": "The file has more pages or lines than a plan has. Choose a file with the plan alone.",
    "limits": "Reading took too long. The file may be damaged; try another copy.",
}


class NotAPlan(Exception):
    """The file is no plan; ``code`` says why (see CODES)."""

    def __init__(self, code: str) -> None:
        super().__init__(CODES[code])
        self.code = code
