"""What a check has found, in words, without anybody's data."""

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """How good it is."""

    GOOD = "正常"
    CAUTION = "注意"
    BAD = "不行"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check-up."""

    what: str
    """In Chinese: 磁盘."""
    verdict: Verdict
    sentence: str
    remedy: str = ""
    """What to do; empty where nothing is to be done."""


def good(what: str, sentence: str) -> Finding:
    """As it should be."""
    return Finding(what, Verdict.GOOD, sentence)


def caution(what: str, sentence: str, remedy: str) -> Finding:
    """Work goes on, but something is to be done."""
    return Finding(what, Verdict.CAUTION, sentence, remedy)


def bad(what: str, sentence: str, remedy: str) -> Finding:
    """Something is lost or open to others unless it is put right."""
    return Finding(what, Verdict.BAD, sentence, remedy)
