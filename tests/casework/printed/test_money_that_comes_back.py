"""What is told about money that bounced or is ordered back, what a fund is asked for, and what is delivered."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.models import PaperIssued
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.payment import recovery
from pxtui.casework.printed import delivery, filing, issue_rules, issuing, of_payment_batch, recovering
from pxtui.casework.printed.asking import Asking
from pxtui.casework.printed.fund_approval import batch_approval
from pxtui.casework.printed.issuing import Wish
from pxtui.casework.printed.ledgers import OfficeAsking
from pxtui.errors import PxtuiError
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import Money, words_of
from tests.casework.printed.test_issue_rules import contents, issued_of
from tests.support.pay_desk import CLAIM_FEN, FUND, FUND_NAME, NAME, PayDesk, bounced, paid
from tests.support.rosters import made_up_people

TERMS = "2020年6月30日前，户名：东区财政局，账号：5104020000000099"


@pytest.fixture
def desk(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


@pytest.fixture
def number(desk: PayDesk, tmp_path: Path) -> str:
    """A claim that is paid."""
    claim = desk.cleared()
    desk.answer(desk.at_the_bank(tmp_path, claim), paid(claim))
    return claim


def order_back(desk: PayDesk, number: str, fen: int = CLAIM_FEN, *, is_fraud: bool = False) -> None:
    with desk.register.writing(desk.acting) as context:
        recovery.order(context, number, fen, "名单中有人没有参训", is_fraud=is_fraud)


def approve(desk: PayDesk, number: str) -> None:
    with desk.register.writing(replace(desk.acting, name="王五")) as context:
        recovery.approve(context, number)


def why_not(desk: PayDesk, number: str, form: str) -> str:
    with desk.register.reading(desk.acting) as context:
        return issue_rules.why_not(Asking(context, find(context, number)), form)


def issue(desk: PayDesk, number: str, form: str, folder: Path, reason: str = "") -> str:
    """The number of the paper."""
    with desk.register.writing(desk.acting) as context:
        issuing.issue(context, number, [form], folder, Wish(reason))
        return issued_of(context, number)[-1].number


def papers(desk: PayDesk, number: str) -> list[PaperIssued]:
    with desk.register.reading(desk.acting) as context:
        return issued_of(context, number)


def order(desk: PayDesk, number: str, reason: str = TERMS) -> Facts:
    with desk.register.reading(desk.acting) as context:
        return recovering.return_order(Asking(context, find(context, number), reason)).facts


def receipt(desk: PayDesk, number: str) -> list[object]:
    with desk.register.reading(desk.acting) as context:
        facts = delivery.delivery_receipt(Asking(context, find(context, number))).facts
    return [line["number"] for line in facts.tables["letters"]]


def recoveries(desk: PayDesk, day: date) -> Facts:
    with desk.register.reading(desk.acting) as context:
        return recovering.recovery_ledger(OfficeAsking(context, *recovering.one_year(day))).facts


def test_an_enterprise_is_told_which_payment_came_back_and_until_when_to_correct_it(
    desk: PayDesk, tmp_path: Path
) -> None:
    number = desk.cleared()
    assert why_not(desk, number, "bounce-notice") == "没有待更正的退票"
    batch = desk.at_the_bank(tmp_path, number)
    desk.answer(batch, bounced(number))
    with desk.register.reading(desk.acting) as context:
        told = recovering.bounce_notice(Asking(context, find(context, number))).facts.values
    assert {
        key: told[key] for key in ("batch_number", "amount", "bounce_reason", "account_name", "masked_account")
    } == {
        "batch_number": batch,
        "amount": Money(100000),
        "bounce_reason": "账号有误",
        "account_name": NAME,
        "masked_account": "************0001",
    }
    assert (told["bounced_day"], told["correct_by_day"]) == (date(2020, 4, 9), date(2020, 4, 16))
    first = issue(desk, number, "bounce-notice", tmp_path)
    desk.day = date(2020, 4, 10)
    assert issue(desk, number, "bounce-notice", tmp_path) == first
    desk.correct(number, "5104020000000002")
    assert why_not(desk, number, "bounce-notice") == "没有待更正的退票"


def test_nothing_is_ordered_back_on_paper_before_another_person_approved_it(desk: PayDesk, number: str) -> None:
    assert why_not(desk, number, "return-order") == "没有正在办理的追回"
    order_back(desk, number)
    assert why_not(desk, number, "return-order") == "追回还没有由另一人批准"
    approve(desk, number)
    assert why_not(desk, number, "return-order") == ""


def test_an_order_says_how_much_why_by_when_and_what_can_be_done_about_it(
    desk: PayDesk, number: str, tmp_path: Path
) -> None:
    order_back(desk, number, 40_000, is_fraud=True)
    approve(desk, number)
    told = order(desk, number).values
    assert {key: told[key] for key in ("amount", "paid_amount", "capitals", "return_terms", "notice_number")} == {
        "amount": Money(40000),
        "paid_amount": Money(100000),
        "capitals": "人民币肆佰元整",
        "return_terms": TERMS,
        "notice_number": "攀人社发〔2020〕33号",
    }
    assert (told["recovery_reason"], told["fraud"]) == ("名单中有人没有参训", "虚假培训、套取国家补贴资金")
    words = words_of("return-order")
    assert "六（三）" in words.label("basis")
    assert all(part in words.label("redress") for part in ("60日内", "行政复议", "6个月内", "行政诉讼"))
    with pytest.raises(PxtuiError, match="须写明理由（写明退回的期限和收款账户"):
        issue(desk, number, "return-order", tmp_path)
    assert issue(desk, number, "return-order", tmp_path, TERMS) == "东区人社局责退〔2020〕1号"


def test_an_order_keeps_its_terms_until_others_are_told(desk: PayDesk, number: str, tmp_path: Path) -> None:
    order_back(desk, number)
    approve(desk, number)
    first = issue(desk, number, "return-order", tmp_path, TERMS)
    assert order(desk, number, "").values["return_terms"] == TERMS
    with desk.register.writing(desk.acting) as context:
        done = issuing.issue_due(context, number, tmp_path)
    assert [path.name for path in done.again] == [papers(desk, number)[0].file_name]
    assert {paper.number for paper in papers(desk, number) if paper.form == "return-order"} == {first}
    assert issue(desk, number, "return-order", tmp_path, "7月31日前，账户不变") != first
    with desk.register.writing(replace(desk.acting, name="王五")) as context:
        recovery.drop(context, number, "查无此事")
    with desk.register.writing(desk.acting) as context:
        recovery.drop(context, number, "查无此事")
    order_back(desk, number)
    assert order(desk, number, "").values["return_terms"] is None


@pytest.mark.parametrize(("key", "told"), [("basis", "依据"), ("redress", "救济途径")])
def test_no_order_goes_out_without_its_clause_or_a_way_out(
    desk: PayDesk, number: str, tmp_path: Path, key: str, told: str
) -> None:
    order_back(desk, number)
    approve(desk, number)
    folder = desk.register.home.wording
    folder.mkdir(parents=True, exist_ok=True)
    ours = {**words_of("return-order").labels, key: ""}
    lines = (f'{name} = "{text}"'.replace("\n", "\\n") for name, text in ours.items())
    (folder / "return-order.toml").write_text("[labels]\n" + "\n".join(lines), encoding="utf-8")
    with pytest.raises(PxtuiError, match=f"“{key}”（{told}）是空的"):
        issue(desk, number, "return-order", tmp_path, TERMS)


def test_the_register_of_recoveries_adds_up(desk: PayDesk, number: str, tmp_path: Path) -> None:
    order_back(desk, number, 60_000, is_fraud=True)
    approve(desk, number)
    paper = issue(desk, number, "return-order", tmp_path, TERMS)
    with desk.register.writing(desk.acting) as context:
        recovery.settle(context, number, desk.day, "TH1", 25_000)
    (waiting,) = recoveries(desk, desk.day).tables["recoveries"]
    assert [waiting[name] for name in ("returned", "returned_on", "left", "state")] == [
        None,
        "",
        Money(60_000),
        "退款待核",
    ]
    with desk.register.writing(replace(desk.acting, name="李四")) as context:
        recovery.confirm_return(context, number, "对账单0409")
    facts = recoveries(desk, desk.day)
    shown = [(line["amount"], line["returned"], line["left"], line["state"]) for line in facts.tables["recoveries"]]
    assert shown == [(Money(25000), Money(25000), Money(0), "已到账"), (Money(35000), None, Money(35000), "待到账")]
    assert {line["paper"] for line in facts.tables["recoveries"]} == {paper}
    assert facts.tables["recoveries"][0]["returned_on"] == "2020年4月9日\nTH1"
    assert [facts.values[name] for name in ("ordered_amount", "returned_amount", "left_amount")] == [
        Money(60000),
        Money(25000),
        Money(35000),
    ]
    # What is dropped stands there, and is owed by nobody.
    for name in ("王五", "张三"):
        with desk.register.writing(replace(desk.acting, name=name)) as context:
            recovery.drop(context, number, "企业已注销")
    facts = recoveries(desk, desk.day)
    *_, dropped = facts.tables["recoveries"]
    assert [dropped[column] for column in ("amount", "left", "state")] == [None, Money(0), "已撤销\n350.00元"]
    assert [facts.values[name] for name in ("ordered_amount", "left_amount")] == [Money(25_000), Money(0)]
    order_back(desk, number, 35_000)
    # What stands open goes on into the next year, what is settled does not.
    desk.day = date(2021, 1, 4)
    assert [line["left"] for line in recoveries(desk, desk.day).tables["recoveries"]] == [Money(35000)]
    assert recoveries(desk, date(2019, 12, 31)).tables["recoveries"] == []


def test_the_register_of_recoveries_is_issued_for_a_year(desk: PayDesk, number: str, tmp_path: Path) -> None:
    order_back(desk, number)
    with desk.register.writing(desk.acting) as context:
        path = issuing.issue_for_office(context, "recovery-ledger", desk.day, tmp_path)
    assert path.name == "2020 追回台账0001 东区人社局.xlsx"


def test_what_is_delivered_stands_on_one_receipt(desk: PayDesk, number: str, tmp_path: Path) -> None:
    assert why_not(desk, number, "delivery-receipt") == "还没有出具要送达申请单位的文书"
    slip = issue(desk, number, "payment-slip", tmp_path)
    order_back(desk, number)
    approve(desk, number)
    sent = issue(desk, number, "return-order", tmp_path, TERMS)
    assert receipt(desk, number) == [slip, sent]
    first = issue(desk, number, "delivery-receipt", tmp_path)
    assert receipt(desk, number) == [slip, sent]
    assert issue(desk, number, "delivery-receipt", tmp_path) == first
    again = issue(desk, number, "return-order", tmp_path, "7月31日前，账户不变")
    assert receipt(desk, number) == [again]
    assert issue(desk, number, "delivery-receipt", tmp_path) != first


def test_a_letter_from_whose_receipt_a_term_runs_needs_a_receipt(desk: PayDesk, tmp_path: Path) -> None:
    number = desk.file(made_up_people(2))
    desk.do(number, Action.SUBMIT, Action.REFUSE, opinion="依据二，课程与主营业务无关")
    with desk.register.writing(desk.acting) as context:
        issuing.issue_due(context, number, tmp_path)
        listed = {line["name"] for line in contents(context, number)}
    assert [paper.form for paper in papers(desk, number)][-2:] == ["delivery-receipt", "volume-cover"]
    assert receipt(desk, number) == ["东区人社局不同意〔2020〕1号"]
    assert "送达回证" in listed


def test_the_fund_is_asked_for_what_the_batch_takes_and_the_balance_stays_as_it_was(
    desk: PayDesk, tmp_path: Path
) -> None:
    first, second, third, later = (desk.cleared() for _ in range(4))
    desk.answer(desk.at_the_bank(tmp_path, first), paid(first))
    batch = desk.prepare(second, third)
    assert why_not(desk, second, "fund-approval") == f"资金审批表只按拨付批次出具：本案在{batch}，请到“拨付”里出具"

    def told() -> Facts:
        with desk.register.reading(desk.acting) as context:
            return batch_approval(context, batch).facts

    before = told()
    assert {key: before.values[key] for key in ("fund", "fund_code", "claims_count", "heads", "amount")} == {
        "fund": FUND_NAME,
        "fund_code": FUND,
        "claims_count": 2,
        "heads": 4,
        "amount": Money(200000),
    }
    assert (before.values["free_before"], before.values["free_after"]) == (Money(9900000), Money(9700000))
    assert [line["publicity"] for line in before.tables["claims"]] == ["GS2020-DQ-002", "GS2020-DQ-003"]
    desk.day = date(2020, 4, 10)
    desk.grant(300 * CLAIM_FEN)
    desk.sign(batch)
    desk.hand_over(batch, tmp_path)
    desk.answer(batch, paid(second), bounced(third))
    desk.answer(desk.at_the_bank(tmp_path, later), paid(later))
    after = told()
    assert replace(after, values={**after.values, "answered_day": None}) == before


def test_the_approval_is_issued_beside_the_table_of_its_batch(desk: PayDesk, tmp_path: Path) -> None:
    batch = desk.prepare(desk.cleared())
    with desk.register.writing(desk.acting) as context:
        written = of_payment_batch.issue(context, batch, tmp_path)
    assert [path.name.split()[1] for path in written] == ["资金拨付汇总表0001", "资金审批表0001"]


def listed(desk: PayDesk, number: str) -> list[str]:
    """The papers in the volume's contents that speak of money on its way out or back."""
    with desk.register.reading(desk.acting) as context:
        lines = filing.volume_cover(Asking(context, find(context, number))).facts.tables["documents"]
    names = [str(line.get("name") or "") for line in lines]
    return [name for name in names if any(word in name for word in ("告知单", "退票更正", "责令退回"))]


def test_a_slip_of_a_payment_that_came_back_is_void_in_the_contents_until_another_replaces_it(
    desk: PayDesk, tmp_path: Path
) -> None:
    number = desk.cleared()
    batch = desk.at_the_bank(tmp_path, number)
    desk.answer_one(batch, paid(number))
    issue(desk, number, "payment-slip", tmp_path)
    title = "线上职业技能培训补贴拨付告知单"
    assert listed(desk, number) == [title]
    desk.answer(batch, bounced(number))
    desk.resolve(number, is_paid=False)
    issue(desk, number, "bounce-notice", tmp_path)
    bounce = next(name for name in listed(desk, number) if "退票" in name)
    assert listed(desk, number) == [f"{title}（已作废）", bounce]
    desk.correct(number, "5104020000000002")
    desk.answer(desk.at_the_bank(tmp_path, number), replace(paid(number), reference="YH2"))
    issue(desk, number, "payment-slip", tmp_path)
    assert listed(desk, number) == [f"{title}（已替换）", title, bounce]


def test_an_order_that_was_given_up_is_void_in_the_contents(desk: PayDesk, number: str, tmp_path: Path) -> None:
    order_back(desk, number)
    approve(desk, number)
    issue(desk, number, "return-order", tmp_path, TERMS)
    (title,) = listed(desk, number)
    for name in ("王五", "张三"):
        with desk.register.writing(replace(desk.acting, name=name)) as context:
            recovery.drop(context, number, "查无此事")
    assert listed(desk, number) == [f"{title}（已作废）"]
    order_back(desk, number, 30_000)
    approve(desk, number)
    issue(desk, number, "return-order", tmp_path, TERMS)
    assert listed(desk, number) == [f"{title}（已作废）", title]
