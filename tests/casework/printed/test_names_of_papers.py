"""What layout and wording of a paper ask for is what casework gathers for it, name by name and in both directions.

A letter prints an unknown name as a blank, which is what a paper of an empty case looks like, too: nobody would notice.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from pxtui.casework.printed.catalogue import BY_FORM, OFFICE_KINDS
from pxtui.home import Home
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.wording import Words, words_of
from tests.casework.printed.every_paper import EveryPaper, of_hardly_known_classes, of_known_classes
from tests.conftest import empty_register
from tests.papers.asked_names import FILLED_IN_BY_HAND, AskedNames, Texts, asked_names
from tests.papers.attachments import FORMS as ATTACHMENTS
from tests.papers.golden import facts_of

pytestmark = pytest.mark.slow

LETTERS = [form for form in (*BY_FORM, *OFFICE_KINDS) if form not in ATTACHMENTS]

_OF_GRANTED_MONEY = {"claimed_heads", "approved_heads"}
GATHERED_FOR_OTHERS = {
    # The letters about an opening share one set of values.
    "change-notice": {"decided_day"},
    "offline-transfer": {"decided_day"},
    # A person, a material and a defect are described alike wherever they are listed.
    "opening-approval.refused": {"sex", "age"},
    "offline-transfer.people": {"sex", "age"},
    "verification-report.rows": {"person"},
    "check-record.sample": {"person"},
    "acceptance-notice.materials": {"handed_in"},
    "hand-over-list.materials": {"handed_in"},
    "claim-refusal.reasons": {"remedy"},
    # The papers about money share the figures; a table of one claim is headed by what also stands in its line.
    "public-notice.units": {"heads", "capitals"},
    "payment-table.units": {*_OF_GRANTED_MONEY, "capitals"},
    "payment-extract": _OF_GRANTED_MONEY,
    "payment-slip": {*_OF_GRANTED_MONEY, "account"},
    # One gatherer makes both ledgers.
    "daily-ledger": {"month"},
    "monthly-ledger": {"ledger_day"},
}
"""Names that no layout and no sentence of ours shows, beside those that nearly all letters have."""

NEVER_OF_THE_HARDLY_KNOWN = {
    *("payment-table", "payment-extract", "payment-slip", "fund-approval", "bounce-notice", "return-order"),
    *("shift-list", "forwarding-list"),
}
"""Of money that is ordered everything is known; a shift list without cases is refused."""


@dataclass(frozen=True)
class Scenes:
    """Papers of well known classes and of hardly known ones."""

    known: EveryPaper
    bare: EveryPaper

    def of(self, form: str) -> list[Facts]:
        """All that was gathered for a paper."""
        return [*self.known.facts(form), *self.bare.facts(form)]


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenes]:
    folder = tmp_path_factory.mktemp("offices")
    registers = [empty_register(Home(folder / name)) for name in ("known", "bare")]
    yield Scenes(of_known_classes(registers[0], folder), of_hardly_known_classes(registers[1], folder))
    for register in registers:
        register.close()


def columns_given(many: list[Facts], table: str) -> set[str]:
    """The names that any line of a table has."""
    return {name for facts in many for line in facts.tables.get(table, ()) for name in line}


def values_given(many: list[Facts]) -> set[str]:
    """The names of the values of any of these papers."""
    return {name for facts in many for name in facts.values}


def blank_names(form: str, asked: AskedNames, facts: Facts) -> Iterator[str]:
    """What a paper asks for and does not get: values, tables."""
    yield from (f"{form}: {name}" for name in asked.values - set(facts.values) - FILLED_IN_BY_HAND.get(form, set()))
    yield from (f"{form}: table {table}" for table in asked.tables.keys() - facts.tables.keys())


def test_every_paper_is_gathered_of_a_full_and_of_an_empty_case(scenes: Scenes) -> None:
    forms = {*BY_FORM, *OFFICE_KINDS}
    assert {form for form in forms if scenes.known.contents[form]} == forms
    assert {form for form in forms if not scenes.bare.contents[form]} == NEVER_OF_THE_HARDLY_KNOWN


def test_every_value_that_a_paper_asks_for_is_gathered_full_or_empty(scenes: Scenes) -> None:
    blank = {
        name for form in LETTERS for facts in scenes.of(form) for name in blank_names(form, asked_names(form), facts)
    }
    assert not blank


def test_every_column_that_a_paper_asks_for_is_gathered(scenes: Scenes) -> None:
    missing: dict[str, set[str]] = {}
    for form in LETTERS:
        for table, columns in asked_names(form).tables.items():
            missing[f"{form}.{table}"] = columns - columns_given(scenes.of(form), table)
    assert {key: names for key, names in missing.items() if names} == {
        key: names for key, names in FILLED_IN_BY_HAND.items() if "." in key
    }


def test_nothing_is_gathered_that_no_paper_shows(scenes: Scenes) -> None:
    unshown: dict[str, set[str]] = {}
    for form in LETTERS:
        asked, many = asked_names(form), scenes.of(form)
        unshown[form] = values_given(many) - asked.values - scenes.known.common
        for table in {table for facts in many for table in facts.tables}:
            columns = asked.tables.get(table, set())
            unshown[f"{form}.{table}"] = columns_given(many, table) - columns - scenes.known.common
    assert {key: names for key, names in unshown.items() if names} == GATHERED_FOR_OTHERS


def test_what_all_letters_have_in_common_is_shown_by_some(scenes: Scenes) -> None:
    shown = {name for form in LETTERS for name in asked_names(form).values}
    assert scenes.known.common
    assert scenes.known.common <= shown


@pytest.mark.parametrize("form", [form for form in ATTACHMENTS if BY_FORM[form].worded])
def test_an_attachment_has_all_that_its_wording_names_and_prints_all_of_its_wording(form: str, scenes: Scenes) -> None:
    ours = words_of(form)
    labels, options = Texts(ours.labels), Texts(ours.options)
    words = Words(ours.file, labels, options)
    for content in (*scenes.known.contents[form], *scenes.bare.contents[form]):
        assert content.render(content.facts, words)
    assert not labels.unread
    assert not options.unread


def test_the_made_up_facts_of_the_golden_papers_have_the_names_of_real_ones(scenes: Scenes) -> None:
    unreal: dict[str, set[str]] = {}
    for form in LETTERS:
        made_up, many = facts_of(form, "full"), scenes.of(form)
        unreal[form] = set(made_up.values) - values_given(many) - FILLED_IN_BY_HAND.get(form, set())
        for table in made_up.tables:
            columns = columns_given([made_up], table) - columns_given(many, table)
            unreal[f"{form}.{table}"] = columns - FILLED_IN_BY_HAND.get(f"{form}.{table}", set())
    assert not {key: names for key, names in unreal.items() if names}
