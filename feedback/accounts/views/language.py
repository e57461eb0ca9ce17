"""The language of the pages, kept in a cookie."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import abort, redirect, request

from feedback.accounts import session
from feedback.accounts.rules.addresses import local_path
from feedback.accounts.views import bp
from feedback.core.permissions import public


@bp.get("/language/<code>")
@public
def language(code: str) -> Any:
    if code not in session.LANGUAGES:
        abort(404)
    back = local_path(request.args.get("next")) or _page_before() or "/"
    return session.keep_language(redirect(back), code)


def _page_before() -> str:
    """The path of the page with the link, as the browser tells it; of this site only."""
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host:
        return ""
    return local_path(before.path + (f"?{before.query}" if before.query else ""))
