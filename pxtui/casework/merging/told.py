"""What each of several registers says of what they have in common: people, enterprises, invoices, money, the city."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from db.chain.links import head_of, last_link
from db.engine import open_archive
from db.models import (
    Applicant,
    Case,
    Enrolment,
    Office,
    PaymentLine,
    PaymentOutcome,
    Person,
    Staff,
    StaffLogin,
    Voucher,
    display_number,
)
from db.models import Register as RegisterRow
from db.seal import Vault
from pxtui.casework.keeping.moving import opened, verified_head
from pxtui.casework.merging import of_the_city, preconditions
from pxtui.casework.office import clock_check
from pxtui.errors import Refused
from pxtui.home import Home
from pxtui.identifiers.text import canonical, canonical_code

FEWEST = 2


@dataclass(frozen=True, slots=True)
class Old:
    """One of the registers, in a transaction that reads."""

    home: Home
    session: Session
    vault: Vault
    """With the versions in force."""
    row: RegisterRow
    head: str
    """Of its chain, which was verified."""


@dataclass(slots=True)
class Paid:
    """A case for which money was paid or is on its way."""

    number: str
    occupation: str
    fen: int
    people: set[str] = field(default_factory=set)
    """Canonical ID numbers."""
    vouchers: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class OnFile:
    """A person or an enterprise on file."""

    id: int
    name: str
    account: str = ""
    """Of an enterprise."""
    newest: str = ""
    """The day of the last case, ISO; empty: of none."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff."""

    id: int
    is_active: bool
    logins: tuple[tuple[str, str], ...] = ()
    """Kind and value of what the server knows."""


@dataclass(slots=True)
class Told:
    """What one register says."""

    office: str
    code: str = ""
    numbers: set[str] = field(default_factory=set)
    """Of cases, as they are shown."""
    people: dict[str, OnFile] = field(default_factory=dict)
    """By canonical ID number."""
    applicants: dict[str, OnFile] = field(default_factory=dict)
    """The first of each credit code, without one of each name."""
    staff: dict[str, Member] = field(default_factory=dict)
    vouchers: dict[str, str] = field(default_factory=dict)
    """By number as it is compared, the number of a case."""
    of_the_city: dict[str, str] = field(default_factory=dict)
    """By what it is, what is said of it."""
    granted: dict[str, int] = field(default_factory=dict)
    """By fund, fen."""
    elsewhere: set[tuple[str, str]] = field(default_factory=set)
    """Codes of other offices and their cases, of which their lists told."""
    first: list[str] = field(default_factory=list)
    """What has to be done there before it can be one with others, a sentence each."""
    paid: list[Paid] = field(default_factory=list)


@contextmanager
def old_registers(homes: Sequence[Home], at: datetime, tell: Callable[[str], None]) -> Iterator[list[Old]]:
    """Registers that are to become one; they are verified first, and then only read, each as it stands at one moment.

    Raises:
        PxtuiError: there are fewer than two, two are of one office, or one of them cannot be read, was altered past the
            program, or is written to meanwhile.
    """
    if len(homes) < FEWEST:
        raise Refused("请用 --from 写明两个以上的数据文件夹。")
    with ExitStack() as stack:
        found: list[Old] = []
        for home in homes:
            vault, _ = opened(home)
            head = verified_head(home, vault, tell)
            # Not by way of `open_register`, which writes what is still to be written.
            archive = stack.enter_context(closing(open_archive(home.database, vault)))
            session = stack.enter_context(archive.reading())
            row = session.get_one(RegisterRow, 1)
            last = last_link(session.connection())
            if last is None or head_of(last[0], last[1]) != head:
                raise Refused(f"“{home.root}”还有人在办理，没有合并；请关闭所有柜台再试。")
            if not row.is_practice and clock_check.newest_after(session, row, at):
                raise Refused(f"本机时钟早于“{home.root}”的最新记录，没有合并；请校准时钟再试。")
            found.append(Old(home, session, archive.vault, row, head))
        yield found


def key_of(registers: Sequence[Old]) -> bytes:
    """A key of these registers, in whatever order, for marks that nobody reads a number from."""
    keys = sorted(register.vault.lasting_key("mark of a conflict") for register in registers)
    return sha256(b"".join(keys)).digest()


def read(register: Old) -> Told:
    """What a register says; everything is in memory."""
    session, vault = register.session, register.vault
    code = register.row.home_office
    told = Told(session.get_one(Office, code).name, code)
    every = select(Case.id, Case.letter, Case.year, Case.serial)
    numbers = {at: display_number(letter, year, serial) for at, letter, year, serial in session.exec(every)}
    told.numbers = set(numbers.values())
    told.people = dict(_people(session, vault))
    told.applicants = _applicants(session, vault)
    told.staff = _staff(session)
    for key, case_id in session.exec(select(Voucher.number_key, Voucher.case_id).where(Voucher.number_key != "")):
        told.vouchers[key] = numbers[case_id]
    told.of_the_city = dict(of_the_city.told(session))
    told.granted = of_the_city.granted(session)
    told.elsewhere = of_the_city.elsewhere(session)
    told.first = list(preconditions.sentences(session))
    told.paid = list(_paid(session, vault))
    return told


def _people(session: Session, vault: Vault) -> Iterator[tuple[str, OnFile]]:
    newest = _newest(session, Enrolment.person_id)
    for person in session.exec(select(Person)):
        number = canonical_code(person.unseal(vault, "id_number"))
        yield number, OnFile(person.id, person.name, newest=newest.get(person.id, ""))


def _newest(session: Session, column: object) -> dict[int, str]:
    """By person or applicant, the day of the last case."""
    day = func.max(func.coalesce(Case.claim_received_on, Case.opening_received_on))
    asked = select(column, day)  # type: ignore[call-overload]
    if column is Enrolment.person_id:
        asked = asked.join(Case, col(Case.id) == col(Enrolment.case_id))
    return {key: str(latest or "") for key, latest in session.exec(asked.group_by(column)) if key is not None}


def _applicants(session: Session, vault: Vault) -> dict[str, OnFile]:
    newest = _newest(session, Case.applicant_id)
    found: dict[str, OnFile] = {}
    for row in session.exec(select(Applicant).order_by(col(Applicant.id))):
        account = f"{canonical(row.bank_name)} {canonical_code(row.unseal(vault, 'bank_account'))}".strip()
        key = row.credit_code_key or canonical(row.name)
        found.setdefault(key, OnFile(row.id, row.name, account, newest.get(row.id, "")))
    return found


def _staff(session: Session) -> dict[str, Member]:
    logins: dict[int, list[tuple[str, str]]] = {}
    for login in session.exec(select(StaffLogin).order_by(col(StaffLogin.id))):
        logins.setdefault(login.staff_id, []).append((login.kind.value, login.value))
    rows = session.exec(select(Staff).order_by(col(Staff.id)))
    return {row.name: Member(row.id, row.active, tuple(logins.get(row.id, ()))) for row in rows}


def _paid(session: Session, vault: Vault) -> Iterator[Paid]:
    lasting = or_(col(PaymentLine.outcome).is_(None), col(PaymentLine.outcome) == PaymentOutcome.PAID)
    lines = select(PaymentLine, Case).join(Case, col(Case.id) == col(PaymentLine.case_id)).where(lasting)
    for line, case in session.exec(lines.order_by(col(PaymentLine.id))).all():
        rows = select(Enrolment).where(Enrolment.case_id == case.id, Enrolment.application == "claim")
        granted = session.exec(rows.where(col(Enrolment.approved).is_not(False)))
        people = {canonical_code(row.unseal(vault, "id_number")) for row in granted} - {""}
        vouchers = set(session.exec(select(Voucher.number_key).where(Voucher.case_id == case.id))) - {""}
        yield Paid(case.display_number, case.occupation, line.amount_fen, people, vouchers)
