"""Personal data go on the day on which their term is over, and figures, decisions and the chain stay whole."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from db.chain.walk import verify
from db.models import Act, Case, Decision, Enrolment, JournalEntry, LearningResult, PaperIssued, Person
from pxtui.casework.decision import replay
from pxtui.casework.keeping import extract, retention
from pxtui.casework.keeping.erasure import MARK
from pxtui.casework.keeping.retention import Kind
from pxtui.casework.lifecycle import moving
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.people import reveals
from pxtui.casework.printed import issuing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.staff import terms
from pxtui.errors import NotFound
from pxtui.home import Home
from tests.conftest import empty_register
from tests.support.counter import ANSWER, Counter
from tests.support.pages import seen
from tests.support.rosters import made_up_people

PEOPLE = made_up_people(3)
OTHERS = made_up_people(3, 10)
PASSWORDS = ("mima-0001", "mima-0002", "mima-0003")


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(empty_register(Home(tmp_path / "data")))
    yield made
    made.register.close()


def decided(counter: Counter) -> str:
    """A claim with passwords that was approved today; its number."""
    number = counter.file(PEOPLE)
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    counter.day = date(2020, 4, 3)
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    with counter.register.writing(counter.acting) as context:
        rows = [
            replace(row, password=password)
            for row, password in zip(roster_edits.rows(context, number), PASSWORDS, strict=True)
        ]
        roster_edits.replace_all(context, number, rows)
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    return number


def withdrawn(counter: Counter) -> str:
    """An application that was withdrawn today; its number."""
    number = counter.file(OTHERS, occupation="电工")
    counter.do(number, Action.SUBMIT, Action.WITHDRAW, opinion="企业撤回")
    return number


def due(counter: Counter) -> list[tuple[Kind, date]]:
    with counter.register.reading(counter.acting) as context:
        return [(item.kind, item.since) for item in retention.due(context)]


def sealed_passwords(context: Context) -> list[bytes]:
    return list(context.session.exec(select(LearningResult.password).where(col(LearningResult.password) != b"")))


def test_passwords_go_fifteen_days_after_the_decision_and_their_bytes_leave_the_file(counter: Counter) -> None:
    number = decided(counter)
    with counter.register.reading(counter.acting) as context:
        bytes_of = sealed_passwords(context)
    assert len(bytes_of) == 3
    file = counter.register.home.register
    assert all(blob in file.read_bytes() for blob in bytes_of)
    counter.day += timedelta(days=14)
    assert retention.run(counter.register, counter.acting) == ()
    counter.day += timedelta(days=1)
    assert due(counter) == [(Kind.PASSWORDS, counter.day)]
    assert [item.what for item in retention.run(counter.register, counter.acting)] == [number]
    counter.register.close()
    assert not any(blob in path.read_bytes() for blob in bytes_of for path in file.parent.iterdir())
    with counter.register.reading(counter.acting) as context:
        (entry,) = context.session.exec(
            select(JournalEntry).where(col(JournalEntry.action) == Act.RETENTION_PASSWORDS)
        ).all()
        assert entry.summary == "平台密码到期删去：3人"


YEARS = 3 * 365
AT_EVERY_TERM = [*range(40), *range(40, 720, 8), *range(720, 740), *range(740, YEARS, 8)]
"""Every day at the terms, and between them one in eight."""


@pytest.mark.parametrize(
    "days", [pytest.param(AT_EVERY_TERM, id="terms"), pytest.param(range(YEARS), id="all", marks=pytest.mark.long)]
)
def test_day_by_day_over_three_years_nothing_is_overdue(counter: Counter, days: Sequence[int]) -> None:
    numbers = [decided(counter), withdrawn(counter)]
    with counter.register.writing(counter.acting) as context:
        papers = issuing.issue(context, numbers[0], ["attachment-4"])
    assert papers[0].is_file()
    begin, gone = counter.day, []
    for day in days:
        counter.day = begin + timedelta(days=day)
        gone += [(item.kind, day) for item in retention.run(counter.register, counter.acting)]
        assert due(counter) == []
    assert gone == [(Kind.PASSWORDS, 15), (Kind.PAPERS, 30), (Kind.PEOPLE, 730)]
    assert not papers[0].exists()


def test_erasure_leaves_figures_and_proof_and_nobody_s_data(counter: Counter) -> None:
    kept, number = decided(counter), withdrawn(counter)
    with counter.register.writing(counter.acting) as context:
        issuing.issue(context, number, ["attachment-2"])
    counter.day += timedelta(days=730)
    assert Kind.PEOPLE in [item.kind for item in retention.run(counter.register, counter.acting)]
    with counter.register.reading(counter.acting) as context:
        case = context.session.exec(select(Case).where(col(Case.occupation) == "电工")).one()
        rows = context.session.exec(select(Enrolment).where(col(Enrolment.case_id) == case.id)).all()
        assert [(row.name, row.id_number, row.phone, row.id_key) for row in rows] == [(MARK, b"", b"", None)] * 3
        entries = context.session.exec(select(JournalEntry).where(col(JournalEntry.case_id) == case.id)).all()
        told = "".join(f"{entry.summary}{journal.values(context, entry)}" for entry in entries)
        assert not [value for row in OTHERS for value in (row.name, row.id_number, row.phone) if value in told]
        # The moves stay: ledgers count them, and the reason of a withdrawal is a decision.
        assert moving.passed_through(context, case)[-1] is Stage.WITHDRAWN
        assert "企业撤回" in told
        paper = context.session.exec(select(PaperIssued).where(col(PaperIssued.case_id) == case.id)).one()
        assert (paper.content, len(paper.digest)) == (b"", 64)
        decisions = context.session.exec(select(Decision).where(col(Decision.case_id) == case.id)).all()
        assert [decision.facts for decision in decisions] == [b""] * len(decisions)
        assert {person.name for person in context.session.exec(select(Person))} == {row.name for row in PEOPLE}
        assert len(roster_edits.rows(context, kept)) == 3
        assert {offer.why_not for offer in issuing.offers(context, number) if "到期" in offer.why_not}
        assert replay.replay(context).differences == ()
    for room in ("intake", "roster", "eligibility", "approval", "papers", "menu"):
        shown = "\n".join(seen(counter.register, counter, (room, number), "f11"))
        assert "程序出错" not in shown
        assert not any(row.name in shown for row in OTHERS)
    assert verify(counter.register.home.register, counter.register._archive.vault).is_whole


def test_the_program_does_it_once_a_day_whoever_starts_it(counter: Counter) -> None:
    decided(counter)
    counter.day += timedelta(days=20)
    assert [item.kind for item in retention.run_daily(counter.register, counter.acting.at)] == [Kind.PASSWORDS]
    with counter.register.writing(counter.acting) as context:
        terms.change(context, refused_days=1)
    withdrawn(counter)
    assert retention.run_daily(counter.register, counter.acting.at) == ()
    counter.day += timedelta(days=1)
    assert [item.kind for item in retention.run_daily(counter.register, counter.acting.at)] == [Kind.PEOPLE]


def stands(counter: Counter, number: str, stage: Stage, since: date) -> None:
    """A case that came to a stage on a day."""
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.stage, case.stage_since = stage, since
        context.session.add(case)


@pytest.mark.parametrize("stage", [Stage.ARCHIVED, Stage.RECOVERED])
def test_people_of_a_closed_case_stay_ten_whole_years_after_the_one_in_which_it_was_closed(
    counter: Counter, stage: Stage
) -> None:
    """The term counts in calendar years: closed in January or in December of 2020, they go with the year 2031."""
    stands(counter, counter.file(PEOPLE), stage, date(2020, 12, 31))
    stands(counter, counter.file(OTHERS, occupation="电工"), stage, date(2020, 1, 2))
    counter.day = date(2030, 12, 31)
    assert due(counter) == []
    counter.day = date(2031, 1, 1)
    assert due(counter) == [(Kind.PEOPLE, counter.day)] * 2


def test_passwords_count_from_the_decision_however_late_the_money_goes(counter: Counter) -> None:
    number, day = decided(counter), counter.day
    stands(counter, number, Stage.PAID, day + timedelta(days=40))
    counter.day += timedelta(days=40)
    assert due(counter) == [(Kind.PASSWORDS, day + timedelta(days=15))]


def test_a_draft_that_nobody_went_on_with_goes(counter: Counter) -> None:
    drafts = counter.register.home.drafts
    (drafts / "old").write_text("", "utf-8")
    (drafts / "new").write_text("", "utf-8")
    for name, days in (("old", 90), ("new", 89)):
        moment = (counter.acting.at - timedelta(days=days)).timestamp()
        os.utime(drafts / name, (moment, moment))
    retention.run(counter.register, counter.acting)
    assert [path.name for path in drafts.iterdir()] == ["new"]


def test_an_office_s_own_terms_count(counter: Counter) -> None:
    decided(counter)
    with counter.register.writing(counter.acting) as context:
        terms.change(context, password_days=3)
    counter.day += timedelta(days=3)
    assert [item.kind for item in retention.run(counter.register, counter.acting)] == [Kind.PASSWORDS]


def test_a_person_s_own_paper_has_all_that_is_kept_and_who_looked(counter: Counter) -> None:
    number = decided(counter)
    with counter.register.writing(counter.acting) as context:
        reveals.of_row(context, number, 0)
        reveals.of_row(context, number, 1)
    with counter.register.writing(counter.acting) as context:
        path = extract.extract(context, PEOPLE[0].id_number)
    assert PEOPLE[0].name not in path.name
    sheet = load_workbook(path).worksheets[0]
    text = "\n".join(str(cell.value) for row in sheet.rows for cell in row if cell.value)
    assert PEOPLE[0].id_number in text
    assert PEOPLE[0].phone in text
    assert "看全号：第1号的证号、电话" in text
    assert "看全号：第2号" not in text
    assert "密码还留存" in text
    assert not any(secret in text for secret in (*PASSWORDS, PEOPLE[1].id_number, PEOPLE[1].name))
    with pytest.raises(NotFound, match="没有此人的信息"), counter.register.writing(counter.acting) as context:
        extract.extract(context, OTHERS[0].id_number)
