"""A volume lists what lies in it, in the order of the archive; a ledger's figures are the register's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, Case, JournalEntry, PaperIssued
from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.practice import register as practice_register
from pxtui.casework.printed import filing, issuing, ledgers
from pxtui.casework.printed.asking import Asking
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.casework.roster import edits as roster_edits
from pxtui.clock import CHINA
from pxtui.errors import PxtuiError
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import Money
from tests.conftest import NOW
from tests.policy.test_bundles import CLAIM
from tests.support.bundles import filed as filed_on_its_day
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people

JUST_AFTER_MIDNIGHT = datetime(2020, 3, 18, 0, 5, tzinfo=CHINA)
"""Still the 17th in Greenwich."""
APRIL = date(2020, 4, 1), date(2020, 4, 30)


def filed(register: Register, acting: Acting, actions: Sequence[Action] = ()) -> str:
    """An opening with three people and its number."""
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, number, made_up_people(3))
        for action in actions:
            advance(context, number, action, "请改正。")
    return number


def cover(register: Register, acting: Acting, number: str) -> Facts:
    """What stands on the bag."""
    with register.reading(acting) as context:
        return filing.volume_cover(Asking(context, find(context, number))).facts


def daily(register: Register, acting: Acting, day: date, last: date | None = None) -> Facts:
    """The ledger of a day, or of the days up to `last`."""
    with register.reading(acting) as context:
        return ledgers.ledger("daily-ledger", OfficeAsking(context, day, last or day)).facts


def test_the_contents_lie_in_the_order_of_the_archive_and_leave_room(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    number = filed(register, acting, [Action.SUBMIT])
    with register.writing(acting) as context:
        issuing.issue(context, number, ["attachment-1", "material-receipt", "verification-report"], tmp_path)
        advance(context, number, Action.APPROVE, "同意")
        issuing.issue(context, number, ["opening-approval", "volume-cover"], tmp_path)
    lines = cover(register, acting, number).tables["documents"]
    written = [line for line in lines if line]
    assert [(line["seq"], line["name"], line["number"]) for line in written] == [
        (1, "同意开班通知书", "东区人社局同意〔2020〕1号"),
        (2, "附件1 培训申请表", "线培〔2020〕DQ-0001"),
        (3, "附件2 参训人员花名册", "线培〔2020〕DQ-0001"),
        (4, "企业营业执照复印件", None),
        (5, "职工劳动合同复印件", None),
        (6, "名单核验报告", "东区人社局核验〔2020〕1号"),
        (7, "收件回执（材料接收清单）", "东区人社局收件〔2020〕1号"),
    ]
    assert {line["day"] for line in written} == {"2020年3月16日"}
    assert len(lines) > len(written)


def test_who_has_been_paid_is_kept_thirty_years_and_nobody_guesses_before(register: Register, acting: Acting) -> None:
    number = filed_on_its_day(register, acting, CLAIM)
    assert cover(register, acting, number).values["retention"] is None
    with register.writing(acting) as context:
        advance(context, number, Action.APPROVE, "同意补贴")
    assert cover(register, acting, number).values["retention"] == "30年"
    refused = filed(register, acting, [Action.SUBMIT, Action.REFUSE])
    told = cover(register, acting, refused).values
    assert (told["retention"], told["opening_decided_day"]) == ("10年", date(2020, 3, 16))


def test_an_empty_bag_has_no_cover(register: Register, acting: Acting) -> None:
    with register.writing(acting) as context:
        number = opening_filing.file(context, replace(a_filing(), materials=frozenset()))
        asking = Asking(context, find(context, number))
        assert filing.nothing_to_file(asking) == "本案还没有可以归档的材料和文书"


@pytest.mark.slow
def test_the_sums_of_a_month_are_those_of_the_register(register: Register, acting: Acting) -> None:
    with register.writing(acting) as context:
        practice_register.file_cases(context)
    told = daily(register, acting, *APRIL)
    with register.reading(acting) as context:
        cases = context.session.exec(select(Case)).all()
        granted = [case for case in cases if case.approved_heads is not None and _in_april(case.claim_decided_on)]
        assert told.values["received"] == sum(_in_april(case.opening_received_on) for case in cases) > 0
        assert told.values["claimed"] == sum(_in_april(case.claim_received_on) for case in cases) > 0
        assert told.values["granted"] == len(granted) > 0
        assert told.values["heads"] == sum(case.approved_heads or 0 for case in granted)
        assert told.values["amount"] == Money(sum(case.approved_total_fen or 0 for case in granted))
        acts = context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Act.CASE_RETURN))
        returned = {act.case_id for act in acts if _in_april(act.at.astimezone(CHINA).date())}
        assert told.values["returned"] == len(returned)
    lines = told.tables["cases"]
    assert len(lines) == told.values["cases"]
    assert sum(bool(line["received"]) for line in lines) == told.values["received"]
    for group in ("受理部门", "职业（工种）", "企业规模", "资金来源"):
        sums = [line for line in told.tables["sums"] if line["group"] == group]
        for name in ("cases", "received", "opened", "claimed", "granted", "heads"):
            assert sum(int(str(line[name])) for line in sums) == told.values[name]
        assert sum(Decimal(str(line["amount"])) for line in sums) == Decimal(str(told.values["amount"]))
    of_fund = {line["name"]: line for line in told.tables["sums"] if line["group"] == "资金来源"}
    assert of_fund["职业技能提升行动专项资金"]["amount"] == told.values["amount"]
    assert of_fund["未核定补贴"]["amount"] == Money(0)


def test_a_return_is_no_decision_and_belongs_to_the_day_in_china(register: Register, acting: Acting) -> None:
    number = filed(register, acting, [Action.SUBMIT])
    with register.writing(replace(acting, at=JUST_AFTER_MIDNIGHT)) as context:
        advance(context, number, Action.RETURN, "请补齐。")
    names = ("cases", "received", "returned", "opened", "opening_refused")
    first, second, third = (daily(register, acting, date(2020, 3, day)).values for day in (16, 17, 18))
    assert [first[name] for name in names] == [1, 1, 0, 0, 0]
    assert [second[name] for name in names] == [0, 0, 0, 0, 0]
    assert [third[name] for name in names] == [1, 0, 1, 0, 0]


def test_refused_and_withdrawn_cases_are_told_apart(register: Register, acting: Acting) -> None:
    filed(register, acting, [Action.SUBMIT, Action.REFUSE])
    filed(register, acting, [Action.SUBMIT, Action.WITHDRAW])
    told = daily(register, acting, date(2020, 3, 16))
    assert [line["opening"] for line in told.tables["cases"]] == ["不予\n3月16日", "撤回\n3月16日"]
    assert [told.values[name] for name in ("opened", "opening_refused", "withdrawn")] == [0, 1, 1]


def test_ledgers_are_numbered_without_gaps_and_belong_to_no_case(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    with register.writing(acting) as context:
        reports = (("daily-ledger", 0), ("daily-ledger", 1), ("daily-ledger", 0), ("monthly-ledger", 0))
        paths = [
            issuing.issue_for_office(context, form, NOW.date() - timedelta(days=days), tmp_path)
            for form, days in reports
        ]
        papers = context.session.exec(select(PaperIssued).order_by(col(PaperIssued.id)))
        issued = [(paper.case_id, paper.number, paper.file_name) for paper in papers]
    assert all(path.is_file() for path in paths)
    # Nothing has changed since: the same report, under its number.
    assert paths[2] == paths[0]
    assert issued == [
        (None, "东区人社局日报〔2020〕1号", "2020-03-16 日报0001 东区人社局.xlsx"),
        (None, "东区人社局日报〔2020〕2号", "2020-03-15 日报0002 东区人社局.xlsx"),
        (None, "东区人社局月报〔2020〕1号", "2020-03 月报0001 东区人社局.xlsx"),
    ]


def test_a_ledger_is_printed_again_as_it_was_though_the_register_went_on(
    register: Register, acting: Acting, tmp_path: Path
) -> None:
    filed(register, acting, [Action.SUBMIT])
    with register.writing(acting) as context:
        path = issuing.issue_for_office(context, "daily-ledger", NOW.date(), tmp_path)
    as_issued = path.read_bytes()
    path.unlink()
    filed(register, acting, [Action.SUBMIT])
    with register.writing(acting) as context:
        (paper,) = issuing.issued_before(context, None)
        for called in (paper.number, paper.file_name):
            assert issuing.issued_as(context, None, called) == paper.id
        again = issuing.print_again(context, paper.id, tmp_path)
        entry = context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id).desc())).first()
    assert (again, again.read_bytes()) == (path, as_issued)
    assert entry is not None
    assert (entry.action, entry.summary) == (Act.PAPER_AGAIN, "重印日报（东区人社局日报〔2020〕1号）")


def test_what_was_never_issued_is_not_printed_again(register: Register, acting: Acting, tmp_path: Path) -> None:
    with register.writing(acting) as context:
        with pytest.raises(PxtuiError, match="还没有出具过文书"):
            issuing.issued_as(context, None, "")
        issuing.issue_for_office(context, "daily-ledger", NOW.date(), tmp_path)
        with pytest.raises(PxtuiError, match="没有已出具的“0009”，最近出具的有：东区人社局日报〔2020〕1号"):
            issuing.issued_as(context, None, "0009")


@pytest.mark.parametrize(("form", "days"), [("daily-ledger", 1), ("monthly-ledger", 16)])
def test_days_to_come_have_no_ledger(form: str, days: int, register: Register, acting: Acting, tmp_path: Path) -> None:
    with register.writing(acting) as context, pytest.raises(PxtuiError, match="还没有到，不能出具"):
        issuing.issue_for_office(context, form, NOW.date() + timedelta(days=days), tmp_path)
    assert not list(tmp_path.glob("*.xlsx"))


def _in_april(day: date | None) -> bool:
    return day is not None and APRIL[0] <= day <= APRIL[1]
