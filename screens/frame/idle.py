"""How long nobody pressed a key, and what comes of it (GB/T 22239-2019 8.1.4.1 b: 登录连接超时自动退出)."""

from enum import Enum, auto

LOCK_AFTER = 600.0
END_AFTER = 1800.0
"""Seconds."""
_LEAST = 5.0


class Idle(Enum):
    """What is due."""

    NOTHING = auto()
    LOCK = auto()
    END = auto()


def due(seconds: float) -> Idle:
    """What is due after so many seconds without a key."""
    if seconds >= END_AFTER:
        return Idle.END
    return Idle.LOCK if seconds >= LOCK_AFTER else Idle.NOTHING


def next_look(seconds: float) -> float:
    """In how many seconds to look again. Nothing is drawn meanwhile: an idle line carries no byte."""
    term = LOCK_AFTER if seconds < LOCK_AFTER else END_AFTER
    return max(_LEAST, term - seconds)
