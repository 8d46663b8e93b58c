"""The sources of money: each has what was granted to it and came back to it, and nobody else's (notice 三)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.payment import funds, recovery
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.payment.funds import Source
from pxtui.casework.payment.movements import balances
from pxtui.casework.printed.ledgers import OfficeAsking, ledger, one_month
from pxtui.errors import PxtuiError
from pxtui.papers.writing.wording import Money
from tests.support.pay_desk import CLAIM_FEN, FUND, FUND_NAME, PayDesk, bounced, paid

OTHER_FUND = "SY2020"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with colleagues and two sources that were granted a hundred and ten claims."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    put(made, OTHER_FUND, "失业保险基金", 10 * CLAIM_FEN)
    return made


def put(counter: PayDesk, code: str, name: str, fen: int) -> Source:
    with counter.register.writing(counter.acting) as context:
        return funds.put(context, code, name, fen)


def sources(counter: PayDesk) -> dict[str, Source]:
    with counter.register.reading(counter.acting) as context:
        return {source.code: source for source in funds.funds(context)}


def at_the_bank(counter: PayDesk, folder: Path, fund: str, number: str) -> str:
    """A batch of one claim from a source of one's choice."""
    with counter.register.writing(counter.acting) as context:
        batch = payment_orders.prepare(context, fund, [number]).number
    counter.sign(batch)
    counter.hand_over(batch, folder)
    return batch


def returned(counter: PayDesk, number: str, fen: int) -> None:
    """So much of a claim is ordered back, approved and has arrived."""
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, fen, "抽查发现未实际培训")
        recovery.approve(context.by(replace(counter.acting, name="王五")), number)
    counter.comes_back(number)


def test_money_that_comes_back_is_the_source_s_that_paid_it_and_no_other_s(counter: PayDesk, tmp_path: Path) -> None:
    first, second = counter.cleared(), counter.cleared()
    for fund, number in ((FUND, first), (OTHER_FUND, second)):
        counter.answer(at_the_bank(counter, tmp_path, fund, number), paid(number))
    returned(counter, first, CLAIM_FEN - 1)
    held = sources(counter)
    assert (held[FUND].recovered_fen, held[OTHER_FUND].recovered_fen) == (CLAIM_FEN - 1, 0)
    assert held[FUND].balance_fen == 100 * CLAIM_FEN - 1
    assert held[OTHER_FUND].balance_fen == 9 * CLAIM_FEN


def test_a_bounced_payment_and_another_source_s_have_no_part_in_what_comes_back(
    counter: PayDesk, tmp_path: Path
) -> None:
    number = counter.cleared()
    counter.answer(at_the_bank(counter, tmp_path, OTHER_FUND, number), bounced(number))
    counter.correct(number, "5104020000000002")
    counter.answer(at_the_bank(counter, tmp_path, FUND, number), paid(number))
    returned(counter, number, CLAIM_FEN)
    held = sources(counter)
    assert (held[FUND].paid_fen, held[FUND].recovered_fen) == (CLAIM_FEN, CLAIM_FEN)
    assert held[OTHER_FUND] == Source(OTHER_FUND, "失业保险基金", 10 * CLAIM_FEN, 0, 0, 0)


def paid_from_both(counter: PayDesk, folder: Path) -> str:
    """A claim of whose first payment, from the other source, the bank says only later that it arrived after all."""
    number = counter.cleared()
    first = at_the_bank(counter, folder, OTHER_FUND, number)
    counter.answer(first, bounced(number))
    counter.correct(number, "5104020000000002")
    second = at_the_bank(counter, folder, FUND, number)
    counter.answer(first, paid(number))
    counter.resolve(number, is_paid=True)
    counter.answer(second, replace(paid(number), reference="YH2"))
    return number


def sums_of_ledger(counter: PayDesk) -> dict[str, tuple[int, int, int]]:
    """By code, what a ledger of the year says: paid, recovered, left."""
    with counter.register.reading(counter.acting) as context:
        found = balances(context, date(2020, 1, 1), date(2020, 12, 31))
    return {fund.code: (fund.paid_fen, fund.recovered_fen, fund.closing_fen) for fund in found}


@pytest.mark.parametrize(
    ("back", "of_second", "of_first"),
    [
        ((CLAIM_FEN,), CLAIM_FEN, 0),
        ((CLAIM_FEN + 1,), CLAIM_FEN, 1),
        ((1, CLAIM_FEN, CLAIM_FEN - 1), CLAIM_FEN, CLAIM_FEN),
    ],
)
def test_a_fen_that_comes_back_for_a_claim_paid_from_two_sources_is_one_source_s(
    counter: PayDesk, tmp_path: Path, back: tuple[int, ...], of_second: int, of_first: int
) -> None:
    number = paid_from_both(counter, tmp_path)
    with counter.register.writing(counter.acting) as context:
        recovery.order(context, number, sum(back), "重复拨付")
        recovery.approve(context.by(replace(counter.acting, name="王五")), number)
    for place, fen in enumerate(back):
        counter.comes_back(number, f"TH{place}", fen)
    held = sources(counter)
    assert (held[FUND].recovered_fen, held[OTHER_FUND].recovered_fen) == (of_second, of_first)
    assert sums_of_ledger(counter) == {
        code: (CLAIM_FEN, source.recovered_fen, source.balance_fen) for code, source in held.items()
    }
    with counter.register.reading(counter.acting) as context:
        facts = ledger("monthly-ledger", OfficeAsking(context, *one_month(counter.day))).facts
    by_fund = {line["name"]: line for line in facts.tables["sums"] if line["group"] == "资金来源"}
    names = {source.name: source for source in held.values()}
    assert {name: line["recovered"] for name, line in by_fund.items()} == {
        name: Money(source.recovered_fen) for name, source in names.items()
    }
    assert {line["paid"] for line in by_fund.values()} == {Money(CLAIM_FEN)}
    assert sum(int(str(line["cases"])) for line in by_fund.values()) == facts.values["cases"] == 1
    assert (facts.values["recovered_count"], facts.values["paid_count"]) == (len(back), 2)


def test_what_came_back_before_the_second_payment_arrived_is_the_first_source_s(
    counter: PayDesk, tmp_path: Path
) -> None:
    number = counter.cleared()
    first = at_the_bank(counter, tmp_path, OTHER_FUND, number)
    counter.answer(first, paid(number))
    returned(counter, number, CLAIM_FEN - 1)
    counter.answer(first, bounced(number))
    counter.resolve(number, is_paid=False)
    counter.correct(number, "5104020000000002")
    counter.answer(at_the_bank(counter, tmp_path, FUND, number), replace(paid(number), reference="YH2"))
    held = sources(counter)
    assert (held[FUND].recovered_fen, held[OTHER_FUND].recovered_fen) == (0, CLAIM_FEN - 1)
    assert sums_of_ledger(counter)[FUND] == (CLAIM_FEN, 0, held[FUND].balance_fen)


def test_what_is_on_its_way_from_one_source_leaves_the_other_whole(counter: PayDesk) -> None:
    counter.prepare(counter.cleared())
    held = sources(counter)
    assert (held[FUND].on_its_way_fen, held[OTHER_FUND].on_its_way_fen) == (CLAIM_FEN, 0)
    assert list(held) == [OTHER_FUND, FUND]


@pytest.mark.parametrize(
    ("code", "name", "fen", "sentence"),
    [
        (" ", FUND_NAME, 1, "资金来源须有代码和名称"),
        (FUND, " ", 1, "资金来源须有代码和名称"),
        (FUND, FUND_NAME, 0, "资金额度应大于0"),
        (FUND, FUND_NAME, -1, "资金额度应大于0"),
    ],
)
def test_a_source_has_a_code_a_name_and_some_money(
    counter: PayDesk, code: str, name: str, fen: int, sentence: str
) -> None:
    with pytest.raises(PxtuiError, match=sentence):
        put(counter, code, name, fen)
    assert sources(counter)[FUND].granted_fen == 100 * CLAIM_FEN


def test_a_source_may_be_renamed_and_cut_down_to_what_is_promised_from_it(counter: PayDesk) -> None:
    counter.prepare(counter.cleared())
    assert put(counter, " zx2020 ", "专项 资金", CLAIM_FEN).balance_fen == 0
    assert (counter.source.name, counter.source.granted_fen) == ("专项资金", CLAIM_FEN)
    assert put(counter, "NEW", "追加资金", 1).granted_fen == 1


def test_a_source_that_is_not_there_is_told_with_those_that_are(counter: PayDesk, register: Register) -> None:
    with pytest.raises(PxtuiError, match="没有代码为“ZZ”的资金来源，现有：SY2020、ZX2020；"):
        look_up(counter, "ZZ")
    assert look_up(counter, "zx 2020").code == FUND


def test_before_any_source_is_entered_the_clerk_is_told_how(register: Register) -> None:
    with pytest.raises(PxtuiError, match="现有：还没有登记；请先在资金来源一页"):
        look_up(PayDesk(register), FUND)


def look_up(counter: PayDesk, code: str) -> Source:
    with counter.register.reading(counter.acting) as context:
        return funds.source(context, code)


def test_an_amount_is_keyed_in_yuan() -> None:
    assert (funds.fen_of("600"), funds.fen_of("600.05")) == (60_000, 60_005)
    with pytest.raises(PxtuiError, match="请填写金额，单位是元"):
        funds.fen_of("")
    with pytest.raises(PxtuiError, match="六百"):
        funds.fen_of("六百")


def test_a_new_source_does_not_take_the_place_of_one_with_its_code(counter: PayDesk) -> None:
    before = sources(counter)
    with (
        counter.register.writing(counter.acting) as context,
        pytest.raises(PxtuiError, match=f"代码{FUND}已经是“{FUND_NAME}”"),
    ):
        funds.add(context, FUND.lower(), "别的钱", 100)
    assert sources(counter) == before
    with counter.register.writing(counter.acting) as context:
        assert funds.add(context, "zy2020", "就业补助资金", 100).code == "ZY2020"


def test_a_further_sum_comes_on_top_of_the_grant(counter: PayDesk) -> None:
    with counter.register.writing(counter.acting) as context:
        assert funds.increase(context, OTHER_FUND, 150).granted_fen == 10 * CLAIM_FEN + 150
    assert sources(counter)[FUND].granted_fen == 100 * CLAIM_FEN


@pytest.mark.parametrize("fen", [0, -1])
def test_a_grant_is_increased_by_something_only(counter: PayDesk, fen: int) -> None:
    with counter.register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="增加的额度应大于0"):
        funds.increase(context, FUND, fen)


def test_a_source_that_is_not_there_is_not_increased(counter: PayDesk) -> None:
    with counter.register.writing(counter.acting) as context, pytest.raises(PxtuiError, match="没有代码为“NN”的"):
        funds.increase(context, "NN", 1)
