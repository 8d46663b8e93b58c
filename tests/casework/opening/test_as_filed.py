"""What was filed reads back as it was filed, field by field, and the journal has it."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.claim import filing as claim_filing
from pxtui.casework.claim.accounts import Account
from pxtui.casework.claim.filing import ClaimFiling
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import ApplicantDetails, Filing
from pxtui.policy import codec
from pxtui.policy.facts import (
    Applicant,
    Evidence,
    Fee,
    Format,
    Group,
    Kind,
    Level,
    Material,
    Size,
    Trainees,
    Training,
)
from tests.support.counter import AFTER_THE_CLASS, Counter
from tests.support.filings import a_filing

DETAILS = ApplicantDetails(
    industry="工业",
    staff_count=120,
    revenue_wan=Decimal("3500.5"),
    assets_wan=Decimal("4800.25"),
    figures_year=2019,
    business_scope="机械加工",
    address="攀枝花市东区人民街1号",
    legal_representative="陈明",
    contact_name="刘敏",
    contact_phone="0812-3330002",
    bank_name="攀枝花市商业银行东区支行",
    bank_account="5104020000000001",
)
WHOLE = Filing(
    office="xiqu",
    received_on=date(2020, 3, 16),
    applicant=Applicant(
        name="攀枝花市恒隆职业培训学校",
        credit_code="91350100M000100Y43",
        kind=Kind.TRAINING_INSTITUTION,
        size=Size.SMALL,
        group=next(iter(Group)),
        vanadium_titanium_zone=True,
        county="510403",
    ),
    training=Training(
        trainees=Trainees.KEY_GROUPS,
        occupation="电工",
        level=Level.FOUR,
        format=Format.OWN_TEACHERS,
        fee=Fee.FREE,
        main_business=False,
        platform="四川省职业网络培训学院",
        provider="成都职业培训网络学院",
        starts_on=date(2020, 3, 23),
        ends_on=date(2020, 4, 3),
        course_hours=Decimal("48.5"),
    ),
    materials=frozenset((Material.ATTACHMENT_1, Material.IDENTITY_PROOFS)),
    details=DETAILS,
    lifted_on=date(2020, 4, 1),
    course_title="电工入门",
    contract_number="HT2020-1",
    planned_fee_fen=1_234_500,
    cover_head_count=31,
    cover_tail_sum=123_456,
    stated_size=Size.MICRO,
    proof_copies=29,
)


def entries(register: Register, acting: Acting, act: Act) -> list[tuple[object, object]]:
    with register.reading(acting) as context:
        found = context.session.exec(
            select(JournalEntry).where(JournalEntry.action == act).order_by(col(JournalEntry.id))
        )
        return [journal.values(context, entry) for entry in found]


def test_no_field_of_the_example_is_what_it_would_be_unfilled() -> None:
    assert all(getattr(WHOLE, field.name) != field.default for field in fields(Filing))
    assert all(getattr(DETAILS, field.name) != field.default for field in fields(ApplicantDetails))


def test_an_opening_reads_back_as_it_was_filed_and_amended(register: Register, acting: Acting) -> None:
    with register.writing(acting) as context:
        number = opening_filing.file(context, WHOLE)
        assert opening_filing.filing(context, number) == WHOLE
    bare = a_filing()
    with register.writing(acting) as context:
        opening_filing.amend(context, number, bare)
        amended = opening_filing.filing(context, number)
    # The office is that of the number, and stays; what a bare filing does not tell of the applicant stays on file.
    assert replace(amended, office=bare.office, details=bare.details) == bare
    assert entries(register, acting, Act.CASE_FILE) == [({}, codec.dump(Filing, WHOLE))]
    assert entries(register, acting, Act.CASE_AMEND) == [(codec.dump(Filing, WHOLE), codec.dump(Filing, bare))]


def test_a_claim_reads_back_as_it_was_filed(register: Register) -> None:
    counter = Counter(register)
    number = counter.file()
    counter.do(number, Action.SUBMIT, Action.APPROVE)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    whole = ClaimFiling(
        received_on=date(2020, 4, 3),
        materials=frozenset((Material.ATTACHMENT_3, Material.TEACHING_RECORDS)),
        evidence=frozenset((Evidence.SIGN_IN,)),
        purchased_heads=31,
        asked_total_fen=123_456,
        account=Account("攀枝花市商业银行东区支行", "5104020000000001"),
    )
    with register.writing(counter.acting) as context:
        claim_filing.put_claim(context, number, whole)
        assert claim_filing.claim_filing(context, number) == whole
    (values,) = entries(register, counter.acting, Act.CLAIM_PUT)
    assert values[1] == codec.dump(ClaimFiling, whole)
