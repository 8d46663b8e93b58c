"""Search for enterprises by name or a part of it, initials, either end of the credit code, a phone, or several words.

Each by an index: a part of a name by the pairs of its initials (`db/name_parts.py`), and then compared exactly.
"""

from collections.abc import Iterable

from sqlmodel import col, or_, select

from db.models import Applicant, Case, NamePart
from db.name_parts import INSIDE, WORDS, counted, folded, pairs
from db.phone_keys import phone_key
from db.readings import applicants_read, applicants_read_inside, begins_with
from pxtui.casework.office.context import Context
from pxtui.identifiers import phone
from pxtui.identifiers.firm_name import firm_initials, spellings
from pxtui.identifiers.pinyin import contain, readings
from pxtui.identifiers.text import canonical

_TAIL = 4
_FEWEST = 2
_LOOKED_AT = 200
"""Rows that one word may give where the others choose among them, or where several rows are one enterprise."""
_MOST_COUNTED = 1_000


def enterprises(context: Context, text: str, *, most: int) -> list[Applicant]:
    """So many enterprises at most that all the words of a text mean, each once, those that begin so first."""
    words = sorted(filter(None, map(canonical, text.split())), key=len, reverse=True)
    if not words:
        return []
    driver, *others = words
    whole = canonical(text)
    found = _once(_meant(context, whole)) if others else []
    if not found:
        found = [row for row in _once(_meant(context, driver)) if all(_means(row, word) for word in others)]
    return found[:most]


def _meant(context: Context, word: str) -> list[Applicant]:
    if phone.is_valid(phone.digits(word)):
        of_phone = select(Applicant).where(col(Applicant.phone_key) == phone_key(context.vault, word))
        return list(context.session.exec(of_phone.order_by(col(Applicant.id).desc()).limit(_LOOKED_AT)))
    if word.isascii():
        return _by_code_or_letters(context, word)
    begins = or_(*(begins_with(col(Applicant.name), part) for part in spellings(word)))
    first = context.session.exec(select(Applicant).where(begins).order_by(col(Applicant.name)).limit(_LOOKED_AT))
    return [*first, *_with_part(context, word)]


def _by_code_or_letters(context: Context, word: str) -> list[Applicant]:
    code = word.upper()
    if any(map(str.isdigit, code)):
        of_code = begins_with(col(Applicant.credit_code_key), code)
        if len(code) == _TAIL:
            of_code |= col(Applicant.code_tail) == code
        return list(context.session.exec(select(Applicant).where(of_code).limit(_LOOKED_AT)))
    letters = word.lower()
    if len(letters) < _FEWEST or not letters.isalnum():
        return []
    read = select(Applicant).where(applicants_read(letters)).limit(_LOOKED_AT)
    if found := list(context.session.exec(read)):
        return found
    inside = applicants_read_inside(context.session, letters)[:_LOOKED_AT]
    return list(context.session.exec(select(Applicant).where(col(Applicant.id).in_(inside))))


def _with_part(context: Context, word: str) -> list[Applicant]:
    """Those with a part of two characters or more in the name by which they are called."""
    of_letters = sorted(pairs(firm_initials(word)))
    if not of_letters:
        return _of_newest_cases(context, word)
    counts = counted(context.session.connection(), [(INSIDE, pair) for pair in of_letters], _MOST_COUNTED)
    _, pair = min(counts, key=counts.__getitem__)
    contains = or_(*(col(Applicant.name).contains(part, autoescape=True) for part in spellings(word)))
    owner = col(NamePart.owner_id)
    wanted = (
        select(Applicant)
        .join(NamePart, owner == col(Applicant.id))
        .where(col(NamePart.kind) == INSIDE, col(NamePart.part) == pair, col(NamePart.case_id) == 0, contains)
        .order_by(owner.desc())
    )
    return list(context.session.exec(wanted.limit(_LOOKED_AT)))


def _of_newest_cases(context: Context, character: str) -> list[Applicant]:
    """Those of the newest cases in whose names a single character stands."""
    newest = (
        select(NamePart.case_id)
        .where(col(NamePart.kind) == WORDS, col(NamePart.part) == folded(character))
        .order_by(col(NamePart.case_id).desc())
        .limit(_MOST_COUNTED)
        .subquery()
    )
    named = (
        select(Case.applicant_id)
        .join(newest, newest.c.case_id == col(Case.id))
        .where(col(Case.applicant_name).contains(character, autoescape=True))
        .order_by(col(Case.id).desc())
        .limit(_LOOKED_AT)
    )
    ids = list(dict.fromkeys(context.session.exec(named)))
    found = {row.id: row for row in context.session.exec(select(Applicant).where(col(Applicant.id).in_(ids)))}
    return [found[each] for each in ids]


def _means(row: Applicant, word: str) -> bool:
    if word.isascii() and word.isalpha():
        return contain(word.lower(), readings(row.name))
    return word in canonical(row.name) or word.upper() in row.credit_code_key


def _once(rows: Iterable[Applicant]) -> list[Applicant]:
    """Rows with one credit code, or without one and of one name, are one enterprise."""
    return list({row.credit_code_key or row.name: row for row in reversed(list(rows))}.values())[::-1]
