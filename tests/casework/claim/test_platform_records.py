"""Records of a platform beside the claim's roster: blanks are filled, and what differs is shown before it is taken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry, Lifting
from pxtui.casework.claim import platform_records
from pxtui.casework.claim.platform_records import LearningReading, RecordsOutlook
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import lease
from pxtui.casework.roster import undo as roster_undo
from pxtui.errors import PxtuiError
from pxtui.papers.reading.learning_records import LearningLine
from pxtui.policy.facts import Trainee
from pxtui.policy.parameters import shipped_rulebook
from tests.conftest import ACTING
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people

FILE = "平台导出.xlsx"
ALL, SOME, NONE, STRANGER = made_up_people(4)
ROSTER = (
    replace(ALL, completed_hours=Decimal(40), passed=True, account="a1", password="secret"),
    replace(SOME, completed_hours=Decimal(40), passed=None),
    replace(NONE, completed_hours=None, passed=None),
)


def line(person: Trainee, hours: int, score: int | None = 86, day: date = date(2020, 3, 21)) -> LearningLine:
    """A person's whole learning in one line."""
    return LearningLine(
        place="第2行",
        id_number=person.id_number,
        name=person.name,
        day=day,
        duration=timedelta(minutes=45 * hours),
        course="焊工",
        account="",
        device="",
        signed_in_at=None,
        quiz="通过",
        score=None if score is None else Decimal(score),
        passed=None,
    )


def records(*lines: LearningLine) -> LearningReading:
    return LearningReading(lines, ())


@pytest.fixture
def number(register: Register, acting: Acting) -> str:
    """A claim that is being entered: one row complete, one in half, one open."""
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        find(context, number).stage = Stage.CLAIM_DRAFT
        roster_edits.replace_all(context, number, ROSTER)
    return number


def taken(
    register: Register, acting: Acting, number: str, reading: LearningReading, *, take: bool = False, mark: int = 60
) -> RecordsOutlook:
    with register.writing(acting) as context:
        return platform_records.take_records(
            context, number, reading, source=FILE, take_differences=take, pass_mark=Decimal(mark)
        )


def results(register: Register, number: str) -> list[tuple[float | None, bool | None]]:
    with register.reading(ACTING) as context:
        rows = roster_edits.rows(context, number)
    return [(None if row.completed_hours is None else float(row.completed_hours), row.passed) for row in rows]


def imports(register: Register) -> Sequence[JournalEntry]:
    with register.reading(ACTING) as context:
        return context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Act.LEARNING_IMPORT)).all()


def test_blanks_are_filled_and_what_differs_stays_and_is_shown(register: Register, acting: Acting, number: str) -> None:
    reading = records(line(ALL, 38, 52), line(SOME, 40), line(NONE, 41))
    outlook = taken(register, acting, number, reading)
    assert results(register, number) == [(40, True), (40, True), (41, True)]
    (difference,) = outlook.differences
    assert difference.sentence.endswith("花名册40学时、合格；平台38学时、不合格，成绩52")
    assert ALL.id_number not in difference.sentence
    assert [row.row.seq for row in outlook.filled] == [2, 3]


def test_the_clerk_may_take_what_the_records_say(register: Register, acting: Acting, number: str) -> None:
    taken(register, acting, number, records(line(ALL, 38, 52), line(SOME, 40)), take=True)
    assert results(register, number) == [(38, False), (40, True), (None, None)]


def test_what_the_records_do_not_say_takes_nothing_away(register: Register, acting: Acting, number: str) -> None:
    taken(register, acting, number, records(line(ALL, 40, None), line(NONE, 40, None)), take=True)
    assert results(register, number) == [(40, True), (40, None), (40, None)]


@pytest.mark.parametrize(("mark", "passed"), [(60, True), (86, True), (87, False)])
def test_the_office_says_from_which_score_on_the_test_is_passed(
    mark: int, passed: bool, register: Register, acting: Acting, number: str
) -> None:
    assert taken(register, acting, number, records(line(NONE, 40)), mark=mark).pass_mark == mark
    assert results(register, number)[2] == (40, passed)


def test_who_is_in_one_list_alone_is_told(register: Register, number: str) -> None:
    with register.reading(ACTING) as context:
        outlook = platform_records.outlook(context, number, records(line(ALL, 40), line(STRANGER, 40)))
    assert [person.id_number for person in outlook.not_in_roster] == [STRANGER.id_number]
    assert [row.seq for row in outlook.not_in_records] == [2, 3]
    assert STRANGER.name in outlook.strangers[0]


def test_another_name_under_a_number_is_told(register: Register, number: str) -> None:
    with register.reading(ACTING) as context:
        outlook = platform_records.outlook(context, number, records(replace(line(ALL, 40), name="另一人")))
    assert "记录中姓名为另一人" in outlook.other_names[0].sentence


def test_hours_after_the_lifting_do_not_reach_the_roster(register: Register, acting: Acting, number: str) -> None:
    day = date(2020, 3, 25)
    with register.writing(acting) as context:
        context.session.add(
            Lifting(lifted_on=day, document="通告", set_on=day, set_by="甲", signed_on=day, signed_by="乙")
        )
    outlook = taken(register, acting, number, records(line(NONE, 30), line(NONE, 10, day=date(2020, 3, 26))))
    assert results(register, number)[2] == (30, True)
    assert "learning.after-lifting" in [flag.code for flag in outlook.learning.flags]


def test_sessions_outside_the_class_are_told(register: Register, number: str) -> None:
    with register.reading(ACTING) as context:
        outlook = platform_records.outlook(context, number, records(line(NONE, 2, day=date(2020, 3, 19))))
    assert "learning.outside-class" in [flag.code for flag in outlook.learning.flags]


def test_the_journal_keeps_before_and_after_and_what_was_said(register: Register, acting: Acting, number: str) -> None:
    taken(register, acting, number, records(line(ALL, 38)), take=True)
    (entry,) = imports(register)
    assert entry.summary == "导入学习记录：1人，填入0人，1人与花名册不一致，取平台记录"
    with register.reading(acting) as context:
        before, after = journal.values(context, entry)
    assert (before["results"][0]["hours"], after["results"][0]["hours"]) == ("40", "38")
    assert (after["source"], after["pass_mark"], after["records"][0]["minutes"]) == (FILE, "60", 38 * 45)


def test_an_import_is_undone_as_a_whole(register: Register, acting: Acting, number: str) -> None:
    taken(register, acting, number, records(line(ALL, 38), line(NONE, 38)), take=True)
    with register.writing(acting) as context:
        roster_undo.undo_replacement(context, number)
    assert results(register, number) == [(40, True), (40, None), (None, None)]


def test_account_and_password_outlive_an_import(register: Register, acting: Acting, number: str) -> None:
    taken(register, acting, number, records(line(ALL, 38)), take=True)
    with register.reading(acting) as context:
        assert (roster_edits.rows(context, number)[0].account, roster_edits.rows(context, number)[0].password) == (
            "a1",
            "secret",
        )


def test_records_that_change_nothing_leave_the_roster_alone(register: Register, acting: Acting, number: str) -> None:
    for _ in range(2):
        taken(register, acting, number, records(line(NONE, 40)))
    with register.reading(acting) as context:
        replaced = context.session.exec(
            select(JournalEntry).where(col(JournalEntry.action) == Act.ROSTER_REPLACE)
        ).all()
    assert (len(replaced), len(imports(register))) == (2, 2)


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.OPENED, Stage.CLAIM_RECEIVED])
def test_records_come_in_only_while_the_claim_is_entered(
    stage: Stage, register: Register, acting: Acting, number: str
) -> None:
    with register.writing(acting) as context:
        find(context, number).stage = stage
    with pytest.raises(PxtuiError, match="不能导入学习记录"):
        taken(register, acting, number, records(line(ALL, 40)))


def test_a_roster_that_somebody_else_keys_is_left_alone(register: Register, acting: Acting, number: str) -> None:
    other = replace(acting, name="李四", token="other")
    with register.writing(other) as context:
        lease.take(context, number)
    with pytest.raises(PxtuiError, match="李四正在录入"):
        taken(register, acting, number, records(line(ALL, 40)))
    assert not imports(register)


def test_what_is_keyed_later_is_held_against_the_records_too(register: Register, acting: Acting, number: str) -> None:
    with register.reading(acting) as context:
        assert platform_records.recorded(context, number) is None
    taken(register, acting, number, records(line(ALL, 30)), take=True)
    taken(register, acting, number, records(line(ALL, 38), line(NONE, 38)), take=True)
    with register.writing(acting) as context:
        rows = roster_edits.rows(context, number)
        roster_edits.put_row(context, number, 2, replace(rows[2], completed_hours=Decimal(40)))
    with register.reading(acting) as context:
        known = platform_records.recorded(context, number)
    assert known is not None
    (difference,) = known.differences
    assert (difference.place, difference.both) == (2, "花名册40学时、合格；平台38学时、合格，成绩86")
    assert "learning.no-sign-in" in [flag.code for flag in known.learning.flags]


def test_several_files_are_one_record(tmp_path: Path) -> None:
    lines = [
        "姓名,身份证号,签到时间,学习时长",
        f"{ALL.name},{ALL.id_number},2020-03-21 08:00,90",
        "李四,,2020-03-21,90",
    ]
    for name in ("三月.csv", "四月.csv"):
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    both = platform_records.read_files([tmp_path / "三月.csv", tmp_path / "四月.csv"], office=tmp_path / "none.toml")
    found = platform_records.learning_in(both, shipped_rulebook())
    assert [person.minutes for person in found.people] == [90]
    assert "三月.csv第2行、四月.csv第2行" in found.flags[0].sentence
    assert [row.sheet for row in both.refused] == ["三月.csv：三月", "四月.csv：四月"]


def test_filling_in_everybody_is_told_in_the_journal(register: Register, acting: Acting, number: str) -> None:
    with register.writing(acting) as context:
        roster_edits.complete_all(context, number)
    with register.reading(acting) as context:
        about = (
            select(JournalEntry).where(col(JournalEntry.action) == Act.ROSTER_REPLACE).order_by(col(JournalEntry.id))
        )
        told = [entry.summary for entry in context.session.exec(about).all()]
    assert told[-1] == "全员按40学时、合格填入，3人"


def test_a_decimal_of_the_hours_is_filled_in_and_never_cut(register: Register, acting: Acting, number: str) -> None:
    learnt = replace(line(NONE, 0), duration=timedelta(minutes=1103))
    taken(register, acting, number, records(learnt))
    assert results(register, number)[2] == (24.5, True)
    with register.reading(ACTING) as context:
        known = platform_records.recorded(context, number)
    assert known is not None
    assert known.differences == ()
    assert known.comparisons[0].both == "花名册24.5学时、合格；平台24.5学时、合格，成绩86"


def test_hours_that_an_earlier_program_cut_are_told_by_their_minutes(
    register: Register, acting: Acting, number: str
) -> None:
    cut = {"id_number": NONE.id_number, "name": NONE.name, "minutes": 1103, "hours": 24, "score": "86", "passed": None}
    with register.writing(acting) as context:
        said = {"records": [cut], "flags": [], "pass_mark": 60}
        journal.record(context, find(context, number), Act.LEARNING_IMPORT, "导入学习记录", after=said)
    with register.reading(ACTING) as context:
        known = platform_records.recorded(context, number)
    assert known is not None
    assert [row.recorded.hours for row in known.comparisons] == [Decimal("24.5")]
