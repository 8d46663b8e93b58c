"""What a policy officer wrote down comes out: a line of a table is facts in words and what is expected of them."""

import csv
import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pxtui.policy import words
from pxtui.policy.deadlines import claim_by, publicity_days
from pxtui.policy.judgement import judge
from pxtui.policy.learning import judge_learning
from pxtui.policy.learning_facts import Session
from pxtui.policy.parameters import shipped_rulebook
from pxtui.policy.rules import application_rules, person_rules, voucher_rules
from pxtui.policy.working_days import SHIPPED
from tests.scenarios.expected import expected_findings, findings_of, others_of
from tests.scenarios.phrases import PHRASES, told

HERE = Path(__file__).parent
HEADS = ["编号", "情形", "预期"]
_DAYS = "日期和学时"

Line = tuple[str, str, str]
"""Number, facts, expectation."""


def lines(*, of_days: bool) -> list[Line]:
    """The lines of the tables."""
    found = []
    for path in sorted(HERE.glob("*.csv")):
        if (path.stem == _DAYS) is not of_days:
            continue
        with path.open(encoding="utf-8-sig", newline="") as table:
            rows = list(csv.reader(table))
        assert rows[0] == HEADS, f"{path.name} 的表头须为：{'、'.join(HEADS)}"
        for row in rows[1:]:
            assert len(row) == len(HEADS), f"{path.name} {row[0]}：一行须有三格"
            found.append((row[0], row[1], row[2]))
    return found


JUDGED = lines(of_days=False)
COUNTED = lines(of_days=True)


@pytest.mark.parametrize(("number", "facts", "expectation"), JUDGED, ids=[line[0] for line in JUDGED])
def test_a_line_comes_out_as_expected(number: str, facts: str, expectation: str) -> None:
    judgement = judge(told(facts, number).application(), shipped_rulebook())
    assert findings_of(judgement) == expected_findings(expectation), facts
    others = others_of(expectation, judgement)
    assert others == {part: part for part in others}, facts


@pytest.mark.parametrize(("number", "facts", "expectation"), COUNTED, ids=[line[0] for line in COUNTED])
def test_days_and_hours_are_counted_as_expected(number: str, facts: str, expectation: str) -> None:
    assert _counted(facts, number) == expectation


def _counted(facts: str, number: str) -> str:
    notice = shipped_rulebook().latest
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)公示", facts):
        days = publicity_days(date.fromisoformat(match[1]), notice, SHIPPED)
        return f"{days.ends_on}期满；{days.payable_from}可拨付"
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)结束", facts):
        return f"{claim_by(date.fromisoformat(match[1]), notice, SHIPPED)}前申领"
    match = re.fullmatch(r"课程([\d.]+)学时；学习(\d+)分钟", facts)
    assert match is not None, f"{number}：不认识“{facts}”，可用的写法见 tests/scenarios/README.md。"
    hours = _hours(int(match[2]))
    return f"{words.hours(hours)}学时；{'完成' if hours >= Decimal(match[1]) else '未完成'}"


def _hours(minutes: int) -> Decimal:
    """学时 of somebody who learnt so many minutes, at most two hours a day."""
    parts = [min(120, minutes - start) for start in range(0, minutes, 120)]
    sessions = [
        Session("510402198506150031", "学员", date(2020, 3, 20) + timedelta(days=day), timedelta(minutes=part))
        for day, part in enumerate(parts)
    ]
    people = judge_learning(sessions, shipped_rulebook().latest).people
    return people[0].hours if people else Decimal(0)


def test_every_finding_is_worded_and_founded_as_written_down() -> None:
    with (HERE.parent / "data" / "findings.csv").open(encoding="utf-8-sig", newline="") as table:
        written = {tuple(row) for row in csv.reader(table)} - {("代码", "依据", "判语")}
    judged = [judge(told(facts, number).application(), shipped_rulebook()) for number, facts, _ in JUDGED]
    assert {
        (found.code, found.clause, found.message) for judgement in judged for found in judgement.findings
    } == written


def test_there_are_many_lines_and_no_number_stands_twice() -> None:
    numbers = Counter(line[0] for line in (*JUDGED, *COUNTED))
    assert len(numbers) >= 150
    assert [number for number, count in numbers.items() if count > 1] == []


def test_every_finding_is_expected_somewhere() -> None:
    codes = {rule.code for rule in application_rules.RULES} | {rule.code for rule in person_rules.RULES}
    codes |= {rule.code for rule in voucher_rules.RULES}
    expected = {part.split()[1] for line in JUDGED for part in expected_findings(line[2])}
    assert codes <= expected


def test_the_manual_lists_the_phrases() -> None:
    manual = (HERE / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- `(.+?)`", manual, re.MULTILINE)
    assert listed[: len(PHRASES)] == [phrase.shown for phrase in PHRASES]


def test_a_phrase_that_nobody_knows_is_named_with_its_line() -> None:
    with pytest.raises(AssertionError, match="X001：不认识“企业特大”"):
        told("开班申请；企业特大", "X001")
