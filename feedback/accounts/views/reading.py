"""The language of the pages and the size of their text, each kept in a cookie.

Links, not forms: they stand on pages that are kept for everybody, where no form's token can stand.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import abort, redirect, request

from feedback.accounts import session
from feedback.accounts.rules.addresses import local_path
from feedback.accounts.views import bp
from feedback.core.permissions import public
from feedback.core.reading import LANGUAGE, TEXT_SIZE, Wish

SWITCH = "#reading"  # where the switch stands: who tries sizes wants to try the next


@bp.get("/language/<code>")
@public
def language(code: str) -> Any:
    return _keep(LANGUAGE, code)


@bp.get("/text-size/<size>")
@public
def text_size(size: str) -> Any:
    return _keep(TEXT_SIZE, size, SWITCH)


def _keep(wish: Wish, word: str, place: str = "") -> Any:
    if word not in wish.words:
        abort(404)
    back = local_path(request.args.get("next")) or _page_before() or "/"
    return session.keep_wish(redirect(back + place), wish, word)


def _page_before() -> str:
    """The path of the page with the link, as the browser tells it; of this site only."""
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host:
        return ""
    return local_path(before.path + (f"?{before.query}" if before.query else ""))
