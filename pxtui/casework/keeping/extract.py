"""What the register keeps of one person, and who looked: the paper that the person may ask for (PIPL article 45)."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from sqlmodel import col, or_, select

from db.models import Act, Case, Enrolment, JournalEntry, LearningResult, Office, Person
from pxtui.casework.exchange import told_trainings
from pxtui.casework.office import journal, outgoing
from pxtui.casework.office.context import Context
from pxtui.casework.people import reveals
from pxtui.casework.printed.entering import VERSION_CHARACTERS, folder_for
from pxtui.casework.roster.rows import ID_NUMBER
from pxtui.casework.staff.sight import require_full
from pxtui.clock import CHINA
from pxtui.errors import NotFound
from pxtui.identifiers.id_number import with_century
from pxtui.identifiers.text import canonical_code
from pxtui.papers.letters.personal_extract import ExtractLine, page
from pxtui.papers.writing.sheet_writer import written
from pxtui.policy import words
from pxtui.policy.facts import ApplicationKind

FOLDER = "个人信息"
"""In the folder of papers."""
_APPLICATIONS = {ApplicationKind.OPENING: "开班名单", ApplicationKind.CLAIM: "补贴名单"}
_READ = (Act.READ_PERSON, Act.READ_SEARCH, Act.READ_EXTRACT)
_PRINTED = (Act.PAPER_ISSUE, Act.PAPER_REPRINT, Act.PAPER_AGAIN)
_VERDICTS = {True: "合格", False: "不合格", None: "没有登记"}


def extract(context: Context, id_number: str, folder: Path | None = None) -> Path:
    """Have the paper of one person written; where it will be. The file bears neither name nor number in its own name.

    Raises:
        PxtuiError: nothing is kept of such a person, the role sees masked numbers, or the disk refuses.
    """
    require_full(context, "本人信息查阅单")
    number = canonical_code(id_number)
    keys = [context.vault.look_up_key(ID_NUMBER, form) for form in sorted({number, with_century(number)})]
    person = context.session.exec(select(Person).where(col(Person.id_key).in_(keys))).first()
    in_cases = list(_rows(context, keys))
    lines = [*_on_file(context, person), *(line for row, case in in_cases for line in _in_case(context, row, case))]
    lines += _trainings(context, number)
    if not lines:
        raise NotFound("台账里没有此人的信息，请核对证号；没有写出文件。")
    about = reveals.about(context, number)
    journal.record(context, None, Act.READ_EXTRACT, "出具一人的个人信息查阅单", after={reveals.PERSON: about})
    context.session.flush()
    lines += _looks(context, about, [case.id for _, case in in_cases])
    office = context.session.get_one(Office, context.office)
    name = person.name if person is not None else next((row.name for row, _ in in_cases), "")
    version = hashlib.sha256(repr(lines).encode()).hexdigest()[:VERSION_CHARACTERS].upper()
    content = written(page(f"{name}  {number}", office.name, f"{context.today}", lines, version))
    path = folder_for(context, folder, FOLDER) / f"个人信息查阅单-{context.at:%Y%m%d-%H%M%S}.xlsx"
    outgoing.put(context, path, content, "个人信息查阅单")
    return path


def _rows(context: Context, keys: list[bytes]) -> Iterator[tuple[Enrolment, Case]]:
    wanted = select(Enrolment, Case).join(Case).where(col(Enrolment.id_key).in_(keys)).order_by(col(Enrolment.id))
    yield from context.session.exec(wanted)


def _on_file(context: Context, person: Person | None) -> Iterator[ExtractLine]:
    if person is not None:
        told = f"姓名{person.name}，身份证号{person.unseal(context.vault, 'id_number')}"
        yield ExtractLine("登记资料", f"{told}，电话{person.unseal(context.vault, 'phone') or '没有'}", "花名册")


def _in_case(context: Context, row: Enrolment, case: Case) -> Iterator[ExtractLine]:
    phone = row.unseal(context.vault, "phone")
    whom = (
        f"第{row.seq}号{row.name}，性别{row.sex or '没有'}，年龄{'没有' if row.age is None else row.age}，电话{phone}"
    )
    course = f"{case.applicant_name} {case.occupation} {case.starts_on}至{case.ends_on}"
    kind = _APPLICATIONS[ApplicationKind(row.application)]
    remark = f"，备注{row.remark}" if row.remark else ""
    yield ExtractLine(kind, f"{course}；{whom}{remark}", case.display_number)
    result = context.session.get(LearningResult, row.id)
    if result is not None:
        hours = "没有" if result.completed_hours is None else f"{words.hours(result.completed_hours)}学时"
        account = result.unseal(context.vault, "account") or "没有"
        password = "还留存" if result.password else "没有留存"
        yield ExtractLine(
            "学习结果",
            f"完成{hours}，考核{_VERDICTS[result.passed]}，平台账号{account}，密码{password}",
            case.display_number,
        )


def _trainings(context: Context, number: str) -> list[ExtractLine]:
    found = told_trainings.of_people(context, number).trainings
    return [ExtractLine("以往培训", training.sentence, "") for training in found if not training.is_own_case]


def _looks(context: Context, about: str, case_ids: list[int]) -> Iterator[ExtractLine]:
    """Who looked at the person, and what was printed of the person's cases, the newest first."""
    of_person = col(JournalEntry.action).in_(_READ) & (
        col(JournalEntry.case_id).is_(None) | col(JournalEntry.case_id).in_(case_ids)
    )
    of_cases = col(JournalEntry.action).in_(_PRINTED) & col(JournalEntry.case_id).in_(case_ids)
    wanted = select(JournalEntry).where(or_(of_person, of_cases)).order_by(col(JournalEntry.id).desc())
    for entry in context.session.exec(wanted):
        if entry.action in _READ:
            told = json.loads(entry.unseal(context.vault, "after") or "{}")
            if not about or told.get(reveals.PERSON) != about:
                continue
        when = f"{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        yield ExtractLine("查看、出具", entry.summary, f"{entry.staff_name} {when}")
