"""Two names under one ID number: the clerk decides, with a reason, and is not asked again."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlmodel import col, select

from db.models import JournalEntry
from pxtui.casework.decision import advance
from pxtui.casework.desk import queues
from pxtui.casework.desk.search import search
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.people import known as people_known
from pxtui.casework.people import two_names
from pxtui.casework.people.two_names import Appearance, NameChoice, TwoNames
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Trainee
from tests.support.filings import a_filing

COMPANY = "攀枝花市恒力机械有限公司"
NUMBER = "510402198001010018"
ON_FILE = Trainee(1, "张山", None, None, NUMBER, "13800000001", "")
KEYED = replace(ON_FILE, name="张三", phone="13900000009")
SOMEBODY_ELSE = Trainee(1, "李四", None, None, "11010519491231002X", "13800000002", "")
BOTH = TwoNames(1, "张山", "张三")


@dataclass(frozen=True)
class Office:
    """A register with an older case, and a newer one in whose second row the older one's person has another name."""

    register: Register
    acting: Acting
    older: str
    newer: str

    def undecided(self) -> tuple[TwoNames, ...]:
        """What is left to decide in the newer case."""
        with self.register.reading(self.acting) as context:
            return two_names.undecided(context, self.newer)

    def decide(self, decision: NameChoice, names: TwoNames = BOTH, reason: str = "改名") -> tuple[TwoNames, ...]:
        """Decide in the newer case."""
        with self.register.writing(self.acting) as context:
            return two_names.decide(context, self.newer, names, decision, reason)

    def put(self, position: int, trainee: Trainee) -> None:
        """Key a row of the newer case."""
        with self.register.writing(self.acting) as context:
            roster_edits.put_row(context, self.newer, position, trainee)

    def names(self, number: str) -> list[str]:
        """The names in a roster."""
        with self.register.reading(self.acting) as context:
            return [row.name for row in roster_edits.rows(context, number)]

    def name_on_file(self) -> str:
        """Who bears the number."""
        with self.register.reading(self.acting) as context:
            known = people_known.by_number(context, NUMBER)
        assert known is not None
        return known.name


@pytest.fixture
def office(register: Register, acting: Acting) -> Office:
    """Two cases, one of March and one of May."""
    with register.writing(acting) as context:
        older = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, older, [ON_FILE])
        filing = a_filing()
        training = replace(filing.training, starts_on=date(2020, 5, 6), ends_on=date(2020, 5, 20))
        newer = opening_filing.file(context, replace(filing, training=training))
        roster_edits.replace_all(context, newer, [SOMEBODY_ELSE, KEYED])
    return Office(register, acting, older, newer)


def test_another_name_does_not_change_the_file_by_itself(office: Office) -> None:
    assert office.undecided() == (BOTH,)
    assert office.name_on_file() == "张山"


def test_both_are_shown_with_the_cases_of_each_name(office: Office) -> None:
    with office.register.reading(office.acting) as context:
        shown = two_names.side_by_side(context, office.newer, 1)
    assert shown.masked_number == "510402********0018"
    assert (shown.on_file.name, shown.on_file.phone) == ("张山", "138****0001")
    assert shown.on_file.appearances == (Appearance(office.older, date(2020, 3, 20), "焊工", COMPANY),)
    assert (shown.keyed.name, shown.keyed.phone) == ("张三", "139****0009")
    assert shown.keyed.appearances == (Appearance(office.newer, date(2020, 5, 6), "焊工", COMPANY),)


def test_where_the_name_on_file_is_right_the_row_takes_it(office: Office) -> None:
    assert office.decide(NameChoice.ON_FILE) == ()
    assert office.names(office.newer) == ["李四", "张山"]
    assert office.name_on_file() == "张山"


def test_where_the_keyed_name_is_right_the_file_takes_it_and_older_rosters_stay(office: Office) -> None:
    assert office.decide(NameChoice.KEYED) == ()
    assert office.names(office.newer) == ["李四", "张三"]
    assert office.names(office.older) == ["张山"]
    with office.register.reading(office.acting) as context:
        found = people_known.found_by(context, "zs")
    assert [(person.name, person.phone) for person in found] == [("张三", "13900000009")]


def test_who_is_decided_once_is_not_asked_about_in_the_next_case(office: Office) -> None:
    office.decide(NameChoice.KEYED)
    with office.register.writing(office.acting) as context:
        next_case = opening_filing.file(context, a_filing())
        roster_edits.replace_all(context, next_case, [KEYED])
        assert two_names.undecided(context, next_case) == ()


def test_an_older_name_is_named_beside_the_two(office: Office) -> None:
    office.decide(NameChoice.KEYED)
    office.put(1, replace(KEYED, name="张珊"))
    with office.register.reading(office.acting) as context:
        shown = two_names.side_by_side(context, office.newer, 1)
    assert (shown.on_file.name, shown.keyed.name) == ("张三", "张珊")
    assert [(other.name, [appearance.number for appearance in other.appearances]) for other in shown.others] == [
        ("张山", [office.older])
    ]


def test_the_second_of_two_rows_can_be_decided_first(office: Office) -> None:
    known = replace(SOMEBODY_ELSE, seq=2, name="王五", id_number="510402198601120018")
    with office.register.writing(office.acting) as context:
        roster_edits.replace_all(context, office.older, [ON_FILE, known])
    office.put(0, replace(known, seq=1, name="王武"))
    first = TwoNames(0, "王五", "王武")
    assert office.undecided() == (first, BOTH)
    assert office.decide(NameChoice.ON_FILE) == (first,)


def test_a_case_in_which_a_name_stands_twice_is_named_once(office: Office) -> None:
    with office.register.writing(office.acting) as context:
        roster_edits.replace_all(context, office.older, [ON_FILE, replace(ON_FILE, seq=2, phone="13800000003")])
        shown = two_names.side_by_side(context, office.newer, 1)
    assert [appearance.number for appearance in shown.on_file.appearances] == [office.older]


@pytest.mark.parametrize(("decision", "name"), [(NameChoice.ON_FILE, "王五"), (NameChoice.KEYED, "王武")])
def test_two_rows_of_one_roster_under_one_number_are_decided_at_once(
    decision: NameChoice, name: str, office: Office
) -> None:
    number = "510402198601120018"
    office.put(0, replace(SOMEBODY_ELSE, name="王五", id_number=number))
    office.put(1, replace(SOMEBODY_ELSE, name="王武", id_number=number))
    assert office.undecided() == (TwoNames(1, "王五", "王武"),)
    assert office.decide(decision, TwoNames(1, "王五", "王武")) == ()
    assert office.names(office.newer) == [name, name]


def test_a_slip_in_the_only_row_of_somebody_is_put_right_without_a_question(office: Office) -> None:
    office.put(0, replace(SOMEBODY_ELSE, name="李司"))
    assert office.undecided() == (BOTH,)


def test_blanks_and_full_width_make_no_other_name(office: Office) -> None:
    office.put(1, replace(KEYED, name="张 山"))
    assert office.undecided() == ()


def test_the_decision_stands_in_the_journal_its_number_masked(office: Office) -> None:
    office.decide(NameChoice.KEYED, reason=" 户口簿载明改名 ")
    with office.register.reading(office.acting) as context:
        newest = queues.journal_of(context, office.newer)[0]
        entry = context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id).desc())).first()
        assert entry is not None
        before, after = journal.values(context, entry)
    assert newest.summary == "核对花名册第2行同一证号的两个姓名：以现填为准"
    assert newest.staff_name == office.acting.name
    assert before == {"id_number": "510402********0018", "on_file": "张山", "keyed": "张三"}
    assert after == {"name": "张三", "reason": "户口簿载明改名"}


def test_a_decision_needs_a_reason_and_the_names_that_were_shown(office: Office) -> None:
    with pytest.raises(PxtuiError, match="请写明理由"):
        office.decide(NameChoice.KEYED, reason=" ")
    office.put(1, replace(KEYED, name="张珊"))
    with pytest.raises(PxtuiError, match="已被改动"):
        office.decide(NameChoice.KEYED)
    office.put(1, replace(KEYED, name="张山"))
    with pytest.raises(PxtuiError, match="不用核对"):
        office.decide(NameChoice.KEYED)
    assert office.name_on_file() == "张山"


def test_a_roster_with_two_names_is_not_submitted_at_the_counter(office: Office) -> None:
    at_the_counter = replace(office.acting, token="of-a-running-program")
    with pytest.raises(PxtuiError, match=r"第2行.*按F3"), office.register.writing(at_the_counter) as context:
        advance.advance(context, office.newer, Action.SUBMIT)
    office.decide(NameChoice.ON_FILE)
    with office.register.writing(at_the_counter) as context:
        assert advance.advance(context, office.newer, Action.SUBMIT) is Stage.RECEIVED


def test_nothing_is_asked_of_a_roster_that_may_not_be_changed(office: Office) -> None:
    with office.register.writing(office.acting) as context:
        advance.advance(context, office.newer, Action.SUBMIT)
    assert office.undecided() == ()


def test_a_command_has_no_page_to_decide_on_and_is_not_stopped(office: Office) -> None:
    with office.register.writing(office.acting) as context:
        assert advance.advance(context, office.newer, Action.SUBMIT) is Stage.RECEIVED


def test_whoever_was_renamed_is_found_by_each_reading_of_the_new_name_alone(office: Office) -> None:
    """翟 is read di and zhai."""
    called = replace(KEYED, name="翟明")
    office.put(1, called)
    office.decide(NameChoice.KEYED, TwoNames(1, "张山", "翟明"))
    with office.register.reading(office.acting) as context:
        found = {letters: len(search(context, letters).cases) for letters in ("dm", "zm", "zs")}
    assert found == {"dm": 2, "zm": 2, "zs": 0}


def test_a_slip_that_was_put_right_is_no_longer_found(office: Office) -> None:
    for name in ("李思", "翟明"):
        office.put(0, replace(SOMEBODY_ELSE, name=name))
    with office.register.reading(office.acting) as context:
        found = {letters: len(search(context, letters).cases) for letters in ("dm", "zm", "ls")}
    assert found == {"dm": 1, "zm": 1, "ls": 0}
