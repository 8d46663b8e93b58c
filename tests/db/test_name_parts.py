"""Parts of names, by which searches find: they are those of the names as they stand, whatever became of these."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, update
from sqlmodel import col, select

from db.models import Applicant, Enrolment, Person
from db.name_parts import INITIALS, INSIDE, LETTERS, NAMES, WORDS, Key, of_case, of_person, rebuild
from pxtui.casework.keeping import erasure
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.people_on_file import rename
from tests.conftest import NOW
from tests.support.counter import Counter
from tests.support.name_parts import parts_of_names, stored_parts
from tests.support.practice import practice_home
from tests.support.rosters import made_up_people


@pytest.fixture
def counter(register: Register) -> Counter:
    return Counter(register)


def of_people(parts: set[Key]) -> set[str]:
    return {part for kind, part, _, _ in parts if kind == NAMES}


def filed(counter: Counter, *names: str, first: int = 0) -> str:
    """A case with people of these names; `first`: the place of the first among made-up people."""
    people = made_up_people(len(names), first)
    return counter.file([replace(person, name=name) for person, name in zip(people, names, strict=True)])


def test_a_name_has_every_two_characters_and_the_first_letters_of_all_its_readings() -> None:
    assert of_person("沙玛·阿果", "smag") == {
        *((NAMES, part) for part in ("沙玛", "玛阿", "阿果")),
        *((INITIALS, part) for part in ("sm",)),
    }
    assert {part for kind, part in of_person("翟新", "dx") if kind == INITIALS} == {"dx", "zx"}
    assert {part for kind, part in of_case("ＡB（四川）", "焊工", "", "") if kind == WORDS} >= {
        "b(",
        "焊",
        "焊工",
        "川)",
    }


def test_after_all_that_the_practice_register_did_the_parts_are_those_of_the_names(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    register = open_register(practice_home(tmp_path_factory.mktemp("parts") / "data", tmp_path_factory), NOW)
    stored = stored_parts(register)
    assert stored == parts_of_names(register)
    with register._archive._writer.begin() as connection:
        rebuild(connection)
    assert stored_parts(register) == stored
    register.close()


def test_who_is_renamed_or_taken_out_is_not_found_by_the_name_of_before(counter: Counter) -> None:
    number, other = filed(counter, "欧阳志强", "王芳"), filed(counter, "欧阳志强")
    assert of_people(stored_parts(counter.register)) == {"欧阳", "阳志", "志强", "王芳"}
    with counter.register.writing(counter.acting) as context:
        person = context.session.exec(select(Person).where(col(Person.name) == "欧阳志强")).one()
        rename(context, person, "欧阳国强")
    assert of_people(stored_parts(counter.register)) == {"欧阳", "阳国", "国强", "王芳"}
    with counter.register.writing(counter.acting) as context:
        roster_edits.remove_row(context, number, 0)
    assert stored_parts(counter.register) == parts_of_names(counter.register)
    with counter.register.writing(counter.acting) as context:
        roster_edits.replace_all(context, other, made_up_people(1, 9))
    assert stored_parts(counter.register) == parts_of_names(counter.register)
    assert "欧阳" not in of_people(stored_parts(counter.register))


def test_of_an_erased_person_no_part_stays(counter: Counter) -> None:
    number = filed(counter, "欧阳志强", "王芳")
    filed(counter, "王强", first=9)
    with counter.register.writing(counter.acting) as context:
        erasure.erase(context, find(context, number))
    assert "欧阳" not in of_people(stored_parts(counter.register))
    assert stored_parts(counter.register) == parts_of_names(counter.register)


def test_a_case_goes_by_the_name_that_was_corrected_and_by_the_letters_on_file(counter: Counter) -> None:
    number, _ = filed(counter, "王芳"), filed(counter, "李四")
    with counter.register.writing(counter.acting) as context:
        case = find(context, number)
        case.applicant_name, case.occupation = "攀枝花市长江银行", "中式烹调师"
        applicant = context.session.get_one(Applicant, case.applicant_id)
        applicant.name, applicant.initials = "攀枝花市长江银行", "zjyx"
        context.session.add_all([case, applicant])
    stored = stored_parts(counter.register)
    assert stored == parts_of_names(counter.register)
    assert {part for kind, part, _, _ in stored if kind == LETTERS} == {"cj", "zj"}
    assert {part for kind, part, _, _ in stored if kind == INSIDE} == {"cj", "zj", "jy", "yx", "yh"}


@pytest.mark.parametrize("kind", [Person, Applicant])
def test_no_statement_changes_names_past_their_parts(kind: type[Person | Applicant], counter: Counter) -> None:
    filed(counter, "王芳")
    with pytest.raises(TypeError), counter.register.writing(counter.acting) as context:
        context.session.execute(update(kind).values(name="李四"))


def test_a_roster_that_is_emptied_by_a_statement_leaves_no_part(counter: Counter) -> None:
    filed(counter, "欧阳志强", "王芳")
    with counter.register.writing(counter.acting) as context:
        context.session.execute(delete(Enrolment))
    assert of_people(stored_parts(counter.register)) == set()
