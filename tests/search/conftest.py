"""The pages' story, searched."""

from tests.pages.conftest import signed_in, story

__all__ = ["signed_in", "story"]
