"""The statistics of the practice register: they add up, say what was asked and when, and come out again alike."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from db.models import Case, PaymentLine, PaymentOutcome, Role, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.staff import members
from pxtui.casework.supervision import reports, views
from pxtui.casework.supervision.case_sums import COUNTED, case_sums
from pxtui.casework.supervision.overview import statistics
from pxtui.casework.supervision.query import Dimension, Query, keyed
from pxtui.casework.supervision.reasons import reasons
from pxtui.errors import NotAllowed, Refused
from pxtui.policy.words import LEVELS
from pxtui.progress import Cancelled, Watch
from tests.conftest import ACTING, NOW
from tests.support.practice import practice_home
from tests.support.statements import watched

ALL = Query()


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The practice register, to be looked at."""
    made = open_register(practice_home(tmp_path_factory.mktemp("practice") / "data", tmp_path_factory), NOW)
    yield made
    made.close()


@pytest.fixture
def context(practice: Register) -> Iterator[Context]:
    """Nobody looks at it, as a command does."""
    with practice.reading(practice.nobody(NOW)) as context:
        yield context


def test_every_table_adds_up_to_the_rows_of_the_register(context: Context) -> None:
    found = case_sums(context, ALL)
    cases = [case for case in context.session.exec(select(Case)) if case.stage is not Stage.VOIDED]
    lines = context.session.exec(select(PaymentLine)).all()
    assert found.total.cases == len(cases) > 40
    assert found.total.asked_fen == sum(case.claimed_total_fen or 0 for case in cases)
    assert found.total.paid_fen == sum(line.amount_fen for line in lines if line.outcome is PaymentOutcome.PAID) > 0
    for groups in found.by.values():
        for name in COUNTED:
            assert sum(getattr(group.sums, name) for group in groups) == getattr(found.total, name)


@pytest.mark.parametrize("dimension", Dimension)
def test_a_line_is_what_comes_out_where_only_it_is_asked_for(context: Context, dimension: Dimension) -> None:
    groups = case_sums(context, ALL).by[dimension]
    assert groups
    for group in groups:
        assert case_sums(context, ALL.narrowed(dimension, group.value)).total == group.sums


def test_what_was_deducted_has_a_reason_to_the_fen(context: Context) -> None:
    found = reasons(context, ALL, watch := Watch())
    assert sum(reason.fen for reason in found.deductions) == case_sums(context, ALL).total.deducted_fen > 0
    assert {reason.name for reason in found.deductions} == {"09 学时不足", "10 考核不合格或缺考"}
    assert sum(reason.cases for reason in found.returns) >= 3
    assert 0 < watch.done == watch.total


def test_whoever_cancels_gets_nothing(context: Context) -> None:
    watch = Watch()
    watch.cancel()
    with pytest.raises(Cancelled):
        statistics(context, ALL, watch)
    with pytest.raises(Cancelled):
        reasons(context, ALL, watch)


def test_it_takes_as_many_statements_for_one_case_as_for_all(context: Context) -> None:
    counts = []
    for query in (ALL, ALL.within("2020-03-11")):
        with watched() as sent:
            statistics(context, query, Watch())
        counts.append(sent.count)
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ALL),
        ("2020", ALL.within("2020")),
        ("2020-02~2020-03", Query(first=ALL.within("2020-02").first, last=ALL.within("2020-03").last)),
        ("２０２０-03 东区", Query(*(ALL.within("2020-03").first, ALL.within("2020-03").last), office="dongqu")),
        ("东区人社局 焊工 五级 小型", Query(office="dongqu", occupation="焊工", level="5", size="small")),
        ("技工教育网 培训中", Query(platform="技工教育网", stage="opened")),
        ("等级未填", Query(level="")),
    ],
)
def test_a_query_is_keyed_in_words(context: Context, words: str, expected: Query) -> None:
    assert keyed(context, words) == expected


@pytest.mark.parametrize("words", ["2020-13", "202", "2020-03~2020-02", "2020 2021", "焊工 电工", "五级 四级"])
def test_what_is_no_query_is_refused_with_what_to_write(context: Context, words: str) -> None:
    with pytest.raises(Refused, match=r"请写成|只写一个"):
        keyed(context, words)


def test_two_workbooks_are_equal_and_say_what_was_asked_and_when(context: Context, tmp_path: Path) -> None:
    query = keyed(context, "2020 东区")
    first, second = (reports.write_statistics(context, query, Watch(), tmp_path / name) for name in "ab")
    assert first.read_bytes() == second.read_bytes()
    book = load_workbook(BytesIO(first.read_bytes()))
    for sheet in book.worksheets:
        assert sheet["A2"].value.startswith("统计范围：收件2020-01-01至2020-12-31，东区人社局。截至2020-03-16")
    charts = [name for name in ZipFile(first).namelist() if "/charts/chart" in name]
    assert len(charts) >= 2 * len(Dimension) + 4
    levels = [row[0].value for row in book["按等级"].iter_rows(min_row=5) if row[0].value in LEVELS.values()]
    assert levels == ["五级", "四级"]


def test_the_tables_for_the_superior_office_are_of_a_month_or_a_year_that_has_begun(
    context: Context, tmp_path: Path
) -> None:
    month = load_workbook(reports.write_report(context, "2020-03", Watch(), tmp_path))
    assert [sheet.title for sheet in month.worksheets] == ["本月", "本年累计", "资金"]
    heads = [cell.value for cell in month["本月"][5]]
    assert heads == ["项目", "东区人社局", "合计"]
    year = load_workbook(reports.write_report(context, "2020", Watch(), tmp_path))
    assert [cell.value for cell in year["逐月"][5]][1:13] == [f"2020-{month:02}" for month in range(1, 13)]
    for period in ("2020-03-16", "2020-04", "2020年"):
        with pytest.raises(Refused):
            reports.write_report(context, period, Watch(), tmp_path)


def test_where_duties_are_apart_the_head_and_the_auditor_look_and_the_clerk_does_not(register: Register) -> None:
    with register.writing(ACTING) as context:
        for name, role in (("王五", Role.HEAD), ("孙审计", Role.AUDITOR), ("赵六", Role.ADMINISTRATOR)):
            members.add(context, name, role)
        office_settings.change(context, duties_apart=True)
    for name in ("王五", "孙审计"):
        with register.reading(Acting(name, "dongqu", NOW)) as context:
            assert views.asked(context, ALL, Watch()).cases == 0
    with register.reading(ACTING) as context, pytest.raises(NotAllowed, match="督导统计的查看由负责人或审计员办理"):
        views.asked(context, ALL, Watch())
    with register.reading(ACTING) as context, pytest.raises(NotAllowed):
        views.of_reasons(context, ALL, Watch())
