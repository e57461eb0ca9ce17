"""The whole site, as its pages have it."""

from __future__ import annotations

from tests.pages.conftest import signed_in, story

__all__ = ["signed_in", "story"]
