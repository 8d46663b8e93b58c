"""The papers of whole batches: what was taken out is on none of them, and what was paid has a slip each."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from db.models import Applicant
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.register import Register
from pxtui.casework.printed import issuing, of_payment_batch, of_publicity_batch
from pxtui.casework.printed.asking import Asking
from pxtui.casework.printed.catalogue import BY_FORM
from pxtui.casework.printed.payment import batch_table, payment_extract
from pxtui.casework.printed.publicity import batch_notice
from pxtui.casework.publicity import batches as publicity_batches
from pxtui.casework.publicity import objections, publishing
from pxtui.errors import PxtuiError
from pxtui.identifiers.text import in_fours
from pxtui.papers.writing.wording import Money, words_of
from tests.support.counter import AFTER_THE_CLASS
from tests.support.pay_desk import ACCOUNT, CLAIM_FEN, FUND_NAME, NAME, THE_BEGINNING, PayDesk, bounced, paid
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


def printed(number: str) -> str:
    """A number as papers bear it."""
    return f"线培〔{number[:4]}〕{number[5:]}"


def granted(counter: PayDesk) -> str:
    counter.day = THE_BEGINNING
    number = counter.file(made_up_people(2, counter.people))
    counter.people += 2
    counter.granted(number)
    return number


def published(counter: PayDesk, *numbers: str) -> str:
    with counter.register.writing(counter.acting) as context:
        return publishing.publish(context, numbers, counter.day).number


def taken_out(counter: PayDesk, number: str) -> None:
    """An objection is upheld."""
    with counter.register.writing(counter.acting) as context:
        objections.receive(context, number, "有人没有参加培训")
        objections.decide(context, number, "查实", upheld=True)


def test_the_notice_of_a_batch_tells_of_all_that_is_in_it_and_no_more(counter: PayDesk) -> None:
    first, second, third = (granted(counter) for _ in range(3))
    batch = published(counter, first, second, third)
    taken_out(counter, second)
    with counter.register.reading(counter.acting) as context:
        content = batch_notice(context, batch)
    told = content.facts.values
    assert {key: told[key] for key in ("heads", "amount", "classes_count", "units_count", "working_days")} == {
        "heads": 4,
        "amount": Money(200000),
        "classes_count": 2,
        "units_count": 1,
        "working_days": 2,
    }
    assert (told["starts_day"], content.facts.issued_on) == (AFTER_THE_CLASS, AFTER_THE_CLASS)
    units, people = content.facts.tables["units"], content.facts.tables["people"]
    assert [(line["seq"], line["case_number"], line["amount"], line["approved_heads"]) for line in units] == [
        (1, printed(first), Money(100000), 2),
        (2, printed(third), Money(100000), 2),
    ]
    names = [person.name for start in (0, 4) for person in made_up_people(2, start)]
    assert [(line["seq"], line["name"], line["amount"]) for line in people] == [
        (seq, name, Money(50000)) for seq, name in enumerate(names, start=1)
    ]
    assert not any(person.id_number in str(people) for person in made_up_people(6))


def test_the_figures_of_a_notice_are_those_that_were_published(counter: PayDesk) -> None:
    number = granted(counter)
    batch = published(counter, number)
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.approved_total_fen, case.approved_heads = 1, 1
        context.session.add(case)
    with counter.register.reading(counter.acting) as context:
        facts = batch_notice(context, batch).facts
    assert (facts.values["heads"], facts.values["amount"]) == (2, Money(100000))
    assert [(line["approved_heads"], line["amount"]) for line in facts.tables["units"]] == [(2, Money(100000))]


def test_the_notice_of_a_batch_is_issued_and_entered_as_the_office_s(counter: PayDesk, tmp_path: Path) -> None:
    batch = published(counter, granted(counter))
    with counter.register.writing(counter.acting) as context:
        path = of_publicity_batch.issue(context, batch, tmp_path)
        (entered,) = issuing.issued_before(context, None)
        own = of_publicity_batch.issue(context, batch)
    assert path.is_file()
    assert path.name.startswith(f"{batch} ")
    assert (entered.file_name, entered.staff_name) == (path.name, "张三")
    assert own.parent.parent == counter.register.home.papers


def test_a_batch_of_which_nothing_is_left_has_no_notice(counter: PayDesk, tmp_path: Path) -> None:
    number = granted(counter)
    batch = published(counter, number)
    taken_out(counter, number)
    with counter.register.writing(counter.acting) as context:
        with pytest.raises(PxtuiError, match="都已撤出，没有可以出具的公示"):
            of_publicity_batch.issue(context, batch, tmp_path)
        assert publicity_batches.look_up(context, batch).total_fen == 0
        assert issuing.issued_before(context, None) == []


def test_the_table_of_a_batch_of_payments_has_a_line_for_each_account(counter: PayDesk) -> None:
    first, second, third = (counter.cleared() for _ in range(3))
    batch = counter.prepare(first, second, third)
    counter.stop(second)
    with counter.register.reading(counter.acting) as context:
        facts = batch_table(context, batch).facts
    told = {key: facts.values[key] for key in ("officer", "batch_number", "heads", "amount", "capitals")}
    assert told == {
        "officer": "张三",
        "batch_number": batch,
        "heads": 4,
        "amount": Money(200000),
        "capitals": "人民币贰仟元整",
    }
    keys = ("seq", "case_number", "amount", "account_name", "account", "fund", "remark")
    assert [tuple(line[key] for key in keys) for line in facts.tables["units"]] == [
        (1, printed(first), Money(100000), NAME, in_fours(ACCOUNT), FUND_NAME, ""),
        (2, printed(third), Money(100000), NAME, in_fours(ACCOUNT), FUND_NAME, ""),
    ]
    days = [str(facts.values[key]) for key in ("starts_day", "publicity_ends_day", "payable_day")]
    assert days == ["2020-04-03", "2020-04-08", "2020-04-09"]


def test_the_table_says_what_the_bank_said(counter: PayDesk, tmp_path: Path) -> None:
    first, second = counter.cleared(), counter.cleared()
    batch = counter.at_the_bank(tmp_path, first, second)
    counter.answer(batch, paid(first), bounced(second))
    with counter.register.reading(counter.acting) as context:
        units = batch_table(context, batch).facts.tables["units"]
    assert [line["remark"] for line in units] == ["已拨付", "退票"]


def texts_of(path: Path) -> str:
    """All texts of a workbook, by another reader than the library that writes it."""
    workbook = CalamineWorkbook.from_path(path)
    sheets = [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]
    return "\n".join(str(cell) for rows in sheets for row in rows for cell in row)


@pytest.mark.parametrize("form", ["payment-table", "fund-approval"])
def test_what_the_bank_has_answered_is_no_order_that_waits_for_a_signature_and_a_stamp(
    counter: PayDesk, tmp_path: Path, form: str
) -> None:
    number = counter.cleared()
    batch = counter.at_the_bank(tmp_path, number)
    before = {path.name: texts_of(path) for path in issue_batch(counter, batch, tmp_path / "before")}
    counter.answer(batch, paid(number))
    # An order that was signed is printed again as it was; what nobody has printed yet comes without room for names.
    assert {path.name: texts_of(path) for path in issue_batch(counter, batch, tmp_path / "again")} == before
    other = counter.cleared()
    late = counter.at_the_bank(tmp_path, other)
    counter.answer(late, paid(other))
    name = BY_FORM[form].name
    signed = next(text for name_of_file, text in before.items() if name in name_of_file)
    (copy,) = (texts_of(path) for path in issue_batch(counter, late, tmp_path / "late") if name in path.name)
    assert "主要领导" in signed
    assert "不作拨付依据" not in signed
    assert "主要领导" not in copy
    assert "盖章）" not in copy
    # The office and the day stand below alone where it is stamped.
    assert ("攀枝花市东区人力资源和社会保障局" in signed) is (form == "payment-table")
    assert "攀枝花市东区人力资源和社会保障局" not in copy
    assert "银行已于2020年4月9日答复，本表补印，只供查阅、归档，不作拨付依据，不签字、不盖章。" in copy.replace(
        "\n", ""
    )


def issue_batch(counter: PayDesk, batch: str, folder: Path) -> list[Path]:
    with counter.register.writing(counter.acting) as context:
        return of_payment_batch.issue(context, batch, folder)


def test_an_extract_says_who_gets_the_fen_that_cannot_be_shared(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    counter.at_the_bank(tmp_path, number)
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.approved_total_fen = CLAIM_FEN + 1
        context.session.add(case)
    with counter.register.reading(counter.acting) as context:
        facts = payment_extract(Asking(context, find(context, number))).facts
    assert facts.values["shares"] == "前1人每人500.01元，其余1人每人500.00元"
    assert "排在前面的人各多得0.01元" in words_of("payment-extract").label("shares")


def test_only_those_who_were_paid_have_a_slip(counter: PayDesk, tmp_path: Path) -> None:
    first, second = counter.cleared(), counter.cleared()
    batch = counter.at_the_bank(tmp_path, first, second)
    counter.answer(batch, paid(first), bounced(second))
    out = tmp_path / "out"
    with counter.register.writing(counter.acting) as context:
        with_slips = of_payment_batch.issue(context, batch, out, with_slips=True)
    assert [path.name.split()[:2] for path in with_slips] == [
        [batch, "资金拨付汇总表0001"],
        [batch, "资金审批表0001"],
        [first, "拨付告知单0001"],
    ]
    assert all(path.is_file() for path in with_slips)
    with counter.register.writing(counter.acting) as context:
        assert len(of_payment_batch.issue(context, batch, out)) == 2


def test_a_batch_from_which_all_was_taken_has_no_table(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    batch = counter.prepare(number)
    counter.stop(number)
    with counter.register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="没有可以出具的汇总表"):
        of_payment_batch.issue(context, batch, tmp_path)


def test_a_slip_names_the_account_that_was_paid_whatever_it_is_now(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer(batch, paid(number))
    with counter.register.writing(counter.acting) as context:
        applicant = context.session.get_one(Applicant, find(context, number).applicant_id)
        applicant.seal(context.vault, bank_account="5104020000000009")
        context.session.add(applicant)
    with counter.register.reading(counter.acting) as context:
        (line,) = batch_table(context, batch).facts.tables["units"]
    assert (line["account"], line["amount"]) == (in_fours(ACCOUNT), Money(CLAIM_FEN))
