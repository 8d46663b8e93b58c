"""For how long the office keeps personal data, and how often a day somebody may look at full numbers."""

from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from db.models import Act, PrivacySetting, Register
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.errors import Refused
from pxtui.policy import codec

_MOST_REVEALS = 10_000
_MOST_DAYS = 3_660
_FEWEST_YEARS, _MOST_YEARS = 3, 50


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an office; days are calendar days."""

    daily_reveals: int = 30
    """Full numbers that one person may look at in a day."""
    password_days: int = 15
    """For how long passwords of platforms stay after the decision on the claim."""
    paper_days: int = 30
    """For how long files with full numbers stay in the folder of papers; they can be printed again."""
    draft_days: int = 90
    """For how long a draft stays that nobody went on with."""
    refused_days: int = 730
    """For how long people of refused, withdrawn and voided cases stay."""
    closed_years: int = 10
    """For how long those of closed cases stay: years after the one in which the case was closed."""

    @property
    def in_words(self) -> str:
        """In words, for the command and the journal."""
        return (
            f"每人每天看全号：{self.daily_reveals}次；平台密码：补贴决定后{self.password_days}天；"
            f"文书夹里带全号的文件：{self.paper_days}天；没有接着录的草稿：{self.draft_days}天；"
            f"不予批准、撤回、作废案件的个人信息：{self.refused_days}天；办结案件的个人信息：{self.closed_years}年"
        )


class Wanted(TypedDict, total=False):
    """Terms as they shall be; None and what is not named: as they are."""

    daily_reveals: int | None
    password_days: int | None
    paper_days: int | None
    draft_days: int | None
    refused_days: int | None
    closed_years: int | None


def terms(context: Context) -> Terms:
    """The terms of the register's office."""
    row = context.session.get(PrivacySetting, _office(context))
    return Terms() if row is None else journal.load(Terms, row.model_dump(exclude={"office_code"}))


def change(context: Context, **wanted: Unpack[Wanted]) -> Terms:
    """Change what is named; the terms as they are then.

    Raises:
        PxtuiError: a number cannot be, or the acting person is no administrator where duties are apart.
    """
    duties.require_role(context, Act.PRIVACY_SET)
    before = terms(context)
    named: dict[str, int] = {key: value for key, value in wanted.items() if isinstance(value, int)}
    after = replace(before, **named)
    if not 0 <= after.daily_reveals <= _MOST_REVEALS:
        raise Refused(f"每天看全号的次数{after.daily_reveals}不在0至{_MOST_REVEALS}之间，请改正。")
    for days in (after.password_days, after.paper_days, after.draft_days, after.refused_days):
        if not 1 <= days <= _MOST_DAYS:
            raise Refused(f"保存期限{days}天不在1至{_MOST_DAYS}之间，请改正。")
    if not _FEWEST_YEARS <= after.closed_years <= _MOST_YEARS:
        raise Refused(f"办结案件的保存期限{after.closed_years}年不在{_FEWEST_YEARS}至{_MOST_YEARS}之间，请改正。")
    if after != before:
        values = codec.dump(Terms, after)
        context.session.merge(PrivacySetting(office_code=_office(context), **values))
        told = codec.dump(Terms, before)
        journal.record(context, None, Act.PRIVACY_SET, f"个人信息期限：{after.in_words}", before=told, after=values)
    return after


def _office(context: Context) -> str:
    return context.session.get_one(Register, 1).home_office
