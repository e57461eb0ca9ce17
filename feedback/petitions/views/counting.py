"""What came of late, counted: in this process's memory, or for all web processes in one store (Redis, Valkey).

Neither keeps an address of anybody: names are keyed hashes, texts are numbers that stand for pairs of words.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from secrets import token_hex
from threading import Lock
from time import monotonic, time
from typing import TYPE_CHECKING, Any

from cachetools import TTLCache

from feedback.core.logs import log
from feedback.petitions.rules.floods import ALIKE, Drawn, Lately, Looked, own_name, sketch

if TYPE_CHECKING:
    from redis import Redis
    from redis.commands.core import Script

AN_HOUR_S, KEPT = 3600, 20_000
AGAIN_S = 30.0  # so long a store that failed is left alone
PATIENCE_S = 0.25  # for the store: nobody who writes waits longer for it
OF_A_PAIR = 64  # the last texts that hold one pair of words
PREFIX = "feedback:sent:"
Whence = Mapping[str, str]  # network and address, as keyed hashes

# in the store itself, so that a petition costs two short answers. A text is "when which name", in one list for
# each of its numbers; those that stand in enough of the lists are nearly the same, the oldest gives the name
LOOK = """
local now, needed, hour, kept = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local often, same, oldest, name = {}, 0, now, ''
for n = 4, #KEYS do
  for _, text in ipairs(redis.call('LRANGE', KEYS[n], 0, kept - 1)) do
    often[text] = (often[text] or 0) + 1
  end
end
for text, times in pairs(often) do
  local at, _, called = string.match(text, '^(%S+) (%S+) (%S+)$')
  if times >= needed and now - at < hour then
    same = same + 1
    if tonumber(at) <= oldest then oldest, name = tonumber(at), called end
  end
end
local all = redis.call('ZCOUNT', KEYS[3], now - hour, '+inf')
return {redis.call('GET', KEYS[1]) or 0, redis.call('GET', KEYS[2]) or 0, all, same, name}
"""
ADD = """
local most, whence, hour, kept = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[5]), tonumber(ARGV[6])
for n, key in ipairs(KEYS) do
  if n <= whence then
    redis.call('INCR', key)
  elseif n == whence + 1 then
    redis.call('ZADD', key, ARGV[1], ARGV[4])
    redis.call('ZREMRANGEBYRANK', key, 0, -(most + 1))
  else
    redis.call('LPUSH', key, ARGV[1] .. ' ' .. ARGV[4])
    redis.call('LTRIM', key, 0, kept - 1)
  end
  redis.call('EXPIRE', key, hour)
end
return {}
"""


class Memory:
    """What this process took in within the hour: from where, under which address, in which words."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self._lock = Lock()
        self._numbers: TTLCache[tuple[str, str], int] = TTLCache(KEPT, AN_HOUR_S, monotonic)
        self._texts = Lately(AN_HOUR_S)
        self._times: deque[float] = deque(maxlen=limits["all"] or 1)

    def look(self, whence: Whence, text: str) -> Looked:
        """What came before this one."""
        with self._lock:
            drawn, alike = self._texts.draw(text, monotonic())
            network, address = (
                self._numbers.get((name, whence.get(name, "")), 0)
                for name in ("network", "address")
            )
            while self._times and monotonic() - self._times[0] >= AN_HOUR_S:
                self._times.popleft()
            return Looked(drawn, network, address, alike, len(self._times))

    def add(self, whence: Whence, drawn: Drawn) -> None:
        """One more. A number that grows is kept for an hour from its last one."""
        with self._lock:
            for one in whence.items():
                self._numbers[one] = self._numbers.get(one, 0) + 1
            if drawn.numbers:
                self._texts.add(drawn, monotonic())
            self._times.append(monotonic())


class Shared:
    """The same for all web processes, in two round trips for each petition. While the store is away this
    process counts alone, as it always does beside it: nobody is refused, or waits, because of the store."""

    def __init__(
        self,
        url: str,
        limits: Mapping[str, int],
        *,
        again_s: float = AGAIN_S,
        patience_s: float = PATIENCE_S,
    ) -> None:
        from redis import Redis  # a tenth of a second, for those alone who have a store
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self.store: Redis = Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=patience_s,
            socket_connect_timeout=patience_s,
            retry=Retry(NoBackoff(), 0),
        )
        self._look, self._add = map(self.store.register_script, (LOOK, ADD))
        self._own, self._most = Memory(limits), limits["all"] or 1
        self._again_s, self._not_before, self._away = again_s, 0.0, False

    def look(self, whence: Whence, text: str) -> Looked:
        """What came before this one, to whichever process."""
        numbers = sketch(text)
        where = [f"{PREFIX}{name}:{whence.get(name, '')}" for name in ("network", "address")]
        needed = len(numbers) * ALIKE
        told = self._ask(self._look, [*where, *_lists(numbers)], [time(), needed])
        if told is None:
            return self._own.look(whence, text)
        network, address, number, alike, name = told
        drawn = Drawn(numbers, name or own_name(numbers))
        return Looked(drawn, int(network), int(address), int(alike), int(number))

    def add(self, whence: Whence, drawn: Drawn) -> None:
        """One more, kept for an hour from the last of its kind."""
        self._own.add(whence, drawn)
        where = [f"{PREFIX}{name}:{value}" for name, value in whence.items()]
        now, said = time(), f"{token_hex(4)} {drawn.name}"
        keys = [*where, *_lists(drawn.numbers)]
        self._ask(self._add, keys, [now, self._most, len(where), said])

    def _ask(self, script: Script, keys: list[str], told: list[Any]) -> list[Any] | None:
        """The answers; None while the store is away. That it went and came back is one line in the log each."""
        from redis.exceptions import RedisError

        if monotonic() < self._not_before:
            return None
        try:
            answers: list[Any] = script(keys, [*told, AN_HOUR_S, OF_A_PAIR])
        except RedisError as error:
            self._not_before = monotonic() + self._again_s
            if not self._away:
                log.warning("limits.store_away", error=type(error).__name__)
            self._away = True
            return None
        if self._away:
            log.info("limits.store_back")
        self._away = False
        return answers


def _lists(numbers: frozenset[int]) -> list[str]:
    """Of the last ones in all, and of the last texts that hold each pair of words."""
    return [f"{PREFIX}all", *(f"{PREFIX}pair:{number:08x}" for number in numbers)]


Counting = Memory | Shared
