"""The number stays and its holder is another one: whoever signs is told, and nobody signs what he entered himself."""

from dataclasses import replace

import pytest
from sqlmodel import select

from db.models import PaymentLine
from pxtui.casework.decision import corrections
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.payment import bank_answers, orders
from pxtui.casework.staff import changes, members
from pxtui.errors import PxtuiError
from tests.support.filings import a_filing
from tests.support.pay_desk import ACCOUNT, CASHIER, NAME, PayDesk
from tests.support.rosters import made_up_people

BANK = "攀枝花市商业银行东区支行"
RENAMED = "攀枝花市长江钢铁有限公司"
OTHER_CODE = "91510402MA6CJKG50N"
HEAD, SECOND_HEAD = "王五", "孙八"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A counter with two heads, separate duties and a grant."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    with register.writing(made.acting) as context:
        members.add(context, SECOND_HEAD, Role.HEAD)
    return made


def granted_with_account(counter: PayDesk) -> str:
    """A granted claim whose application told the account, of a firm that has no other case."""
    number = counter.file(made_up_people(2))
    with counter.register.writing(counter.acting) as context:
        filing = opening_filing.filing(context, number)
        details = replace(filing.details, bank_name=BANK, bank_account=ACCOUNT)
        opening_filing.amend(context, number, replace(filing, details=details))
    counter.granted(number)
    return number


def part_the_duties(counter: PayDesk) -> None:
    counter.cashier = CASHIER
    with counter.register.writing(counter.acting) as context:
        if CASHIER not in members.names(context):
            members.add(context, CASHIER, Role.CASHIER)
        office_settings.change(context, duties_apart=True)


def rename_on_file(counter: PayDesk) -> None:
    """The head takes in another application under the firm's credit code."""
    filing = a_filing()
    renamed = replace(filing, applicant=replace(filing.applicant, name=RENAMED), received_on=counter.day)
    with counter.register.writing(replace(counter.acting, name=HEAD)) as context:
        opening_filing.file(context, renamed)


def tell_the_holder(counter: PayDesk, number: str) -> None:
    with counter.register.writing(replace(counter.acting, name=HEAD)) as context:
        bank_answers.correct(context, number, bank_name=BANK, account=ACCOUNT, account_name=NAME)


def test_another_holder_of_the_same_number_signed_without_a_word(counter: PayDesk) -> None:
    number = granted_with_account(counter)
    counter.publish_and_clear(number)
    rename_on_file(counter)
    tell_the_holder(counter, number)
    batch = counter.prepare(number)
    with pytest.raises(PxtuiError, match=f"没有签发：.*{HEAD}把户名由{NAME}改为{RENAMED}.*写明签发意见"):
        counter.sign(batch, opinion="")
    assert counter.changes(batch) == (
        f"{number} 今天10:00{HEAD}把户名由{NAME}改为{RENAMED}（{BANK} ************0001）",
        f"{number} 今天10:00{HEAD}把户名由{RENAMED}改为{NAME}（{BANK} ************0001）",
    )
    counter.sign(batch, opinion="工商变更已核对")


def test_another_holder_of_the_same_number_signed_by_who_entered_it(counter: PayDesk) -> None:
    number = granted_with_account(counter)
    counter.publish_and_clear(number)
    rename_on_file(counter)
    tell_the_holder(counter, number)
    part_the_duties(counter)
    batch = counter.prepare(number)
    with pytest.raises(PxtuiError, match=f"收款账户由{HEAD}在审批后登记，须由另一人签发"):
        counter.sign(batch)
    with counter.register.reading(counter.acting) as context:
        assert orders.before_signing(context, counter.batch(batch)).signers == (SECOND_HEAD,)
    counter.sign(batch, by=SECOND_HEAD)


def put_the_code_right(counter: PayDesk, number: str, name: str) -> None:
    """The firm under this credit code is paid from now on."""
    with counter.register.writing(replace(counter.acting, name=name)) as context:
        corrections.correct(context, number, code="credit-code", text=OTHER_CODE, reason="录入有误")


def test_credit_code_put_right_after_the_approval_signed_by_who_proposed_it(counter: PayDesk) -> None:
    """Whoever agreed to it may sign."""
    number = granted_with_account(counter)
    part_the_duties(counter)
    put_the_code_right(counter, number, HEAD)
    with counter.register.writing(replace(counter.acting, name=SECOND_HEAD)) as context:
        corrections.approve(context, number)
    counter.publish_and_clear(number)
    batch = counter.prepare(number)
    with pytest.raises(PxtuiError, match=f"收款账户由{HEAD}在审批后登记，须由另一人签发"):
        counter.sign(batch)
    (told,) = counter.changes(batch)
    assert told.endswith(f"{SECOND_HEAD}更正统一社会信用代码（录入有误），由91350100M000100Y43改为{OTHER_CODE}")
    counter.sign(batch, by=SECOND_HEAD)


def test_credit_code_put_right_by_the_signer_after_a_colleague_gave_it_up(counter: PayDesk) -> None:
    number = granted_with_account(counter)
    part_the_duties(counter)
    put_the_code_right(counter, number, SECOND_HEAD)
    with counter.register.writing(replace(counter.acting, name=SECOND_HEAD)) as context:
        corrections.drop(context, number, "再核对")
    with counter.register.writing(replace(counter.acting, name="赵六")) as context:
        changes.change_settings(context, duties_apart=False)
    with counter.register.writing(replace(counter.acting, name=HEAD)) as context:
        changes.confirm(context, changes.waiting(context)[0].id)
    put_the_code_right(counter, number, HEAD)
    part_the_duties(counter)
    counter.publish_and_clear(number)
    batch = counter.prepare(number)
    with counter.register.reading(counter.acting) as context:
        assert orders.before_signing(context, counter.batch(batch)).signers == (SECOND_HEAD,)
    with pytest.raises(PxtuiError, match=f"收款账户由{HEAD}在审批后登记"):
        counter.sign(batch)


def test_holder_slipped_into_the_batch_before_it_is_signed(counter: PayDesk) -> None:
    number = granted_with_account(counter)
    counter.publish_and_clear(number)
    batch = counter.prepare(number)
    assert counter.changes(batch) == ()
    with counter.register.writing(counter.acting) as context:
        line = context.session.exec(select(PaymentLine)).one()
        line.account_name = RENAMED
        context.session.add(line)
    assert counter.changes(batch) == (f"{number}的户名{RENAMED}与申请单位{NAME}不同，查不到由谁改动",)
    with pytest.raises(PxtuiError, match="没有签发"):
        counter.sign(batch, opinion="")
