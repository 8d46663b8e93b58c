"""What casework hands over comes back exactly, and what must not change does not."""

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from db.engine import Archive
from db.models import Act, Applicant, Case, Enrolment, JournalEntry, LearningResult, Row
from db.seal import Vault
from pxtui.errors import PxtuiError
from tests.db.conftest import NOW


def a_case(session: Session, serial: int = 17, **facts: Any) -> Case:
    """A case in the register, with what it needs."""
    applicant = Applicant(name="恒力机械", credit_code="", credit_code_key="", kind="enterprise", county="510402")
    session.add(applicant)
    session.flush()
    plain: dict[str, Any] = {
        "office_code": "dongqu",
        "letter": "DQ",
        "year": 2020,
        "serial": serial,
        "stage": "opened",
        "applicant_id": applicant.id,
        "applicant_name": "恒力机械",
        "credit_code": "",
        "kind": "enterprise",
        "vanadium_titanium_zone": False,
        "county": "510402",
        "trainees": "employees",
        "occupation": "焊工",
        "level": "5",
        "format": "purchased",
        "fee": "paid",
        "main_business": True,
        "starts_on": date(2020, 3, 20),
        "ends_on": date(2020, 4, 2),
        "course_hours": Decimal(40),
    }
    case = Case(**(plain | facts))
    session.add(case)
    session.flush()
    return case


def test_a_case_comes_back_exactly(archive: Archive) -> None:
    facts: dict[str, Any] = {
        "applicant_name": " 恒力\u3000机械[/]",
        "size": None,
        "platform": "",
        "provider": None,
        "starts_on": date(1, 1, 1),
        "ends_on": date(9999, 12, 31),
        "course_hours": Decimal("40.10"),
        "opening_materials": ("attachment-2", "attachment-1"),
        "evidence": (),
        "purchased_heads": 2**63 - 1,
        "planned_fee_fen": 0,
        "approved_total_fen": None,
    }
    with archive.writing() as session:
        case_id = a_case(session, **facts).id
    with archive.reading() as session:
        case = session.get_one(Case, case_id)
        assert {name: getattr(case, name) for name in facts} == facts
        assert str(case.course_hours) == "40.10"
        assert (case.number, case.display_number) == ("2020-DQ-0017", "线培〔2020〕DQ-0017")


def test_a_roster_row_comes_back_exactly(archive: Archive, vault: Vault) -> None:
    with archive.writing() as session:
        row = Enrolment(
            case_id=a_case(session).id, application="claim", position=0, seq=-(2**63), name="", age=0, remark="\n"
        )
        row.seal(vault, id_number="5104021986０112001x", phone="")
        session.add(row)
        session.flush()
        learnt = LearningResult(enrolment_id=row.id, completed_hours=Decimal("1E+3"), passed=False)
        learnt.seal(vault, account=" u1 ", password="口令")
        session.add(learnt)
    with archive.reading() as session:
        row = session.exec(select(Enrolment)).one()
        learnt = session.get_one(LearningResult, row.id)
        assert (row.seq, row.name, row.sex, row.age, row.remark, row.approved) == (-(2**63), "", None, 0, "\n", None)
        assert (row.unseal(vault, "id_number"), row.unseal(vault, "phone")) == ("5104021986０112001x", "")
        assert (learnt.course_hours, str(learnt.completed_hours), learnt.passed) == (None, "1E+3", False)
        assert (learnt.unseal(vault, "account"), learnt.unseal(vault, "password")) == (" u1 ", "口令")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"purchased_heads": 2**63}, "超过台账能保存的19位"),
        ({"planned_fee_fen": -(2**63) - 1}, "超过台账能保存的19位"),
        ({"approved_heads": 10**5000}, "超过台账能保存的19位"),
        ({"occupation": "焊\ud800工"}, "残缺的字符"),
        ({"serial": 0}, "冲突"),
        ({"office_code": "nowhere"}, "冲突"),
    ],
)
def test_what_the_register_cannot_hold_is_told_and_not_stored(
    facts: dict[str, Any], sentence: str, archive: Archive
) -> None:
    with pytest.raises(PxtuiError, match=sentence), archive.writing() as session:
        a_case(session, **facts)
    with archive.reading() as session:
        assert session.exec(select(Case)).all() == []


def test_a_case_number_is_given_once(archive: Archive) -> None:
    with archive.writing() as session:
        a_case(session)
    with pytest.raises(PxtuiError, match="冲突"), archive.writing() as session:
        a_case(session)


def test_who_saves_an_overtaken_copy_of_a_case_is_refused(archive: Archive) -> None:
    with archive.writing() as session:
        a_case(session)
    with archive.reading() as session:
        overtaken = session.exec(select(Case)).one()
    with archive.writing() as session:
        session.exec(select(Case)).one().occupation = "电工"
    overtaken.occupation = "钳工"
    with pytest.raises(PxtuiError, match="刚被别人改过"), archive.writing() as session:
        session.add(overtaken)
    with archive.reading() as session:
        assert session.exec(select(Case.occupation)).one() == "电工"


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE journal_entry SET summary = ''",
        "DELETE FROM journal_entry",
        "REPLACE INTO journal_entry SELECT * FROM journal_entry",
    ],
)
def test_the_journal_cannot_be_rewritten_by_any_program(act: str, archive: Archive, path: Path, vault: Vault) -> None:
    with archive.writing() as session:
        entry = JournalEntry(at=NOW, staff_name="张三", action=Act.CASE_FILE, summary="受理")
        entry.seal(vault, after="身份证号 510402198601120017")
        session.add(entry)
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="只能追加"):
        connection.execute(act)
    with pytest.raises(PxtuiError, match="只能追加"), archive.writing() as session:
        session.connection().exec_driver_sql(act)
    with archive.reading() as session:
        kept = session.exec(select(JournalEntry)).one()
        assert (kept.summary, kept.unseal(vault, "after")) == ("受理", "身份证号 510402198601120017")


def test_what_the_journal_keeps_under_seal_can_be_emptied_and_never_filled_again(
    archive: Archive, vault: Vault
) -> None:
    with archive.writing() as session:
        entry = JournalEntry(at=NOW, staff_name="张三", action=Act.CASE_FILE, summary="受理")
        entry.seal(vault, after="身份证号 510402198601120017")
        session.add(entry)
    with archive.writing() as session:
        kept = session.exec(select(JournalEntry)).one()
        kept.after = b""
        session.add(kept)
    kept.seal(vault, after="别的内容")
    with pytest.raises(PxtuiError, match="只能追加"), archive.writing() as session:
        session.merge(kept)
    with archive.reading() as session:
        assert session.exec(select(JournalEntry)).one().unseal(vault, "after") == ""


def test_moments_are_kept_in_utc_and_sort_as_they_happened(archive: Archive) -> None:
    china = timezone(timedelta(hours=8))
    moments = [datetime(2020, 3, 16, 10, 0, 0, 1, tzinfo=china), NOW, datetime(2020, 3, 16, 10, 0, tzinfo=china)]
    with archive.writing() as session:
        session.add_all(JournalEntry(at=at, staff_name="", action=Act.CASE_FILE, summary="") for at in moments)
    with archive.reading() as session:
        kept = session.exec(select(JournalEntry.at).order_by(col(JournalEntry.at))).all()
    assert kept == sorted(moments)


def test_personal_numbers_stand_only_in_sealed_columns() -> None:
    sealed = {"id_number", "phone", "contact_phone", "legal_phone", "account", "password", "bank_account", "payload"}
    columns = [column for table in Row.metadata.tables.values() for column in table.columns]
    assert {column.type.python_type for column in columns if column.name in sealed} == {bytes}
