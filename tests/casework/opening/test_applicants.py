"""Applicants on file are found by little, and the usual words come from the cases."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from pxtui.casework.desk.search import search
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import applicants, usual_words
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.usual_words import WordList
from tests.conftest import ACTING
from tests.support import on_server
from tests.support.filings import a_filing

HENGLI = "攀枝花市恒力机械有限公司"
HENGLONG = "攀枝花市东区恒隆宾馆"
XIANG = "湘恒机械厂"
INSIDE = [
    ("银行会计", "yhkj"),
    ("银行", "yh"),
    ("会计", "kj"),
    ("财会", "ck"),
    ("商行", "sh"),
    ("重庆", "cq"),
    ("长江", "cj"),
    ("厦门", "xm"),
    ("调度", "dd"),
    ("调味", "tw"),
    ("校验", "jy"),
    ("番禺", "py"),
    ("都江堰", "djy"),
    ("乐山", "ls"),
    ("音乐", "yy"),
    ("车行", "ch"),
    ("参茸", "sr"),
    ("朝阳", "cy"),
    ("朝阳", "zy"),
    ("藏药", "zy"),
    ("仓储", "cc"),
    ("便民", "bm"),
    ("便宜", "py"),
    ("大厦", "ds"),
    ("三区", "sq"),
    ("单晶", "dj"),
    ("检查", "jc"),
]
"""Words in the middle of a name, and what people type for them."""


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
    on_server.skip_there(on_server.OF_THE_PLANNER)
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


@pytest.mark.parametrize(("word", "letters"), INSIDE)
def test_a_word_in_the_middle_of_a_name_is_found_by_the_letters_of_its_readings(
    word: str, letters: str, register: Register, acting: Acting
) -> None:
    filing = a_filing()
    names = f"攀枝花市恒力{word}有限公司", "攀枝花市东区万隆宾馆"
    for name in names:
        applicant = replace(filing.applicant, name=name, credit_code="")
        with register.writing(acting) as context:
            opening_filing.file(context, replace(filing, applicant=applicant))
    with register.reading(ACTING) as context:
        assert [found.name for found in applicants.matching(context, letters)] == [names[0]]
        assert [case.applicant_name for case in search(context, letters).cases] == [names[0]]
        assert applicants.matching(context, f"{letters}q") == []


def test_a_name_that_begins_so_is_found_before_those_with_such_a_word_inside(office: Register) -> None:
    with office.reading(ACTING) as context:
        assert [found.name for found in applicants.matching(context, "jxc")] == [XIANG]
        assert [found.name for found in applicants.matching(context, "hl")] == [HENGLONG, HENGLI]


def test_a_long_name_is_found_by_all_its_letters_however_late_the_word_of_two_readings_comes(
    register: Register, acting: Acting
) -> None:
    filing = a_filing()
    applicant = replace(filing.applicant, name="恒力机械设备制造安装维修银行会计", credit_code="")
    with register.writing(acting) as context:
        opening_filing.file(context, replace(filing, applicant=applicant))
    with register.reading(ACTING) as context:
        assert applicants.matching(context, "hljxsbzzazwxyhkj")
