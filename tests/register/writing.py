"""Made-up classes as rows of a register, in bulk: everything opens and is found, no row has a proof in the chain."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection, Table, insert

from db.kinds import kind_at
from db.models import Act, Applicant, Case, Enrolment, JournalEntry, LearningResult, Person, Row, Stage, Voucher
from db.phone_keys import account_key, phone_key
from db.seal import Vault, identity_of
from pxtui.casework.roster.rows import ID_NUMBER, ID_TAIL
from pxtui.clock import CHINA
from pxtui.identifiers import id_number
from pxtui.identifiers.firm_name import firm_initials
from pxtui.identifiers.pinyin import initials
from pxtui.identifiers.text import canonical_code
from pxtui.identifiers.voucher_number import tail_of, voucher_key
from pxtui.policy.facts import Evidence, Material
from pxtui.policy.parameters import shipped_rulebook
from tests.register.classes import Class, Learnt
from tests.register.made_up import Firm, Somebody
from tests.register.records import as_imported

_AT_ONCE = 20_000
_PASSED = "claim"
_FIRST_ENTRY = 1_000_000
"""Behind those that the making itself writes."""
_OPENING = ("attachment-1", "attachment-2", "business-licence", "labour-contracts")
_PROOFS = ("attachment-1", "attachment-2", "business-licence", "identity-proofs")
_CLAIM = tuple(
    sorted((Material.ATTACHMENT_3, Material.ATTACHMENT_4, Material.TEACHING_RECORDS, Material.COST_VOUCHERS))
)

Values = dict[str, Any]


@dataclass(slots=True)
class Writer:
    """Rows of classes, with numbers that go on from class to class."""

    connection: Connection
    vault: Vault
    heads: int = 0
    """Rows of rosters written so far."""
    cases: int = 0
    _serials: Counter[tuple[str, int]] = field(default_factory=Counter)
    _applicants: dict[str, int] = field(default_factory=dict)
    _people: dict[str, int] = field(default_factory=dict)
    _waiting: dict[str, list[Values]] = field(default_factory=dict)
    _next: dict[str, int] = field(default_factory=dict)

    def write(self, made: Class, *, is_open: bool) -> str:
        """One class as a case; its number. `is_open`: its claim waits for the decision, else all is over."""
        self.cases += 1
        office = shipped_rulebook().latest.offices[made.firm.office]
        year = made.starts_on.year
        self._serials[office.letters, year] += 1
        serial = self._serials[office.letters, year]
        stage = Stage.CLAIM_RECEIVED if is_open else Stage.ARCHIVED
        case_id = self.cases
        self._add(Case, self._case(made, office.code, office.letters, serial, stage) | {"id": case_id})
        for position, person in enumerate(made.opening):
            self._enrol(case_id, "opening", position, person, approved=True)
        for position, row in enumerate(made.claim):
            number = self._enrol(case_id, _PASSED, position, row.person, approved=None if is_open else True)
            self._add_result(number, row)
        for position, invoice in enumerate(made.invoices):
            key = voucher_key(invoice.number)
            self._add(
                Voucher,
                {"case_id": case_id, "position": position, "number_key": key, "number_tail": tail_of(key)}
                | {name: getattr(invoice, name) for name in ("number", "issued_on", "payer", "payee", "amount_fen")},
            )
        if made.sessions:
            self._import(made, case_id)
        if sum(map(len, self._waiting.values())) > _AT_ONCE:
            self.flush()
        return f"{year}-{office.letters}-{serial:04}"

    def flush(self) -> None:
        """Send what waits, parents first."""
        for table in Row.metadata.sorted_tables:
            if rows := self._waiting.pop(table.name, []):
                self.connection.execute(insert(table), rows)

    def end(self) -> None:
        """Send the rest; numbers go on behind the highest."""
        self.flush()
        kind_at(self.connection).numbers_go_on(self.connection)

    def forget_firms(self) -> None:
        """What follows is of other firms and people: a register of any size is written with the memory of one firm."""
        self._applicants.clear()
        self._people.clear()

    def _case(self, made: Class, office: str, letters: str, serial: int, stage: Stage) -> Values:
        firm = made.firm
        claimed_on = max(invoice.issued_on for invoice in made.invoices) + timedelta(days=3)
        is_over = stage is Stage.ARCHIVED
        return {
            "version": 1,
            "office_code": office,
            "letter": letters,
            "year": made.starts_on.year,
            "serial": serial,
            "stage": stage,
            "applicant_id": self._applicant(firm),
            "applicant_name": firm.name,
            "credit_code": firm.code,
            "kind": firm.kind,
            "size": "small",
            "vanadium_titanium_zone": False,
            "county": made.county,
            "trainees": made.trainees,
            "occupation": made.occupation,
            "level": "5",
            "format": "purchased",
            "fee": "paid",
            "main_business": True,
            "platform": "技工教育网",
            "provider": made.provider,
            "provider_credit_code": made.provider_code,
            "starts_on": made.starts_on,
            "ends_on": made.ends_on,
            "course_hours": made.hours,
            "opened_by": office,
            "opening_received_on": made.starts_on - timedelta(days=6),
            "opening_decided_on": made.starts_on - timedelta(days=3),
            "opening_decided_by": "王五",
            "claim_received_on": claimed_on,
            "opening_materials": _OPENING if made.trainees == "employees" else _PROOFS,
            "claim_materials": _CLAIM,
            "evidence": tuple(sorted(Evidence)),
            "purchased_heads": made.heads,
            "claim_decided_on": claimed_on if is_over else None,
            "stage_since": claimed_on,
        }

    def _applicant(self, firm: Firm) -> int:
        known = self._applicants.get(firm.code)
        if known is not None:
            return known
        number = self._next["applicant"] = self._next.get("applicant", 0) + 1
        self._applicants[firm.code] = number
        texts = {"legal_phone": firm.legal_phone, "contact_phone": firm.contact_phone, "bank_account": firm.account}
        values = {
            "id": number,
            "name": firm.name,
            "credit_code": firm.code,
            "credit_code_key": canonical_code(firm.code),
            "initials": firm_initials(firm.name),
            "code_tail": firm.code[-4:],
            "kind": firm.kind,
            "size": "small",
            "county": firm.county,
            "address": firm.address,
            "legal_representative": firm.legal,
            "contact_name": firm.contact,
            "phone_key": phone_key(self.vault, firm.contact_phone),
            "bank_name": "攀枝花市商业银行",
            "account_key": account_key(self.vault, firm.account),
        }
        self._add(Applicant, self._sealed("applicant", values, (number,), texts))
        return number

    def _person(self, person: Somebody) -> int:
        known = self._people.get(person.id_number)
        if known is not None:
            return known
        number = self._next["person"] = self._next.get("person", 0) + 1
        self._people[person.id_number] = number
        values = {
            "id": number,
            "id_key": self.vault.look_up_key(ID_NUMBER, person.id_number),
            "name": person.name,
            "initials": initials(person.name),
            "tail_key": self.vault.look_up_key(ID_TAIL, id_number.tail(person.id_number)),
        }
        self._add(
            Person, self._sealed("person", values, (number,), {"id_number": person.id_number, "phone": person.phone})
        )
        return number

    def _enrol(self, case_id: int, application: str, position: int, person: Somebody, *, approved: bool | None) -> int:
        self.heads += 1
        values = {
            "id": self.heads,
            "case_id": case_id,
            "application": application,
            "position": position,
            "seq": position + 1,
            "name": person.name,
            "sex": person.sex,
            "age": None,
            "id_key": self.vault.look_up_key(ID_NUMBER, person.id_number),
            "phone_key": phone_key(self.vault, person.phone),
            "remark": "",
            "person_id": self._person(person),
            "approved": approved,
            "left_on": None,
        }
        texts = {"id_number": person.id_number, "phone": person.phone}
        self._add(Enrolment, self._sealed("enrolment", values, (self.heads, case_id), texts))
        return self.heads

    def _add_result(self, number: int, row: Learnt) -> None:
        values = {
            "enrolment_id": number,
            "course_hours": row.course_hours,
            "completed_hours": row.completed,
            "passed": row.passed,
        }
        texts = {"account": row.account, "password": row.password}
        self._add(LearningResult, self._sealed("learning_result", values, (number,), texts))

    def _import(self, made: Class, case_id: int) -> None:
        number = self._next["journal_entry"] = self._next.get("journal_entry", _FIRST_ENTRY) + 1
        values = {
            "id": number,
            "at": datetime.combine(made.ends_on, time(9), CHINA),
            "staff_name": "张三",
            "case_id": case_id,
            "action": Act.LEARNING_IMPORT,
            "summary": "导入学习记录",
        }
        self._add(JournalEntry, self._sealed("journal_entry", values, (number, case_id), {"after": as_imported(made)}))

    def _sealed(self, table: str, values: Values, bound_to: tuple[int, ...], texts: Mapping[str, str]) -> Values:
        uid = token_urlsafe(12)
        identity = identity_of(uid, bound_to)
        sealed = {
            column: self.vault.seal_in_row(table, identity, column, text) if text else b""
            for column, text in texts.items()
        }
        return values | {"uid": uid} | sealed

    def _add(self, model: type[Row], values: Values) -> None:
        table: Table = Row.metadata.tables[str(model.__tablename__)]
        self._waiting.setdefault(table.name, []).append(values)


def in_order(classes: Iterable[list[Class]], cases: int) -> Iterator[list[Class]]:
    """Firms with their classes until there are so many cases."""
    written = 0
    for of_firm in classes:
        some = of_firm[: cases - written]
        yield some
        written += len(some)
        if written >= cases:
            return
