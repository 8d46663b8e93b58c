"""One cell of a roster, as text, into the value that it says: what is put right here, and what is left alone.

Each function takes the cell's text and returns the value; a text that says nothing readable gives None.
"""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from pxtui.identifiers.text import canonical
from pxtui.papers.reading.grid import printable, without_controls

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u2e80-\u2fdf\U00020000-\U0003347f"
_PLAIN_HAN = re.compile("[\u4e00-\u9fff]+")
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_HAN_NAME = re.compile(f"[{_HAN}·]+")
_BLANKS = re.compile(r"\s+")
_DOTS = re.compile("[•・．‧∙⋅●˙\ua78f\u2e31]")
_HYPHENS = re.compile("[-\u2010-\u2015\u2212]")
_APOSTROPHES = "'’‘`"
_QUOTES = _APOSTROPHES + '"“”„「」『』'
_ENDS = "。.,;、:"
_ENDS_OF_NAME = _ENDS + "，；：．"
_LABEL = re.compile(
    "[^0-9:=+]{1,20}:|(?:(?:公民|居民)?身份证|证件)(?:号码?)?(?=[0-9])|(?:联系)?(?:手机|电话)(?:号码?)?(?=[0-9+])",
    re.IGNORECASE,
)
_NAME_LABEL = re.compile("\\A(?:学员|学生)?(?:姓名|名字)[:：]")
_IN_QUOTES = re.compile(r"=?[\"“”'‘’]+(.*?)[\"“”'‘’]+", re.DOTALL)
_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_NUMBER_BEFORE = re.compile(
    rf"\A(?:[(（]?[0-9０-９]{{1,4}}\s*[)）.．、]|[0-9０-９]{{1,4}}(?=\s|[{_HAN}])|[\u2460-\u249b])\s*(?=\D)"
)
_ERROR = re.compile(
    r"#(?:N/A|VALUE!|REF!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA)|Err:[0-9]{3}", re.IGNORECASE
)
_PLAIN_ID_NUMBER = re.compile("[0-9]{17}[0-9X]")
_ID_NUMBER_LIKE = re.compile("[0-9]{14,18}[0-9X]", re.IGNORECASE)
_ID_NUMBER_WITHIN = re.compile("(?<![0-9])[0-9]{14,17}[0-9X](?![0-9])", re.IGNORECASE)
_ID_NUMBER_IN_GROUPS = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}[-\s]*(?:1[89]|20)[0-9]{2}[-\s]*[01][0-9][-\s]*[0-3][0-9][-\s]*[0-9]{3}[0-9X](?![0-9])",
    re.IGNORECASE,
)
_DIGITS_LOST = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+|[0-9]{16,}\.[0-9]+", re.IGNORECASE)
_ID_NUMBER_LOST = re.compile(r"[0-9](\.[0-9]+)?E\+?1[4-7]|[0-9]{16,}\.[0-9]+", re.IGNORECASE)
_COUNTRY_CODE = re.compile(r"(?:\+|00)?86(?=[0-9]{11}(?:\.0+)?$)")
_WITH_FRACTION = re.compile(r"([0-9]+)\.0+")
_SCIENTIFIC = re.compile(r"([0-9])\.([0-9]{1,10})E(\+?)10", re.IGNORECASE)
_AGE = re.compile(r"([0-9]{1,3})(\.[0-9]+)?周?岁?")
_HOURS = re.compile(r"([0-9]{1,5}(\.[0-9]+)?)(个?(学时|课时))?")
_SEQ = re.compile(r"(?:NO\.?)?\(?([0-9]{1,6})(?:\.0+|[.、)])?", re.IGNORECASE)

# A column of sexes, ages, hours or verdicts holds few different texts, each thousands of times.
_DIFFERENT_TEXTS = 256

_SEXES = {
    **dict.fromkeys(("男", "男性", "M", "MALE"), "男"),
    **dict.fromkeys(("女", "女性", "F", "FEMALE"), "女"),
}
_VERDICTS = {
    **dict.fromkeys(("合格", "是", "√", "1"), True),
    **dict.fromkeys(("不合格", "否", "×", "0"), False),
}


def read_seq(text: str) -> int | None:
    """序号, with or without the dot of a list."""
    match = _SEQ.fullmatch(_bare(text))
    return int(match[1]) if match else None


def read_name(text: str) -> str:
    """A Han name without any blank and with the middle dot U+00B7; another with its inner blanks.

    Without what was put round it (`="张建国"`, 姓名：, a comma at its end) and the number before it (`1.张建国`).
    """
    if _PLAIN_HAN.fullmatch(text):
        return text
    name = _without_controls_and_ends(text)
    if quoted := _IN_QUOTES.fullmatch(name):
        name = quoted[1].strip()
    name = _NUMBER_BEFORE.sub("", _NAME_LABEL.sub("", name, count=1).strip(), count=1)
    han = _DOTS.sub("·", _BLANKS.sub("", name)).rstrip(_ENDS_OF_NAME)
    return han if _HAN_NAME.fullmatch(han) else name


@lru_cache(_DIFFERENT_TEXTS)
def read_sex(text: str) -> str | None:
    """男 or 女."""
    return _SEXES.get(_bare(text).upper())


@lru_cache(_DIFFERENT_TEXTS)
def read_age(text: str) -> int | None:
    """Full years, 周岁."""
    match = _AGE.fullmatch(_bare(text))
    return int(match[1]) if match else None


def read_id_number(text: str) -> str:
    """Half-width, without blanks, hyphens and what was put round it, a final x in upper case; right or wrong."""
    if _PLAIN_ID_NUMBER.fullmatch(text):
        return text
    number = _HYPHENS.sub("", _unwrapped(text))
    if (whole := _WITH_FRACTION.fullmatch(number)) and len(whole[1]) == 15:
        number = whole[1]
    return number[:-1] + "X" if number.endswith("x") else number


def read_phone(text: str) -> str:
    """Half-width, without blanks, hyphens, country code, what was put round it, the form of a number and the private
    area."""
    if text.isascii() and text.isdigit() and len(text) <= 11:
        return text
    phone = _COUNTRY_CODE.sub("", _HYPHENS.sub("", _unwrapped("".join(filter(_is_not_private, text)))))
    if whole := _WITH_FRACTION.fullmatch(phone):
        return whole[1]
    if power := _SCIENTIFIC.fullmatch(phone):
        first, digits, rounded = power.groups()
        # A spreadsheet (E+10) shows fewer digits than there are, a program (E10) leaves only zeros out.
        if len(digits) == 10 or not rounded:
            return first + digits.ljust(10, "0")
    return phone


@lru_cache(_DIFFERENT_TEXTS)
def read_hours(text: str) -> Decimal | None:
    """学时."""
    match = _HOURS.fullmatch(_bare(text))
    return Decimal(match[1]) if match else None


def read_account(text: str) -> str:
    """The account as it stands; empty where it has lost digits, for two people would seem to share one."""
    if has_lost_digits(text):
        return ""
    account = read_text(text).lstrip(_APOSTROPHES)
    whole = _WITH_FRACTION.fullmatch(account)
    return whole[1] if whole and len(whole[1]) > 5 else account


def read_password(text: str) -> str:
    """The password as it stands, but for the blanks around it."""
    return "" if has_lost_digits(text) else read_text(text)


@lru_cache(_DIFFERENT_TEXTS)
def read_verdict(text: str) -> bool | None:
    """Whether the person passed; a score is no verdict."""
    bare = _bare(text)
    whole = _WITH_FRACTION.fullmatch(bare)
    return _VERDICTS.get(whole[1] if whole else bare)


def read_text(text: str) -> str:
    """The text in one line, without control characters, characters of the private area and outer blanks.

    An error of a formula (#N/A) and quotation marks round nothing say nothing; `="…"` is what spreadsheets show of it.
    """
    plain = _without_controls_and_ends(text)
    if formula := _FORMULA.fullmatch(plain):
        plain = formula[1].replace('""', '"').strip()
    if not plain.strip(_QUOTES):
        return ""
    return plain if plain.isprintable() else "".join(filter(_is_not_private, plain))


def has_lost_digits(text: str) -> bool:
    """Whether the text is that of a number of more digits than a spreadsheet keeps (15)."""
    return not text.isalnum() and _DIGITS_LOST.fullmatch(_bare(text)) is not None


def lacks_digits(id_number: str) -> bool:
    """Whether an ID number, as it was read, stood as a number and has lost digits."""
    return _ID_NUMBER_LOST.fullmatch(id_number) is not None


def looks_like_id_number(text: str) -> bool:
    """Whether somebody meant an ID number, right or wrong, lost digits included."""
    if len(text) < 5:
        return False
    number = read_id_number(text)
    return _ID_NUMBER_LIKE.fullmatch(number) is not None or lacks_digits(number)


def holds_id_number(text: str) -> bool:
    """Whether 15 to 18 digits like an ID number stand anywhere in the text, or one that has lost digits."""
    if len(text) < 5:
        return False
    plain = unicodedata.normalize("NFKC", without_controls(text))
    return (
        _ID_NUMBER_WITHIN.search(plain) is not None
        or _ID_NUMBER_IN_GROUPS.search(plain) is not None
        or looks_like_id_number(text)
    )


def has_letters(name: str) -> bool:
    """Whether anybody can be called so: a letter or a Han character stands in it."""
    return _HAN_CHARACTER.search(name) is not None or any(map(str.isalpha, name))


def is_error(text: str) -> bool:
    """Whether the cell holds the error of a formula (#N/A)."""
    return text[:1] in "#E" and _ERROR.fullmatch(text.strip()) is not None


def private_characters(text: str) -> str:
    """The characters of the private area, spelt out: every computer shows others for them."""
    if text.isprintable():
        return ""
    return "".join(printable(character) for character in text if not _is_not_private(character))


def _is_not_private(character: str) -> bool:
    return unicodedata.category(character) != "Co"


def _without_controls_and_ends(text: str) -> str:
    if is_error(text):
        return ""
    if text.isprintable():
        return text.strip()
    return re.sub(r"[^\S \u3000]+", " ", without_controls(text).strip())


def _unwrapped(text: str) -> str:
    """`_bare` out of quotation marks, `="…"`, a label and a final full stop, however they lie in each other."""
    bare, before = _bare(text), None
    while bare != before:
        before = bare
        bare = bare.lstrip("=").strip(_QUOTES).rstrip(_ENDS)
        if label := _LABEL.match(bare):
            bare = bare[label.end() :]
    return bare


def _bare(text: str) -> str:
    """Half-width, without blanks, control characters, quotation marks and `="…"` around it; an error is nothing."""
    if text.isascii() and text.isalnum():
        return text
    if is_error(text):
        return ""
    return canonical(without_controls(text)).lstrip("=").strip(_QUOTES)
