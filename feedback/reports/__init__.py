"""Documents out: sheets for the noticeboard as PDF, lists as docx and xlsx."""
