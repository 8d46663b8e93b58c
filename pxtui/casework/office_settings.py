"""What the office whose register it is wants done with every roster; until somebody sets it, nothing."""

from dataclasses import asdict, dataclass, replace

from sqlmodel import Session

from db.models import OfficeSetting, Register
from pxtui.casework import journal
from pxtui.casework.acting import Acting
from pxtui.errors import PxtuiError


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an office."""

    tail_sum_wanted: bool = False
    """The sum of the last four ID digits is keyed from the cover and must agree."""
    second_keying_share: int = 0
    """Percent of a roster's rows that another clerk keys again."""

    @property
    def told(self) -> str:
        """In words, for lists and the journal."""
        tail_sum = "核对" if self.tail_sum_wanted else "不核对"
        share = f"{self.second_keying_share}%" if self.second_keying_share else "不要求"
        return f"证号末四位合计：{tail_sum}；二次录入：{share}"


def settings(session: Session) -> Settings:
    """The settings of the register's office."""
    row = session.get(OfficeSetting, _office(session))
    return Settings() if row is None else Settings(row.tail_sum_wanted, row.second_keying_share)


def change(
    session: Session, acting: Acting, *, tail_sum_wanted: bool | None = None, second_keying_share: int | None = None
) -> Settings:
    """Change what is named; the settings as they are then.

    Raises:
        PxtuiError: the share is no percentage.
    """
    before = after = settings(session)
    if tail_sum_wanted is not None:
        after = replace(after, tail_sum_wanted=tail_sum_wanted)
    if second_keying_share is not None:
        if not 0 <= second_keying_share <= 100:
            raise PxtuiError(f"二次录入的比例{second_keying_share}不在0至100之间，请改正。")
        after = replace(after, second_keying_share=second_keying_share)
    if after != before:
        session.merge(OfficeSetting(office_code=_office(session), **asdict(after)))
        journal.record(session, acting, None, "office.set", after.told, before=asdict(before), after=asdict(after))
    return after


def _office(session: Session) -> str:
    return session.get_one(Register, 1).home_office
