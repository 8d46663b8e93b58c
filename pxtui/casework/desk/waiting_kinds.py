"""What of a case may wait for a second person or for another role, as the lists of the desk say it."""

from dataclasses import dataclass
from enum import StrEnum

from pxtui.casework.office.roles import Role

APPROVER = Role.HEAD
"""Whom changes and corrections wait for."""


class WhatWaits(StrEnum):
    """What was proposed or stated, in Chinese."""

    CHANGE = "变更"
    CORRECTION = "更正"
    RETURN = "退款"
    SIGNATURE = "签发"
    SECOND_SIGNATURE = "再签发"
    HAND_OVER = "交银行"

    @property
    def state(self) -> str:
        """What the case waits for, in Chinese."""
        if self in (WhatWaits.CHANGE, WhatWaits.CORRECTION):
            return f"{self.value}待批"
        return "退款待核" if self is WhatWaits.RETURN else f"待{self.value}"

    @property
    def awaited(self) -> str:
        """Who has to act, in Chinese."""
        others = {WhatWaits.RETURN: "另一人", WhatWaits.HAND_OVER: "拨付人"}
        return others.get(self, APPROVER.value)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change, a correction or a return that waits."""

    what: WhatWaits
    is_for_acting: bool
    """The acting person may decide on it: as somebody who may, and not as the one who proposed or stated it."""
