"""People and enterprises looked up in lists: what each list says of them, in Chinese; empty where it has nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import tuple_
from sqlmodel import col, select

from db.models import Case, ListKind, OutsideList, OutsidePart
from pxtui.casework.office.context import Context
from pxtui.casework.outside_lists.kinds import KINDS
from pxtui.casework.outside_lists.packing import Entry, digest_of, entries_in, part_of
from pxtui.identifiers.id_number import with_century
from pxtui.identifiers.text import canonical, canonical_code, same
from pxtui.policy import codec
from pxtui.policy.facts import Trainee

_PARTS_A_QUERY = 300
_BETWEEN = "\t"
"""Between the code and the name of an employer among the words of a list."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is looked for."""

    seq: int | None
    """序号 in the roster; None: an enterprise."""
    name: str
    keys: tuple[str, ...]
    """What lists may have it under: a number, or of an enterprise its code and its name."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A list whose entries can be read."""

    row: OutsideList
    secret: bytes
    words: tuple[str, ...]

    def word(self, entry: Entry) -> str:
        """The employer, school or state of an entry; empty: none is kept."""
        return self.words[entry.word - 1] if 0 < entry.word <= len(self.words) else ""


Parts = Mapping[tuple[int, int], bytes]
"""By list and number of the part, its entries."""


def opened(context: Context, found: OutsideList) -> Opened:
    """A list in force, its key and words unsealed."""
    words = found.unseal(context.vault, "words")
    secret = bytes.fromhex(found.unseal(context.vault, "secret"))
    return Opened(found, secret, codec.load_text(tuple[str, ...], words) if words else ())


def key_of_person(number: str) -> str:
    """What a list has a person under; empty for a row without a number."""
    return with_century(number)


def keys_of_firm(code: str, name: str) -> tuple[str, ...]:
    """What lists may have an enterprise under."""
    found = (f"code:{canonical_code(code)}" if canonical_code(code) else "", f"name:{canonical(name)}")
    return tuple(key for key in found if key and key != "name:")


def firm_word(code: str, name: str) -> str:
    """An employer as a word of a list."""
    return f"{canonical_code(code)}{_BETWEEN}{name.strip()}" if code or name.strip() else ""


def people_of(roster: Iterable[Trainee]) -> list[Subject]:
    """Whoever in a roster can be looked for."""
    return [Subject(row.seq, row.name, (key,)) for row in roster if (key := key_of_person(row.id_number))]


def firms_of(case: Case) -> list[Subject]:
    """The applicant of a case and, where it is another one, who sells the training."""
    firms = [Subject(None, case.applicant_name, keys_of_firm(case.credit_code, case.applicant_name))]
    if case.provider and not same(case.provider, case.applicant_name):
        firms.append(Subject(None, case.provider, keys_of_firm(case.provider_credit_code, case.provider)))
    return firms


def subjects_of(kind: ListKind, case: Case, people: Sequence[Subject]) -> Sequence[Subject]:
    """Who of a case is looked for in lists of a kind."""
    return firms_of(case) if kind is ListKind.STRUCK_OFF else people


def parts_for(context: Context, wanted: Iterable[tuple[Opened, Sequence[Subject]]]) -> Parts:
    """The parts in which these would stand, in a statement for some hundred of them."""
    places = sorted(
        {
            (found.row.id, part_of(digest_of(found.secret, key), found.row.parts))
            for found, subjects in wanted
            for subject in subjects
            for key in subject.keys
        }
    )
    parts: dict[tuple[int, int], bytes] = {}
    for start in range(0, len(places), _PARTS_A_QUERY):
        of_these = tuple_(col(OutsidePart.list_id), col(OutsidePart.part)).in_(places[start : start + _PARTS_A_QUERY])
        for row in context.session.exec(select(OutsidePart).where(of_these)):
            parts[row.list_id, row.part] = row.entries
    return parts


class Said(NamedTuple):
    """What a list says of somebody."""

    text: str
    """In Chinese, without its place in the list: what another list says in the same words is the same."""
    line: int | None
    """Where, from 1; None: it does not have him."""

    @property
    def sentence(self) -> str:
        """With its place."""
        return f"第{self.line}行{'，' if self.text else ''}{self.text}" if self.line else self.text


def said(found: Opened, parts: Parts, subject: Subject, case: Case) -> Said | None:
    """What a list says of somebody that a clerk has to look into; None: nothing.

    What began after the class had ended is none: a pension of May says nothing of a class of March.
    """
    entries = [entry for key in subject.keys for entry in _entries(found, parts, key)]
    if found.row.kind is ListKind.INSURANCE:
        return _not_insured_here(found, entries, case)
    if found.row.kind is not ListKind.STRUCK_OFF:
        entries = [entry for entry in entries if entry.since is None or entry.since <= case.ends_on]
    return _told(found, entries[0]) if entries else None


def _entries(found: Opened, parts: Parts, key: str) -> Iterable[Entry]:
    digest = digest_of(found.secret, key)
    return entries_in(parts.get((found.row.id, part_of(digest, found.row.parts)), b""), digest)


def _told(found: Opened, entry: Entry) -> Said:
    name = found.word(entry).rpartition(_BETWEEN)[2]
    since = f"{entry.since}{KINDS[found.row.kind].since}" if entry.since else ""
    return Said("，".join(filter(None, (name, since))), entry.line)


def _not_insured_here(found: Opened, entries: Sequence[Entry], case: Case) -> Said | None:
    """Nobody whom the applicant insures stands out; a second employer beside it is no finding of this list."""
    if not entries:
        return Said("名单里没有此人参保", None)
    if any(_is_applicant(found.word(entry), case) for entry in entries):
        return None
    _, _, name = found.word(entries[0]).partition(_BETWEEN)
    return Said(f"参保单位是{name or '另一单位'}，不是申请单位", entries[0].line)


def _is_applicant(word: str, case: Case) -> bool:
    code, _, name = word.partition(_BETWEEN)
    own = canonical_code(case.credit_code)
    return (code == own) if code and own else same(name, case.applicant_name)
