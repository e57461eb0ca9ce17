"""A Word document (docx) made anew by our own hand: only parts that are known and harmless are written,
under names of ours. Runs in the child process only."""

from feedback.files.word.making import clean_docx
from feedback.files.word.reading import Refusal

__all__ = ["Refusal", "clean_docx"]
