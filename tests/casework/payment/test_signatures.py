"""What a signature keeps, and what whoever signs is told of the account."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import PaymentSignature
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment.batches import BatchState
from pxtui.errors import PxtuiError
from tests.support.pay_desk import ACCOUNT, PayDesk
from tests.support.rosters import made_up_people

BANK = "攀枝花市商业银行东区支行"


@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_signature_that_cannot_be_read_or_was_written_anew_lets_nothing_go_to_the_bank(
    counter: PayDesk, tmp_path: Path, *, is_sealed: bool
) -> None:
    batch = counter.prepare(counter.cleared())
    counter.sign(batch)
    with counter.register.writing(counter.acting) as context:
        row = context.session.exec(select(PaymentSignature)).one()
        if is_sealed:
            text = row.unseal(context.vault, "content")
            row.seal(context.vault, content=text.replace("王五", "李四"))
        else:
            row.content = b"damaged"
        context.session.add(row)
    sentence = "签发的内容与它的校验码不符" if is_sealed else "签发的内容打不开"
    with pytest.raises(PxtuiError, match=f"与2020-04-09王五签发的不一致，不能交银行：{sentence}；"):
        counter.hand_over(batch, tmp_path)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert counter.batch(batch).state is BatchState.TO_SIGN
    counter.sign(batch)
    assert counter.hand_over(batch, tmp_path).exists()


def filed_with_account(counter: PayDesk, account: str) -> str:
    """A claim whose application told an account; its number."""
    number = counter.file(made_up_people(2))
    with counter.register.writing(counter.acting) as context:
        filing = opening_filing.filing(context, number)
        details = replace(filing.details, bank_name=BANK, bank_account=account)
        opening_filing.amend(context, number, replace(filing, details=details))
    return number


def test_an_account_that_was_known_at_the_approval_is_told_only_when_it_changes(counter: PayDesk) -> None:
    number = filed_with_account(counter, ACCOUNT)
    counter.granted(number)
    counter.publish_and_clear(number)
    batch = counter.prepare(number)
    assert counter.changes(batch) == ()
    counter.stop(number)
    counter.correct(number, "6217000000000666")
    sentences = counter.changes(counter.prepare(number))
    assert sentences[-1] == f"{number} 今天10:00张三把账户由{BANK} ************0001改为中国银行 ************0666"
    assert len(sentences) == 2
