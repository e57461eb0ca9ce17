"""The stories of the pages serve the tests of the whole as well."""

from tests.pages.conftest import signed_in, story

__all__ = ["signed_in", "story"]
