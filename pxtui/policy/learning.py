"""What a platform's records say of each person's learning (notice 二).

Three things change a number: time that was learnt twice at once counts once, a line that stands there twice counts
once, and what comes after the lifting does not count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from pxtui.identifiers.id_number import with_century
from pxtui.policy.learning_facts import MINUTE, PersonLines
from pxtui.policy.learning_facts import ClassDays as ClassDays
from pxtui.policy.learning_facts import Session as Session
from pxtui.policy.learning_flags import LearningFlag as LearningFlag
from pxtui.policy.learning_flags import learning_flags
from pxtui.policy.parameters import Notice


@dataclass(frozen=True, slots=True)
class PersonLearning:
    """What one person has learnt."""

    id_number: str
    """Of 18 digits where the records have the 15-digit one."""
    name: str
    minutes: int
    hours: Decimal
    """学时 with one decimal, rounded down."""
    score: Decimal | None
    """The last one given; None: none was."""
    passed: bool | None
    """The platform's last word; None: it gave none."""


@dataclass(frozen=True, slots=True)
class Learning:
    """What the records of a class say."""

    people: tuple[PersonLearning, ...]
    """In the order of their first lines."""
    flags: tuple[LearningFlag, ...]

    def as_json(self) -> dict[str, object]:
        """`rows` and `flags` of `pxtui-learning/1`."""
        return {
            "rows": [
                {
                    "id_number": person.id_number,
                    "name": person.name,
                    "minutes": person.minutes,
                    "hours": _json_number(person.hours),
                    "score": _json_number(person.score),
                }
                for person in self.people
            ],
            "flags": [
                {"code": flag.code, "id_numbers": list(flag.id_numbers), "message": flag.sentence}
                for flag in self.flags
            ],
        }


def judge_learning(sessions: Iterable[Session], notice: Notice, days: ClassDays | None = None) -> Learning:
    """Add up what everybody has learnt, nothing rounded up (clause 二: 45 minutes are 1 学时), and what looks wrong."""
    days = days or ClassDays()
    people = _people(sessions)
    learnt = (_learnt(person, notice, days) for person in people)
    return Learning(tuple(learnt), tuple(learning_flags(people, notice, days)))


def hours_of(minutes: int, notice: Notice) -> Decimal:
    """学时 of so many minutes, rounded down to one decimal (notice 二)."""
    return Decimal(minutes * 10 // notice.minutes_per_hour) / 10


def _people(sessions: Iterable[Session]) -> list[PersonLines]:
    lines: dict[str, list[Session]] = {}
    for session in sessions:
        lines.setdefault(with_century(session.id_number), []).append(session)
    return [
        PersonLines(number, tuple(own), tuple(sorted(dict.fromkeys(own), key=_moment))) for number, own in lines.items()
    ]


def _moment(session: Session) -> tuple[date, float]:
    return session.day, 0.0 if session.signed_in_at is None else session.signed_in_at.timestamp()


def _learnt(person: PersonLines, notice: Notice, days: ClassDays) -> PersonLearning:
    counted = [session for session in person.sessions if days.counts(session)]
    minutes = _time_learnt(counted, days) // MINUTE
    return PersonLearning(
        id_number=person.id_number,
        name=person.name,
        minutes=minutes,
        hours=hours_of(minutes, notice),
        score=next((session.score for session in reversed(counted) if session.score is not None), None),
        passed=next((session.passed for session in reversed(counted) if session.passed is not None), None),
    )


def _time_learnt(sessions: Sequence[Session], days: ClassDays) -> timedelta:
    """The union of the sessions whose beginning is known, up to the lifting's midnight, and the sum of the others."""
    learnt = sum((session.duration for session in sessions if session.span is None), timedelta())
    reached: datetime | None = None
    for begin, end in sorted(_cut(session.span, days) for session in sessions if session.span is not None):
        learnt += max(end - (begin if reached is None else max(begin, reached)), timedelta())
        reached = end if reached is None else max(reached, end)
    return learnt


def _cut(span: tuple[datetime, datetime], days: ClassDays) -> tuple[datetime, datetime]:
    begin, end = span
    # What ends in time is not cut: the last day that there is has no midnight after it.
    if days.lifted_on is None or end.date() <= days.lifted_on:
        return span
    midnight = datetime.combine(days.lifted_on + timedelta(days=1), time.min, tzinfo=begin.tzinfo)
    return begin, min(end, midnight)


def _json_number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
