"""What makes the site an app on a phone: manifest, service worker, and a way to have all of it forgotten."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from flask import Response, current_app, render_template, request, session
from flask_babel import force_locale
from flask_babel import gettext as _

from feedback.accounts.session import RESIDENT_COOKIE, drop
from feedback.core.permissions import public
from feedback.core.reading import LANGUAGE, asked_language
from feedback.core.templating import asset
from feedback.pages.views import bp

BUILT = (
    "app.css",
    "app.js",
    "queue.js",
    "offline.js",
)  # what a page needs that is shown without a line
DRAWN = ("fonts/bvp-700-vi.woff2", "icons/mark.svg")
LATE = ("pictures.js",)  # what it needs besides, once somebody writes
SHELLS = ("/offline", "/offline/submit")
RED, PAPER = "#a4161a", "#ffffff"
ICONS = (
    ("app-192", "192x192", "any"),
    ("app-512", "512x512", "any"),
    ("app-mask-512", "512x512", "maskable"),
)


@bp.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """Name and icons under which a phone installs the site; in the language that it names, for it is
    kept for everybody."""
    with force_locale(LANGUAGE.words[0]):
        return _manifest()


def _manifest() -> Response:
    told = {
        "id": "/",
        "name": current_app.config["SITE_NAME"],
        "short_name": current_app.config["SITE_NAME"],
        "description": _("Send petitions and see how agencies answer."),
        "lang": LANGUAGE.words[0],
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": RED,
        "background_color": PAPER,
        "icons": [
            {"src": asset(f"icons/{name}.png"), "sizes": size, "type": "image/png", "purpose": use}
            for name, size, use in ICONS
        ],
        "shortcuts": [
            {"name": _("Send a petition"), "url": "/submit"},
            {"name": _("Follow a petition"), "url": "/track"},
        ],
    }
    answer = Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")
    answer.headers["Cache-Control"] = "public, max-age=86400"  # Chromium asks on every page
    return answer


@bp.get("/sw.js")
@public
def service_worker() -> Response:
    """The built worker behind what it has to know. Asked for anew each time; the browser installs it
    again when a byte differs, and its version differs when any built file does. Its address names the
    language of the page that asks for it: what it keeps beforehand speaks that one."""
    lang = asked_language(request.args.get("lang"))
    saved = {}
    for code in LANGUAGE.words:
        with force_locale(code):
            saved[code] = _("Kept on this device at {at}. The connection is weak or gone.")
    assets = [asset(name) for name in (*BUILT, *DRAWN)]
    worker = asset("sw.js")
    version = hashlib.sha256(" ".join([lang, *assets, worker]).encode()).hexdigest()[:12]
    site = {"version": version, "lang": lang, "assets": assets, "shells": SHELLS, "saved": saved}
    site["late"] = [asset(name) for name in LATE]
    folder = Path(current_app.static_folder or "").parent
    body = f"self.site = {json.dumps(site, ensure_ascii=True)};\n" + (
        folder / worker.lstrip("/")
    ).read_text(encoding="utf-8")
    answer = Response(body, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/offline/kept")
@public
def kept() -> str:
    """What this device keeps, and the button that has it forgotten."""
    return render_template("pages/kept.html", gone=False)


@bp.post("/offline/kept")
@public
def forget_kept() -> Any:
    """Drafts, queue and pages that were read, and whose file this browser follows: all forgotten.
    The browser itself does it on this header, so it needs no script."""
    session.clear()
    answer = Response(render_template("pages/kept.html", gone=True))
    answer.headers["Clear-Site-Data"] = '"storage"'
    return drop(answer, RESIDENT_COOKIE)
