"""Whoever opens the register's file with another program is found out: tried as a crooked clerk would.

Each of these leaves a register that the program opens and goes on with, and that `pxtui replay` finds in order.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from db.models import Applicant, Enrolment
from pxtui.casework.desk import notices
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.printed import issuing, of_payment_batch
from pxtui.casework.verifying import whole
from pxtui.errors import PxtuiError
from pxtui.home import Home
from tests.support.chain import past_the_program
from tests.support.counter import ANSWER
from tests.support.pay_desk import OTHER_ACCOUNT, PayDesk, paid
from tests.support.rosters import made_up_people

OPEN_JOURNAL = ("DROP TRIGGER journal_entry_no_delete", "DROP TRIGGER journal_entry_no_update")
OPEN_CHAIN = ("DROP TRIGGER chain_link_no_delete", "DROP TRIGGER chain_link_no_update")
ACCOUNT = "SELECT bank_account FROM applicant WHERE id = {}"


@pytest.fixture
def counter(register: Register, tmp_path: Path) -> PayDesk:
    """Two claims are paid, a third one waits in a signed batch."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    numbers = [made.cleared(), made.cleared()]
    batch = made.at_the_bank(tmp_path, *numbers)
    made.answer(batch, *(paid(number) for number in numbers))
    made.signed(made.cleared())
    return made


def found(counter: PayDesk, *anchors: str) -> str:
    """What an administrator reads."""
    return "\n".join(whole.verify(counter.register.home, counter.day, anchors=anchors).sentences)


def swapped(table: str, *columns: str) -> list[str]:
    """Statements that exchange columns of rows 1 and 2, the unique ones too."""
    listed = ", ".join(columns)
    return [
        f"CREATE TEMP TABLE kept AS SELECT {listed} FROM {table} WHERE id = 1",  # noqa: S608 - of this module
        f"UPDATE {table} SET ({listed}) = (SELECT {listed} FROM {table} WHERE id = 2) WHERE id = 1",  # noqa: S608
        f"UPDATE {table} SET ({listed}) = (SELECT * FROM kept) WHERE id = 2",  # noqa: S608
    ]


CROOKED = {
    "a case is removed": (
        ["DELETE FROM training_case WHERE id = 2"],
        ["案件2020-DQ-0002：案件（2）被程序以外的途径删去", "案件（dongqu、2020）缺2号"],
    ),
    "a decision is removed": (
        ["DELETE FROM decision WHERE id = (SELECT max(id) FROM decision WHERE case_id = 1)"],
        ["案件2020-DQ-0001：决定", "被程序以外的途径删去", "最后一次由程序写入：第"],
    ),
    "a paid batch is set back, to be paid again": (
        [
            "UPDATE payment_batch SET handed_over_on = NULL, handed_over_by = NULL, digest = '' WHERE id = 1",
            "UPDATE payment_line SET outcome = NULL, answered_on = NULL, reference = '' WHERE batch_id = 1",
            "UPDATE training_case SET stage = 'claim-to-pay' WHERE id IN (1, 2)",
        ],
        [
            "拨付批次（1）被程序以外的途径改动：“校验码”、“交银行人”、“交银行日期”",
            "案件2020-DQ-0001：拨付明细（1）被程序以外的途径改动：“答复日期”、“结果”、“银行流水号或退票原因”",
            "案件2020-DQ-0002：案件（2）被程序以外的途径改动：“阶段”",
            "案件2020-DQ-0002在“待拨付”，办理记录里没有走到这一步的一条",
        ],
    ),
    "the payee is another one": (
        ["UPDATE payment_line SET account_name = '攀枝花市某某商贸有限公司' WHERE id = 3"],
        [
            "案件2020-DQ-0003：拨付明细（3）被程序以外的途径改动：“户名”",
            " 10:00 张三 列入拨付：由“公示期满”到“待拨付”。",
        ],
    ),
    "a signature is forged": (
        [
            "INSERT INTO payment_signature SELECT 'x', max(id) + 1, 2, signed_on, '王五', digest, content "
            "FROM payment_signature",
            "UPDATE payment_batch SET signed_by = '王五', signed_on = '2020-04-08' WHERE id = 2",
        ],
        ["拨付签发（3）不是程序写入的", "拨付批次（2）被程序以外的途径改动：“签发日期”"],
    ),
    "the journal is emptied": (
        [*OPEN_JOURNAL, "DELETE FROM journal_entry"],
        [
            "办理记录（1）被程序以外的途径删去",
            "台账的表、索引和触发器（trigger、journal_entry_no_delete）被程序以外的途径删去",
        ],
    ),
    "one act is taken out of the journal, and the triggers are put back": (
        [*OPEN_JOURNAL, "DELETE FROM journal_entry WHERE id = 9", "{put back}"],
        ["办理记录（9）被程序以外的途径删去", "办理记录缺第9条"],
    ),
    "a stage is set forward": (
        ["UPDATE training_case SET stage = 'claim-paid' WHERE id = 3"],
        [
            "案件2020-DQ-0003：案件（3）被程序以外的途径改动：“阶段”",
            "案件2020-DQ-0003在“已拨付”，办理记录里没有走到这一步的一条",
        ],
    ),
    "a role is changed": (
        ["UPDATE staff SET role = '负责人' WHERE name = '张三'"],
        ["人员名单（1）被程序以外的途径改动：“角色”"],
    ),
    "a place in a roster is gone": (
        ["DELETE FROM learning_result WHERE enrolment_id = 3", "DELETE FROM enrolment WHERE id = 3"],
        ["案件2020-DQ-0001：花名册（3）被程序以外的途径删去", "学习结果（3）被程序以外的途径删去"],
    ),
    "sealed accounts are exchanged together with what they are bound to": (
        swapped("payment_line", "uid", "account"),
        ["案件2020-DQ-0001：拨付明细（1）被程序以外的途径改动：“账号”、“行的标识”"],
    ),
    "links are removed from the chain": (
        [*OPEN_CHAIN, "DELETE FROM chain_link WHERE id = 5"],
        ["校验链第5—5环被删去", "校验链第6环与内容不符"],
    ),
    "links are exchanged": (
        [
            *OPEN_CHAIN,
            "UPDATE chain_link SET id = -5 WHERE id = 5",
            "UPDATE chain_link SET id = 5 WHERE id = 6",
            "UPDATE chain_link SET id = 6 WHERE id = -5",
        ],
        ["校验链第5环与内容不符", "校验链第6环与内容不符"],
    ),
    "another person is entered into a link": (
        [*OPEN_CHAIN, "UPDATE chain_link SET staff_name = '李四' WHERE id = 7"],
        ["校验链第7环与内容不符，被改动、调换或不是程序写入的；之前最后完好的一环：第6环"],
    ),
    "the row and what is kept to prove it are set back together": (
        [
            "UPDATE row_proof SET content = x'00' WHERE table_name = 'fund'",
            "UPDATE fund SET granted_fen = 999999999",
        ],
        ["资金来源（ZX2020）被程序以外的途径改动", "资金来源（ZX2020）的校验值被程序以外的途径改动或删去"],
    ),
}


@pytest.mark.parametrize("trick", CROOKED)
def test_whatever_was_altered_is_named_with_case_table_and_field(trick: str, counter: PayDesk) -> None:
    assert found(counter) == ""
    statements, sentences = CROOKED[trick]
    with closing(sqlite3.connect(counter.register.home.register)) as file:
        triggers = [sql for (sql,) in file.execute("SELECT sql FROM sqlite_master WHERE name LIKE 'journal_entry_no%'")]
    put_back = [sql for sql in triggers if "REPLACE" not in sql and "INSERT" not in sql]
    done = [each for said in statements for each in (put_back if said == "{put back}" else [said])]
    past_the_program(counter.register.home.register, *done)
    read = found(counter)
    for sentence in sentences:
        assert sentence in read
    with counter.register.reading(counter.acting) as context:
        assert "被程序以外的途径改动" in notices.sentence(context)


def test_a_register_set_back_is_found_by_its_note_and_by_what_a_paper_bears(counter: PayDesk, tmp_path: Path) -> None:
    path = counter.register.home.register
    old = path.read_bytes()
    counter.prepare(counter.cleared())
    head = whole.verify(counter.register.home, counter.day).head
    path.write_bytes(old)
    with counter.register.reading(counter.acting) as context:
        assert "台账被换成了较早的副本" in notices.sentence(context)
    assert f"链头{head}不在校验链里" in found(counter)
    (counter.register.home.key.parent / "verified").unlink()
    assert found(counter) == ""
    assert f"链头{head}不在校验链里" in found(counter, head)


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE payment_line SET account_name = '攀枝花市某某商贸有限公司' WHERE id = 3"],
        swapped("payment_line", "uid", "account"),
        ["DELETE FROM decision WHERE id = 1"],
        ["INSERT INTO staff (name, office_code, role, active) VALUES ('孙七', 'dongqu', '负责人', 1)"],
    ],
)
def test_nothing_goes_to_the_bank_that_rests_on_what_was_altered(
    statements: list[str], counter: PayDesk, tmp_path: Path
) -> None:
    past_the_program(counter.register.home.register, *statements)
    with pytest.raises(PxtuiError, match=r"没有把拨付批次BF2020-DQ-002交银行：.*(被程序以外|不是程序写入)"):
        counter.hand_over("BF2020-DQ-002", tmp_path / "again")
    assert not counter.batch("BF2020-DQ-002").digest


def test_whoever_wrote_the_chain_anew_without_its_key_is_found(counter: PayDesk, place: Home) -> None:
    past_the_program(
        place.register,
        *OPEN_CHAIN,
        "UPDATE staff SET role = '负责人' WHERE name = '张三'",
        "UPDATE chain_link SET mac = randomblob(32)",
    )
    assert "校验链第1环与内容不符" in found(counter)


def test_what_is_signed_and_what_the_bank_gets_bear_the_head_of_the_chain(counter: PayDesk, tmp_path: Path) -> None:
    home = counter.register.home
    with counter.register.writing(counter.acting) as context:
        ledger = issuing.issue_for_office(context, "daily-ledger", counter.day, tmp_path)
        papers = of_payment_batch.issue(context, "BF2020-DQ-002", tmp_path)
    bank = counter.hand_over("BF2020-DQ-002", tmp_path)
    printed = [str(load_workbook(path).worksheets[0].oddFooter) for path in (ledger, *papers, bank)]
    heads = [match[1] for text in printed if (match := re.search(r"版本 [0-9A-F]{8} 链(\d+:[0-9a-f]{16})", text))]
    assert len(heads) == len(printed)
    assert found(counter, *heads) == ""
    past_the_program(home.register, *OPEN_CHAIN, "DELETE FROM chain_link WHERE id > 9")
    assert all(f"链头{head}不在校验链里" in found(counter, *heads) for head in heads)


def test_accounts_of_two_enterprises_exchanged_with_their_seals_are_not_used(counter: PayDesk) -> None:
    waiting = counter.cleared()
    with counter.register.writing(counter.acting) as context:
        other = Applicant(name="攀枝花市某某商贸有限公司", credit_code="", credit_code_key="", kind="", county="")
        other.seal(context.vault, bank_account=OTHER_ACCOUNT)
        context.session.add(other)
    past_the_program(counter.register.home.register, *swapped("applicant", "uid", "bank_account"))
    with counter.register.reading(counter.acting) as context:
        (row,) = [claim for claim in payment_orders.waiting(context) if claim.number == waiting]
        assert row.obstacle is not None
        assert "被程序以外的途径改动过" in row.obstacle.sentence
    with pytest.raises(PxtuiError, match="被程序以外的途径改动过"):
        counter.prepare(waiting)
    assert "单位（1）被程序以外的途径改动：“银行账号”、“行的标识”" in found(counter)


def test_numbers_of_two_people_exchanged_with_their_seals_are_not_judged(counter: PayDesk) -> None:
    number = counter.file(made_up_people(2, 50))
    counter.do(number, Action.SUBMIT)
    with counter.register.reading(counter.acting) as context:
        first, second = context.session.exec(select(Enrolment.id).order_by(col(Enrolment.id).desc()).limit(2)).all()
    columns = ("uid", "id_number", "id_key", "phone", "phone_key", "person_id")
    past_the_program(
        counter.register.home.register,
        *(
            text.replace("id = 1", f"id = {first}").replace("id = 2", f"id = {second}")
            for text in swapped("enrolment", *columns)
        ),
    )
    with pytest.raises(PxtuiError, match="被程序以外的途径改动过"):
        counter.do(number, Action.APPROVE, opinion=ANSWER)
    assert "“身份证号”" in found(counter)
