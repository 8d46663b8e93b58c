"""Signs that only show between cases, and what the platform's records showed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from pxtui.identifiers import phone
from pxtui.identifiers.id_number import with_century
from pxtui.identifiers.text import canonical_code, same
from pxtui.policy.facts import Trainees
from pxtui.policy.signs.limits import Limits
from pxtui.policy.signs.sign import Noticed, SignRules, ask, rows
from pxtui.policy.signs.surroundings import ClassElsewhere, Surroundings

RULES = SignRules()
sign = RULES.sign

_WHOM = {Trainees.EMPLOYEES: "职工", Trainees.KEY_GROUPS: "重点就业群体", Trainees.COLLEGE_STUDENTS: "在校大学生"}


@sign("sign.two-employers", "单位名称", "培训起止日期", source="通知一")
def two_employers(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.two-employers`, ask: at once an employee of this firm and of another one."""
    application = around.application
    if application.training.trainees is not Trainees.EMPLOYEES:
        return
    for other, seqs in _by_class(around):
        if other.trainees is Trainees.EMPLOYEES and _is_other_firm(around, other) and _apart(around, other) <= 0:
            yield ask(
                f"{rows(seqs)}同期又以另一单位职工身份参训（{_told(other)}）；请核对劳动合同和参保单位。",
                seqs,
                other.source,
            )


@sign("sign.two-counties", "所在县（区）", "培训起止日期", source="通知四(一)")
def two_counties(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.two-counties`, ask: at once in classes of two counties."""
    for other, seqs in _by_class(around):
        if other.county and other.county != around.application.applicant.county and _apart(around, other) <= 0:
            yield ask(f"{rows(seqs)}同期在两个县（区）参训（{_told(other)}）；请核实在哪里参训。", seqs, other.source)


@sign("sign.employed-and-jobless", "培训对象", "培训起止日期", source="通知一")
def employed_and_jobless(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.employed-and-jobless`, ask: within a week employee in one class and jobless or student in another."""
    own = around.application.training.trainees
    for other, seqs in _by_class(around):
        is_contradiction = (own is Trainees.EMPLOYEES) != (other.trainees is Trainees.EMPLOYEES)
        if is_contradiction and _apart(around, other) <= limits.week_days:
            yield ask(
                f"{rows(seqs)}本班为{_WHOM[own]}，同一周在另一班为{_WHOM[other.trainees]}（{_told(other)}）；请核实身份。",
                seqs,
                other.source,
            )


@sign("sign.phone-elsewhere", "联系电话")
def phone_elsewhere(around: Surroundings, limits: Limits) -> Iterator[Noticed]:
    """`sign.phone-elsewhere`, ask: three people or more of other cases have the phone of a row."""
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for row in around.application.roster:
        rows_of[phone.digits(row.phone)].append(row.seq)
    for known in around.phones:
        seqs = tuple(rows_of.get(phone.digits(known.phone), ()))
        if seqs and known.people >= limits.phone_people:
            yield ask(
                f"{rows(seqs)}的电话（{phone.masked(known.phone)}）在别的案件里另有{known.people}人使用"
                f"（{'、'.join(known.sources[:3])}）；请逐人核实电话。",
                seqs,
            )


def of_records(around: Surroundings) -> Iterator[tuple[str, Noticed]]:
    """What the platform's records showed, each under its own code: `learning.night`, `learning.same-rhythm`, …"""
    rows_of = {with_century(row.id_number): row.seq for row in around.application.roster}
    for flag in around.learning:
        seqs = tuple(sorted(rows_of[number] for number in map(with_century, flag.id_numbers) if number in rows_of))
        yield flag.code, ask(flag.sentence, seqs)


def _by_class(around: Surroundings) -> Iterable[tuple[ClassElsewhere, tuple[int, ...]]]:
    """Each class elsewhere with the rows whose people are in it."""
    rows_of = {with_century(row.id_number): row.seq for row in around.application.roster if row.id_number.strip()}
    found: dict[str, tuple[ClassElsewhere, set[int]]] = {}
    for other in around.classes:
        seq = rows_of.get(with_century(other.id_number))
        if seq is not None:
            found.setdefault(other.source, (other, set()))[1].add(seq)
    for other, seqs in found.values():
        yield other, tuple(sorted(seqs))


def _is_other_firm(around: Surroundings, other: ClassElsewhere) -> bool:
    """By the credit code; where one is missing by the name."""
    own, theirs = canonical_code(around.application.applicant.credit_code), canonical_code(other.credit_code)
    if own and theirs:
        return own != theirs
    return not same(around.application.applicant.name, other.applicant)


def _apart(around: Surroundings, other: ClassElsewhere) -> int:
    """Days from the end of the earlier class to the beginning of the later one; 0 or less: at once."""
    training = around.application.training
    gap = max(other.starts_on - training.ends_on, training.starts_on - other.ends_on)
    return gap // timedelta(days=1)


def _told(other: ClassElsewhere) -> str:
    return f"{other.source}，{other.starts_on}至{other.ends_on}"
