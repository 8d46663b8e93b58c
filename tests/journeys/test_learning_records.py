"""A platform's export comes into the claim's roster: seen beside it, taken on the second Enter, undone as a whole."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pxtui.casework.office.register import open_register
from pxtui.casework.roster import edits as roster_edits
from pxtui.home import Home
from pxtui.policy.facts import Trainee
from tests.conftest import ACTING, NOW
from tests.support.rosters import NUMBER, office_with_claim
from tests.support.terminal_counter import counter

DATA = Path(__file__).parents[1] / "data"
SAMPLE = DATA / "learning" / "platform-records-20.xlsx"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A claim for three people of the sample, of whom the first is keyed with 40 学时 already."""
    rows = json.loads(SAMPLE.with_suffix(".json").read_text(encoding="utf-8"))["rows"][:3]
    people = [Trainee(seq, row["name"], None, None, row["id_number"], "", "") for seq, row in enumerate(rows, 1)]
    people[0] = replace(people[0], completed_hours=Decimal(40), passed=True)
    return office_with_claim(tmp_path / "office", people)


def hours(folder: Path) -> list[str]:
    register = open_register(Home(folder / "data"), NOW)
    with register.reading(ACTING) as context:
        found = [str(row.completed_hours) for row in roster_edits.rows(context, NUMBER)]
    register.close()
    return found


@pytest.mark.parametrize(("chosen", "first"), [((), "34"), (("f11",), "40")])
def test_records_are_seen_beside_the_roster_before_they_are_taken(
    chosen: tuple[str, ...], first: str, office: Path
) -> None:
    with counter(office) as terminal:
        terminal.wait_for("补贴录入中")
        terminal.key("enter")
        terminal.wait_for("学习记录（附件4）")
        terminal.wait_for("3人 1项不符 未录2人")
        terminal.key("f6")
        terminal.type(str(SAMPLE))
        terminal.key("enter")
        for said in ("3人  不一致1", "花名册40学时、合格；平台34学时", "不在花名册", "尚未存入"):
            terminal.wait_for(said)
        for key in chosen:
            terminal.key(key)
        terminal.key("enter")
        terminal.wait_for("再按Enter导入")
        assert hours(office) == ["40", "None", "None"]
        terminal.key("enter")
        terminal.wait_for("已导入3人的学习记录")
        assert hours(office) == [first, "40", "36"]
        if chosen:
            terminal.wait_for("与平台不一致1人")
        terminal.key("f8")
        terminal.key("escape")
        terminal.wait_for("补贴录入中")
    assert hours(office) == ["40", "None", "None"]


def test_a_row_bears_the_number_by_which_the_check_names_it(tmp_path: Path) -> None:
    rows = json.loads(SAMPLE.with_suffix(".json").read_text(encoding="utf-8"))["rows"][:2]
    # The first of the class was not approved: the claim begins with the second.
    people = [Trainee(seq, row["name"], None, None, row["id_number"], "", "") for seq, row in enumerate(rows, 2)]
    people[1] = replace(people[1], completed_hours=Decimal(30), passed=True)
    with counter(office_with_claim(tmp_path / "office", people)) as terminal:
        terminal.wait_for("补贴录入中")
        terminal.key("enter")
        terminal.wait_for(f"3 {people[1].name}")


def test_an_attachment_4_still_comes_in_by_the_same_key(office: Path) -> None:
    with counter(office) as terminal:
        terminal.wait_for("补贴录入中")
        terminal.key("enter")
        terminal.wait_for("学习记录（附件4）")
        terminal.key("f6")
        terminal.type(str(DATA / "rosters" / "a4-clean-37.xlsx"))
        terminal.key("enter")
        terminal.wait_for("导入预览：附件4")
