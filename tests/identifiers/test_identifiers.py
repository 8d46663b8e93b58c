"""Numbers as enterprises write them: what is right, what is wrong, and what the clerk is told."""

from datetime import date

import pytest

from pxtui.identifiers import credit_code, id_number, phone
from pxtui.identifiers.credit_code import InvalidCreditCode
from pxtui.identifiers.firm_name import firm_initials
from pxtui.identifiers.id_number import InvalidIdNumber
from pxtui.identifiers.pinyin import initials, word_initials
from pxtui.identifiers.text import same

TODAY = date(2020, 3, 16)


@pytest.mark.parametrize(
    ("number", "sex", "birth"),
    [
        ("11010519491231002X", "女", date(1949, 12, 31)),
        ("510402198001010018", "男", date(1980, 1, 1)),
        ("810000199001010019", "男", date(1990, 1, 1)),
        ("830000198002020023", "女", date(1980, 2, 2)),
        ("１１０１０５１９４９１２３１００２ｘ", "女", date(1949, 12, 31)),
        (" 110105 19491231 002x\u200b", "女", date(1949, 12, 31)),
        ("510402190001010011", "男", date(1900, 1, 1)),
        ("510402202003160019", "男", TODAY),
    ],
)
def test_a_number_that_a_real_person_may_carry(number: str, sex: str, birth: date) -> None:
    identity = id_number.parse(number, today=TODAY)
    assert (identity.sex, identity.birth) == (sex, birth)


def test_a_county_that_no_table_knows_is_no_error() -> None:
    first_17 = "34082119750607001"
    assert id_number.parse(first_17 + id_number.check_character(first_17), today=TODAY).sex == "男"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "^未填身份证号$"),
        ("510402800101001", "^是15位旧证号，2013年起已停用，请按现用身份证填18位$"),
        ("51040219800101001", "现为17位"),
        ("51040219800101001A", "^前17位应为数字，末位应为数字或X$"),
        ("510402198001010010", "校验码应为8"),
        ("160402198001010018", "^前两位16不是省级代码$"),
        ("51040219800230001X", "不存在"),
        ("510402189912310016", "不在1900年"),
        ("510402202003170013", "不在1900年"),
    ],
)
def test_what_is_wrong_with_a_number_is_said(number: str, said: str) -> None:
    with pytest.raises(InvalidIdNumber, match=said):
        id_number.parse(number, today=TODAY)


def test_foreigners_cards_carry_their_province_second() -> None:
    right, wrong = "91108419900101010", "99908419900101010"
    assert id_number.parse(right + id_number.check_character(right), today=TODAY).sex == "女"
    with pytest.raises(InvalidIdNumber, match="不是省级代码"):
        id_number.parse(wrong + id_number.check_character(wrong), today=TODAY)


@pytest.mark.parametrize(
    ("day", "age"), [(date(2021, 2, 28), 20), (date(2021, 3, 1), 21), (date(2020, 2, 29), 20), (date(1999, 1, 1), -2)]
)
def test_who_was_born_on_29_february_is_older_on_1_march(day: date, age: int) -> None:
    first_17 = "51040220000229001"
    identity = id_number.parse(first_17 + id_number.check_character(first_17), today=TODAY)
    assert identity.age_on(day) == age


def test_an_old_number_is_the_new_one_of_the_same_person() -> None:
    assert id_number.with_century("510402800101001") == "510402198001010018"
    assert id_number.with_century("510402198001010018") == "510402198001010018"


def test_a_number_with_one_wrong_digit_has_not_its_check_character() -> None:
    assert id_number.has_check_character("510402198001010018")
    assert not id_number.has_check_character("510402198001010019")
    assert not id_number.has_check_character("51040219800101001")
    with pytest.raises(ValueError, match="zip"):
        id_number.check_character("5104021980010100")


def test_a_list_shows_no_whole_number() -> None:
    assert id_number.masked("510402198001010018") == "510402********0018"
    assert id_number.masked("510402800101001") == "510402******001"
    assert id_number.masked("98765432") == "98******"
    assert phone.masked("13800000001") == "138****0001"
    assert phone.masked("08123330") == "081*3330"
    assert phone.masked("3330000") == "*******"


def test_the_province_codes_are_those_of_the_country_and_of_the_residence_permits() -> None:
    provinces = [f"{code:02}" for code in range(90) if _is_province(f"{code:02}")]
    spans = (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), (71, 81, 82, 83))
    assert provinces == [str(code) for span in spans for code in span]


def _is_province(code: str) -> bool:
    first_17 = f"{code}040219800101001"
    try:
        id_number.parse(first_17 + id_number.check_character(first_17), today=TODAY)
    except InvalidIdNumber:
        return False
    return True


@pytest.mark.parametrize(("text", "is_end"), [("0018", True), ("002X", True), ("018", False), ("00X8", False)])
def test_people_are_looked_up_by_the_last_four_characters(text: str, is_end: bool) -> None:
    assert id_number.is_tail(text) is is_end
    assert id_number.tail(f"51040219800101{text}") == f"51040219800101{text}"[-4:]


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "914403001922038216", "９１３５０１００m000100y43", "N2510402MF12345673"]
)
def test_a_right_credit_code(code: str) -> None:
    if code.startswith("N"):
        from stdnum.cn import uscc

        code = code[:17] + uscc.calc_check_digit(code[:17])
    assert len(credit_code.parse(code)) == 18


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "^未填统一社会信用代码$"),
        ("91350100M000100Y4", "现为17位"),
        ("91350100M000100Y4-3", "现为19位"),
        ("91350100M000100I43", "^统一社会信用代码只用数字和大写字母，不含I、O、S、V、Z$"),
        ("91350100M000100Y44", "校验码应为3"),
    ],
)
def test_what_is_wrong_with_a_credit_code_is_said(code: str, said: str) -> None:
    with pytest.raises(InvalidCreditCode, match=said):
        credit_code.parse(code)


@pytest.mark.parametrize(
    "number", ["13800000001", "0812-3330000", "08123330000", "010-12345678", "１３８００００ ０００１"]
)
def test_a_phone_that_can_be_dialled(number: str) -> None:
    assert phone.is_valid(number)


@pytest.mark.parametrize("number", ["", "12345678901", "138-0000-0001", "3330000", "+8613800000001", "0812–3330000"])
def test_a_phone_that_cannot_be_dialled(number: str) -> None:
    assert not phone.is_valid(number)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("恒力机械", "hljx"),
        ("单雄信", "sxx"),
        ("曾小贤", "zxx"),
        ("阿木约布·史古", "amybsg"),
        ("A厂3号", "ac3h"),
        ("兙é焊工", "hg"),
        ("一\u9fa6", "y"),
        ("", ""),
    ],
)
def test_initials_find_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("word", "letters"), [("东区", "dq"), ("单位", "dw"), ("解除", "jc"), ("查询", "cx"), ("繁荣", "fr")]
)
def test_what_is_no_surname_is_read_as_a_word(word: str, letters: str) -> None:
    assert word_initials(word) == letters


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("攀枝花市恒力机械", "hljx"),
        ("四川省攀枝花市仁和区恒力机械", "hljx"),
        ("（攀枝花）恒力机械", "hljx"),
        ("恒力（四川）机械", "hlscjx"),
        ("恒力机械", "hljx"),
        ("东区", "dq"),
    ],
)
def test_a_firm_is_called_by_its_name_without_the_place_before_it(name: str, letters: str) -> None:
    assert firm_initials(name) == letters


def test_two_spellings_are_the_same_and_what_is_empty_equals_nothing() -> None:
    assert same("恒力 机械", "恒力机械")
    assert not same("恒力", "恒利")
    assert not same("", " ")
    assert not same(None, None)
