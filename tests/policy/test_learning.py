"""What platforms record: minutes that count, 学时 that come of them, and what a clerk has to look into."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pxtui.clock import CHINA
from pxtui.policy.learning import ClassDays, Learning, Session, judge_learning
from pxtui.policy.parameters import shipped_rulebook

NOTICE = shipped_rulebook().latest
ZHANG, LI, OTHER = "510402198601120018", "510411197311020045", "510402198601120034"


def session(begin: str, minutes: int, **more: Any) -> Session:
    """A session of 张三 on a day (`2020-03-02`) or from a moment on (`2020-03-02 08:30`)."""
    day = date.fromisoformat(begin[:10])
    moment = datetime.fromisoformat(begin).replace(tzinfo=CHINA) if len(begin) > 10 else None
    made = Session(ZHANG, "张三", day, timedelta(minutes=minutes), quiz="通过", score=Decimal(86), signed_in_at=moment)
    return replace(made, **more)


def judged(*sessions: Session, **days: date) -> Learning:
    return judge_learning(sessions, NOTICE, ClassDays(**days))


def minutes(learning: Learning) -> int:
    (person,) = learning.people
    return person.minutes


def told(learning: Learning, code: str) -> str:
    """The sentence of the only flag with that code."""
    (sentence,) = (flag.sentence for flag in learning.flags if flag.code == code)
    return sentence


@pytest.mark.parametrize(
    ("learnt", "hours"),
    [
        (4, "0"),
        (5, "0.1"),
        (44, "0.9"),
        (45, "1"),
        (89, "1.9"),
        (90, "2"),
        (1102, "24.4"),
        (1103, "24.5"),
        (1530, "34"),
    ],
)
def test_hours_have_one_decimal_and_are_never_rounded_up(learnt: int, hours: str) -> None:
    assert judged(session("2020-03-02", learnt)).people[0].hours == Decimal(hours)


def test_half_minutes_of_several_sessions_add_up() -> None:
    half = timedelta(minutes=22, seconds=30)
    learning = judged(*(session(f"2020-03-0{day}", 0, duration=half) for day in (1, 2)))
    assert (minutes(learning), learning.people[0].hours) == (45, Decimal(1))


def test_time_learnt_twice_at_once_counts_once() -> None:
    learning = judged(
        session("2020-03-02 08:00", 120),
        session("2020-03-02 08:30", 30),
        session("2020-03-02 09:30", 90, course="焊接"),
    )
    assert minutes(learning) == 180
    sentence = told(learning, "learning.overlap")
    assert "2020-03-02 08:00至10:00与2020-03-02 08:30至09:00" in sentence
    assert "2020-03-02 08:00至10:00与2020-03-02 09:30至11:00" in sentence
    assert ZHANG not in sentence


def test_sessions_that_follow_one_another_do_not_overlap() -> None:
    assert not judged(session("2020-03-02 08:00", 60), session("2020-03-02 09:00", 60)).flags


def test_a_line_that_stands_there_twice_counts_once_and_is_told() -> None:
    once = session("2020-03-02", 90, place="第5行")
    learning = judged(once, replace(once, place="第9行"), session("2020-03-02", 90, course="焊接"))
    assert minutes(learning) == 180
    assert "第5行、第9行" in told(learning, "learning.repeated-line")


def test_what_comes_after_the_lifting_does_not_count() -> None:
    learning = judged(
        session("2020-03-25", 90),
        session("2020-03-25 23:30", 60),
        session("2020-03-26", 90, score=Decimal(95)),
        lifted_on=date(2020, 3, 25),
    )
    assert minutes(learning) == 120
    assert learning.people[0].score == 86
    assert "2020-03-26，共90分钟；没有计入" in told(learning, "learning.after-lifting")


def test_who_learnt_only_after_the_lifting_has_no_hours_and_no_score() -> None:
    (person,) = judged(session("2020-03-26", 90), lifted_on=date(2020, 3, 25)).people
    assert (person.minutes, person.hours, person.score) == (0, Decimal(0), None)


def test_a_lifting_on_the_last_day_that_there_is_cuts_nothing() -> None:
    (person,) = judged(session("2020-03-26 09:00", 90), lifted_on=date.max).people
    assert person.hours == 2


def test_learning_outside_the_class_is_told_and_counts_until_the_clerk_decides() -> None:
    days = {"starts_on": date(2020, 3, 2), "ends_on": date(2020, 3, 13)}
    learning = judged(
        session("2020-03-01", 45),
        session("2020-03-02", 45),
        session("2020-03-13", 45),
        session("2020-03-14", 45),
        **days,
    )
    assert minutes(learning) == 180
    assert "2020-03-01、2020-03-14，共90分钟" in told(learning, "learning.outside-class")


@pytest.mark.parametrize(
    ("learnt", "code"),
    [
        (600, None),
        (601, "learning.day-implausible"),
        (1440, "learning.day-implausible"),
        (1441, "learning.day-impossible"),
    ],
)
def test_a_day_has_so_many_hours(learnt: int, code: str | None) -> None:
    learning = judged(session("2020-03-02", learnt - 1), session("2020-03-02", 1), session("2020-03-03", 600))
    found = [flag.code for flag in learning.flags if flag.code.startswith("learning.day")]
    assert found == ([] if code is None else [code])


@pytest.mark.parametrize(("clock", "is_night"), [("22:59", False), ("23:00", True), ("04:59", True), ("05:00", False)])
def test_night_is_from_23_to_5(clock: str, is_night: bool) -> None:
    learning = judged(session(f"2020-03-02 {clock}", 30))
    assert [flag.code for flag in learning.flags] == (["learning.night"] if is_night else [])


def test_people_with_the_very_same_rhythm_are_told_together() -> None:
    own = [session(f"2020-03-0{day} 08:1{day}", 90 + day) for day in (2, 3, 4)]
    others = [replace(session, id_number=LI, name="李四") for session in own]
    sentence = told(judged(*own, *others), "learning.same-rhythm")
    assert "张三" in sentence
    assert "李四" in sentence
    assert "签到时间和学习时长" in sentence
    differing = [*others[:2], replace(others[2], duration=timedelta(minutes=1))]
    assert not judged(*own, *differing).flags


@pytest.mark.parametrize("field", ["account", "device"])
def test_what_two_people_share_is_told(field: str) -> None:
    own = session("2020-03-02", 45, **{field: "A1 7"})
    other = session("2020-03-04", 45, id_number=LI, name="李四", **{field: "Ａ17"})
    learning = judged(own, other)
    flag = next(flag for flag in learning.flags if flag.code == f"learning.{field}-shared")
    assert flag.id_numbers == (ZHANG, LI)
    assert "A17" in flag.sentence


def test_an_account_of_ones_own_is_not_shared() -> None:
    own, other = session("2020-03-02", 45, account="A1"), session("2020-03-04", 45, id_number=LI, account="A2")
    assert not [flag for flag in judged(own, other).flags if flag.code == "learning.account-shared"]


def test_a_line_without_a_name_is_not_another_name() -> None:
    learning = judged(session("2020-03-02 08:00", 45), session("2020-03-03 08:00", 45, name=""))
    assert not learning.flags


def test_an_account_that_nobody_knows_is_not_shared() -> None:
    assert not judged(session("2020-03-02 08:00", 45), session("2020-03-02 08:05", 45, id_number=LI)).flags


def test_two_names_under_one_number_are_told() -> None:
    learning = judged(
        session("2020-03-02", 45), session("2020-03-03", 45, name="张 三"), session("2020-03-04", 45, name="张珊")
    )
    assert "张珊" in told(learning, "learning.several-names")
    assert len(learning.people) == 1


def test_an_old_number_is_the_same_person() -> None:
    old = ZHANG[:6] + ZHANG[8:17]
    assert [
        session.id_number
        for session in judged(session("2020-03-02", 45), session("2020-03-03", 45, id_number=old)).people
    ] == [ZHANG]


def test_the_last_score_counts_and_a_missing_one_is_none() -> None:
    learning = judged(
        session("2020-03-05", 45, score=Decimal(75)),
        session("2020-03-03", 45, score=Decimal(52)),
        session("2020-03-06", 45, score=None),
    )
    assert learning.people[0].score == 75
    assert "52、75" in told(learning, "learning.several-scores")
    (unknown,) = judged(session("2020-03-02", 45, score=None)).people
    assert (unknown.score, unknown.passed) == (None, None)


def test_missing_evidence_is_told_for_whom_it_is_missing() -> None:
    bare = session("2020-03-02", 45, quiz="", score=None)
    learning = judged(bare, session("2020-03-03 08:00", 45, id_number=LI, name="李四"))
    kinds = ("learning.no-sign-in", "learning.no-quiz", "learning.no-final-test")
    assert [flag.code for flag in learning.flags] == list(kinds)
    assert all("张三" in told(learning, kind) and "李四" not in told(learning, kind) for kind in kinds)


def test_a_sign_in_on_another_day_is_told_and_the_later_day_decides() -> None:
    odd = session("2020-03-26 08:00", 45, day=date(2020, 3, 24), place="第3行")
    learning = judged(odd, lifted_on=date(2020, 3, 25))
    assert minutes(learning) == 0
    assert "第3行" in told(learning, "learning.other-day")


def test_the_answer_for_programs_holds_people_and_what_is_doubtful() -> None:
    answer = judged(
        session("2020-03-02 23:30", 90),
        session("2020-03-03 08:00", 44, id_number=LI, name="李四", score=Decimal("86.5")),
        session("2020-03-04 08:00", 45, id_number=OTHER, name="王五", score=None),
    ).as_json()
    assert answer["rows"] == [
        {"id_number": ZHANG, "name": "张三", "minutes": 90, "hours": 2, "score": 86},
        {"id_number": LI, "name": "李四", "minutes": 44, "hours": 0.9, "score": 86.5},
        {"id_number": OTHER, "name": "王五", "minutes": 45, "hours": 1, "score": None},
    ]
    assert answer["flags"] == [
        {
            "code": "learning.night",
            "id_numbers": [ZHANG],
            "message": "张三（510402********0018）在夜间（23时至5时）签到学习1次（2020-03-02 23:30），"
            "请核实是否本人学习。",
        },
        {
            "code": "learning.no-final-test",
            "id_numbers": [OTHER],
            "message": "王五（510402********0034）没有结业考核的记录，请平台补充。",
        },
    ]


SESSIONS = st.lists(
    st.builds(
        lambda day, start, length: session(f"2020-03-0{day} {start // 60:02}:{start % 60:02}", length),
        st.integers(1, 3),
        st.integers(0, 24 * 60 - 1),
        st.integers(0, 500),
    ),
    min_size=1,
    max_size=8,
)


@given(SESSIONS)
def test_minutes_are_those_in_which_at_least_one_session_runs(sessions: Sequence[Session]) -> None:
    first = datetime(2020, 3, 1, tzinfo=CHINA)
    running = {
        begin + minute
        for session in sessions
        if session.signed_in_at is not None
        for begin in [(session.signed_in_at - first) // timedelta(minutes=1)]
        for minute in range(session.duration // timedelta(minutes=1))
    }
    assert minutes(judged(*sessions)) == len(running)
