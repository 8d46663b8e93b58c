"""What was filed reads back as it was filed, field by field, and the journal has it."""

from dataclasses import fields, replace
from datetime import date

import pytest
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
from pxtui.casework.opening.plan import TrainingPlan
from pxtui.errors import Refused
from pxtui.policy import codec
from pxtui.policy.facts import Evidence, Material
from tests.support.counter import AFTER_THE_CLASS, Counter
from tests.support.filings import a_filing, a_full_filing

WHOLE = a_full_filing()


def entries(register: Register, acting: Acting, act: Act) -> list[tuple[object, object]]:
    with register.reading(acting) as context:
        found = context.session.exec(
            select(JournalEntry).where(JournalEntry.action == act).order_by(col(JournalEntry.id))
        )
        return [journal.values(context, entry) for entry in found]


def test_no_field_of_the_example_is_what_it_would_be_unfilled() -> None:
    assert all(getattr(WHOLE, field.name) != field.default for field in fields(Filing))
    assert all(getattr(WHOLE.details, field.name) != field.default for field in fields(ApplicantDetails))
    assert all(getattr(WHOLE.plan, field.name) != field.default for field in fields(TrainingPlan))


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


@pytest.mark.parametrize("year", [323, 1999, 9999])
def test_a_class_of_a_year_that_cannot_be_meant_is_never_stored(register: Register, acting: Acting, year: int) -> None:
    bare = a_filing()
    wrong = date(year, 3, 23)
    for training in (replace(bare.training, starts_on=wrong), replace(bare.training, ends_on=wrong)):
        slip = replace(bare, training=training)
        with pytest.raises(Refused, match=f"年份{year:04}不对，请核对"), register.writing(acting) as context:
            opening_filing.file(context, slip)
        with register.writing(acting) as context:
            number = opening_filing.file(context, bare)
        with pytest.raises(Refused, match=f"年份{year:04}不对，请核对"), register.writing(acting) as context:
            opening_filing.amend(context, number, slip)
