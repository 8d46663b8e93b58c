"""Every paper of the practice register: none contradicts another, each is filed once and reads as papers do."""

import re
import zipfile
from collections import Counter as Counts
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import Case, PaymentBatch, PublicityBatch
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.payment.batches import PAYMENT_BATCHES
from pxtui.casework.practice import register as practice_register
from pxtui.casework.printed import delivery, foundations, issue_rules, issuing, review
from pxtui.casework.printed.asking import Asking, Content
from pxtui.casework.printed.catalogue import KINDS, OFFICE_KINDS
from pxtui.casework.printed.fund_approval import batch_approval
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.casework.printed.payment import batch_table
from pxtui.casework.printed.publicity import batch_notice
from pxtui.casework.publicity.batches import PUBLICITY_BATCHES
from pxtui.papers.writing.wording import words_of
from tests.casework.printed.test_issue_rules import LISTS, NEVER_OF_A_CASE, contents, contradicting, issued_of
from tests.conftest import ACTING, NOW
from tests.support.practice import practice_home

pytestmark = pytest.mark.slow

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d|(?<![\d-])[01]\d-[0-3]\d(?![\d-])")
_TEXT = re.compile(r"<t[ >][^<]*</t>|<t>[^<]*</t>")


def cells_of(path: Path) -> list[str]:
    """The texts of a workbook's cells, or the lines of a text."""
    if path.suffix != ".xlsx":
        return path.read_text("utf-8").splitlines()
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if name.startswith(("xl/worksheets/", "xl/sharedStrings"))]
        return [text for name in sheets for text in _TEXT.findall(package.read(name).decode())]


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The practice register, of which Ctrl+A has issued everything."""
    register = open_register(practice_home(tmp_path_factory.mktemp("issued") / "data", tmp_path_factory), NOW)
    yield register
    register.close()


def acting_on_practice_day(minutes: int = 0) -> Acting:
    """The clerk on the day on which the practice register stands, or later."""
    days = practice_register.PRACTICE_DAY - ACTING.at.date()
    return replace(ACTING, at=ACTING.at + days + timedelta(minutes=minutes))


def every_content(practice: Register) -> Iterator[tuple[str, Content]]:
    """By form, what stands on every paper that a case, a batch or the office could have on the practice day."""
    with practice.reading(acting_on_practice_day()) as context:
        for case in context.session.exec(select(Case)):
            asking = Asking(context, case, "依据二")
            for kind in KINDS:
                if not issue_rules.why_not(asking, kind.form):
                    yield kind.form, kind.gather(asking)
        for publicity in context.session.exec(select(PublicityBatch)):
            yield "public-notice", batch_notice(context, PUBLICITY_BATCHES.number(context, publicity))
        for payment in context.session.exec(select(PaymentBatch)):
            number = PAYMENT_BATCHES.number(context, payment)
            yield "payment-table", batch_table(context, number)
            yield "fund-approval", batch_approval(context, number)
        for form in ("daily-ledger", "monthly-ledger", "recovery-ledger"):
            kind_of_office = OFFICE_KINDS[form]
            days = kind_of_office.days(practice_register.PRACTICE_DAY)
            yield form, kind_of_office.gather(OfficeAsking(context, *days))


def test_all_that_the_practice_cases_need_is_issued_once_and_contradicts_nothing(
    practice: Register, tmp_path: Path
) -> None:
    with practice.reading(acting_on_practice_day()) as context:
        numbers = [case.number for case in context.session.exec(select(Case))]
        stages = {case.stage for case in context.session.exec(select(Case))}
    assert len(stages) > 15
    forms: Counts[str] = Counts()
    for number in numbers:
        with practice.writing(acting_on_practice_day()) as context:
            first = issuing.issue_due(context, number, tmp_path)
        with practice.writing(acting_on_practice_day(60 * 24)) as context:
            again = issuing.issue_due(context, number, tmp_path)
            papers = issued_of(context, number)
            listed = contents(context, number)
        assert not again.written, number
        assert sorted(again.again) == sorted(first.written)
        issued = {paper.form for paper in papers}
        forms.update(issued)
        assert len(papers) == len(first.written) == len(issued)
        assert contradicting(issued) == []
        assert not issued & NEVER_OF_A_CASE
        assert [text for path in first.written for text in cells_of(path) if _ISO_DATE.search(text)] == []
        names = Counts((line["name"], line["number"]) for line in listed)
        assert not [name for name, count in names.items() if count > 1]
        assert {line["number"] for line in listed} >= {paper.number for paper in papers if paper.form not in LISTS} - {
            ""
        }
    assert {"acceptance-notice", "opening-refusal", "claim-refusal", "payment-slip", "volume-cover"} <= forms.keys()


def test_the_codes_on_the_notice_are_those_on_the_table_and_all_stand_on_a_clause(practice: Register) -> None:
    seen = 0
    with practice.reading(acting_on_practice_day()) as context:
        for case in context.session.exec(select(Case)):
            asking = Asking(context, case, "依据二")
            if issue_rules.why_not(asking, "claim-refusal"):
                continue
            seen += 1
            reasons = review.claim_refusal(asking).facts.tables["reasons"]
            deductions = review.approval_table(asking).facts.tables["deductions"]
            assert all(line["clause"] for line in (*reasons, *deductions))
            on_notice = {str(line["reason"])[:2] for line in reasons}
            assert on_notice == {str(line["code"]) for line in deductions}
    assert seen > 5


def texts_in(value: object) -> Iterator[str]:
    """Every text among the values and tables of a paper."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from texts_in(inner)


def test_no_date_stands_on_a_paper_as_the_register_keeps_it(practice: Register) -> None:
    found: list[tuple[str, str]] = []
    seen: Counts[str] = Counts()
    for form, content in every_content(practice):
        seen[form] += 1
        texts = [*texts_in(content.facts.values), *texts_in(content.facts.tables)]
        found += [(form, text) for text in texts if _ISO_DATE.search(text)]
    assert found == []
    assert len(seen) > 25
    assert seen["verification-report"] > 30


def test_whatever_is_refused_deducted_or_sent_back_stands_on_a_clause_and_says_what_can_be_done(
    practice: Register,
) -> None:
    seen: Counts[str] = Counts()
    for form, content in every_content(practice):
        for line in content.facts.tables.get(foundations.TABLES.get(form, ""), ()):
            seen[form] += 1
            assert str(line["clause"] or "").strip(), (form, line)
            assert form not in foundations.WITH_REMEDY or str(line["remedy"] or "").strip(), (form, line)
    assert set(seen) == set(foundations.TABLES)
    for form in delivery.ADVERSE:
        words = words_of(form)
        assert all(part in words.label("redress") for part in ("60日内", "行政复议", "6个月内", "行政诉讼")), form
