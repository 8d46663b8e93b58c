"""What the office whose register it is wants done with every roster; until somebody sets it, nothing."""

from dataclasses import asdict, dataclass, fields

from sqlmodel import Session

from db.models import OfficeSetting, Register
from pxtui.casework import journal
from pxtui.casework.acting import Acting
from pxtui.errors import PxtuiError

_MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an office."""

    tail_sum_wanted: bool = False
    """The sum of the last four ID digits is keyed from the cover and must agree."""
    second_keying_share: int = 0
    """Percent of a roster's rows that another clerk keys again."""
    duties_apart: bool = False
    """First check, second check and decision are three people's, each with the role for it."""
    correction_days: int = 5
    """Working days for the applicant to put things right; like the two promises below."""
    opening_days: int = 5
    claim_days: int = 10

    @property
    def told(self) -> str:
        """In words, for lists and the journal."""
        tail_sum = "核对" if self.tail_sum_wanted else "不核对"
        share = f"{self.second_keying_share}%" if self.second_keying_share else "不要求"
        duties = "分设" if self.duties_apart else "不分设"
        return (
            f"证号末四位合计：{tail_sum}；二次录入：{share}；初审、复核、审批岗位：{duties}；"
            f"补正{self.correction_days}个工作日；承诺开班{self.opening_days}个、补贴{self.claim_days}个工作日"
        )


def settings(session: Session) -> Settings:
    """The settings of the register's office."""
    row = session.get(OfficeSetting, _office(session))
    if row is None:
        return Settings()
    return Settings(**{field.name: getattr(row, field.name) for field in fields(Settings)})


def change(
    session: Session,
    acting: Acting,
    *,
    tail_sum_wanted: bool | None = None,
    second_keying_share: int | None = None,
    duties_apart: bool | None = None,
    correction_days: int | None = None,
    opening_days: int | None = None,
    claim_days: int | None = None,
) -> Settings:
    """Change what is named; the settings as they are then.

    Raises:
        PxtuiError: the share is no percentage, or a number of days is none.
    """
    before = settings(session)
    after = Settings(
        tail_sum_wanted=before.tail_sum_wanted if tail_sum_wanted is None else tail_sum_wanted,
        second_keying_share=before.second_keying_share if second_keying_share is None else second_keying_share,
        duties_apart=before.duties_apart if duties_apart is None else duties_apart,
        correction_days=before.correction_days if correction_days is None else correction_days,
        opening_days=before.opening_days if opening_days is None else opening_days,
        claim_days=before.claim_days if claim_days is None else claim_days,
    )
    if not 0 <= after.second_keying_share <= 100:
        raise PxtuiError(f"二次录入的比例{after.second_keying_share}不在0至100之间，请改正。")
    for days in (after.correction_days, after.opening_days, after.claim_days):
        if not 1 <= days <= _MOST_DAYS:
            raise PxtuiError(f"期限{days}个工作日不在1至{_MOST_DAYS}之间，请改正。")
    if after != before:
        session.merge(OfficeSetting(office_code=_office(session), **asdict(after)))
        journal.record(session, acting, None, "office.set", after.told, before=asdict(before), after=asdict(after))
    return after


def _office(session: Session) -> str:
    return session.get_one(Register, 1).home_office
