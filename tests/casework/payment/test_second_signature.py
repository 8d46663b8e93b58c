"""A large payment is signed by two: by the office's setting, before the bank's list is written."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import Register
from pxtui.casework.office.roles import Role
from pxtui.casework.payment import page as payment_page
from pxtui.casework.staff import members
from pxtui.errors import NotAllowed, PxtuiError
from tests.support.pages import seen
from tests.support.pay_desk import ACCOUNT, CLAIM_FEN, PayDesk


@pytest.fixture
def desk(register: Register) -> PayDesk:
    """An office in which a batch of one claim is a large one."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    with register.writing(made.acting) as context:
        office_settings.change(context, second_signature_from_fen=CLAIM_FEN)
    return made


def test_no_list_goes_out_without_the_second_signature(desk: PayDesk, tmp_path: Path) -> None:
    batch = desk.prepare(desk.cleared())
    desk.sign(batch)
    with pytest.raises(PxtuiError, match="要由王五、张三以外的一人再签发一次才能交银行"):
        desk.hand_over(batch, tmp_path)
    with pytest.raises(NotAllowed, match="已由王五签发，第二人签发须由另一人办理"):
        desk.sign(batch)
    with pytest.raises(NotAllowed, match="由张三编制，须由另一人签发"):
        desk.sign(batch, by="张三")
    desk.sign(batch, by="李四")
    assert desk.hand_over(batch, tmp_path).exists()
    with pytest.raises(PxtuiError, match="已于2020-04-09由王五签发"):
        desk.sign(batch, by="赵六")


def test_a_smaller_one_needs_one_signature(desk: PayDesk, tmp_path: Path) -> None:
    with desk.register.writing(desk.acting) as context:
        office_settings.change(context, second_signature_from_fen=CLAIM_FEN + 1)
    assert desk.hand_over(desk.signed(desk.cleared()), tmp_path).exists()


def test_whoever_checked_a_claim_does_not_sign_its_payment(desk: PayDesk) -> None:
    """As a head since yesterday, by whatever way."""
    number = desk.cleared()
    desk.clerk = "李四"
    batch = desk.prepare(number)
    with desk.register.writing(desk.acting) as context:
        members.assign(context, "张三", Role.HEAD)
    desk.set_duties_apart()
    with pytest.raises(NotAllowed, match="此案前面的一步由您办理，拨付批次的签发须由另一人办理"):
        desk.sign(batch, by="张三")
    desk.sign(batch, by="王五")


def test_the_page_says_that_a_second_one_is_wanted_and_by_whom(desk: PayDesk) -> None:
    number = desk.cleared()
    batch = desk.prepare(number)
    assert entry(desk, batch) == (
        "待签发",
        "满设置的金额，要两人先后签发。等李四、王五、赵六中一人按Enter签发，编制人张三不能签发。",
    )
    desk.sign(batch)
    assert entry(desk, batch) == (
        "待再签发",
        "满设置的金额，要第二人签发：等李四、赵六中一人按Enter再签发，张三、王五不能。",
    )
    assert "2020-04-09 王五签发" in "".join(seen(desk.register, desk, ("payment", number)))
    desk.sign(batch, by="李四")
    assert entry(desk, batch)[0] == "待交银行"


def test_whoever_signs_first_is_told_that_another_signs_too(desk: PayDesk) -> None:
    number = desk.cleared()
    desk.prepare(number)
    desk.clerk = "王五"
    lines = seen(desk.register, desk, ("payment", number), "enter", "enter")
    assert lines[-2] == " 已签发，还要另一人再签发一次才能交银行。"
    assert "须由李四、赵六办理" in seen(desk.register, desk, ("payment", number), "enter")[-2]
    desk.clerk = "李四"
    assert seen(desk.register, desk, ("payment", number), "enter", "enter")[-2] == " 已签发。"


def entry(desk: PayDesk, batch: str) -> tuple[str, str]:
    """State and last sentence of a batch on the page."""
    with desk.register.reading(desk.acting) as context:
        found = next(entry for entry in payment_page.desk(context, "2020-DQ-0001").entries if entry.number == batch)
    return found.state, found.sentences[-1]


def test_whoever_signs_sees_a_full_account_by_ctrl_c_and_the_journal_has_it(desk: PayDesk) -> None:
    number = desk.cleared()
    desk.prepare(number)
    desk.clerk = "王五"
    page = "".join(seen(desk.register, desk, ("payment", number), "down"))
    assert ACCOUNT not in page
    lines = seen(desk.register, desk, ("payment", number), "down", "ctrl+c")
    assert ACCOUNT in lines[-2]
    with desk.register.reading(desk.acting) as context:
        newest = context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id).desc())).first()
    assert newest is not None
    assert (newest.action, newest.staff_name) == (Act.READ_ACCOUNT, "王五")
    assert "请把光标移到一个案件" in seen(desk.register, desk, ("payment", number), "ctrl+c")[-2]
