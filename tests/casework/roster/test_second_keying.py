"""Another clerk keys rows again: blind, resumable, and nothing goes on before every difference is decided."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sqlmodel import select

from db.models import SecondKeyedRow
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster import lease, second_keying
from pxtui.casework.roster import undo as roster_undo
from pxtui.casework.roster.second_keying import Compared, KeyedDifference, SecondSheet
from pxtui.casework.staff import members
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Trainee
from tests.conftest import ACTING
from tests.support.filings import a_filing
from tests.support.people import make_one_person
from tests.support.rosters import made_up_people

PEOPLE = made_up_people(20)
OTHER = made_up_people(1, first=500)[0]


@pytest.fixture
def second(acting: Acting) -> Acting:
    """The clerk who did not key the roster."""
    return replace(acting, name="李四")


@pytest.fixture
def number(register: Register, acting: Acting) -> str:
    """A draft case of 20 people in an office that wants a tenth keyed again."""
    with register.writing(acting) as context:
        office_settings.change(context, second_keying_share=10)
        case = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, case, PEOPLE)
    return case


def begun(register: Register, clerk: Acting, number: str, *, every_row: bool = False) -> SecondSheet:
    """The rows that a clerk is to key again."""
    with register.writing(clerk) as context:
        return second_keying.begin(context, number, every_row=every_row)


def key(register: Register, clerk: Acting, number: str, wrong: dict[int, Trainee] | None = None) -> SecondSheet:
    """Key every row that is left as the paper has it; `wrong`: by 序号, what is keyed otherwise."""
    sheet = begun(register, clerk, number)
    for row in sheet.rows:
        keyed = (wrong or {}).get(row.seq, PEOPLE[row.seq - 1])
        if not row.is_keyed:
            with register.writing(clerk) as context:
                sheet = second_keying.key_row(context, number, row.token, keyed.name, keyed.id_number)
    return sheet


def missing(register: Register, number: str) -> str:
    """What holds the application up."""
    with register.reading(ACTING) as context:
        return advance.why_incomplete(context, number)


def differences(register: Register, number: str) -> tuple[KeyedDifference, ...]:
    """What was keyed in two ways."""
    with register.reading(ACTING) as context:
        return second_keying.differences(context, number)


def decide(register: Register, clerk: Acting, number: str, difference: KeyedDifference, text: str) -> int:
    """Decide a difference; how many are left."""
    with register.writing(clerk) as context:
        return len(second_keying.decide(context, number, difference, text))


def stored(register: Register, number: str) -> list[tuple[str, str]]:
    """The roster in short."""
    with register.reading(ACTING) as context:
        return [(row.name, row.id_number) for row in roster_edits.rows(context, number)]


def test_a_drawing_is_repeated_by_its_seed_and_a_larger_share_draws_the_same_rows_and_more() -> None:
    assert second_keying.drawn(20, 33, 10) == [17, 18]
    assert set(second_keying.drawn(20, 33, 10)) < set(second_keying.drawn(20, 33, 50))
    assert len(second_keying.drawn(3, 33, 1)) == 1
    assert second_keying.drawn(37, 33, 100) == list(range(37))
    assert second_keying.drawn(37, 33, 0) == []
    assert {place for seed in range(200) for place in second_keying.drawn(20, seed, 10)} == set(range(20))


def test_who_keyed_the_roster_does_not_key_it_again(register: Register, acting: Acting, number: str) -> None:
    with pytest.raises(PxtuiError, match="张三录过这份花名册，请换另一名受理员"):
        begun(register, acting, number)


def test_who_keyed_the_roster_does_not_key_it_again_under_a_second_name(
    register: Register, acting: Acting, second: Acting, number: str
) -> None:
    with register.writing(acting) as context:
        members.add(context, second.name)
        make_one_person(context, acting.name, second.name)
    with pytest.raises(PxtuiError, match="录过这份花名册，请换另一名受理员"):
        begun(register, second, number)


def test_a_roster_keyed_twice_without_a_difference_goes_on(
    register: Register, acting: Acting, second: Acting, number: str
) -> None:
    assert missing(register, number) == ("花名册须由另一名受理员二次录入2行（10%），请他在F10菜单选“二次录入”。")
    sheet = begun(register, second, number)
    assert [(row.name, row.id_number, row.is_keyed) for row in sheet.rows] == [("", "", False)] * 2
    assert "还有2行没有录" in missing(register, number)
    assert (key(register, second, number).left, begun(register, second, number).seed) == (0, sheet.seed)
    with register.writing(acting) as context:
        assert advance.advance(context, number, Action.SUBMIT) is Stage.RECEIVED


def test_differences_stand_side_by_side_and_the_roster_takes_what_is_right(
    register: Register, second: Acting, number: str
) -> None:
    first_row, second_row = begun(register, second, number).rows
    paper, other = PEOPLE[first_row.seq - 1], PEOPLE[second_row.seq - 1]
    wrong = {
        first_row.seq: replace(paper, name="王一", id_number=OTHER.id_number),
        second_row.seq: replace(other, name="王二"),
    }
    assert key(register, second, number, wrong).differing == 3
    found = differences(register, number)
    assert [(difference.seq, difference.field, difference.first, difference.second) for difference in found] == [
        (first_row.seq, Compared.NAME, paper.name, "王一"),
        (first_row.seq, Compared.ID_NUMBER, paper.id_number, OTHER.id_number),
        (second_row.seq, Compared.NAME, other.name, "王二"),
    ]
    assert "3处不一致没有核对" in missing(register, number)
    assert decide(register, second, number, found[0], paper.name) == 2
    assert decide(register, second, number, differences(register, number)[0], OTHER.id_number) == 1
    assert decide(register, second, number, differences(register, number)[0], "王三") == 0
    people = [(row.name, row.id_number) for row in PEOPLE]
    people[first_row.seq - 1] = (paper.name, OTHER.id_number)
    people[second_row.seq - 1] = ("王三", other.id_number)
    assert stored(register, number) == people
    assert missing(register, number) == ""
    # Putting rows right after a second keying makes nobody a first clerk.
    assert begun(register, second, number).left == 0


def test_a_corrected_number_brings_its_sex_and_age(register: Register, second: Acting, number: str) -> None:
    row = begun(register, second, number).rows[0]
    woman = "510402199003070027"
    key(register, second, number, {row.seq: replace(PEOPLE[row.seq - 1], id_number=woman)})
    decide(register, second, number, differences(register, number)[0], woman)
    with register.reading(ACTING) as context:
        corrected = roster_edits.rows(context, number)[row.seq - 1]
    assert (corrected.sex, corrected.age, corrected.phone) == ("女", 30, PEOPLE[row.seq - 1].phone)


def test_what_is_no_number_decides_nothing(register: Register, second: Acting, number: str) -> None:
    row = begun(register, second, number).rows[0]
    key(register, second, number, {row.seq: replace(PEOPLE[row.seq - 1], id_number=OTHER.id_number)})
    (found,) = differences(register, number)
    for text, told in (("", "不能为空"), ("510402198001010019", "校验码应为8")):
        with pytest.raises(PxtuiError, match=told):
            decide(register, second, number, found, text)
    assert differences(register, number) == (found,)


def test_a_drawn_row_that_is_changed_later_is_keyed_again(
    register: Register, acting: Acting, second: Acting, number: str
) -> None:
    sheet = key(register, second, number)
    changed = sheet.rows[0].seq
    with register.writing(acting) as context:
        roster_edits.put_row(context, number, changed - 1, OTHER)
    assert "还有1行没有录" in missing(register, number)
    assert [(row.seq, row.is_keyed) for row in begun(register, second, number).rows] == [
        (changed, False),
        (sheet.rows[1].seq, True),
    ]
    with register.writing(second) as context, pytest.raises(PxtuiError, match="这一行刚被改动"):
        second_keying.key_row(context, number, sheet.rows[0].token, "王五", OTHER.id_number)
    key(register, second, number, {changed: OTHER})
    assert missing(register, number) == ""
    with register.writing(acting) as context:
        roster_edits.put_row(context, number, changed - 1, PEOPLE[changed - 1])
    assert missing(register, number) == ""


def test_a_row_that_the_second_clerk_left_half_keyed_is_left(register: Register, second: Acting, number: str) -> None:
    row = begun(register, second, number).rows[0]
    with register.writing(second) as context:
        sheet = second_keying.key_row(context, number, row.token, "王五", "")
    assert (sheet.left, sheet.differing, sheet.rows[0].name) == (2, 0, "王五")


def test_every_row_is_keyed_where_the_clerk_wants_it_or_the_office_wants_no_share(
    register: Register, acting: Acting, second: Acting, number: str
) -> None:
    tenth = begun(register, second, number)
    every = begun(register, second, number, every_row=True)
    assert (every.seed, every.share, len(every.rows)) == (tenth.seed, 100, 20)
    key(register, second, number, {5: OTHER})
    assert "2处不一致" in missing(register, number)
    with register.writing(acting) as context:
        office_settings.change(context, second_keying_share=0)
        free = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, free, PEOPLE[:3])
    assert missing(register, free) == ""
    assert [row.seq for row in begun(register, second, free).rows] == [1, 2, 3]
    assert missing(register, free) == ""


def test_nothing_is_put_right_while_the_first_clerk_keys(
    register: Register, acting: Acting, second: Acting, number: str
) -> None:
    row = begun(register, second, number).rows[0]
    key(register, second, number, {row.seq: replace(PEOPLE[row.seq - 1], name="王五")})
    (found,) = differences(register, number)
    with register.writing(replace(acting, token="first")) as context:
        lease.take(context, number)
    with pytest.raises(PxtuiError, match="张三正在录入"):
        decide(register, replace(second, token="second"), number, found, "王五")


def test_a_correction_is_taken_back_like_any_change(register: Register, second: Acting, number: str) -> None:
    row = begun(register, second, number).rows[0]
    key(register, second, number, {row.seq: replace(PEOPLE[row.seq - 1], name="王五")})
    decide(register, second, number, differences(register, number)[0], "王五")
    with register.reading(ACTING) as context:
        (change,) = roster_undo.undoable(context, number).changes
    assert (change.before, change.after) == (PEOPLE[row.seq - 1], replace(PEOPLE[row.seq - 1], name="王五"))


def test_two_rows_that_say_the_same_are_put_right_together(register: Register, acting: Acting, second: Acting) -> None:
    twice = [PEOPLE[0], replace(PEOPLE[0], seq=2, phone="13900000009")]
    with register.writing(acting) as context:
        number = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, number, twice)
    key(register, second, number, {1: OTHER, 2: OTHER})
    while found := differences(register, number):
        decide(register, second, number, found[0], found[0].second)
    with register.reading(acting) as context:
        people = roster_edits.rows(context, number)
    assert [(row.name, row.id_number) for row in people] == [(OTHER.name, OTHER.id_number)] * 2
    assert [row.phone for row in people] == [PEOPLE[0].phone, "13900000009"]


def test_a_row_that_is_put_back_to_what_was_keyed_first_is_bound_to_the_newer_keying(
    register: Register, acting: Acting, second: Acting, number: str
) -> None:
    key(register, second, number)
    row = begun(register, second, number).rows[0]
    right = PEOPLE[row.seq - 1]
    with register.writing(acting) as context:
        roster_edits.put_row(context, number, row.seq - 1, replace(right, name="张山"))
    key(register, second, number)
    (difference,) = differences(register, number)
    assert decide(register, second, number, difference, right.name) == 0
    assert missing(register, number) == ""
    with register.reading(acting) as context:
        keyed = len(context.session.exec(select(SecondKeyedRow)).all())
    assert keyed == len(begun(register, second, number).rows)


def test_no_number_stands_in_the_register_in_clear(register: Register, second: Acting, number: str) -> None:
    row = begun(register, second, number).rows[0]
    key(register, second, number, {row.seq: OTHER})
    decide(register, second, number, differences(register, number)[1], OTHER.id_number)
    with closing(sqlite3.connect(register.home.register)) as connection:
        dump = "\n".join(connection.iterdump())
    for person in (OTHER, PEOPLE[row.seq - 1]):
        assert person.id_number not in dump
        assert person.id_number.encode().hex().upper() not in dump
