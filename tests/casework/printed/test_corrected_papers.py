"""What was put right after the decision stands on the papers of afterwards; what was issued stays as it was."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pxtui.casework.decision import corrections
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.printed import filing, issuing, opening, payment, publicity
from pxtui.casework.printed.asking import Asking
from tests.support.counter import ANSWER
from tests.support.pay_desk import NAME, PayDesk

RIGHT_NAME = "攀枝花市恒利机械有限公司"
REASON = "与营业执照核对"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    return made


def correct(counter: PayDesk, number: str, code: str, text: str) -> None:
    with counter.register.writing(counter.acting) as context:
        corrections.correct(context, number, code, text, REASON)


def issued(counter: PayDesk, number: str, form: str, folder: Path) -> str:
    """All that stands on a paper that is issued now."""
    with counter.register.writing(counter.acting) as context:
        (path,) = issuing.issue(context, number, [form], folder)
    return text_of(path)


def text_of(path: Path) -> str:
    return "\n".join(
        str(cell.value) for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row if cell.value
    )


def test_a_paper_of_before_keeps_the_old_name_and_one_of_afterwards_bears_the_new_one(
    counter: PayDesk, tmp_path: Path
) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    assert NAME in issued(counter, number, "opening-approval", tmp_path)
    correct(counter, number, "applicant-name", RIGHT_NAME)
    after = issued(counter, number, "opening-approval", tmp_path)
    assert RIGHT_NAME in after
    assert NAME not in after
    with counter.register.writing(counter.acting) as context:
        first = min(paper.id for paper in issuing.issued_before(context, number))
        again = issuing.print_again(context, first, tmp_path / "again")
    assert NAME in text_of(again)


def test_the_notice_of_change_lists_old_and_new(counter: PayDesk) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    correct(counter, number, "applicant-name", RIGHT_NAME)
    counter.day = date(2020, 3, 18)
    correct(counter, number, "address", "东区炳草岗大街1号")
    with counter.register.reading(counter.acting) as context:
        asking = Asking(context, find(context, number))
        assert opening.not_changed(asking) == ""
        lines = opening.change_notice(asking).facts.tables["changes"]
    assert lines == [
        {"seq": 1, "day": date(2020, 3, 16), "item": "更正单位名称", "before": NAME, "after": RIGHT_NAME},
        {"seq": 2, "day": date(2020, 3, 18), "item": "更正单位地址", "before": "无", "after": "东区炳草岗大街1号"},
    ]


def test_the_volume_tells_who_put_what_right_and_why_and_of_a_phone_its_ends(counter: PayDesk) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    correct(counter, number, "contact-phone", "13900001234")
    with counter.register.reading(counter.acting) as context:
        state = filing.volume_cover(Asking(context, find(context, number))).facts.values["state_of_volume"]
    assert state == f"2020年3月16日 张三更正经办人电话：由“空白”改为“139****1234”（{REASON}）"


def test_a_volume_of_a_case_in_which_nothing_was_put_right_says_nothing(counter: PayDesk) -> None:
    number = counter.file()
    with counter.register.reading(counter.acting) as context:
        assert filing.volume_cover(Asking(context, find(context, number))).facts.values["state_of_volume"] is None


def test_the_remarks_of_notice_and_payment_say_so(counter: PayDesk) -> None:
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    correct(counter, number, "applicant-name", RIGHT_NAME)
    counter.day = date(2020, 4, 3)
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number)
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    counter.publish_and_clear(number)
    correct(counter, number, "voucher-day:1", "2020-04-01")
    batch = counter.prepare(number)
    with counter.register.reading(counter.acting) as context:
        (unit,) = publicity.batch_notice(context, "GS2020-DQ-001").facts.tables["units"]
        (line,) = payment.batch_table(context, batch).facts.tables["units"]
    assert unit["remark"] == "更正单位名称"
    assert line["remark"] == "更正单位名称、凭证开具日期"
