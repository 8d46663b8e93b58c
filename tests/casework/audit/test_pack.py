"""An auditor's ten questions, answered from the pack with plain SQLite; and that the pack proves itself."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from db.models import (
    Act,
    Case,
    Enrolment,
    JournalEntry,
    PaymentBatch,
    PaymentLine,
    PaymentOutcome,
    PublicityItem,
    Role,
    Voucher,
)
from pxtui.casework.audit import pack
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.staff import members
from pxtui.errors import NotAllowed, Refused
from pxtui.progress import Watch
from tests.conftest import ACTING, NOW
from tests.support.practice import practice_home

NUMBER, PHONE, ACCOUNT = "510402199003070031", "13800008888", "5104020000777777"
FIRMS = (("甲公司", "91510402MA6000001A"), ("乙公司", "91510402MA6000002B"))
CLASSES = (
    (date(2020, 7, 1), date(2020, 7, 10), "焊工", 0),
    (date(2020, 7, 8), date(2020, 7, 20), "电工", 1),
    (date(2020, 8, 1), date(2020, 8, 10), "焊工", 0),
    (date(2020, 9, 1), date(2020, 9, 10), "钳工", 1),
)
"""From, to, occupation, firm: the first two overlap, the third repeats the first, and all four are one person's."""


def _planted(context: Context) -> list[str]:
    """Four paid classes of one person at two firms, with all that an audit looks for; their numbers."""
    session, vault = context.session, context.vault
    like = session.exec(select(Case).where(col(Case.stage) == Stage.PAID)).first()
    assert like is not None
    batch = session.get_one(PaymentBatch, 1)
    kept = like.model_dump(exclude={"id", "serial", "version"})
    item = session.exec(select(PublicityItem).where(col(PublicityItem.case_id) == like.id)).one()
    numbers = []
    for place, (starts_on, ends_on, occupation, firm) in enumerate(CLASSES):
        name, code = FIRMS[firm]
        changed = {"starts_on": starts_on, "ends_on": ends_on, "occupation": occupation, "credit_code": code}
        decided = {"opening_decided_on": starts_on + timedelta(days=1), "level": "5", "applicant_name": name}
        case = Case(**{**kept, **changed, **decided, "serial": 900 + place, "bundle_key": None})
        session.add(case)
        session.flush()
        row = Enrolment(case_id=case.id, application="claim", position=0, seq=1, name="张审计", approved=True)
        row.seal(vault, id_number=NUMBER, phone=PHONE)
        of_case: dict[str, Any] = {"case_id": case.id, "amount_fen": 60_000}
        firms: dict[str, Any] = {"payer": name, "payee": "平台", "issued_on": starts_on}
        voucher = Voucher(**of_case, **firms, position=0, number="1", number_key="20209999")
        line = PaymentLine(**of_case, batch_id=batch.id, account_name="丙公司", bank_name="银行")
        line.outcome = PaymentOutcome.PAID
        line.seal(vault, account=ACCOUNT)
        late = PublicityItem(batch_id=item.batch_id, case_id=case.id, heads=1, total_fen=60_000)
        session.add_all((row, voucher, line, late))
        numbers.append(case.number)
    others = [
        Enrolment(case_id=case.id, application="claim", position=place, seq=2, name=f"李{place}") for place in (1, 2)
    ]
    for place, other in enumerate(others):
        other.seal(vault, id_number=f"51040219900307{place:04}", phone=PHONE)
    batch.prepared_on = date(2020, 1, 2)
    session.add_all(others)
    session.flush()
    return numbers


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[str], Register]]:
    """The pack of the practice register with planted cases, by its clerk."""
    folder = tmp_path_factory.mktemp("pack")
    register = open_register(practice_home(folder / "data", tmp_path_factory), NOW)
    with register.writing(ACTING) as context:
        numbers = _planted(context)
        pack.order(context, folder / "资料包")
    with register.reading(ACTING) as context:
        pack.write(context, folder / "资料包", Watch())
    yield folder / "资料包", numbers, register
    register.close()


@pytest.fixture
def folder(made: tuple[Path, list[str], Register]) -> Path:
    """Where it lies."""
    return made[0]


def answered(folder: Path, query: str) -> list[tuple[Any, ...]]:
    (path,) = (folder / "查询").glob(f"{query}-*.sql")
    with closing(sqlite3.connect(folder / "台账.sqlite")) as base:
        return base.execute(path.read_text("utf-8")).fetchall()


def test_there_are_ten_questions(folder: Path) -> None:
    assert [path.name[:2] for path in sorted((folder / "查询").iterdir())] == [f"{place:02}" for place in range(1, 11)]


def test_each_question_finds_what_was_planted(made: tuple[Path, list[str], Register]) -> None:
    folder, numbers, _ = made
    first, second, third, fourth = numbers
    everywhere = set(numbers)

    def cases(query: str, column: int, name: str = "张审计") -> list[set[str]]:
        return [set(str(row[column]).split(",")) for row in answered(folder, query) if name in row or not name]

    assert cases("01", 4) == [everywhere]
    assert cases("02", 4) == [everywhere]
    assert [row[:2] for row in answered(folder, "03") if row[0] == "20209999"] == [("20209999", 4)]
    assert cases("04", 5) == [{first, third}]
    assert [row[2:4] for row in answered(folder, "05") if row[1] == "张审计"] == [(first, second)]
    assert [(row[1], row[2], set(row[3].split(","))) for row in answered(folder, "06") if row[1].endswith("7777")] == [
        ("*" * 12 + "7777", 2, everywhere)
    ]
    assert {row[0] for row in answered(folder, "07")} == everywhere
    assert next(row[1:] for row in answered(folder, "08") if "8888" in row[1])[:2] == ("138****8888", 3)
    assert {row[0] for row in answered(folder, "09")} == everywhere
    assert everywhere <= {row[0] for row in answered(folder, "10")}
    assert fourth in everywhere


def test_no_number_password_or_key_stands_in_any_file(made: tuple[Path, list[str], Register]) -> None:
    folder, _, register = made
    with register.reading(ACTING) as context:
        rows = context.session.exec(select(Enrolment)).all()
        secret = {row.unseal(context.vault, name) for row in rows for name in ("id_number", "phone")} - {""}
        keys = {row.id_key for row in rows if row.id_key}
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.suffix in {".sqlite", ".jsonl", ".txt"})
    book = load_workbook(folder / "台账.xlsx", read_only=True)
    cells = {f"{cell}" for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert len(secret) > 100
    assert not {value for value in secret if value.encode() in content} | (secret & cells)
    assert not {key for key in keys if key in content or key.hex().encode() in content}
    with closing(sqlite3.connect(folder / "台账.sqlite")) as base:
        tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        told = {name for (name,) in base.execute("SELECT DISTINCT table_name FROM dictionary")}
    assert tables - {"dictionary"} == told


def test_it_proves_itself_and_tells_what_was_altered(made: tuple[Path, list[str], Register], tmp_path: Path) -> None:
    folder, _, _ = made
    head = json.loads((folder / "清单.json").read_text("utf-8"))["chain_head"]

    def checked(*words: str) -> tuple[int, str]:
        done = subprocess.run([sys.executable, str(folder / "核对.py"), *words], capture_output=True, check=False)
        return done.returncode, done.stdout.decode()

    assert checked(head)[0] == 0
    code, told = checked("1:0000000000000000")
    assert (code, "校验链里没有文书上的链头" in told) == (1, True)
    journal = folder / "办理记录.jsonl"
    before = journal.read_bytes()
    journal.write_bytes(before.replace("同意".encode(), "退回".encode(), 1))
    code, told = checked()
    assert (code, "文件被改动：办理记录.jsonl" in told, "以后与校验码不符" in told) == (1, True, True)
    journal.write_bytes(before)
    assert checked()[0] == 0


def test_another_pack_has_other_pseudonyms(made: tuple[Path, list[str], Register], tmp_path: Path) -> None:
    folder, _, register = made
    with register.reading(ACTING) as context:
        pack.write(context, tmp_path / "second", Watch())
    people = []
    for place in (folder, tmp_path / "second"):
        with closing(sqlite3.connect(place / "台账.sqlite")) as base:
            people.append({row[0] for row in base.execute("SELECT person FROM people WHERE person <> ''")})
    assert len(people[0]) == len(people[1])
    assert not people[0] & people[1]


def test_it_is_an_act_of_the_head_or_the_auditor_and_needs_an_empty_folder(register: Register, tmp_path: Path) -> None:
    with register.writing(ACTING) as context:
        for name, role in (("王五", Role.HEAD), ("孙审计", Role.AUDITOR), ("赵六", Role.ADMINISTRATOR)):
            members.add(context, name, role)
        office_settings.change(context, duties_apart=True)
    for name in ("王五", "孙审计"):
        with register.writing(Acting(name, "dongqu", NOW)) as context:
            pack.order(context, tmp_path / "new")
            acts = context.session.exec(select(JournalEntry.action).order_by(col(JournalEntry.id).desc()))
            assert acts.first() is Act.AUDIT_PACK
    for name in ("张三", "赵六"):
        with pytest.raises(NotAllowed), register.writing(Acting(name, "dongqu", NOW)) as context:
            pack.order(context, tmp_path / "new")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "a").touch()
    with pytest.raises(Refused, match="换一个空文件夹"), register.writing(Acting("王五", "dongqu", NOW)) as context:
        pack.order(context, tmp_path / "new")
