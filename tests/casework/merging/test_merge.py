"""Registers of two offices made one: every row and fen of both, sealed anew, and nothing where something is open."""

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlmodel import col, func, select

from db.chain.walk import verify
from db.merging.plan import names_of_staff, taken_tables
from db.merging.rows import Fields, Moved
from db.models import (
    Act,
    Applicant,
    Case,
    EarlierTraining,
    ExchangedTraining,
    ExchangedVoucher,
    Fund,
    JournalEntry,
    Person,
    Role,
    Staff,
    Voucher,
)
from db.seal import Vault
from db.upgrade import is_there
from pxtui.casework.decision.replay import replay
from pxtui.casework.desk.search import search
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.merging import conflicts, decisions, merge, outcome
from pxtui.casework.merging.conflicts import Kind
from pxtui.casework.merging.merge import Merged
from pxtui.casework.office import journal
from pxtui.casework.office.register import open_register
from pxtui.casework.people import known, past_trainings, reveals
from pxtui.casework.staff import members
from pxtui.casework.verifying import whole
from pxtui.errors import Damaged, PxtuiError
from pxtui.home import Home
from pxtui.identifiers.id_number import has_check_character
from pxtui.papers.reading.earlier_trainings import TrainingRow
from pxtui.policy.facts import Trainee
from tests.conftest import NOW
from tests.support import database_server, on_server
from tests.support.counter import ANSWER
from tests.support.offices import CityOffice, two_offices
from tests.support.rosters import made_up_people
from tests.support.seals import texts_under_seal

NEEDS_SERVER = pytest.mark.skipif(database_server.binaries() is None, reason="no PostgreSQL on this machine")
SIGNED_BY = "李局长"
CLERK, CASHIER = "张三", "孙会计"
LATER = date(2020, 5, 6)
FOURTH = made_up_people(4)[3]


@dataclass(frozen=True)
class City:
    """Two offices that paid the same three people on one invoice, and the file in which somebody decided on it."""

    homes: list[Home]
    decided: Path


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The second one has been told of the first one's cases, by its own file and by a list."""
    if on_server.is_chosen():
        pytest.skip("begins with files")
    folder = tmp_path_factory.mktemp("city")
    first, second = offices = two_offices(folder)
    _list_a_class_of_the_other(second)
    for office in offices:
        number = office.cleared_class()
        office.grant()
        office.prepare(number)
    first.do(first.file_class(4, LATER, "电工"), Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    second.take(first.export_for(second))
    with second.register.writing(second.acting) as context:
        members.add(context, CASHIER, Role.CASHIER)
        reveals.note_search(context, made_up_people(1)[0].id_number)
    for office in offices:
        office.register.close()
    homes = [office.register.home for office in offices]
    homes[1].wording.mkdir(exist_ok=True)
    (homes[1].wording / "refusal.txt").write_text("仁和区自己的用语", encoding="utf-8")
    return City(homes, _decided(homes, folder / "decided.txt", {Kind.STAFF: 3}))


def _list_a_class_of_the_other(office: CityOffice) -> None:
    """A list names somebody with a class that the other office files later, and with one that nobody files."""
    told = [("电工", LATER), ("钳工", LATER)]
    rows = [
        TrainingRow(FOURTH.id_number, FOURTH.name, occupation, "5", day, None, True, None, None)
        for occupation, day in told
    ]
    with office.register.writing(office.acting) as context:
        past_trainings.import_list(context, rows, source="市里的名册")


def _decided(homes: list[Home], file: Path, choices: Mapping[Kind, int]) -> Path:
    """The file as somebody filled it in, with the first choice where nothing else is said."""
    found, key = conflicts.conflicts(homes, NOW)
    of = {row.mark(key): decisions.Decision(str(choices.get(row.kind, 1)), "核过原件") for row in found}
    decisions.write(file, found, key, decisions.Decisions(SIGNED_BY, of))
    return file


def _merge(city: City, target: Home) -> Merged:
    return merge.merge(city.homes, target, decisions.read(city.decided), NOW)


def _digests(city: City) -> list[str]:
    return [hashlib.sha256(home.register.read_bytes()).hexdigest() for home in city.homes]


@pytest.fixture(scope="module")
def made(city: City, tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Merged]:
    """The register of the city, in a file."""
    home = Home(tmp_path_factory.mktemp("made") / "city")
    return home, _merge(city, home)


def _count(home: Home, statement: str) -> int:
    with closing(sqlite3.connect(home.register)) as file:
        ((count,),) = file.execute(statement).fetchall()
    return int(count)


def test_the_one_is_whole_and_every_decision_comes_out_as_it_did(made: tuple[Home, Merged]) -> None:
    home, _ = made
    report = whole.verify(home, NOW.date())
    assert (report.sentences, report.links) == ((), 1)
    register = open_register(home, NOW)
    with register.reading(register.nobody(NOW)) as context:
        found = replay(context)
    register.close()
    assert (found.decisions, found.differences) == (9, ())


def test_rows_amounts_and_chains_are_told_by_office(city: City, made: tuple[Home, Merged]) -> None:
    first, second = made[1].offices
    assert (first.figures["案件"], second.figures["案件"]) == (2, 1)
    assert first.figures["拨付"] == second.figures["拨付"] == 150_000
    entries = [_count(home, "SELECT count(*) FROM journal_entry") for home in city.homes]
    assert (first.entries, second.entries) == ((1, entries[0]), (entries[0] + 1, sum(entries)))
    for home, of_office in zip(city.homes, made[1].offices, strict=True):
        assert of_office.head == verify(home.database, Vault.open(home.key)).head


def test_the_journal_has_all_entries_in_their_order_and_the_head_of_each_chain(
    city: City, made: tuple[Home, Merged]
) -> None:
    summaries = []
    for home in city.homes:
        with closing(sqlite3.connect(home.register)) as file:
            summaries += [text for (text,) in file.execute("SELECT summary FROM journal_entry ORDER BY id")]
    register = open_register(made[0], NOW)
    with register.reading(register.nobody(NOW)) as context:
        entries = context.session.exec(select(JournalEntry).order_by(col(JournalEntry.id))).all()
        merged = [entry for entry in entries if entry.action == Act.REGISTER_MERGE]
        noted = [journal.values(context, entry)[1] for entry in merged]
    register.close()
    assert [entry.summary for entry in entries][: len(summaries)] == summaries
    assert [entry.id for entry in entries] == list(range(1, len(entries) + 1))
    assert [said["head"] for said in noted[:2]] == [of_office.head for of_office in made[1].offices]


def test_everything_opens_under_the_city_s_key_and_under_no_old_one(city: City, made: tuple[Home, Merged]) -> None:
    texts = texts_under_seal(made[0])
    for home in city.homes:
        old = {place: text for place, text in texts_under_seal(home).items() if place[:2] in {at[:2] for at in texts}}
        changed = {place for place in old if texts.get(place) != old[place]}
        # The look at a person names the row of the person here.
        assert {place[0] for place in changed} <= {"journal_entry"}
        with pytest.raises(PxtuiError, match="打不开"):
            texts_under_seal(made[0], Vault.open(home.key))


def test_people_enterprises_and_vouchers_are_one_and_found_by_their_numbers(made: tuple[Home, Merged]) -> None:
    register = open_register(made[0], NOW)
    with register.reading(register.nobody(NOW)) as context:
        people = context.session.exec(select(Person)).all()
        assert len(people) == 4
        for trainee in made_up_people(4):
            assert has_check_character(trainee.id_number)
            on_file = known.by_number(context, trainee.id_number)
            assert on_file is not None
            assert on_file.name == trainee.name
            assert {case.number for case in search(context, trainee.name).cases} == _of(trainee)
        assert context.session.exec(select(func.count()).select_from(Applicant)).one() == 1
        looks = context.session.exec(select(JournalEntry).where(JournalEntry.action == Act.READ_SEARCH)).all()
        (looked_at,) = [journal.values(context, entry)[1][reveals.PERSON] for entry in looks]
        person = context.session.get_one(Person, int(looked_at))
        assert person.unseal(context.vault, "id_number") == made_up_people(1)[0].id_number
    register.close()


def _of(trainee: Trainee) -> set[str]:
    """The cases in which somebody stands; the fourth one only in the later class."""
    every = {"2020-DQ-0001", "2020-DQ-0002", "2020-RH-0001"}
    return {"2020-DQ-0002"} if trainee.id_number == FOURTH.id_number else every


def test_what_was_told_of_the_other_office_is_its_case_now(made: tuple[Home, Merged]) -> None:
    register = open_register(made[0], NOW)
    with register.reading(register.nobody(NOW)) as context:
        told = context.session.exec(select(EarlierTraining)).all()
        assert [row.occupation for row in told] == ["钳工"]
        assert context.session.exec(select(ExchangedTraining)).all() == []
        assert context.session.exec(select(ExchangedVoucher)).all() == []
        past = past_trainings.of_people(context, [FOURTH.id_number], except_case=None)
        assert {(row.occupation, row.source) for row in past} == {
            ("钳工", "市里的名册"),
            ("电工", "线培〔2020〕DQ-0002"),
        }
    register.close()
    assert any("已由对方的案件代替" in remark for remark in made[1].remarks)


def test_a_namesake_is_called_otherwise_wherever_he_stands(made: tuple[Home, Merged]) -> None:
    renamed = f"{CLERK}(仁和区人社局)"
    register = open_register(made[0], NOW)
    with register.reading(register.nobody(NOW)) as context:
        staff = {row.name: row.office_code for row in context.session.exec(select(Staff))}
        assert staff == {CLERK: "dongqu", renamed: "renhe", CASHIER: "renhe"}
        cases = {row.id: row.office_code for row in context.session.exec(select(Case))}
        for entry in context.session.exec(select(JournalEntry).where(col(JournalEntry.case_id).is_not(None))):
            if entry.action != Act.REGISTER_MERGE:
                assert entry.case_id is not None
                assert entry.staff_name == (CLERK if cases[entry.case_id] == "dongqu" else renamed)
        case = context.session.exec(select(Case).where(Case.office_code == "renhe")).one()
        assert case.opening_decided_by == renamed
        fund = context.session.exec(select(Fund)).one()
        assert fund.granted_fen == 20_000_000
    register.close()


def test_no_column_but_those_that_are_renamed_holds_a_name_of_staff(city: City) -> None:
    names = {(table.name, name) for table in taken_tables() for name in names_of_staff(table)}
    of_people = {("person", "name"), ("enrolment", "name")}
    with closing(sqlite3.connect(city.homes[1].register)) as file:
        for table in taken_tables():
            for column in table.columns:
                held = f'SELECT count(*) FROM "{table.name}" WHERE "{column.name}" IN (?, ?)'  # noqa: S608 - of the models
                ((count,),) = file.execute(held, (CLERK, CASHIER)).fetchall()
                assert not count or (table.name, column.name) in names | of_people


def test_what_was_decided_stands_at_both_cases_with_who_decided(made: tuple[Home, Merged]) -> None:
    register = open_register(made[0], NOW)
    with register.reading(register.nobody(NOW)) as context:
        entries = context.session.exec(
            select(JournalEntry).where(
                JournalEntry.action == Act.REGISTER_MERGE, col(JournalEntry.case_id).is_not(None)
            )
        ).all()
        twice = [entry for entry in entries if "重复发放" in entry.summary]
        assert {context.session.get_one(Case, entry.case_id).office_code for entry in twice} == {"dongqu", "renhe"}
        assert f"由{SIGNED_BY}决定" in twice[0].summary
        _, after = journal.values(context, twice[0])
        assert (after["by"], after["reason"]) == (SIGNED_BY, "核过原件")
        assert "都已发放（1500.00元、1500.00元）" in after["said"]
    register.close()


def test_each_office_has_its_own_wording_and_the_old_files_are_untouched(
    city: City, made: tuple[Home, Merged], tmp_path: Path
) -> None:
    before = _digests(city)
    home = Home(tmp_path / "again")
    _merge(city, home)
    assert _digests(city) == before
    kept = home.root / "offices" / "renhe" / "wording" / "refusal.txt"
    assert kept.read_text("utf-8") == "仁和区自己的用语"
    assert (home.root / "keys" / "exchange.key").read_bytes() == city.homes[0].exchange_key.read_bytes()
    assert (home.root / "keys" / "exchange-renhe.key").read_bytes() == city.homes[1].exchange_key.read_bytes()


@NEEDS_SERVER
def test_the_one_on_a_server_is_the_one_in_a_file(city: City, made: tuple[Home, Merged], tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    there = Home(tmp_path / "city", on_server.make_for(tmp_path / "there"))
    with patch.object(outcome, "compared", side_effect=Damaged("断电")), pytest.raises(PxtuiError, match="断电"):
        _merge(city, there)
    assert not is_there(there.database)
    merged = _merge(city, there)
    assert merged.offices == made[1].offices
    assert verify(there.database, Vault.open(there.key)).is_whole
    register = open_register(there, NOW)
    with register.reading(register.nobody(NOW)) as context:
        found = replay(context)
        assert (found.decisions, found.differences) == (9, ())
        claims = context.session.exec(select(Voucher.case_id).order_by(col(Voucher.id))).all()
    with register.writing(register.seated(CLERK, NOW)) as context:
        # A new row has the number behind those that came along.
        members.add(context, "王新人", Role.CLERK)
    register.close()
    assert len(claims) == 2


def test_what_is_not_decided_stops_the_merge_with_its_list_and_nothing_is_left(city: City, tmp_path: Path) -> None:
    with pytest.raises(PxtuiError, match=r"还有4项没有决定，没有合并") as refused:
        merge.merge(city.homes, Home(tmp_path / "city"), decisions.Decisions(SIGNED_BY), NOW)
    assert "重复发放：" in refused.value.sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("决定：1", "决定：9", "不是可选的号数"),
        ("决定：1", "决定：是", "不是可选的号数"),
        (f"决定人：{SIGNED_BY}", "决定人：", "没有写决定人"),
    ],
)
def test_a_decision_that_says_nothing_is_refused(
    before: str, after: str, sentence: str, city: City, tmp_path: Path
) -> None:
    file = tmp_path / "decided.txt"
    file.write_text(city.decided.read_text("utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(PxtuiError, match=sentence):
        merge.merge(city.homes, Home(tmp_path / "city"), decisions.read(file), NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["decided.txt"]


def test_of_a_merge_that_is_not_what_they_were_nothing_is_left(city: City, tmp_path: Path) -> None:
    def a_fen_less(fields: Fields, moved: Moved) -> dict[str, Any]:
        values = sealed(fields, moved)
        return values | ({"amount_fen": 149_999} if fields.table.name == "payment_line" else {})

    sealed = Fields.sealed
    with (
        patch.object(Fields, "sealed", a_fen_less),
        pytest.raises(PxtuiError, match="表payment_line合并后与原来不一致"),
    ):
        _merge(city, Home(tmp_path / "city"))
    assert list(tmp_path.iterdir()) == []


def test_what_was_decided_on_another_state_is_not_taken(city: City) -> None:
    """Whoever decided saw other amounts: the mark is another one."""
    told = [conflict for conflict in conflicts.conflicts(city.homes, NOW)[0] if conflict.kind is Kind.PAID_TWICE]
    (twice,) = told
    other = conflicts.Conflict(twice.kind, twice.sentence.replace("1500.00", "1500.01"), twice.choices, twice.subject)
    assert twice.mark(b"key") != other.mark(b"key")
    assert twice.mark(b"key") != twice.mark(b"other key")
