"""What goes to the bank is what was signed: tried by swapping, adding and changing payments behind the signature."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry, PaymentBatch, PaymentLine, PaymentSignature
from pxtui.casework.office import journal
from pxtui.casework.office.register import Register
from pxtui.casework.payment import bank_answers, orders
from pxtui.casework.payment.batches import BatchState
from pxtui.errors import PxtuiError
from tests.support.pay_desk import NAME, PayDesk

CULPRIT = "6217000000000666"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with colleagues and a grant."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


def test_account_swapped_between_signing_and_handing_over(counter: PayDesk, tmp_path: Path) -> None:
    first, second = counter.cleared(), counter.cleared()
    batch = counter.prepare(first, second)
    with counter.register.writing(counter.acting) as context:
        for line in context.session.exec(select(PaymentLine)):
            line.seal(context.vault, account=f"51040200000000{line.id:02}")
            context.session.add(line)
    counter.sign(batch)
    with counter.register.writing(counter.acting) as context:
        line, other = context.session.exec(select(PaymentLine)).all()
        own, foreign = line.unseal(context.vault, "account"), other.unseal(context.vault, "account")
        line.seal(context.vault, account=foreign)
        other.seal(context.vault, account=own)
        context.session.add_all([line, other])
    with pytest.raises(
        PxtuiError, match=f"{first}的账号签发时是\\*+0001，现在是\\*+0002.*{second}的账号签发时是\\*+0002"
    ):
        counter.hand_over(batch, tmp_path)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert counter.batch(batch).digest == ""


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("account", CULPRIT, r"账号签发时是\*+0001，现在是\*+0666"),
        ("bank_name", "中国银行", "开户银行签发时是攀枝花市商业银行东区支行，现在是中国银行"),
        ("account_name", "陈明", "户名签发时是攀枝花市恒力机械有限公司，现在是陈明"),
        ("amount_fen", 900_000, r"金额签发时是1000\.00元，现在是9000\.00元"),
    ],
)
def test_payment_changed_in_the_database_behind_the_program_s_back(
    counter: PayDesk, tmp_path: Path, column: str, value: str | int, sentence: str
) -> None:
    number = counter.cleared()
    batch = counter.prepare(number)
    counter.sign(batch)
    with counter.register.writing(counter.acting) as context:
        line = context.session.exec(select(PaymentLine)).one()
        if column == "account":
            line.seal(context.vault, account=str(value))
        else:
            setattr(line, column, value)
        context.session.add(line)
    with pytest.raises(PxtuiError, match=f"{number}的{sentence}") as refused:
        counter.hand_over(batch, tmp_path)
    assert CULPRIT not in str(refused.value)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert counter.batch(batch).state is BatchState.TO_SIGN


def test_payment_smuggled_into_a_signed_batch(counter: PayDesk, tmp_path: Path) -> None:
    first, second = counter.cleared(), counter.cleared()
    batch, other = counter.prepare(first), counter.prepare(second)
    counter.sign(batch)
    with counter.register.writing(counter.acting) as context:
        line = context.session.exec(select(PaymentLine).order_by(PaymentLine.id.desc())).first()  # type: ignore[attr-defined]
        assert line is not None
        account = line.unseal(context.vault, "account")
        line.batch_id -= 1
        line.seal(context.vault, account=account)
        context.session.add(line)
    with pytest.raises(PxtuiError, match=f"{second}签发时不在清单里"):
        counter.hand_over(batch, tmp_path)
    with pytest.raises(PxtuiError):
        counter.sign(other)


def test_batch_marked_as_signed_without_a_signature(counter: PayDesk, tmp_path: Path) -> None:
    batch = counter.prepare(counter.cleared())
    with counter.register.writing(counter.acting) as context:
        row = context.session.exec(select(PaymentBatch)).one()
        row.signed_on, row.signed_by = counter.day, "王五"
        context.session.add(row)
    with pytest.raises(PxtuiError, match="没有留下签发的内容"):
        counter.hand_over(batch, tmp_path)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_signature_of_one_batch_put_under_another(counter: PayDesk, tmp_path: Path) -> None:
    first, second = counter.prepare(counter.cleared()), counter.prepare(counter.cleared())
    counter.sign(first)
    with counter.register.writing(counter.acting) as context:
        signature = context.session.exec(select(PaymentSignature)).one()
        content = signature.unseal(context.vault, "content")
        signature.batch_id += 1
        signature.seal(context.vault, content=content)
        signed, forged = context.session.exec(select(PaymentBatch).order_by(col(PaymentBatch.id))).all()
        forged.signed_on, forged.signed_by = signed.signed_on, signed.signed_by
        context.session.add_all([signature, forged])
    with pytest.raises(PxtuiError, match="签发时不在清单里"):
        counter.hand_over(second, tmp_path)


def test_account_changed_since_the_approval_signed_over_without_a_word(counter: PayDesk) -> None:
    number = counter.cleared()
    counter.prepare(number)
    counter.stop(number)
    counter.correct(number, CULPRIT)
    batch = counter.prepare(number)
    for silence in ("", "　"):
        with pytest.raises(PxtuiError, match=r"没有签发：.*\*+0666.*写明签发意见"):
            counter.sign(batch, opinion=silence)
    counter.sign(batch, opinion="账户变更证明已核对")
    with counter.register.reading(counter.acting) as context:
        entry = context.session.exec(select(JournalEntry).where(col(JournalEntry.action) == Act.PAYMENT_SIGN)).one()
        assert entry.summary.endswith("处变化的意见：账户变更证明已核对")
        assert any("0666" in change for change in journal.values(context, entry)[1]["changes"])


def test_account_of_his_own_signed_by_the_head_where_duties_are_apart(counter: PayDesk) -> None:
    number = counter.cleared()
    counter.prepare(number)
    counter.stop(number)
    with counter.register.writing(replace(counter.acting, name="王五")) as context:
        bank_answers.correct(context, number, bank_name="中国银行", account=CULPRIT, account_name=NAME)
    counter.set_duties_apart()
    batch = counter.prepare(number)
    with pytest.raises(PxtuiError, match="收款账户由王五在审批后登记，须由另一人签发"):
        counter.sign(batch)
    assert counter.batch(batch).state is BatchState.TO_SIGN
    with counter.register.reading(counter.acting) as context:
        assert "王五" not in orders.before_signing(context, counter.batch(batch)).signers
