"""The columns of the rosters, and the way from a row of the sheet to a trainee and back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from pxtui.casework.roster.undo import MadeChange
from pxtui.identifiers import id_number, phone
from pxtui.identifiers.id_number import IdNumber, InvalidIdNumber
from pxtui.identifiers.person_name import written
from pxtui.policy import words
from pxtui.policy.facts import Trainee
from screens.entry.effects import Row
from screens.entry.fields import Alphabet, Field, Values
from screens.entry.rows import NUMBER, Change

PASSED, FAILED = "passed", "failed"
_PASSED_CHOICES = ((PASSED, "合格"), (FAILED, "不合格"))
_ID_LENGTH, _PHONE_LENGTH = 18, 11


def roster_fields(today: date) -> tuple[Field, ...]:
    """The columns of Attachment 2; sex and age are worked out on `today`."""
    identity = _identity_on(today)
    return (
        Field("name", "姓名", 12, check=_name_fault, spelt=written, help="同身份证；姓名间隔号·也可输.或●。"),
        Field(
            "sex",
            "性别",
            4,
            derived=lambda row: _from_number(identity(row), lambda known: known.sex, row.get("sex", "")),
        ),
        Field(
            "age",
            "年龄",
            4,
            derived=lambda row: _from_number(identity(row), lambda known: str(known.age_on(today)), row.get("age", "")),
        ),
        Field(
            "id_number",
            "身份证号",
            _ID_LENGTH,
            Alphabet.ID_NUMBER,
            length=_ID_LENGTH,
            check=_id_fault_on(today),
            help="18位；校验码不对会响铃，接着改就行。",
        ),
        Field(
            "phone",
            "联系电话",
            12,
            Alphabet.DIGITS,
            length=_PHONE_LENGTH,
            check=_phone_fault,
            help="手机11位，座机带区号。",
        ),
        Field("remark", "备注", 8, on_path=False, help="Tab到备注，Enter跳过。"),
    )


def result_fields() -> tuple[Field, ...]:
    """The columns of Attachment 4 that are keyed; who it is stands there and is not keyed again."""
    return (
        Field("name", "姓名", 10, derived=lambda row: row.get("name", "")),
        Field("masked", "身份证号", 18, derived=lambda row: id_number.masked(row.get("id_number", ""))),
        Field("course_hours", "课程学时", 8, Alphabet.DECIMAL, on_path=False),
        Field("completed_hours", "完成学时", 8, Alphabet.DECIMAL, help="平台记录的学时，1学时=45分钟。"),
        Field("passed", "考核", 6, Alphabet.CHOICE, choices=_PASSED_CHOICES, help="1合格，2不合格。"),
        Field("account", "平台账号", 12, on_path=False),
    )


def from_trainee(trainee: Trainee, *, numbered: bool = False) -> Row:
    """A trainee as the sheets show one. What is stored is carried along, keyed or not.

    `numbered`: the 序号 too, for rows whose numbers do not follow from their places.
    """
    return {
        key: text
        for key, text in {
            NUMBER: str(trainee.seq) if numbered else "",
            "name": trainee.name,
            "sex": trainee.sex or "",
            "age": "" if trainee.age is None else str(trainee.age),
            "id_number": trainee.id_number,
            "phone": trainee.phone,
            "remark": trainee.remark,
            "course_hours": _hours_text(trainee.course_hours),
            "completed_hours": _hours_text(trainee.completed_hours),
            "account": trainee.account,
            "password": trainee.password,
            "passed": {True: PASSED, False: FAILED, None: ""}[trainee.passed],
        }.items()
        if text
    }


def as_change(made: MadeChange, *, numbered: bool) -> Change:
    """A change that can be undone, as the sheet shows rows."""
    before, after = (None if row is None else from_trainee(row, numbered=numbered) for row in (made.before, made.after))
    return Change(made.position, before, after, made.joined)


def to_trainee(row: Row, today: date) -> Trainee:
    """A row of the sheet as it is stored; sex and age come from a number that is valid on `today`.

    Its 序号 is the register's to give.
    """
    identity = _identity_on(today)(row)
    stated_age = row.get("age", "")
    return Trainee(
        seq=0,
        name=row.get("name", ""),
        sex=identity.sex if identity else row.get("sex") or None,
        age=identity.age_on(today) if identity else int(stated_age) if stated_age else None,
        id_number=row.get("id_number", ""),
        phone=row.get("phone", ""),
        remark=row.get("remark", ""),
        course_hours=to_hours(row.get("course_hours", "")),
        completed_hours=to_hours(row.get("completed_hours", "")),
        account=row.get("account", ""),
        password=row.get("password", ""),
        passed={PASSED: True, FAILED: False}.get(row.get("passed", "")),
    )


def named(row: Row) -> str:
    """Whom a row is about: name and the tail of the number, by which a counter tells people apart."""
    tail = id_number.tail(row.get("id_number", ""))
    return row.get("name", "") + (f"（证号尾{tail}）" if tail else "")


def _identity_on(today: date) -> Callable[[Values], IdNumber | None]:
    def identity(row: Values) -> IdNumber | None:
        number = row.get("id_number", "")
        if len(number) != _ID_LENGTH:
            return None
        try:
            return id_number.parse(number, today=today)
        except InvalidIdNumber:
            return None

    return identity


def _from_number(identity: IdNumber | None, tell: Callable[[IdNumber], str], otherwise: str) -> str:
    return tell(identity) if identity is not None else otherwise


def _name_fault(name: str) -> str:
    # Of figures alone: how a minority's name or a rare character is written is nobody's to judge here.
    return "姓名里有数字，请按身份证改正；号码填在右边的栏里。" if any(map(str.isdecimal, name)) else ""


def _id_fault_on(today: date) -> Callable[[str], str]:
    def fault(number: str) -> str:
        try:
            id_number.parse(number, today=today)
        except InvalidIdNumber as invalid:
            return f"身份证号：{invalid}。"
        return ""

    return fault


def _phone_fault(number: str) -> str:
    return "" if phone.is_valid(number) else f"联系电话“{number}”不是手机号也不是带区号的座机号。"


def _hours_text(hours: Decimal | None) -> str:
    return "" if hours is None else words.hours(hours)


def to_hours(text: str) -> Decimal | None:
    """学时 as they stand in a row; None where none do."""
    return Decimal(text) if text else None
