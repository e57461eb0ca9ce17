"""What every answer carries: a strict content policy, and no way to frame, sniff or leak."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from flask import Flask, Response, request, session
from werkzeug.http import dump_options_header

from feedback.core.reading import only_wishes

CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # not no-referrer: Flask-WTF checks the Referer of a POST over HTTPS
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), browsing-topics=()",
}
# where somebody may ask the browser for her own place, by a button, to set a pin on the map
WITH_PLACE = HEADERS["Permissions-Policy"].replace("geolocation=()", "geolocation=(self)")

STATIC = {
    name: HEADERS[name]
    for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Referrer-Policy")
}

VARY = ("Cookie", "Accept-Encoding")
_WITHOUT_BAR = str.maketrans("Đđ", "Dd")
_LOWER = {name.lower(): (name, value) for name, value in HEADERS.items()}


def file_named(kind: str, name: str) -> str:
    """A Content-Disposition (RFC 6266). A header is Latin-1, which has no "đ": a name in it twice, once
    without its accents; the server would otherwise send nothing at all."""
    letters = unicodedata.normalize("NFKD", name.translate(_WITHOUT_BAR))
    plain = "".join(c for c in letters if c.isascii() and c.isprintable() and c not in '"\\')
    whole = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return dump_options_header(kind, {"filename": plain}) + whole


def init(app: Flask) -> None:
    @app.after_request
    def add(response: Response) -> Response:
        own = {name.lower() for name, _value in response.headers}
        response.headers.extend(pair for name, pair in _LOWER.items() if name not in own)
        if request.endpoint != "static" and "cache-control" not in own:
            # a page that begins a session (a form's token) is as private as one within a session
            private = request.method != "GET" or not only_wishes(request.environ)
            private = private or session.modified
            response.headers["Cache-Control"] = "no-store" if private else "no-cache"
            if "vary" in own:
                response.vary.update(VARY)
            else:
                response.headers["Vary"] = ", ".join(VARY)
        return response
