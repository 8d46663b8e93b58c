"""The search by indexes finds what reading every case and every name would find, in the same order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import pytest
from sqlmodel import col, select

from db import name_parts, parts_compared
from db.models import Applicant, Case, Enrolment, Person
from db.name_parts import WORDS
from db.parts_compared import PartsFound
from pxtui.casework.desk.search import search
from pxtui.casework.office.context import Context
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from pxtui.identifiers.firm_name import spellings
from pxtui.identifiers.person_name import DOTS, POINTS, same_name, without_dots
from pxtui.identifiers.pinyin import initials, other_initials
from pxtui.identifiers.text import canonical
from tests.conftest import empty_register
from tests.support.counter import Counter
from tests.support.filings import a_filing
from tests.support.rosters import made_up_people

FIRMS = (
    *("攀枝花市恒力机械有限公司", "攀枝花市长江银行", "攀枝花钢铁（集团）公司", "攀枝花钢铁(集团)公司钒厂"),
    *("攀枝花市ABC电子有限公司", "米易县㼆㵘农业合作社", "重庆单氏食品"),
)
OCCUPATIONS = ("焊工", "中式烹调师", "电工", "养老护理员")
NAMES = (
    *(
        "王伟",
        "王志强",
        "欧阳志强",
        "沙玛·阿果",
        "沙玛阿果",
        "阿侯•木呷·尔古",
        "李芳",
        "翟新",
        "单于田",
        "𬭼堃",
        "王王",
    ),
    *("吉克曲布木阿依伍果尔莫", "Anna Li", "曾王伟", "重阳"),
)
ROUNDS = 24


@dataclass(frozen=True)
class Standing:
    """A case with all that its own words and its people can be found by."""

    number: str
    own: tuple[str, str]
    letters: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    """Names as typed and as they stand on file."""

    def is_meant(self, word: str) -> tuple[bool, bool]:
        """By itself, and by somebody in it."""
        return self._itself(canonical(word)), any(self._called(word, *names) for names in self.people)

    def _itself(self, wanted: str) -> bool:
        name, occupation = (text.lower() for text in self.own)
        named = any(part.lower() in name for part in spellings(wanted)) or wanted.lower() in occupation
        return named or (is_letters(wanted) and any(read.startswith(wanted.lower()) for read in self.letters))

    def _called(self, word: str, typed: str, on_file: str) -> bool:
        wanted = canonical(word)
        if typed == wanted:
            return True
        if len(without_dots(word)) < 2:
            return False
        read = (initials(on_file), *other_initials(initials(on_file), on_file))
        if is_letters(wanted) and any(letters.startswith(wanted.lower()) for letters in read):
            return True
        bare = "".join(character for character in on_file if character not in DOTS + POINTS).lower()
        inside = without_dots(word).lower() in (on_file.lower() if without_dots(word) == wanted else bare)
        pieces = "".join(" " if character in DOTS + POINTS else character for character in word).split()
        return same_name(on_file, word) or (inside and all(canonical(piece) in on_file for piece in pieces))


def is_letters(text: str) -> bool:
    return len(text) > 1 and text.isascii() and text.isalpha()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Register, list[Standing]]]:
    random = Random(12)
    register = empty_register(Home(tmp_path_factory.mktemp("parts") / "pxtui"))
    counter = Counter(register)
    filing = a_filing()
    for place in range(ROUNDS):
        applicant = replace(filing.applicant, name=FIRMS[place % len(FIRMS)], credit_code="")
        training = replace(filing.training, occupation=random.choice(OCCUPATIONS))
        people = [replace(person, name=random.choice(NAMES)) for person in made_up_people(3, 3 * place)]
        with register.writing(counter.acting) as context:
            number = opening_filing.file(context, replace(filing, training=training, applicant=applicant))
            roster_edits.replace_all(context, number, people)
    with register.reading(counter.acting) as context:
        cases = [_stands(context, case) for case in context.session.exec(select(Case).order_by(col(Case.id).desc()))]
    yield register, cases
    register.close()


def _stands(context: Context, case: Case) -> Standing:
    applicant = context.session.get_one(Applicant, case.applicant_id)
    rows = context.session.exec(select(Enrolment).where(col(Enrolment.case_id) == case.id))
    people = tuple((row.name, context.session.get_one(Person, row.person_id).name) for row in rows)
    read = (applicant.initials, *other_initials(applicant.initials, applicant.name))
    return Standing(case.number, (case.applicant_name, case.occupation), read, people)


def expected(cases: Sequence[Standing], text: str) -> list[str]:
    """By reading all of them, once whole and once word by word."""
    for words in ([text], text.split()):
        meant = [(case, [case.is_meant(word) for word in words]) for case in cases]
        found = [(case, ways[0][0]) for case, ways in meant if all(itself or people for itself, people in ways)]
        if found:
            return [case.number for case, itself in sorted(found, key=lambda pair: not pair[1])]
    return []


def keyed() -> list[str]:
    """What is keyed: every part of a name from one character on, each dot another way, letters, and pairs of words."""
    texts = {
        text[at : at + length] for text in (*FIRMS, *OCCUPATIONS, *NAMES) for at in range(8) for length in (1, 2, 3, 5)
    }
    texts |= {*FIRMS, *NAMES, *(name.replace("·", ".") for name in NAMES), *(name.replace("·", "") for name in NAMES)}
    texts |= {"ABC电子", "abc电子", "(集团)", "（集团", "_", "%", "公%", "anna", "王·", "·阿", "阿●", "侯木呷"}
    texts |= {initials(name)[:length] for name in (*NAMES, *FIRMS) for length in (2, 3, 4)}
    words = sorted(text for text in texts if text.strip())
    random = Random(5)
    return [*random.sample(words, 100), *(" ".join(random.sample(words, 2)) for _ in range(20)), *_PAIRS]


_PAIRS = ("长江 焊工", "焊工 王伟", "王伟 焊工", "志强 公司", "集团 阿果", "ww 恒力", "公司 ww")


def test_every_part_finds_the_cases_that_reading_all_of_them_finds(standing: tuple[Register, list[Standing]]) -> None:
    register, cases = standing
    differing = {}
    with register.reading(Counter(register).acting) as context:
        for text in keyed():
            # Letters inside of a firm's initials are found where nothing else is: not by what this compares with.
            wanted = expected(cases, text)
            found = [case.number for case in search(context, text).cases]
            if found != wanted and (wanted or not any(map(is_letters, text.split()))):
                differing[text] = (found, wanted)
    assert differing == {}


@pytest.mark.parametrize("most", [1, 3, 8])
def test_of_many_the_newest_are_listed(most: int, standing: tuple[Register, list[Standing]]) -> None:
    register, cases = standing
    with register.reading(Counter(register).acting) as context:
        for text in ("公司", "工", "王", "王伟", "志强", "焊工 王伟", "公司 志强"):
            found = search(context, text, most=most)
            assert [case.number for case in found.cases] == expected(cases, text)[:most], text
            assert found.more == (len(expected(cases, text)) > most), text


def test_the_parts_are_held_against_the_names_on_either_database(standing: tuple[Register, list[Standing]]) -> None:
    register, _ = standing
    database = register.home.database
    assert list(parts_compared.differing(database)) == []
    with register._archive._writer.begin() as connection:
        case_id = connection.exec_driver_sql("SELECT max(case_id) FROM name_part WHERE part = '焊工'").scalar_one()
        name_parts.remove(connection, [(WORDS, "焊工", case_id, 0)])
    found = list(parts_compared.differing(database))
    with register._archive._writer.begin() as connection:
        name_parts.store(connection, [(WORDS, "焊工", case_id, 0)])
    assert found == [PartsFound(WORDS, case_id, 0, missing=1, added=0)]
