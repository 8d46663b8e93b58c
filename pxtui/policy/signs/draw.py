"""A sample drawn by lot: whoever knows the seed draws the same one."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

_SEEDS = 1_000_000


def drawn(seqs: Iterable[int], seed: int, percent: int, least: int) -> frozenset[int]:
    """The 序号 drawn by a seed: `percent` of them, rounded up, at least `least`, all where there are fewer.

    The lot of a row is SHA-256 of "seed:序号"; the smallest lots are drawn.
    """
    lots = sorted(seqs, key=lambda seq: sha256(f"{seed}:{seq}".encode()).digest())
    return frozenset(lots[: max(least, -(-len(lots) * percent // 100))])


def seed_of_day(case_number: str, day: date) -> int:
    """The seed from a case's number and the day: not chosen by a person, and the same all day; 1 to 999,999."""
    digest = sha256(f"{case_number}:{day}".encode()).digest()
    return int.from_bytes(digest[:8]) % (_SEEDS - 1) + 1
