"""A register of before the control totals keeps its cases, and asks for nothing until its office wants it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from db import upgrade as upgrading
from db.engine import private_engine
from db.private_files import create_private
from db.upgrade import upgrade

LATER = datetime(2021, 1, 5, 8, 15, 30, tzinfo=UTC)
CASE = {
    "version": 1, "office_code": "dongqu", "letter": "DQ", "year": 2020, "serial": 1, "stage": "draft",
    "applicant_id": 1, "applicant_name": "攀枝花市恒力机械有限公司", "credit_code": "", "kind": "enterprise",
    "vanadium_titanium_zone": 0, "county": "510402", "trainees": "employees", "occupation": "焊工",
    "format": "purchased", "fee": "paid", "main_business": 1, "starts_on": "2020-03-20", "ends_on": "2020-04-02",
    "course_hours": "40", "opening_materials": "", "claim_materials": "", "evidence": "",
    "opening_roster_known": 1, "cover_head_count": 37,
}  # fmt: skip


APPLICANT = {
    "uid": "u", "id": 1, "name": "", "credit_code": "", "credit_code_key": "", "kind": "enterprise",
    "vanadium_titanium_zone": 0, "county": "510402", "industry": "", "business_scope": "", "address": "",
    "legal_representative": "", "contact_name": "", "contact_phone": b"", "bank_name": "", "bank_account": b"",
}  # fmt: skip
OFFICE = {"code": "dongqu", "name": "东区人社局", "letter": "DQ"}


def of_revision(path: Path, revision: str) -> None:
    """A register as a program of before left it, with a case in it."""
    create_private(path, "台账")
    engine = private_engine(path)
    with engine.begin() as connection:
        configuration = upgrading._configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, revision)
        for name, row in (("office", OFFICE), ("applicant", APPLICANT), ("training_case", CASE)):
            connection.execute(sa.insert(sa.table(name, *map(sa.column, row))).values(row))
    engine.dispose()


@pytest.mark.parametrize("revision", ["0002", "0003"])
def test_a_register_of_before_keeps_its_cases(revision: str, tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    of_revision(path, revision)
    assert upgrade(path, now=LATER) is not None
    with closing(sqlite3.connect(path)) as connection:
        cases = connection.execute("SELECT serial, cover_head_count, cover_tail_sum FROM training_case").fetchall()
        assert cases == [(1, 37, None)]
        assert connection.execute("SELECT * FROM office_setting").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError, match="second_keying_share"):
            connection.execute(
                "INSERT INTO office_setting (office_code, tail_sum_wanted, second_keying_share) "
                "VALUES ('dongqu', 0, 101)"
            )
