"""One hash that stands for many lines: a Merkle tree as in RFC 6962 (leaf 0x00, node 0x01)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def leaf(*parts: str) -> bytes:
    """The hash of one line: its parts in UTF-8, parted by a zero byte."""
    return sha256(b"\x00" + "\0".join(parts).encode()).digest()


def root(leaves: Sequence[bytes]) -> str:
    """64 hex digits for the whole list, in its order. Raises ValueError for none."""
    if not leaves:
        raise ValueError("a tree has at least one leaf")
    return _node(leaves).hex()


def _node(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + _node(leaves[:half]) + _node(leaves[half:])).digest()
