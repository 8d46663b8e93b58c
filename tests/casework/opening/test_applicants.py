"""Applicants on file are found by little, and the usual words come from the cases."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import applicants, usual_words
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.usual_words import WordList
from tests.conftest import ACTING
from tests.support.filings import a_filing

HENGLI = "攀枝花市恒力机械有限公司"
HENGLONG = "攀枝花市东区恒隆宾馆"
XIANG = "湘恒机械厂"


@pytest.fixture
def office(register: Register, acting: Acting) -> Register:
    """A register with three applicants, one of them twice."""
    filing = a_filing()
    others = ((HENGLONG, "914403001922038216", "电工"), (XIANG, "", "焊工"))
    with register.writing(acting) as context:
        for name, code, occupation in ((HENGLI, filing.applicant.credit_code, "焊工"), *others):
            applicant = replace(filing.applicant, name=name, credit_code=code)
            training = replace(filing.training, occupation=occupation)
            opening_filing.file(context, replace(filing, applicant=applicant, training=training))
    return register


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("hl", [HENGLONG, HENGLI]),
        ("hlj", [HENGLI]),
        ("HLJX", [HENGLI]),
        ("恒力", [HENGLI]),
        ("恒", [HENGLONG, HENGLI]),
        ("攀枝花市恒", [HENGLI]),
        ("攀枝花市", [HENGLONG, HENGLI]),
        ("机械", [HENGLI, XIANG]),
        ("、", []),
        ("0y43", [HENGLI]),
        ("9144", [HENGLONG]),
        ("91350100M", [HENGLI]),
        ("xhjxb", []),
        ("zz", []),
        ("9999", []),
        ("%", []),
        ("", []),
    ],
)
def test_an_applicant_is_found_by_initials_a_part_of_the_name_or_an_end_of_the_code(
    typed: str, names: list[str], office: Register
) -> None:
    with office.reading(ACTING) as context:
        assert [known.applicant.name for known in opening_filing.known_applicants(context, typed)] == names


def test_of_ten_applicants_there_are_as_many_as_digits_to_pick_one(office: Register, acting: Acting) -> None:
    filing = a_filing()
    with office.writing(acting) as context:
        for place in "一二三四五六七八九十":
            applicant = replace(filing.applicant, name=f"米易县第{place}砖厂", credit_code="")
            opening_filing.file(context, replace(filing, applicant=applicant))
        assert len(applicants.matching(context, "砖厂")) == 9


@pytest.mark.parametrize("typed", ["hlj", "恒力", "攀枝花市恒力", "0y43", "91350100M"])
def test_an_applicant_is_found_by_an_index_however_many_there_are(typed: str, office: Register) -> None:
    plans: list[str] = []
    with office.reading(ACTING) as context:
        connection = context.session.connection()

        def explain(_: object, cursor: object, statement: str, parameters: tuple[object, ...], *__: object) -> None:
            if statement.startswith("SELECT"):
                plan = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans.extend(str(row[-1]) for row in plan.fetchall())

        event.listen(connection, "after_cursor_execute", explain)
        assert applicants.matching(context, typed)
    assert any("USING INDEX ix_applicant" in step for step in plans)
    assert not any(step.startswith("SCAN") for step in plans)


def test_the_usual_words_are_those_of_the_cases_then_those_of_the_trade(office: Register) -> None:
    with office.reading(ACTING) as context:
        words = usual_words.usual_words(context)
    occupations = words.occupations.known
    assert occupations[:2] == ("焊工", "电工")
    assert "钳工" in occupations
    assert len(occupations) == len(set(occupations))
    assert words.providers == WordList((), ("成都职业培训网络学院",))
    assert words.platforms == WordList((), ())


def test_a_new_register_has_the_words_of_the_trade(register: Register) -> None:
    with register.reading(ACTING) as context:
        words = usual_words.usual_words(context)
    assert "焊工" in words.occupations.known
    assert words.providers == WordList((), ())


@pytest.mark.parametrize("typed", ["cqcj", "zqzj", "cqzj", "CQCJYH", "cqcjyh"])
def test_an_applicant_is_found_by_every_reading_of_its_name_and_by_an_index(
    typed: str, register: Register, acting: Acting
) -> None:
    filing = a_filing()
    for name in ("攀枝花市重庆长江银行", "东区机械厂"):
        applicant = replace(filing.applicant, name=name, credit_code="")
        with register.writing(acting) as context:
            opening_filing.file(context, replace(filing, applicant=applicant))
    with register.reading(ACTING) as context:
        assert [found.name for found in applicants.matching(context, typed)] == ["攀枝花市重庆长江银行"]
