"""What each office wants done with every roster, and how it works; until somebody sets it, nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict, Unpack

from sqlmodel import col, select

from db.held import held
from db.models import Act, OfficeSetting, Register, Staff
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.permissions import by
from pxtui.casework.office.roles import Role, has_other, is_of_another_office
from pxtui.errors import NotAllowed, Refused
from pxtui.identifiers.text import canonical
from pxtui.policy import codec
from pxtui.policy.subsidy import yuan

SIGNED_IN_BY_NAME = "未设登录口令"
NOT_APART = "未分设岗位"
"""On the papers and in the head of every screen of an office where one person may do all steps."""
"""What stands in the head of every screen and paper of an office where who works alone signs in without."""
_MOST_DAYS = 60
_MOST_YEARS = 30
_PHONE = re.compile("|[0-9][0-9-]{2,18}[0-9]")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}")


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
    office_phone: str = ""
    """How the office can be reached, as it stands on what it issues; like the two below empty where nobody set it."""
    supervision_phone: str = ""
    address: str = ""
    fraud_years: int = 3
    """For how long an enterprise stands marked that had to pay back for fraud (notice 六(三))."""
    notice_hosts: str = ""
    """On which public notices may stand, such as rsj.panzhihua.gov.cn, with commas between them; empty: on any."""
    second_signature_from_fen: int = 0
    """A payment batch of this sum or more is signed by a second person too; 0: none is. The notice asks for none."""
    sign_in_wanted: bool = True
    """Whether somebody who works alone signs in with a password, too."""
    signs_decided: bool = False
    """Whether no application is approved while a sign of fraud waits for a decision; the notice asks for neither."""
    spot_check_wanted: bool = False
    """Whether no claim is ordered for payment before two officers have called its sample (notice 六(三))."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of `notice_hosts`."""
        return tuple(filter(None, self.notice_hosts.split(",")))

    @property
    def in_words(self) -> str:
        """In words, for lists and the journal."""
        tail_sum = "核对" if self.tail_sum_wanted else "不核对"
        share = f"{self.second_keying_share}%" if self.second_keying_share else "不要求"
        duties = "分设" if self.duties_apart else "不分设"
        reached = (
            ("电话", self.office_phone),
            ("监督电话", self.supervision_phone),
            ("地址", self.address),
            ("公示网站", self.notice_hosts),
        )
        return (
            f"证号末四位合计：{tail_sum}；二次录入：{share}；初审、复核、审批岗位：{duties}；"
            f"补正{self.correction_days}个工作日；承诺开班{self.opening_days}个、补贴{self.claim_days}个工作日；"
            + "，".join(f"{what}{value or '未填'}" for what, value in reached)
            + f"；骗取补贴的单位标注{self.fraud_years}年；拨付批次第二人签发：{self._second_signature}；"
            + ("登录要口令" if self.sign_in_wanted else SIGNED_IN_BY_NAME)
            + f"；疑点{'处理后才能同意' if self.signs_decided else '只提示'}"
            + f"；抽查{'由两人登记后才能拨付' if self.spot_check_wanted else '不要求'}"
        )

    @property
    def _second_signature(self) -> str:
        return f"{yuan(self.second_signature_from_fen)}元起" if self.second_signature_from_fen else "不要求"


def settings(context: Context) -> Settings:
    """The settings of the acting person's office."""
    return settings_of(context, context.office)


def settings_of(context: Context, office: str) -> Settings:
    """The settings of the office with this code."""
    row = held(context.session, OfficeSetting, office)
    if row is None:
        return Settings()
    return journal.load(Settings, row.model_dump(exclude={"office_code"}))


def settings_for(context: Context, office: str) -> Settings:
    """The settings by which a case of an office is handled: those of the acting person's, where it is handled there."""
    return settings_of(context, office if is_of_another_office(context, office) else context.office)


class Wanted(TypedDict, total=False):
    """Settings as they shall be; None and what is not named: as they are."""

    tail_sum_wanted: bool | None
    second_keying_share: int | None
    duties_apart: bool | None
    correction_days: int | None
    opening_days: int | None
    claim_days: int | None
    office_phone: str | None
    supervision_phone: str | None
    address: str | None
    fraud_years: int | None
    notice_hosts: str | None
    second_signature_from_fen: int | None
    sign_in_wanted: bool | None
    signs_decided: bool | None
    spot_check_wanted: bool | None


FOR_TWO = frozenset({"duties_apart", "second_signature_from_fen", "sign_in_wanted"})
"""Settings that say where a second person is needed: where duties are apart, two people change them."""


def change(context: Context, *, agreed: bool = False, **wanted: Unpack[Wanted]) -> Settings:
    """Change what is named; the settings as they are then.

    Args:
        agreed: a second person has confirmed it; `staff/changes.py` says so and nobody else.

    Raises:
        PxtuiError: the share is no percentage, a number of days or years, a phone or a host of notices is none, or
            duties are apart and it is not for this person, or they shall be and there is no administrator.
    """
    before = settings(context)
    named: dict[str, Any] = {key: value for key, value in wanted.items() if value is not None}
    for phone in ("office_phone", "supervision_phone"):
        named[phone] = canonical(named.get(phone, getattr(before, phone)))
        if not _PHONE.fullmatch(named[phone]):
            raise Refused(f"电话“{named[phone]}”不是号码，请写成0812-3322110或12333。")
    if "notice_hosts" in named:
        named["notice_hosts"] = _hosts(named["notice_hosts"])
    after = replace(before, **named)
    if before.duties_apart and not agreed:
        _require_one_may(context, before, after)
    elif after.duties_apart and not has_other(context, Role.ADMINISTRATOR):
        # Nobody could put it right again.
        raise Refused("岗位分设要先有管理员：请先在人员一页（或用 pxtui staff role 姓名 管理员）指定一人，再改设置。")
    if not 0 <= after.second_keying_share <= 100:
        raise Refused(f"二次录入的比例{after.second_keying_share}不在0至100之间，请改正。")
    for days in (after.correction_days, after.opening_days, after.claim_days):
        if not 1 <= days <= _MOST_DAYS:
            raise Refused(f"期限{days}个工作日不在1至{_MOST_DAYS}之间，请改正。")
    if not 1 <= after.fraud_years <= _MOST_YEARS:
        raise Refused(f"骗取补贴的标注期{after.fraud_years}年不在1至{_MOST_YEARS}之间，请改正。")
    if after.second_signature_from_fen < 0:
        raise Refused("第二人签发的金额不能是负数，0为不要求，请改正。")
    is_given_up = before.sign_in_wanted and not after.sign_in_wanted
    if is_given_up and not context.session.get_one(Register, 1).is_practice and len(_at_work(context)) > 1:
        raise Refused("台账有几个人使用，登录都要口令；只有一人使用的才可以不设。")
    if after != before:
        values = codec.dump(Settings, after)
        # Before it is in force: whoever parts the duties need not be one who may join them.
        journal.record(context, None, Act.OFFICE_SET, after.in_words, before=codec.dump(Settings, before), after=values)
        context.session.merge(OfficeSetting(office_code=context.office, **values))
    return after


def _at_work(context: Context) -> Sequence[int]:
    return context.session.exec(select(Staff.id).where(col(Staff.active).is_(True))).all()


def of_two(before: Settings, after: Settings) -> bool:
    """Whether a change is one that two people make."""
    return any(getattr(before, key) != getattr(after, key) for key in FOR_TWO)


def _require_one_may(context: Context, before: Settings, after: Settings) -> None:
    duties.require_role(context, by("本部门设置的改动", Role.ADMINISTRATOR))
    if of_two(before, after):
        # Whoever could join the duties again could do without the second person.
        raise NotAllowed("岗位分设、第二人签发和登录的改动由管理员提出，另一名管理员或负责人确认；请在设置一页提出。")


def _hosts(text: str) -> str:
    hosts = [host for host in re.split("[,，、;；]", canonical(text).lower()) if host]
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise Refused(f"“{host}”不是网站的主机名，请写成rsj.panzhihua.gov.cn，几个之间用逗号。")
    return ",".join(hosts)
