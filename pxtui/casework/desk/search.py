"""Search for cases by number, applicant, occupation or trainee; the found trainees are named."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Select, literal, union_all
from sqlalchemy import select as selected
from sqlmodel import col, func, or_, select

from db.models import Case, Enrolment
from pxtui.casework.desk.queues import MOST_LISTED, CaseList, cases, listed
from pxtui.casework.desk.search_words import LETTERS_ALONE, Meaning, Way, meaning, rarest
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import roles
from pxtui.casework.office.context import Context
from pxtui.casework.staff.sight import require_people
from pxtui.errors import NotFound
from pxtui.identifiers import id_number
from pxtui.identifiers.text import canonical


def search(context: Context, text: str, *, most: int = MOST_LISTED, inside: bool = True) -> CaseList:
    """Cases by case number or its end, by a part of the applicant's name or its initials, by the occupation, or by a
    trainee: ID number or its last four or more, phone, a part of the name or its initials. Whoever sees nothing of
    people finds cases by their numbers alone.

    Of several words every one must mean the case, unless all of them are one name or number that was set apart.

    Args:
        inside: letters are also looked for inside of the applicants' names, where nothing begins with them.
    """
    wanted = canonical(text)
    if not wanted:
        return cases(context, most=most)
    try:
        return listed(context, [find(context, wanted)], most)
    except NotFound:
        require_people(context)
    words = text.split()
    of_letters = inside and any(LETTERS_ALONE.fullmatch(canonical(word)) for word in words)
    found = CaseList((), False)
    # Letters are looked for inside of names only where nothing begins with them, as in every list.
    for within in (False, True) if of_letters else (False,):
        for texts in ([text], words) if len(words) > 1 else ([text],):
            found = _found(context, [meaning(context, part, inside=within) for part in texts], most)
            if found.cases:
                return found
    return found


def _found(context: Context, meanings: Sequence[Meaning], most: int) -> CaseList:
    """The cases that all words mean; those that the first one means by themselves come first."""
    # The end of a case number means the case first; trainees whose ID numbers end alike come behind it.
    cases_found = _newest(context, meanings, most + 1)
    of_rows = [way.of_rows for found in meanings for way in found.ways if way.of_rows is not None]
    people = _people(context, or_(*of_rows), cases_found[:most]) if of_rows else {}
    return replace(listed(context, cases_found, most), people=people)


def _newest(context: Context, meanings: Sequence[Meaning], most: int) -> list[Case]:
    """Of every source the newest, and of those the newest: no source is read further."""
    first, driver = meanings[0], rarest(context, meanings)
    seen = roles.of_seen_offices(context, Case.office_code)
    chosen: list[Select[int, int]] = []
    for is_itself, way in ((1, first.itself), (0, first.people)):
        if way is not None:
            chosen += [_ranked(newest, is_itself) for newest in _newest_of(way, meanings, driver, seen, most)]
    found = union_all(*chosen).subquery()
    itself = func.max(found.c.is_itself)
    best = selected(found.c.case_id, itself.label("is_itself")).group_by(found.c.case_id)
    ranked = best.order_by(itself.desc(), found.c.case_id.desc()).limit(most).subquery()
    ordered = select(Case).join(ranked, col(Case.id) == ranked.c.case_id)
    return list(context.session.exec(ordered.order_by(ranked.c.is_itself.desc(), col(Case.id).desc())))


def _newest_of(
    way: Way, meanings: Sequence[Meaning], driver: Meaning, seen: Sequence[ColumnElement[bool]], most: int
) -> list[Select[int]]:
    """The newest cases that are meant by the first word this way, and by all other words; `seen`: by this clerk."""
    first = meanings[0]
    others = [*seen, *(found.condition for found in meanings if found is not driver and found is not first)]
    if driver is first:
        return [source.newest(others, most) for source in way.sources]
    return [source.newest([way.condition, *others], most) for source in driver.sources]


def _ranked(newest: Select[int], is_itself: int) -> Select[int, int]:
    (number,) = newest.subquery().c
    return selected(number.label("case_id"), literal(is_itself).label("is_itself"))


def _people(context: Context, of_rows: ColumnElement[bool], found: list[Case]) -> dict[str, str]:
    """By case number, the people of the matching rows: 陈志强…3010."""
    numbers = {case.id: case.number for case in found}
    in_order = (col(Enrolment.case_id), col(Enrolment.application), col(Enrolment.position))
    of_cases = select(Enrolment).where(col(Enrolment.case_id).in_(numbers)).order_by(*in_order)
    rows = context.session.exec(of_cases.where(of_rows))
    people: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        number = row.unseal(context.vault, "id_number")
        people[numbers[row.case_id]][f"{row.name}…{id_number.tail(number)}"] = None
    return {number: "、".join(bearers) for number, bearers in people.items()}
