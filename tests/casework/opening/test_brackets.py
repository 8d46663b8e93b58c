"""Brackets in a name: whichever width it was filed with and whichever is keyed, the enterprise is found."""

from dataclasses import replace

import pytest

from pxtui.casework.desk import search
from pxtui.casework.office.register import Register
from pxtui.casework.opening import applicants
from pxtui.casework.opening import filing as opening_filing
from tests.conftest import ACTING
from tests.support.filings import a_filing

WIDE, NARROW = "攀枝花市恒力（集团）有限公司", "四川(攀西)钢铁有限公司"


@pytest.fixture
def office(register: Register) -> Register:
    """Two enterprises on file, whose names have brackets of either width."""
    filing = a_filing()
    with register.writing(ACTING) as context:
        for name, code in ((WIDE, "91510402MA6CJKG50N"), (NARROW, filing.applicant.credit_code)):
            opening_filing.file(
                context, replace(filing, applicant=replace(filing.applicant, name=name, credit_code=code))
            )
    return register


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("恒力（集团）", WIDE),
        ("恒力(集团)", WIDE),
        ("攀枝花市恒力（集团）有限公司", WIDE),
        ("（集", WIDE),
        ("（攀西）钢铁", NARROW),
        ("(攀西)钢铁", NARROW),
        ("四川（攀西）", NARROW),
        ("力（", WIDE),
        ("（", ""),
    ],
)
def test_an_enterprise_is_found_with_brackets_of_either_width(office: Register, typed: str, name: str) -> None:
    with office.reading(ACTING) as context:
        known = [found.name for found in applicants.matching(context, typed)]
        found = [case.applicant_name for case in search.search(context, typed).cases]
    if name:
        assert (known, found) == ([name], [name])
    else:
        assert set(found) == {WIDE, NARROW}
