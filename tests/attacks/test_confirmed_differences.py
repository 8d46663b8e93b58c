"""A row mended by hand or spoilt by a disk: two people confirm it, it goes on being told, and nothing else slips in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from db.chain import noted
from db.chain.findings import What
from db.chain.noted import Noted
from db.models import Act, Applicant, Case, JournalEntry, Role, Staff
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.verifying import accepting, whole
from pxtui.casework.verifying.whole import Report
from pxtui.errors import NotAllowed, PxtuiError, Refused
from tests.support.chain import past_the_program, past_triggers, verified
from tests.support.pay_desk import PayDesk

REASON = "断电后按纸质案卷第3页修复"
MENDED = "UPDATE training_case SET cover_head_count = 38 WHERE id = 1"


@pytest.fixture
def counter(register: Register) -> PayDesk:
    """A claim waits in a signed batch. 张三 keys, 李四 checks, 王五 is the head."""
    made = PayDesk(register)
    made.hire_colleagues()
    made.grant()
    made.signed(made.cleared())
    return made


def report_of(counter: PayDesk) -> Report:
    return whole.verify(counter.register.home, counter.day)


def done_by(counter: PayDesk, name: str, act: Callable[[Context], object]) -> None:
    with counter.register.writing(replace(counter.acting, name=name)) as context:
        act(context)


def proposed(counter: PayDesk, name: str = "李四") -> str:
    check = report_of(counter).check
    done_by(counter, name, lambda context: accepting.propose(context, check, REASON))
    return check


def confirmed(counter: PayDesk, check: str, name: str = "王五") -> None:
    done_by(counter, name, lambda context: accepting.accept(context, check))


def altered(counter: PayDesk, *statements: str) -> None:
    past_triggers(counter.register.home.register, *statements)


def test_a_row_mended_by_hand_is_confirmed_by_two_and_goes_on_being_told(counter: PayDesk, tmp_path: Path) -> None:
    altered(counter, MENDED)
    with pytest.raises(PxtuiError, match="被程序以外"):
        counter.hand_over("BF2020-DQ-001", tmp_path)
    check = proposed(counter)
    waiting = report_of(counter)
    assert (len(waiting.sentences), waiting.check) == (1, check)
    assert "待第二人确认" in waiting.confirmed[0]
    with pytest.raises(PxtuiError, match="被程序以外"):
        counter.hand_over("BF2020-DQ-001", tmp_path)
    confirmed(counter, check)
    after = report_of(counter)
    assert (after.sentences, after.check) == ((), "")
    assert "已确认的差异：案件2020-DQ-0001" in after.confirmed[0]
    assert f"（{REASON}；李四提出，王五确认，2020-" in after.confirmed[0]
    counter.hand_over("BF2020-DQ-001", tmp_path)
    assert report_of(counter).confirmed == after.confirmed
    with counter.register.reading(counter.acting) as context:
        for act in (Act.FINDINGS_PROPOSE, Act.FINDINGS_ACCEPT):
            (entry,) = context.session.exec(select(JournalEntry).where(JournalEntry.action == act)).all()
            assert check in entry.summary
            (named,) = journal.values(context, entry)[1]["differences"]
            assert named["sentence"].startswith("案件2020-DQ-0001：案件（1）被程序以外的途径改动")
            assert len(named["mark"]) == 16


def test_one_person_alone_confirms_nothing_under_whatever_name(counter: PayDesk) -> None:
    altered(counter, MENDED)
    check = proposed(counter, "王五")
    with pytest.raises(NotAllowed, match="由王五提出，须由另一人确认"):
        confirmed(counter, check, "王五")
    with counter.register.writing(counter.acting) as context:
        (head,) = context.session.exec(select(Staff).where(Staff.name == "王五")).all()
        head.person_key = b"one and the same"
        context.session.add(head)
        context.session.add(
            Staff(name="王武", office_code="dongqu", role=Role.ADMINISTRATOR, person_key=b"one and the same")
        )
    with pytest.raises(NotAllowed, match="须由另一人确认"):
        confirmed(counter, check, "王武")
    assert report_of(counter).sentences


def test_two_of_whom_none_is_the_head_confirm_nothing_where_duties_are_apart(counter: PayDesk) -> None:
    counter.set_duties_apart()
    altered(counter, MENDED)
    check = report_of(counter).check
    with pytest.raises(NotAllowed, match="核验差异的提出"):
        done_by(counter, "张三", lambda context: accepting.propose(context, check, REASON))
    check = proposed(counter, "李四")
    with pytest.raises(NotAllowed, match="一人是负责人"):
        confirmed(counter, check, "赵六")
    confirmed(counter, check, "王五")
    assert not report_of(counter).sentences


def test_nothing_is_confirmed_that_was_not_shown(counter: PayDesk) -> None:
    altered(counter, MENDED)
    shown = report_of(counter).check
    altered(counter, "UPDATE applicant SET address = '别处' WHERE id = 1")
    with pytest.raises(Refused, match="与校验码所指的清单不同"):
        done_by(counter, "李四", lambda context: accepting.propose(context, shown, REASON))
    check = proposed(counter)
    altered(counter, "UPDATE payment_line SET amount_fen = 99900")
    with pytest.raises(Refused, match="与校验码所指的清单不同"):
        confirmed(counter, check)
    with pytest.raises(Refused, match="提出以后又有改动"):
        confirmed(counter, report_of(counter).check)
    with pytest.raises(Refused, match="写明差异是怎么来的"):
        done_by(counter, "李四", lambda context: accepting.propose(context, check, " "))
    assert len(report_of(counter).sentences) == 3


def test_the_same_row_changed_again_after_it_was_confirmed_is_found_anew(counter: PayDesk) -> None:
    altered(counter, MENDED)
    confirmed(counter, proposed(counter))
    altered(counter, "UPDATE training_case SET cover_head_count = 39 WHERE id = 1")
    report = report_of(counter)
    assert len(report.sentences) == len(report.confirmed) == 1
    altered(counter, MENDED)
    assert not report_of(counter).sentences
    with counter.register.writing(counter.acting) as context:
        case = context.session.get_one(Case, 1)
        case.cover_head_count = 40
        context.session.add(case)
    altered(counter, MENDED)
    assert report_of(counter).sentences


def test_what_is_proposed_anew_takes_the_place_of_what_waited(counter: PayDesk) -> None:
    altered(counter, MENDED)
    proposed(counter)
    altered(counter, "UPDATE applicant SET address = '别处' WHERE id = 1")
    check = proposed(counter)
    assert len(report_of(counter).confirmed) == 2
    confirmed(counter, f" {check.upper()} ")
    assert report_of(counter).sentences == ()
    with pytest.raises(Refused, match="没有等待确认的差异"):
        confirmed(counter, check)


def test_an_older_copy_that_two_people_stand_by_is_good_from_then_on(counter: PayDesk, tmp_path: Path) -> None:
    """After a disk was lost without a backup: what the copy has not is lost, and everybody is told; work goes on."""
    path = counter.register.home.register
    old = path.read_bytes()
    counter.do(counter.file(), Action.SUBMIT)
    report_of(counter)
    path.write_bytes(old)
    assert "不在校验链里" in "".join(report_of(counter).sentences)
    confirmed(counter, proposed(counter))
    after = report_of(counter)
    assert after.sentences == ()
    assert "不在校验链里" in "".join(after.confirmed)
    counter.hand_over("BF2020-DQ-001", tmp_path)
    assert noted.read(counter.register.home.key.parent) == Noted(after.head, counter.day)


def test_a_confirmation_written_past_the_program_confirms_nothing(counter: PayDesk) -> None:
    altered(counter, "UPDATE chain_link SET staff_name = '别人' WHERE id = 9")
    forged = next(finding for finding in verified(counter.register.home).findings if finding.what is What.LINK_FORGED)
    row = f"1, '{forged.mark}', 's', 'r', '李四', '2020', '王五', '2020'"
    altered(counter, f"INSERT INTO accepted_finding VALUES ({row})")  # noqa: S608 - made up here
    report = report_of(counter)
    assert "校验链第9环与内容不符" in "".join(report.sentences)
    assert "确认的核验差异（1）不是程序写入的" in "".join(report.sentences)
    assert report.confirmed == ()
    with pytest.raises(Refused, match="用备份恢复"):
        proposed(counter)


def test_a_proposal_that_was_made_a_confirmation_past_the_program_confirms_nothing(counter: PayDesk) -> None:
    altered(counter, MENDED)
    proposed(counter)
    altered(counter, "UPDATE accepted_finding SET accepted_by = '王五', accepted_at = '2020'")
    assert "确认的核验差异（1）被程序以外的途径改动" in "".join(report_of(counter).sentences)
    assert report_of(counter).confirmed == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE staff SET role = '负责人' WHERE name = '李四'",
        "UPDATE register SET is_practice = 0",
        "DROP TRIGGER journal_entry_no_update",
        "CREATE TABLE another (id INTEGER PRIMARY KEY)",
        "UPDATE chain_key SET uid = 'another'",
    ],
)
def test_what_those_who_confirm_rest_on_themselves_cannot_be_confirmed(counter: PayDesk, statement: str) -> None:
    past_the_program(counter.register.home.register, statement)
    with pytest.raises(PxtuiError, match=r"用备份恢复|核对备份"):
        proposed(counter)


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM voucher",),
        ("UPDATE row_proof SET tags = x'00' WHERE table_name = 'training_case'",),
        ("DELETE FROM row_proof WHERE table_name = 'applicant'",),
        ("UPDATE applicant SET address = '别处' WHERE id = 1", "DELETE FROM row_proof WHERE table_name = 'applicant'"),
        ("INSERT INTO office SELECT code || '2', name, letter || '2' FROM office WHERE code = 'dongqu'",),
        ("DELETE FROM journal_entry WHERE id = 5",),
    ],
)
def test_rows_of_every_fault_are_whole_once_they_are_confirmed(counter: PayDesk, statements: tuple[str, ...]) -> None:
    altered(counter, *statements)
    assert (before := report_of(counter)).sentences
    confirmed(counter, proposed(counter))
    after = report_of(counter)
    assert after.sentences == ()
    assert [sentence for sentence in before.sentences if sentence.rstrip("。") not in "".join(after.confirmed)] == []
    assert verified(counter.register.home).is_whole
    with counter.register.writing(counter.acting) as context:
        for row in context.session.exec(select(Applicant)).all():
            row.address = "隔壁"
            context.session.add(row)
    assert verified(counter.register.home).is_whole


def test_what_no_link_mends_is_told_as_confirmed_and_hinders_no_money(counter: PayDesk, tmp_path: Path) -> None:
    report_of(counter)
    altered(counter, "UPDATE chain_link SET staff_name = '别人' WHERE id = 9")
    assert report_of(counter).sentences
    confirmed(counter, proposed(counter))
    after = report_of(counter)
    assert after.sentences == ()
    assert "已确认的差异：校验链第9环与内容不符" in "".join(after.confirmed)
    counter.hand_over("BF2020-DQ-001", tmp_path)
    altered(counter, "UPDATE chain_link SET staff_name = '另一人' WHERE id = 9")
    assert "校验链第9环与内容不符" in "".join(report_of(counter).sentences)
