"""A field of a decided case is put right with a reason; what may decide money is judged again."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, Applicant, JournalEntry
from pxtui.casework.claim import accounts
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.decision import corrections
from pxtui.casework.decision.corrections import CorrectionPage
from pxtui.casework.desk.search import search
from pxtui.casework.lifecycle import fraud
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import journal
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment import recovery
from pxtui.casework.payment.bank_answers import BankAnswer
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.identifiers import phone
from tests.support.counter import AFTER_THE_CLASS, ANSWER, FEE_FEN, Counter
from tests.support.filings import a_filing
from tests.support.pay_desk import ACCOUNT, CLAIM_FEN, NAME, PayDesk
from tests.support.rosters import made_up_people

CODE = "91350100M000100Y43"
OTHER_CODE = "91510402MA6CJKG50N"
OTHER_NAME = "攀枝花市长江钢铁有限公司"
RIGHT_NAME = "攀枝花市恒利机械有限公司"
REASON = "与营业执照核对"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


@pytest.fixture
def number(counter: PayDesk) -> str:
    """An approved class of three people, 20 March to 2 April."""
    filed = counter.file()
    counter.do(filed, Action.SUBMIT, Action.APPROVE)
    return filed


def correct(counter: Counter, number: str, code: str, text: str, reason: str = REASON, by: str = "张三") -> bool:
    with counter.register.writing(replace(counter.acting, name=by)) as context:
        return corrections.correct(context, number, code, text, reason)


def page(counter: Counter, number: str) -> CorrectionPage:
    with counter.register.reading(counter.acting) as context:
        return corrections.page(context, number)


def values(counter: Counter, number: str) -> dict[str, str]:
    return {field.code: field.value for field in page(counter, number).fields}


def of_another_firm(counter: Counter) -> str:
    """An approved class of another firm, whose code is on file."""
    filing = a_filing()
    filing = replace(
        filing,
        received_on=counter.day,
        applicant=replace(filing.applicant, name=OTHER_NAME, credit_code=OTHER_CODE),
    )
    with counter.register.writing(counter.acting) as context:
        number = opening_filing.file(context, filing)
        roster_edits.replace_all(context, number, made_up_people(2, 20))
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    return number


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("applicant-name", RIGHT_NAME),
        ("credit-code", OTHER_CODE),
        ("address", "攀枝花市东区炳草岗大街1号"),
        ("contact-name", "周小兰"),
        ("contact-phone", "0812-3330000"),
    ],
)
def test_a_field_is_put_right_and_the_record_tells_old_new_who_and_why(
    counter: Counter, number: str, code: str, text: str
) -> None:
    before = values(counter, number)
    assert correct(counter, number, code, text)
    shown = phone.masked(text) if code == "contact-phone" else text
    assert values(counter, number) == before | {code: shown}
    (told,) = page(counter, number).earlier
    assert (told.before, told.after, told.staff_name, told.reason, told.on) == (
        before[code],
        text,
        "张三",
        REASON,
        date(2020, 3, 16),
    )
    with counter.register.reading(counter.acting) as context:
        of_case = select(JournalEntry).where(col(JournalEntry.action) == Act.CASE_CORRECTION)
        entry = context.session.exec(of_case).one()
        assert entry.summary == f"更正{told.name}（{REASON}）"
        assert journal.values(context, entry) == ({code: before[code]}, {code: text})


def test_what_decides_is_not_among_the_fields(counter: Counter, number: str) -> None:
    known = {"applicant-name", "credit-code", "address", "contact-name", "contact-phone"}
    assert set(values(counter, number)) == known
    for code in ("starts-on", "occupation", "people", "voucher-day", "voucher-day:1", "amount"):
        with pytest.raises(PxtuiError, match=f"没有可更正的“{code}”"):
            correct(counter, number, code, "2020-03-30")


@pytest.mark.parametrize(
    ("code", "text", "sentence"),
    [
        ("credit-code", "91510402MA6CJKG50X", "校验码应为N，现为X"),
        ("credit-code", "9151", "应为18位，现为4位"),
        ("applicant-name", "HLJX", "不是单位名称，请写汉字全称"),
        ("contact-phone", "123", "电话应为11位手机号"),
        ("address", "  ", "请填写更正后的单位地址"),
        ("address", "东区\x1b[2J", "看不见的控制字符"),
        ("address", "路" * 101, "最多100字"),
        ("applicant-name", NAME, "现在就是"),
    ],
)
def test_what_cannot_be_a_value_is_refused_with_what_to_do(
    counter: Counter, number: str, code: str, text: str, sentence: str
) -> None:
    before = values(counter, number)
    with pytest.raises(PxtuiError, match=sentence):
        correct(counter, number, code, text)
    assert values(counter, number) == before


def test_a_reason_is_wanted(counter: Counter, number: str) -> None:
    with pytest.raises(PxtuiError, match="更正须写明理由"):
        correct(counter, number, "address", "东区1号", " ")


def test_a_case_that_is_not_decided_is_put_right_where_it_is_keyed(counter: Counter) -> None:
    number = counter.file()
    with pytest.raises(PxtuiError, match="还没有批准，请在开班申请里直接改"):
        correct(counter, number, "address", "东区1号")
    counter.do(number, Action.SUBMIT)
    with pytest.raises(PxtuiError, match="还在审查，要改的请先退回"):
        correct(counter, number, "address", "东区1号")
    counter.do(number, Action.REFUSE, opinion="不符合")
    with pytest.raises(PxtuiError, match="此案“不予开班”，不再更正"):
        correct(counter, number, "address", "东区1号")


def test_the_applicant_is_found_by_its_right_name_and_code_and_the_next_class_is_filed_under_them(
    counter: Counter, number: str
) -> None:
    correct(counter, number, "applicant-name", RIGHT_NAME)
    correct(counter, number, "credit-code", OTHER_CODE)
    with counter.register.reading(counter.acting) as context:
        assert [case.number for case in search(context, "hljx").cases] == [number]
        (known,) = opening_filing.known_applicants(context, OTHER_CODE[-4:])
        assert (known.applicant.name, known.applicant.credit_code) == (RIGHT_NAME, OTHER_CODE)
        assert opening_filing.known_applicants(context, CODE) == []


def test_other_cases_of_the_applicant_keep_the_facts_of_their_filing(counter: Counter, number: str) -> None:
    other = counter.file(made_up_people(2, 20), occupation="电工")
    counter.do(other, Action.SUBMIT, Action.APPROVE)
    correct(counter, number, "applicant-name", RIGHT_NAME)
    correct(counter, number, "credit-code", OTHER_CODE)
    assert values(counter, other)["applicant-name"] == NAME
    assert values(counter, other)["credit-code"] == CODE


def test_a_code_that_is_another_firms_is_refused(counter: Counter, number: str) -> None:
    of_another_firm(counter)
    with pytest.raises(PxtuiError, match=f"是“{OTHER_NAME}”的代码，请核对"):
        correct(counter, number, "credit-code", OTHER_CODE)


def test_a_case_filed_under_another_firms_code_takes_neither_its_account_nor_its_code(counter: PayDesk) -> None:
    theirs = of_another_firm(counter)
    with counter.register.writing(counter.acting) as context:
        applicant = context.session.get_one(Applicant, find(context, theirs).applicant_id)
        applicant.bank_name = "中国银行"
        applicant.seal(context.vault, bank_account=ACCOUNT)
        context.session.add(applicant)
        filing = a_filing()
        wrong = replace(filing, applicant=replace(filing.applicant, credit_code=OTHER_CODE))
        ours = opening_filing.file(context, wrong)
        roster_edits.replace_all(context, ours, made_up_people(2, 40))
    counter.do(ours, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    correct(counter, ours, "credit-code", CODE)
    with counter.register.reading(counter.acting) as context:
        mine, other = (find(context, number) for number in (ours, theirs))
        assert mine.applicant_id != other.applicant_id
        assert accounts.account_of(context, mine).number == ""
        assert accounts.account_of(context, other).number == ACCOUNT
        assert context.session.get_one(Applicant, other.applicant_id).credit_code_key == OTHER_CODE


def test_an_applicant_that_was_renamed_since_is_called_on_file_as_it_is_called_now(
    counter: Counter, number: str
) -> None:
    newest = "攀枝花市恒力重型机械有限公司"
    filing = a_filing()
    with counter.register.writing(counter.acting) as context:
        renamed = replace(filing, applicant=replace(filing.applicant, name=newest))
        opening_filing.file(context, renamed)
    correct(counter, number, "applicant-name", RIGHT_NAME)
    assert values(counter, number)["applicant-name"] == RIGHT_NAME
    with counter.register.reading(counter.acting) as context:
        (known,) = opening_filing.known_applicants(context, CODE)
        assert known.applicant.name == newest


# A claim.


def granted(counter: PayDesk) -> str:
    """A granted claim of three people on one invoice of 3 April."""
    number = counter.claimed()
    counter.do(number, Action.APPROVE, opinion=ANSWER)
    return number


def voucher_day(counter: Counter, number: str) -> date:
    with counter.register.reading(counter.acting) as context:
        (voucher,) = claim_filing.vouchers_of(context, number)
        return voucher.issued_on


def test_the_day_of_a_voucher_is_put_right_and_nothing_else_of_it(counter: PayDesk) -> None:
    number = granted(counter)
    assert correct(counter, number, "voucher-day:1", "2020-04-01", "录成了收件日")
    assert voucher_day(counter, number) == date(2020, 4, 1)
    with counter.register.reading(counter.acting) as context:
        case = find(context, number)
        (voucher,) = claim_filing.vouchers(context, case)
        assert (voucher.amount_fen, case.approved_total_fen) == (3 * FEE_FEN, 3 * FEE_FEN)
    (told,) = page(counter, number).earlier
    assert told.name == "第1张凭证20200000000000000001的开具日期"


def test_a_day_with_which_anything_would_be_judged_otherwise_is_refused(counter: PayDesk) -> None:
    number = granted(counter)
    with pytest.raises(PxtuiError, match=r"后审查结果不同，没有更正：.*；请退回复审"):
        correct(counter, number, "voucher-day:1", "2019-04-01")
    with pytest.raises(PxtuiError, match="还没有到"):
        correct(counter, number, "voucher-day:1", "2020-04-30")
    with pytest.raises(PxtuiError, match="不是日期"):
        correct(counter, number, "voucher-day:1", "四月一日")
    assert voucher_day(counter, number) == AFTER_THE_CLASS


def test_a_name_with_which_the_vouchers_would_not_count_is_refused(counter: PayDesk) -> None:
    number = granted(counter)
    with pytest.raises(PxtuiError, match=r"更正单位名称后审查结果不同，没有更正：.*补贴由1500.00元变为"):
        correct(counter, number, "applicant-name", OTHER_NAME)
    assert values(counter, number)["applicant-name"] == NAME


def test_while_a_claim_is_entered_name_and_vouchers_are_put_right_one_after_the_other(counter: PayDesk) -> None:
    number = granted(counter)
    counter.do(number, Action.REOPEN, Action.RETURN, opinion="名称和凭证的付款方都录错了")
    with pytest.raises(PxtuiError, match="凭证还可以改，请在凭证页直接改"):
        correct(counter, number, "voucher-day:1", "2020-04-01")
    correct(counter, number, "applicant-name", RIGHT_NAME)
    with counter.register.writing(counter.acting) as context:
        (voucher,) = claim_filing.vouchers_of(context, number)
        claim_filing.replace_vouchers(context, number, [replace(voucher, payer=RIGHT_NAME)])
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    with counter.register.reading(counter.acting) as context:
        assert find(context, number).approved_total_fen == 3 * FEE_FEN


def test_a_code_does_not_bring_another_account_to_a_granted_claim(counter: PayDesk) -> None:
    number = granted(counter)
    with counter.register.writing(counter.acting) as context:
        filing = a_filing()
        twin = replace(filing, applicant=replace(filing.applicant, credit_code=OTHER_CODE), received_on=counter.day)
        other = opening_filing.file(context, twin)
        for case, account in ((find(context, number), ACCOUNT), (find(context, other), "6217000000000001")):
            accounts.keep(context, case, accounts.Account("中国银行", account))
    with pytest.raises(PxtuiError, match="的账户与本案的不同，更正会换了账户；请先退回复审"):
        correct(counter, number, "credit-code", OTHER_CODE)
    with counter.register.reading(counter.acting) as context:
        assert accounts.account_of(context, find(context, number)).number == ACCOUNT


def test_vouchers_under_review_are_returned_first(counter: PayDesk) -> None:
    number = counter.claimed()
    with pytest.raises(PxtuiError, match="补贴还在审查，请先退回，在凭证页改"):
        correct(counter, number, "voucher-day:1", "2020-04-01")


def test_what_was_published_under_a_name_is_published_again(counter: PayDesk) -> None:
    number = counter.cleared()
    with pytest.raises(PxtuiError, match="已按原来的单位公示，不能更正单位名称；请公示期满后退回复审"):
        correct(counter, number, "applicant-name", RIGHT_NAME)
    assert correct(counter, number, "voucher-day:1", "2020-04-01")
    assert correct(counter, number, "contact-name", "周小兰")


def test_nothing_that_pays_is_put_right_on_its_way_to_the_bank_or_behind_it(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    batch = counter.prepare(number)
    for code, text in (("voucher-day:1", "2020-04-01"), ("credit-code", OTHER_CODE), ("applicant-name", RIGHT_NAME)):
        with pytest.raises(PxtuiError, match=r"已列入拨付批次，不能更正.*；请先撤出批次"):
            correct(counter, number, code, text)
    counter.sign(batch)
    counter.hand_over(batch, tmp_path)
    counter.answer_one(batch, BankAnswer(number, CLAIM_FEN, True, "YH1"))
    assert counter.stage(number) is Stage.PAID
    with pytest.raises(PxtuiError, match="补贴已经拨付，凭证日期不能再更正"):
        correct(counter, number, "voucher-day:1", "2020-04-01")
    assert correct(counter, number, "address", "东区1号")


def test_the_signer_of_a_payment_is_told_of_it(counter: PayDesk) -> None:
    number = counter.cleared()
    correct(counter, number, "voucher-day:1", "2020-04-01")
    told = counter.changes(counter.prepare(number))
    assert any("更正第1张凭证" in sentence for sentence in told)


def test_a_corrected_code_takes_no_mark_of_a_fraud_from_whoever_bears_it(counter: PayDesk, tmp_path: Path) -> None:
    number = counter.cleared()
    batch = counter.at_the_bank(tmp_path, number)
    counter.answer_one(batch, BankAnswer(number, CLAIM_FEN, True, "YH1"))
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, CLAIM_FEN, "冒名顶替", is_fraud=True)
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        recovery.approve(context, number)
    other = counter.file(made_up_people(2, 60), starts_on=date(2020, 5, 11), occupation="电工")
    counter.do(other, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    correct(counter, other, "credit-code", OTHER_CODE)
    later = counter.file(made_up_people(2, 70), starts_on=date(2020, 6, 11), occupation="钳工")
    with counter.register.reading(counter.acting) as context:
        assert find(context, later).applicant_id != find(context, other).applicant_id
        for marked in (number, other, later):
            assert len(fraud.marks(context, find(context, marked))) == 1
