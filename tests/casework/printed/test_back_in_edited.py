"""Whatever a firm does to an Attachment 4 that went out: every cell that is another one is told, old and new.

The oracle knows nothing of how rows are compared. It takes the rows of the register and the rows that were read: where
a row is neither told nor the same, something is unsaid; where a told cell is the same on both sides, too much is said.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from pxtui.casework.check import roster_import
from pxtui.casework.check.roster_changes import RosterChanges, told_lines
from pxtui.casework.decision.advance import advance
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.printed import issuing
from pxtui.casework.printed.issuing import Wish
from pxtui.casework.roster import edits as roster_edits
from pxtui.casework.roster.differences import DifferenceKind, RosterDifference
from pxtui.errors import PxtuiError
from pxtui.home import Home
from pxtui.papers.reading.rosters import RosterReading, read_roster
from pxtui.policy.facts import Trainee
from tests.casework.printed.edits_of_a_firm import EDITS, HEADINGS, HEADS, SECRET, Edit
from tests.casework.printed.test_reception import filed, later
from tests.casework.printed.test_review import OPENED, many
from tests.conftest import ACTING, empty_register
from tests.support.filings import a_filing

pytestmark = pytest.mark.slow

_NOT_ONE_PERSON = {DifferenceKind.ADDED, DifferenceKind.DROPPED, DifferenceKind.SWAPPED}


@dataclass(frozen=True)
class SentOut:
    """An Attachment 4 with passwords, and the register that it came from."""

    register: Register
    number: str
    content: bytes
    folder: Path

    def came_back(self, *edits: Edit, seed: int = 0) -> RosterReading:
        """The file as it is read after these edits."""
        workbook: Any = load_workbook(BytesIO(self.content))
        drawn = random.Random(seed)
        for edit in edits:
            edit(workbook.active, drawn)
        path = self.folder / "来件.xlsx"
        workbook.save(path)
        return read_roster(path)

    def changes(self, reading: RosterReading) -> RosterChanges:
        """What is told before it is taken."""
        with self.register.reading(later(ACTING, 25)) as context:
            return roster_import.outlook(context, self.number, reading).changes

    def rows(self) -> tuple[Trainee, ...]:
        """The rows of the register."""
        with self.register.reading(ACTING) as context:
            return roster_edits.rows(context, self.number)


@pytest.fixture(scope="module")
def sent_out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SentOut]:
    folder = tmp_path_factory.mktemp("back-in")
    register = empty_register(Home(folder / "pxtui"))
    number = filed(register, ACTING, a_filing(), many(HEADS), OPENED)
    with register.writing(later(ACTING, 25)) as context:
        advance(context, number, Action.CLAIM)
        learnt = [
            replace(
                row,
                sex="女" if row.seq % 2 else "男",
                age=35,
                remark=f"备{row.seq}",
                completed_hours=Decimal("39.5") - row.seq,
                passed=row.seq != 3,
                account=f"hl{row.seq}",
                password=f"{SECRET}{row.seq}",
            )
            for row in roster_edits.rows(context, number)
        ]
        roster_edits.replace_all(context, number, learnt)
        path = issuing.issue(context, number, ["attachment-4"], folder, Wish(with_passwords=True))[0]
    yield SentOut(register, number, path.read_bytes(), folder)
    register.close()


def texts(row: Trainee) -> dict[str, str]:
    """The cells of a row as somebody reads them; ID number and password as they are."""
    hours = ["" if it is None else f"{it.normalize():f}" for it in (row.course_hours, row.completed_hours)]
    passed = {True: "合格", False: "不合格", None: ""}[row.passed]
    age = "" if row.age is None else str(row.age)
    values = (
        *(str(row.seq), row.name, row.sex or "", age, row.id_number, row.phone),
        *(*hours, row.account, row.password, passed, row.remark),
    )
    return dict(zip(HEADINGS, values, strict=True))


def is_told(heading: str, said: str, text: str) -> bool:
    """Whether this side of a told cell is the text that stands or stood there."""
    if not text:
        return said == "空"
    if heading == "密码":
        return "密码" in said
    if heading == "身份证号":
        return len(said) == len(text) and all(cover in (letter, "*") for cover, letter in zip(said, text, strict=True))
    return said == text


def require_exact(difference: RosterDifference) -> None:
    """Every cell that differs between the two rows, and no other, with the text of before and of now."""
    assert difference.before is not None
    assert difference.after is not None
    was, now = texts(difference.before), texts(difference.after)
    told = {cell.label: cell for cell in difference.cells if not cell.label.startswith("次序")}
    assert set(told) == {heading for heading in HEADINGS if was[heading] != now[heading]}
    for heading, cell in told.items():
        assert is_told(heading, cell.before, was[heading])
        assert is_told(heading, cell.after, now[heading])
        assert cell.before != cell.after
        assert cell.before in difference.sentence or cell.before == "空"
        assert cell.after in difference.sentence or cell.after == "空"


def require_all_told(sent_out: SentOut, reading: RosterReading) -> None:
    """Nothing unsaid and nothing said that did not change."""
    changes = sent_out.changes(reading)
    before = [texts(row) for row in sent_out.rows()]
    known = {row["身份证号"]: row["密码"] for row in before}
    told_before = [texts(found.before) for found in changes.differences if found.before is not None]
    told_after = [texts(found.after) for found in changes.differences if found.after is not None]
    quiet = [row for row in before if row not in told_before]
    after = [texts(row) for row in roster_import.people_of(reading)]
    now: Counter[tuple[str, ...]] = Counter(tuple(row.values()) for row in told_after)
    unsaid = []
    for row in after:
        # A password that the file leaves blank stays as it is; whose it is, is told.
        possible = [row, row | {"密码": known.get(row["身份证号"], "")}] if not row["密码"] else [row]
        possible += [
            told for told in told_after if not row["密码"] and {**told, "密码": ""} == row and told not in possible
        ]
        found = next((told for told in possible if now[tuple(told.values())]), None)
        if found is None:
            unsaid.append(row if row in quiet else possible[-1])
        else:
            now[tuple(found.values())] -= 1
    assert sorted(map(str, unsaid)) == sorted(map(str, quiet))
    for difference in changes.differences:
        if difference.before is not None and difference.after is not None:
            require_exact(difference)
            assert difference.cells
    moved = [found for found in changes.differences if any(cell.label.startswith("次序") for cell in found.cells)]
    if not any(found.kind in _NOT_ONE_PERSON for found in changes.differences):
        order = [row["身份证号"] for row in before], [row["身份证号"] for row in after]
        assert bool(moved) == (order[0] != order[1]) or sorted(order[0]) != sorted(order[1])
    everything = [*changes.sentences, *map(str, told_lines(reading, changes))]
    everything += [repair.sentence for repair in reading.repairs]
    assert not [sentence for sentence in everything if SECRET in sentence]


@pytest.mark.parametrize("kind", EDITS)
def test_every_kind_of_edit_alone_is_told(kind: str, sent_out: SentOut) -> None:
    for seed in range(2):
        try:
            reading = sent_out.came_back(EDITS[kind], seed=seed)
        except PxtuiError:
            continue
        require_all_told(sent_out, reading)


@settings(max_examples=40)
@given(kinds=st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=40), seed=st.integers(0, 2**32))
def test_whatever_a_firm_does_to_its_roster_is_told_cell_by_cell(
    kinds: list[str], seed: int, sent_out: SentOut
) -> None:
    try:
        reading = sent_out.came_back(*(EDITS[kind] for kind in kinds), seed=seed)
    except PxtuiError:
        event("refused as a whole")
        return
    event("read")
    require_all_told(sent_out, reading)
