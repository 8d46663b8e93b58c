"""What in a platform's records looks wrong: evidence for the clerk that changes no number (R05, R29)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate, groupby, pairwise

from pxtui.identifiers.id_number import masked
from pxtui.identifiers.text import canonical
from pxtui.policy.learning_facts import MINUTE, ClassDays, PersonLines, Session
from pxtui.policy.parameters import Notice

NIGHT_FROM, NIGHT_TO = time(23), time(5)
"""Who signs in from the one on and before the other learns at night."""

SHORTEST_RHYTHM = 3
"""Sessions; that two people have one or two alike happens."""

_Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class LearningFlag:
    """Something for the clerk to look into."""

    code: str
    id_numbers: tuple[str, ...]
    """Whom it is about."""
    sentence: str
    """What the records show, ID numbers masked, and what to do."""


def learning_flags(people: Sequence[PersonLines], notice: Notice, days: ClassDays) -> Iterator[LearningFlag]:
    """Person by person what looks wrong, then what does between them."""
    for person in people:
        for check in _OF_A_PERSON:
            yield from check(person, notice, days)
    for compare in _OF_ALL:
        yield from compare(people)


# What looks wrong with one person's lines.


def _repeated(person: PersonLines, _: Notice, __: ClassDays) -> Iterator[LearningFlag]:
    places: dict[Session, list[str]] = {}
    for line in person.lines:
        places.setdefault(line, []).append(line.place)
    alike = ["、".join(where) for where in places.values() if len(where) > 1]
    if alike:
        text = f"{person.who}有完全相同的记录（{'；'.join(alike)}），只计一次，请向平台核实。"
        yield LearningFlag("learning.repeated-line", (person.id_number,), text)


def _overlapping(person: PersonLines, _: Notice, __: ClassDays) -> Iterator[LearningFlag]:
    spans = sorted(span for session in person.sessions if (span := session.span) is not None and span[0] < span[1])
    both = zip(accumulate(spans, _longer), spans[1:], strict=False)
    pairs = [f"{_told_span(earlier)}与{_told_span(later)}" for earlier, later in both if later[0] < earlier[1]]
    if pairs:
        text = f"{person.who}同一时间有两段学习（{'；'.join(pairs)}），重叠的时间只计一次，请核实是否本人学习。"
        yield LearningFlag("learning.overlap", (person.id_number,), text)


def _longer(first: _Span, second: _Span) -> _Span:
    """The one that ends later."""
    return max(first, second, key=lambda span: span[1])


def _too_much_a_day(person: PersonLines, notice: Notice, _: ClassDays) -> Iterator[LearningFlag]:
    by_day = {
        day: sum((session.duration for session in own), timedelta()) // MINUTE
        for day, own in groupby(person.sessions, key=lambda session: session.day)
    }
    impossible = [day for day, minutes in by_day.items() if minutes > notice.impossible_minutes_per_day]
    long = [
        day for day, minutes in by_day.items() if day not in impossible and minutes > notice.implausible_minutes_per_day
    ]
    for code, found, limit in (
        ("learning.day-impossible", impossible, notice.impossible_minutes_per_day),
        ("learning.day-implausible", long, notice.implausible_minutes_per_day),
    ):
        if found:
            which = "、".join(f"{day}共{by_day[day]}分钟" for day in found)
            text = f"{person.who}一天学习超过{limit // 60}小时（{which}），请要求平台说明。"
            yield LearningFlag(code, (person.id_number,), text)


def _at_night(person: PersonLines, _: Notice, __: ClassDays) -> Iterator[LearningFlag]:
    begun = [session.signed_in_at for session in person.sessions if session.signed_in_at is not None]
    nights = [moment for moment in begun if moment.time() >= NIGHT_FROM or moment.time() < NIGHT_TO]
    if nights:
        which = "、".join(f"{moment:%Y-%m-%d %H:%M}" for moment in nights)
        hours = f"{NIGHT_FROM.hour}时至{NIGHT_TO.hour}时"
        text = f"{person.who}在夜间（{hours}）签到学习{len(nights)}次（{which}），请核实是否本人学习。"
        yield LearningFlag("learning.night", (person.id_number,), text)


def _several_names(person: PersonLines, _: Notice, __: ClassDays) -> Iterator[LearningFlag]:
    names = {canonical(line.name): line.name for line in person.lines if canonical(line.name)}
    if len(names) > 1:
        text = (
            f"同一身份证号{masked(person.id_number)}有{len(names)}个姓名（{'、'.join(names.values())}），请核对证件。"
        )
        yield LearningFlag("learning.several-names", (person.id_number,), text)


def _outside_the_class(person: PersonLines, _: Notice, days: ClassDays) -> Iterator[LearningFlag]:
    counted = [session for session in person.sessions if days.counts(session)]
    early = [session for session in counted if days.starts_on is not None and session.day < days.starts_on]
    late = [session for session in counted if days.ends_on is not None and session.last_day > days.ends_on]
    if early or late:
        text = (
            f"{person.who}在培训起止日期（{days.starts_on}至{days.ends_on}）之外学习：{_told_days([*early, *late])}；"
            "已计入，不该计的请改完成学时。"
        )
        yield LearningFlag("learning.outside-class", (person.id_number,), text)


def _after_the_lifting(person: PersonLines, _: Notice, days: ClassDays) -> Iterator[LearningFlag]:
    late = [session for session in person.sessions if not days.counts(session)]
    if late:
        text = f"{person.who}在疫情解除日{days.lifted_on}之后学习：{_told_days(late)}；没有计入。"
        yield LearningFlag("learning.after-lifting", (person.id_number,), text)


def _other_day(person: PersonLines, _: Notice, __: ClassDays) -> Iterator[LearningFlag]:
    odd = [
        f"{session.place}学习日期{session.day}、签到{session.signed_in_at:%Y-%m-%d %H:%M}".strip()
        for session in person.sessions
        if session.signed_in_at is not None and session.signed_in_at.date() != session.day
    ]
    if odd:
        text = f"{person.who}的签到不在学习当天（{'；'.join(odd)}），请向平台核实。"
        yield LearningFlag("learning.other-day", (person.id_number,), text)


def _several_scores(person: PersonLines, _: Notice, days: ClassDays) -> Iterator[LearningFlag]:
    given = [session.score for session in person.sessions if session.score is not None and days.counts(session)]
    changes = [score for before, score in pairwise([None, *given]) if score != before]
    if len(changes) > 1:
        text = f"{person.who}先后有不同的考核成绩（{'、'.join(f'{score:f}' for score in changes)}），取最后一次。"
        yield LearningFlag("learning.several-scores", (person.id_number,), text)


# What looks wrong between people.


def _shared_accounts(people: Sequence[PersonLines]) -> Iterator[LearningFlag]:
    yield from _shared(people, lambda session: session.account, "learning.account-shared", "平台账号")


def _shared_devices(people: Sequence[PersonLines]) -> Iterator[LearningFlag]:
    yield from _shared(people, lambda session: session.device, "learning.device-shared", "学习设备")


def _shared(
    people: Sequence[PersonLines], what: Callable[[Session], str], code: str, word: str
) -> Iterator[LearningFlag]:
    users: dict[str, list[PersonLines]] = {}
    for person in people:
        for value in dict.fromkeys(canonical(what(session)) for session in person.sessions):
            if value:
                users.setdefault(value, []).append(person)
    for value, those in users.items():
        if len(those) > 1:
            yield _about(those, code, f"{_told(those)}共用一个{word}{value}，请核实是否各自学习。")


def _same_rhythm(people: Sequence[PersonLines]) -> Iterator[LearningFlag]:
    rhythms: dict[tuple[tuple[date, datetime | None, timedelta], ...], list[PersonLines]] = {}
    for person in people:
        if len(person.sessions) >= SHORTEST_RHYTHM:
            beats = tuple((session.day, session.signed_in_at, session.duration) for session in person.sessions)
            rhythms.setdefault(beats, []).append(person)
    for beats, those in rhythms.items():
        if len(those) > 1:
            alike = "签到时间和学习时长" if all(moment for _, moment, _ in beats) else "学习日期和时长"
            text = f"{_told(those)}{len(beats)}次学习的{alike}逐次完全相同，请核实有无代学、挂机。"
            yield _about(those, "learning.same-rhythm", text)


def _without_evidence(people: Sequence[PersonLines]) -> Iterator[LearningFlag]:
    """Clause 二 asks for sign-in, quiz and final test of everybody."""
    kinds: tuple[tuple[str, str, Callable[[Session], bool]], ...] = (
        ("learning.no-sign-in", "签到时间", lambda session: session.signed_in_at is not None),
        ("learning.no-quiz", "答疑测试", lambda session: bool(session.quiz)),
        ("learning.no-final-test", "结业考核", lambda line: line.score is not None or line.passed is not None),
    )
    for code, word, is_there in kinds:
        those = [person for person in people if not any(map(is_there, person.sessions))]
        if those:
            whom = f"全部{len(people)}人" if len(those) == len(people) else _told(those)
            yield _about(those, code, f"{whom}没有{word}的记录，请平台补充。")


def _about(people: Sequence[PersonLines], code: str, sentence: str) -> LearningFlag:
    return LearningFlag(code, tuple(person.id_number for person in people), sentence)


def _told(people: Sequence[PersonLines]) -> str:
    return "、".join(person.who for person in people)


def _told_span(span: _Span) -> str:
    return f"{span[0]:%Y-%m-%d %H:%M}至{span[1]:%H:%M}"


def _told_days(sessions: Sequence[Session]) -> str:
    minutes = sum((session.duration for session in sessions), timedelta()) // MINUTE
    return f"{'、'.join(dict.fromkeys(str(session.day) for session in sessions))}，共{minutes}分钟"


_OF_A_PERSON: tuple[Callable[[PersonLines, Notice, ClassDays], Iterator[LearningFlag]], ...] = (
    _repeated,
    _overlapping,
    _too_much_a_day,
    _at_night,
    _several_names,
    _outside_the_class,
    _after_the_lifting,
    _other_day,
    _several_scores,
)
_OF_ALL: tuple[Callable[[Sequence[PersonLines]], Iterator[LearningFlag]], ...] = (
    _shared_accounts,
    _shared_devices,
    _same_rhythm,
    _without_evidence,
)
