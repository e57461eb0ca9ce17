"""A form that lay too long keeps its words: they come back with a fresh token, one tap from being sent.

The site's forms know no time limit, but a browser that was closed has lost the cookie that a token belongs
to, and a member of staff may have been signed out meanwhile. Only for what this site's own pages sent: a
page elsewhere must not get its words one tap from being sent.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import render_template, request

# not words of hers: the old token, and what is never put into a page
LEFT_OUT = ("csrf_token", "password")


def words_again(title: str, message: str, *, first: str = "") -> str:
    """The page that gives the words back, or nothing: from elsewhere, or with nothing typed.
    ``first`` is where the person has to go beforehand, in a tab of its own."""
    typed = [pair for pair in request.form.items(multi=True) if pair[0] not in LEFT_OUT]
    if not typed or not _from_here():
        return ""
    return render_template(
        "layouts/again.html",
        title=title,
        message=message,
        typed=typed,
        said=_said(typed),
        files=any(upload.filename for upload in request.files.values()),
        address=request.full_path.rstrip("?"),
        first=first,
    )


def said_here() -> list[str]:
    """What was typed into the form that was refused, to be copied; nothing of a form from elsewhere."""
    typed = [pair for pair in request.form.items(multi=True) if pair[0] not in LEFT_OUT]
    return _said(typed) if typed and _from_here() else []


def _said(typed: list[tuple[str, str]]) -> list[str]:
    return [text for _name, text in typed if len(text.split()) > 1]


def _from_here() -> bool:
    """Browsers say where a form stood: in Sec-Fetch-Site, older ones in Origin or Referer."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    stood = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(stood).netloc == request.host
