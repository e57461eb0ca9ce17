"""Sentences of made-up files: everyday matters put together from a list, no real person in them."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from feedback.core.text import fold
from feedback.demo.load.world import Desk


class Texts:
    """The words of one file, drawn once."""

    def __init__(self, words: Mapping[str, Any], chance: Random, commune: Desk | None) -> None:
        self.words, self.chance = words, chance
        self.subject = chance.choice(words["subjects"])
        spot = chance.choice(words["spots"])
        self.place = f"{spot}, {commune.place}" if commune else spot

    @property
    def kind(self) -> str:
        return str(self.subject["kind"])

    @property
    def title(self) -> str:
        return f"{self.subject['title']} ở {self.place}"[:160]

    def letter(self) -> str:
        subject = self.subject
        where = f"Chỗ đó ở {self.place}."
        middle = [subject["detail"], where, self.say("since"), subject["wish"]]
        return " ".join([self.say("openings"), *middle, self.say("thanks")])

    def answer(self) -> str:
        return " ".join([self.say("received"), self.subject["answer"], self.say("follow")])

    def say(self, about: str) -> str:
        return str(self.chance.choice(self.words[about]))

    def rating(self, score: int) -> str:
        return str(self.chance.choice(self.words["ratings"][str(score)]))


class _Folded(dict[str, str]):
    def __missing__(self, word: str) -> str:
        self[word] = folded = fold(word)
        return folded


_folded = _Folded()


def fold_quickly(text: str) -> str:
    """What ``core.text.fold`` gives, each word folded once: these texts share a few thousand words."""
    return " ".join(filter(None, map(_folded.__getitem__, text.split())))
