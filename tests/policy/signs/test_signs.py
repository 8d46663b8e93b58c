"""Each sign of fraud with facts that show it, and the same facts just short of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pxtui.policy.facts import Trainee, Trainees, Voucher
from pxtui.policy.judgement import judge
from pxtui.policy.learning_flags import LearningFlag
from pxtui.policy.parameters import shipped_rulebook
from pxtui.policy.signs.noticed import RULES, signs_of
from pxtui.policy.signs.sign import Weight
from pxtui.policy.signs.surroundings import (
    ClassElsewhere,
    Party,
    PhoneElsewhere,
    SellerClaim,
    Surroundings,
    VoucherElsewhere,
)
from tests.scenarios.scene import NAME, PROVIDER, Scene, id_number

HEADS = 6
CAP = 60_000
BUYER = Party(NAME, "91350100M000100Y43", "赵立", "钱进", ("13900000001", "0812-3322110"), "东区炳草岗1号")
SELLER = Party(PROVIDER, "", "孙办", "李学", ("028-86660001",), "成都市青羊区2号")


@dataclass
class Around:
    """A good claim of six people of whom nothing else is known, and what is changed of it."""

    scene: Scene = field(default_factory=Scene)
    facts: dict[str, Any] = field(default_factory=dict)
    buyer: Party = BUYER
    seller: Party = SELLER

    def __post_init__(self) -> None:
        self.scene.claim()
        self.scene.set_heads(HEADS)
        for seq in range(1, HEADS + 1):
            born = date(1980 + seq, seq, 3 * seq)
            hours = Decimal(40) - Decimal(seq % 3) / 10
            self.row(seq, id_number=id_number(born), completed_hours=hours, password=f"secret-{seq}", account=f"u{seq}")

    def row(self, seq: int, **facts: Any) -> None:
        self.scene.change(seq, **facts)

    def person(self, seq: int) -> Trainee:
        return self.scene.people[seq - 1]

    def same(self, name: str, *seqs: int) -> None:
        for seq in seqs[1:]:
            self.row(seq, **{name: getattr(self.person(seqs[0]), name)})

    def class_elsewhere(self, seq: int, **facts: Any) -> None:
        known = ClassElsewhere(
            *(self.person(seq).id_number, "东区 线培〔2020〕DQ-0009", "另一公司", "914403001922038216", "510402"),
            *(Trainees.EMPLOYEES, date(2020, 4, 2), date(2020, 4, 20)),
        )
        self.facts["classes"] = (*self.facts.get("classes", ()), replace(known, **facts))

    def pay(self, *vouchers: Voucher) -> None:
        self.scene.vouchers = list(vouchers)

    def know(self, **facts: Any) -> None:
        self.facts.update(facts)

    def be(self, party: str, **facts: Any) -> None:
        setattr(self, party, replace(getattr(self, party), **facts))

    def surroundings(self) -> Surroundings:
        facts = {"sellers": (self.seller,), "cap_per_person_fen": CAP, "opening_people": tuple(self.scene.people)}
        return Surroundings(self.scene.application(), self.buyer, **{**facts, **self.facts})

    def shown(self) -> set[tuple[str, tuple[int, ...]]]:
        return {(sign.code, sign.seqs) for sign in signs_of(self.surroundings()) if sign.asks}

    def told(self) -> set[str]:
        return {sign.code for sign in signs_of(self.surroundings()) if not sign.asks}


def invoice(number: str, amount_fen: int = 150_000, day: date = date(2020, 4, 3)) -> Voucher:
    return Voucher(number, day, NAME, PROVIDER, amount_fen)


def elsewhere(number: str, amount_fen: int = 150_000, day: date = date(2020, 4, 3)) -> VoucherElsewhere:
    return VoucherElsewhere(number, day, PROVIDER, amount_fen, "东区 线培〔2020〕DQ-0009")


def run_of_numbers(around: Around, orders: tuple[int, ...]) -> None:
    for seq, order in enumerate(orders, 1):
        around.row(seq, id_number=id_number(date(1990, 5, 5), order=order))


def one_person_twice(around: Around) -> None:
    around.same("phone", 1, 2)
    around.same("name", 1, 2)


def over_the_course(around: Around, hours: str) -> None:
    around.row(4, completed_hours=Decimal(hours))


def approved_as(around: Around, seq: int, **facts: Any) -> None:
    people = list(around.scene.people)
    people[seq - 1] = replace(people[seq - 1], **facts)
    around.facts["opening_people"] = tuple(people)


def records(around: Around, code: str) -> None:
    around.facts["learning"] = (LearningFlag(code, (around.person(2).id_number,), "夜间学习。"),)


def at_cap(around: Around, cost_fen: int, *others: tuple[int, int]) -> None:
    around.pay(invoice("04412001", cost_fen))
    around.facts["seller_claims"] = tuple(SellerClaim(f"DQ-{place}", *claim) for place, claim in enumerate(others))


Change = Callable[[Around], object]

SHOWN: tuple[tuple[str, Change, Change, tuple[int, ...]], ...] = (
    ("sign.phone-shared", lambda a: a.same("phone", 1, 2, 5), lambda a: a.same("phone", 1, 2), (1, 2, 5)),
    (
        "sign.one-person-twice",
        one_person_twice,
        lambda a: a.same("name", 1, 2),
        (1, 2),
    ),
    (
        "sign.id-run",
        lambda a: run_of_numbers(a, (3, 4, 5)),
        lambda a: run_of_numbers(a, (3, 4, 9)),
        (1, 2, 3),
    ),
    ("sign.password-shared", lambda a: a.same("password", 1, 3, 4), lambda a: a.same("password", 1, 3), (1, 3, 4)),
    (
        "sign.account-of-another",
        lambda a: a.row(2, account=a.person(5).phone),
        lambda a: a.row(2, account=a.person(2).phone),
        (2, 5),
    ),
    ("sign.hours-over-course", lambda a: over_the_course(a, "44.1"), lambda a: over_the_course(a, "44.0"), (4,)),
    (
        "sign.course-hours-differ",
        lambda a: a.row(3, course_hours=Decimal(48)),
        lambda a: a.row(3, course_hours=Decimal("40.0")),
        (3,),
    ),
    (
        "sign.swapped",
        lambda a: approved_as(a, 2, name="原来的人"),
        lambda a: approved_as(a, 2, name=a.person(2).name),
        (2,),
    ),
    (
        "sign.swapped",
        lambda a: approved_as(a, 2, id_number=id_number(date(1970, 1, 1))),
        lambda a: a.know(opening_people=None),
        (2,),
    ),
    (
        "sign.seller-related",
        lambda a: a.be("seller", phones=("0812 3322110",)),
        lambda a: a.be("seller", phones=("0812 3322111", "")),
        (),
    ),
    (
        "sign.seller-related",
        lambda a: a.be("seller", legal_representative="赵立"),
        lambda a: a.be("seller", legal_representative=""),
        (),
    ),
    (
        "sign.contact-on-roster",
        lambda a: a.row(6, phone="139-0000-0001"),
        lambda a: a.row(6, phone="139-0000-0002"),
        (6,),
    ),
    ("sign.teacher-on-roster", lambda a: a.row(6, name="李学"), lambda a: a.row(6, name="李学文"), (6,)),
    (
        "sign.account-shared",
        lambda a: a.know(account_holders=("另一公司",)),
        lambda a: a.know(account_holders=()),
        (),
    ),
    (
        "sign.account-personal",
        lambda a: a.be("buyer", bank_account="6222 0210 0111 1111 115"),
        lambda a: a.be("buyer", bank_account="6222 0210 0111 1111 116"),
        (),
    ),
    (
        "sign.invoice-split",
        lambda a: a.know(vouchers=(elsewhere("04412002"),)),
        lambda a: a.know(vouchers=(elsewhere("04412003"),)),
        (),
    ),
    (
        "sign.invoice-red",
        lambda a: a.know(vouchers=(elsewhere("90000001", -150_000),)),
        lambda a: a.know(vouchers=(elsewhere("90000001", -150_000, date(2020, 4, 2)),)),
        (),
    ),
    (
        "sign.fee-at-cap",
        lambda a: at_cap(a, CAP * HEADS, (CAP * 3, 3), (CAP * 4, 4)),
        lambda a: at_cap(a, CAP * HEADS, (CAP * 3, 3), (CAP * 4 - 1, 4)),
        (),
    ),
    (
        "sign.two-employers",
        lambda a: a.class_elsewhere(3),
        lambda a: a.class_elsewhere(3, starts_on=date(2020, 4, 3)),
        (3,),
    ),
    (
        "sign.two-counties",
        lambda a: a.class_elsewhere(3, county="510421"),
        lambda a: a.class_elsewhere(3, county="510402"),
        (3,),
    ),
    (
        "sign.employed-and-jobless",
        lambda a: a.class_elsewhere(3, trainees=Trainees.KEY_GROUPS, starts_on=date(2020, 4, 9)),
        lambda a: a.class_elsewhere(3, trainees=Trainees.KEY_GROUPS, starts_on=date(2020, 4, 10)),
        (3,),
    ),
    (
        "sign.phone-elsewhere",
        lambda a: a.know(phones=(PhoneElsewhere(a.person(4).phone, 3, ("东区 DQ-0009",)),)),
        lambda a: a.know(phones=(PhoneElsewhere(a.person(4).phone, 2, ("东区 DQ-0009",)),)),
        (4,),
    ),
    ("learning.night", lambda a: records(a, "learning.night"), lambda a: records(a, "learning.no-quiz"), (2,)),
)


@pytest.mark.parametrize(("code", "change", "short_of_it", "seqs"), SHOWN, ids=lambda part: part if part else "")
def test_a_sign_is_shown_where_its_facts_are_and_not_just_short_of_them(
    code: str, change: Change, short_of_it: Change, seqs: tuple[int, ...]
) -> None:
    suspicious, honest = Around(), Around()
    change(suspicious)
    short_of_it(honest)
    assert (code, seqs) in suspicious.shown()
    assert code not in {found for found, _ in honest.shown()}


def test_a_good_claim_shows_nothing() -> None:
    assert (Around().shown(), Around().told()) == (set(), set())


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("sign.hours-equal", lambda a: [a.row(seq, completed_hours=Decimal(40)) for seq in range(1, HEADS + 1)]),
        ("sign.hours-over-course", lambda a: over_the_course(a, "40.1")),
        ("sign.seller-alike", lambda a: a.be("seller", name="攀枝花恒力职业培训学校")),
        ("sign.contact-on-roster", lambda a: a.row(2, name="钱进")),
        ("sign.invoice-split", lambda a: a.pay(*(invoice(f"0441200{place}") for place in range(3)))),
        ("sign.fee-at-cap", lambda a: at_cap(a, CAP * HEADS)),
        ("learning.no-quiz", lambda a: records(a, "learning.no-quiz")),
    ],
)
def test_what_honest_classes_have_too_is_told_and_asks_nobody(code: str, change: Change) -> None:
    around = Around()
    change(around)
    assert code in around.told()
    assert code not in {found for found, _ in around.shown()}


def test_every_sign_has_facts_that_show_it_here() -> None:
    told = {"sign.hours-equal", "sign.seller-alike"}
    assert {rule.code for rule in RULES} == {code for code, *_ in SHOWN if code.startswith("sign.")} | told


def test_no_sign_says_a_password_a_whole_phone_or_a_whole_number() -> None:
    for _, change, _, _ in SHOWN:
        around = Around()
        change(around)
        people = around.scene.people
        secrets = {secret for row in people for secret in (row.password, row.phone, row.id_number)}
        said = "".join(sign.evidence for sign in signs_of(around.surroundings()))
        assert not [secret for secret in secrets if secret in said]


def test_a_sign_changes_no_judgement_and_is_no_finding_of_the_contract() -> None:
    around = Around()
    around.same("phone", 1, 2, 3)
    judgement = judge(around.scene.application(), shipped_rulebook())
    codes = {rule.code for rule in RULES}
    assert around.shown()
    assert not codes & {finding.code for finding in judgement.findings}
    assert {1, 2, 3} <= {row.seq for row in around.scene.people}


def test_what_a_decision_was_about_is_another_thing_once_the_rows_are_others() -> None:
    three, four = Around(), Around()
    three.same("phone", 1, 2, 3)
    four.same("phone", 1, 2, 3, 4)
    (first,), (second,) = ([sign for sign in signs_of(around.surroundings()) if sign.asks] for around in (three, four))
    assert first.weight is Weight.ASK
    assert first.evidence != second.evidence
