"""One application as a scenario tells it: a good opening or a good claim, of which single facts are changed."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from pxtui.identifiers.id_number import check_character
from pxtui.policy.facts import (
    Applicant,
    Application,
    ApplicationKind,
    Evidence,
    Fee,
    Format,
    Kind,
    Level,
    Material,
    PastTraining,
    Size,
    Trainee,
    Trainees,
    Training,
    Voucher,
)

NAME, PROVIDER = "攀枝花市恒力机械有限公司", "成都职业培训网络学院"
_OPENING = {Material.ATTACHMENT_1, Material.ATTACHMENT_2, Material.BUSINESS_LICENCE, Material.LABOUR_CONTRACTS}
_CLAIM = {Material.ATTACHMENT_3, Material.ATTACHMENT_4, Material.TEACHING_RECORDS, Material.COST_VOUCHERS}
_HOURS = Decimal(40)


def id_number(born: date, *, woman: bool = False, order: int = 0, area: str = "510402") -> str:
    """A valid number of somebody made up."""
    first_17 = f"{area}{born:%Y%m%d}{order * 2 + (0 if woman else 1):03}"
    return first_17 + check_character(first_17)


def typed(text: str) -> str:
    """What a table writes, with the characters that nobody sees: `〈U+200C〉` stands for one of them."""
    return re.sub("〈U\\+([0-9A-F]{4})〉", lambda match: chr(int(match[1], 16)), text)


def _person(seq: int) -> Trainee:
    return Trainee(seq, f"学员{seq}", None, None, id_number(date(1985, 6, 15), order=seq), f"1380000{seq:04}", "")


@dataclass
class Scene:
    """What is told so far; three people, 20 March to 2 April 2020."""

    stage: ApplicationKind = ApplicationKind.OPENING
    decided_on: date = date(2020, 3, 16)
    lifted_on: date | None = None
    office: str = "dongqu"
    opened_by: str | None = None
    materials: set[Material] = field(default_factory=lambda: set(_OPENING))
    evidence: set[Evidence] = field(default_factory=lambda: set(Evidence))
    people: list[Trainee] = field(default_factory=lambda: [_person(seq) for seq in (1, 2, 3)])
    not_approved: set[int] = field(default_factory=set)
    approved_besides: int = 0
    """So many people of the opening are not in the claim's roster."""
    opening_roster_known: bool = True
    purchased_heads: int | None = None
    vouchers: list[Voucher] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    history: list[PastTraining] = field(default_factory=list)
    applicant: Applicant = field(
        default_factory=lambda: Applicant(
            NAME, "91350100M000100Y43", Kind.ENTERPRISE, Size.SMALL, None, vanadium_titanium_zone=False, county="510402"
        )
    )
    training: Training = field(
        default_factory=lambda: Training(
            Trainees.EMPLOYEES,
            "焊工",
            Level.FIVE,
            Format.PURCHASED,
            Fee.PAID,
            main_business=True,
            platform=None,
            provider=PROVIDER,
            starts_on=date(2020, 3, 20),
            ends_on=date(2020, 4, 2),
            course_hours=_HOURS,
        )
    )

    def claim(self) -> None:
        """The same class, its subsidy applied for on the day after it: all passed, 500 yuan a head."""
        self.stage, self.decided_on, self.opened_by = ApplicationKind.CLAIM, date(2020, 4, 3), "dongqu"
        self.materials = set(_CLAIM)
        self.set_heads(len(self.people))
        self.vouchers = [Voucher("04412001", date(2020, 4, 3), NAME, PROVIDER, 150_000)]

    def set_heads(self, heads: int) -> None:
        """So many people."""
        self.people = [_person(seq) for seq in range(1, heads + 1)]
        if self.stage is ApplicationKind.CLAIM:
            self.people = [replace(row, completed_hours=_HOURS, passed=True, account=row.phone) for row in self.people]
            self.purchased_heads = heads

    def change(self, seq: int, **facts: Any) -> None:
        """Something else of one of the people."""
        self.people[seq - 1] = replace(self.people[seq - 1], **facts)

    def application(self) -> Application:
        """The facts as they are judged."""
        is_claim = self.stage is ApplicationKind.CLAIM
        approved = tuple(row.id_number for row in self.people if row.seq not in self.not_approved) + tuple(
            id_number(date(1990, 1, 1), order=order) for order in range(self.approved_besides)
        )
        return Application(
            stage=self.stage,
            decided_on=self.decided_on,
            lifted_on=self.lifted_on,
            office=self.office,
            opened_by=self.opened_by,
            applicant=self.applicant,
            training=self.training,
            materials=frozenset(self.materials),
            evidence=frozenset(self.evidence) if is_claim else frozenset(),
            roster=tuple(self.people),
            opening_roster=approved if is_claim and self.opening_roster_known else None,
            purchased_heads=self.purchased_heads,
            vouchers=tuple(self.vouchers),
            vouchers_used=tuple(sorted(self.used)),
            history=tuple(self.history),
        )
