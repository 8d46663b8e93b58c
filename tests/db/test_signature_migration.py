"""A register of before signatures bound what they saw: what is not at the bank is signed anew, all else stays."""

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from db.engine import private_engine
from db.upgrade import upgrade
from tests.db.test_control_migration import LATER, of_revision

_BATCH = {
    "office_code": "dongqu", "year": 2020, "fund_code": "ZX", "prepared_on": "2020-04-09", "prepared_by": "张三",
    "signed_on": "2020-04-09", "signed_by": "王五", "digest": "",
}  # fmt: skip
ROWS = (
    ("fund", {"code": "ZX", "name": "专项资金", "granted_fen": 1}),
    ("payment_batch", {**_BATCH, "id": 1, "serial": 1, "handed_over_on": "2020-04-09", "handed_over_by": "张三"}),
    ("payment_batch", {**_BATCH, "id": 2, "serial": 2}),
    (
        "payment_line",
        {
            "uid": "l", "id": 1, "batch_id": 1, "case_id": 1, "amount_fen": 1, "account_name": "", "bank_name": "",
            "account": b"", "outcome": "bounced", "reference": "账号有误",
        },
    ),
    ("recovery", {"id": 1, "case_id": 1, "amount_fen": 1, "reason": "查实", "ordered_on": "2020-04-09",
                  "ordered_by": "张三", "reference": ""}),
)  # fmt: skip


def test_a_register_of_before_keeps_its_payments_and_asks_for_open_signatures_again(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    of_revision(path, "0012")
    engine = private_engine(path)
    with engine.begin() as connection:
        for name, row in ROWS:
            connection.execute(sa.insert(sa.table(name, *map(sa.column, row))).values(row))
    engine.dispose()
    assert upgrade(path, now=LATER) is not None
    with closing(sqlite3.connect(path)) as connection:
        signed = connection.execute("SELECT serial, signed_by FROM payment_batch ORDER BY id").fetchall()
        assert signed == [(1, "王五"), (2, None)]
        line = connection.execute("SELECT outcome, is_by_hand, bounce_confirmed_on, answered_by FROM payment_line")
        assert line.fetchall() == [("bounced", 0, None, None)]
        assert connection.execute("SELECT is_fraud, drop_asked_by, drop_reason FROM recovery").fetchall() == [
            (0, None, "")
        ]
        for table in ("payment_signature", "payment_contradiction", "outgoing_file"):
            assert connection.execute(f"SELECT * FROM {table}").fetchall() == []  # noqa: S608
