"""What people write, by mistake or on purpose, is printed as they wrote it, whole, and does nothing."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from pxtui.errors import PxtuiError
from pxtui.papers.attachments import attachment_1, attachment_2, attachment_3, attachment_4
from pxtui.papers.attachments.attachment_1 import Attachment1
from pxtui.papers.attachments.attachment_2 import Attachment2, RosterLine
from pxtui.papers.attachments.attachment_3 import Attachment3, PaidInvoice
from pxtui.papers.attachments.attachment_4 import Attachment4, ClaimLine
from pxtui.papers.letters import pre_review
from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing import plain_text
from pxtui.papers.writing.cell_text import height_of, on_one_line, printable
from pxtui.papers.writing.letter import Facts
from pxtui.papers.writing.sheet_writer import written
from pxtui.papers.writing.wording import Opinion, words_of
from tests.papers.golden import facts_of, workbook_of

pytestmark = pytest.mark.slow

_SHAPES: tuple[Callable[[str], str], ...] = (
    "={}+1".format,
    "+{}".format,
    "-{}".format,
    "@SUM({})".format,
    '=HYPERLINK("{}")'.format,
    "=cmd|'/C calc'!{}".format,
    "#N/A{}".format,
    "[red]{}[/]".format,
    "<b>{}</b>".format,
    "&amp;{}&P".format,
    "\x1b[31m{}".format,
    "\x00{}\x07".format,
    "{}\u202egnp".format,
    "\u2066{}\u2069\u200f\u061c\u200e".format,
    "_x0041_{}".format,
    "{}\n第二行".format,
    "{}\r\n\t尾".format,
    "'{}".format,
    "  {}  ".format,
    "{{{}}}".format,
)
_NAMES = ("张三", "李𬭚", "𠮷野家", "阿木约布·尔古", "买买提", "O'Neil", "e\u0301", "👩\u200d👩\u200d👧", "ﷺ", "A0")
HOSTILE = [shape(name) for shape in _SHAPES for name in _NAMES]
LONG = "攀枝花市𬭚钛新城仁和区" * 5 + "[red]"
"""60 characters, without a place to break."""

_TURNS = range(0, len(_SHAPES), 5)
_MARK = "◆"
_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_MM_A_DIGIT = 7 * 25.4 / 96
_MM_A_POINT = 25.4 / 72
_LEADING = 0.3
"""Millimetres of white below the last line that a row may lack."""
_CODES = {"version", "kind", "size", "jurisdiction", "level", "route", "trainees", "approval_result", "objection"}
"""Fields of the attachments that nobody types; they tick an option."""


def test_there_are_two_hundred_of_them_and_a_long_one() -> None:
    assert (len(set(HOSTILE)), len(LONG)) == (200, 60)


@pytest.mark.parametrize("form", LETTERS)
def test_a_letter_prints_what_people_wrote_and_nothing_else(form: str) -> None:
    facts = facts_of(form, "full")
    named = {name: f"◆{place}◆" for place, name in enumerate(facts.values)}
    plainly = harmless_text(workbook_of(form, replace(facts, values=named)))
    for turn in _TURNS:
        values = {name: _text(turn, place) for place, name in enumerate(facts.values)}
        printed = harmless_text(workbook_of(form, replace(facts, values=values)))
        for name, text in values.items():
            if named[name] in plainly:
                _is_whole(text, printed)


@pytest.mark.parametrize("form", LETTERS)
def test_the_lines_of_a_letter_hold_all_two_hundred(form: str) -> None:
    facts = facts_of(form, "full")
    for key, lines in facts.tables.items():
        hostile = [dict.fromkeys(lines[0], text) for text in HOSTILE]
        printed = harmless_text(workbook_of(form, replace(facts, tables={**facts.tables, key: hostile})))
        for text in HOSTILE:
            _is_whole(text, printed)


@pytest.mark.parametrize("form", LETTERS)
def test_sixty_characters_stand_whole_on_a_letter_or_are_named(form: str) -> None:
    facts = facts_of(form, "full")
    places = [("", name) for name in facts.values]
    places += [(key, column) for key, lines in facts.tables.items() for column in lines[0]]

    def typed(texts: Mapping[tuple[str, str], str]) -> Facts:
        """The facts with these texts, a table with a single line."""
        values = {name: text for (key, name), text in texts.items() if not key}
        lines = {key: dict(lines[0]) for key, lines in facts.tables.items()}
        for (key, column), text in texts.items():
            if key:
                lines[key][column] = text
        changed = {key: [lines[key]] for key, _ in texts if key}
        return replace(facts, values={**facts.values, **values}, tables={**facts.tables, **changed})

    _each_whole_or_named(partial(workbook_of, form), typed, places)


@pytest.mark.parametrize("paper", [Attachment1(version="v"), Attachment3(version="v")])
def test_the_application_forms_print_what_people_wrote(paper: Attachment1 | Attachment3) -> None:
    names = [field.name for field in fields(paper) if isinstance(getattr(paper, field.name), str)]
    opinions = [field.name for field in fields(paper) if isinstance(getattr(paper, field.name), Opinion)]
    typed = [name for name in names if name not in _CODES]
    for turn in _TURNS:
        values = {name: _text(turn, place) for place, name in enumerate(typed)}
        opinion = Opinion(_text(turn, 0), _text(turn, 1))
        given: dict[str, Any] = values | dict.fromkeys(opinions, opinion)
        printed = harmless_text(_attachment(replace(paper, **given)))
        for text in (*values.values(), opinion.text, opinion.officer):
            _is_whole(text, printed)

    def typed_in(texts: Mapping[str, str]) -> Attachment1 | Attachment3:
        given: dict[str, Any] = {
            name: Opinion(text, text) if name in opinions else text for name, text in texts.items()
        }
        return replace(paper, **given)

    _each_whole_or_named(_attachment, typed_in, [*typed, *opinions])


def test_the_rosters_and_the_vouchers_hold_all_two_hundred() -> None:
    people = [RosterLine(seq, text, text, 1, text, text, text) for seq, text in enumerate(HOSTILE, 1)]
    learned = [
        ClaimLine(seq, text, text, 1, text, text, account=text, password=text, remark=text)
        for seq, text in enumerate(HOSTILE, 1)
    ]
    vouchers = [PaidInvoice(code=text, number=text, seller=text, payment=text) for text in HOSTILE[:40]]
    papers = (
        Attachment2(HOSTILE[0], people, "v"),
        Attachment4(HOSTILE[0], learned, "v"),
        Attachment3(version="v", vouchers=vouchers),
    )
    for paper in papers:
        printed = harmless_text(_attachment(paper))
        for text in HOSTILE[:40] if isinstance(paper, Attachment3) else HOSTILE:
            _is_whole(text, printed)


@pytest.mark.parametrize("column", ["name", "sex", "id_number", "phone", "remark"])
def test_sixty_characters_stand_whole_in_a_roster_or_are_named(column: str) -> None:
    def roster(text: str) -> Attachment2:
        typed: dict[str, Any] = {column: text}
        return Attachment2("甲", [replace(RosterLine(1, "张三"), **typed)], "v")

    def claim(text: str) -> Attachment4:
        typed: dict[str, Any] = {column: text}
        return Attachment4("甲", [replace(ClaimLine(1, "张三"), **typed)], "v")

    _whole_or_named(_attachment, roster)
    _whole_or_named(_attachment, claim)


def test_a_text_for_a_chat_has_no_line_that_somebody_else_wrote() -> None:
    words = words_of("pre-review")
    names = ("applicant_name", "application_name", "case_number", "course", "office_name", "officer", "phone")
    blank: dict[str, Any] = {**dict.fromkeys(names), "heads": 1, "fault_count": 1, "doubt_count": 0}
    honest = Facts({**blank, "applicant_name": "甲"}, {"faults": [{"seq": 1, "said": "甲"}]})
    wanted = plain_text.written(pre_review.PARTS, honest, words).decode("utf-8-sig").splitlines()
    for text in (*HOSTILE, LONG):
        values: dict[str, Any] = {**dict.fromkeys(names, text), "heads": 1, "fault_count": 1, "doubt_count": 0}
        facts = Facts(values, {"faults": [{"seq": 1, "said": text}]})
        lines = plain_text.written(pre_review.PARTS, facts, words).decode("utf-8-sig").splitlines()
        assert len(lines) == len(wanted)
        assert f"1. {printable(text)}".replace("\n", " ") in lines
        _has_no_commands("\n".join(lines))


def harmless_text(content: bytes) -> str:
    """All texts of a workbook, after a look at every cell: a text or a figure, no command in it, nothing cut off."""
    texts = []
    for sheet in load_workbook(BytesIO(content)):
        widths = _widths(sheet)
        merged = {str(area).split(":")[0]: area for area in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.coordinate
                assert cell.hyperlink is None
                if isinstance(cell.value, str):
                    _has_no_commands(cell.value)
                    _fits(sheet, cell, merged.get(cell.coordinate), widths)
                    texts.append(cell.value)
    return "\n".join(texts)


def _fits(sheet: Any, cell: Any, area: Any, widths: list[float]) -> None:
    if cell.alignment.text_rotation:
        return
    right, bottom = (area.max_col, area.max_row) if area else (cell.column, cell.row)
    width = sum(widths[cell.column - 1 : right])
    height = sum(sheet.row_dimensions[row].height * _MM_A_POINT for row in range(cell.row, bottom + 1))
    shown = cell.value.replace("_x005F_", "_")
    if cell.alignment.shrink_to_fit:
        assert "\n" not in shown
        assert on_one_line(shown, cell.font.name, cell.font.size, width) == cell.font.size, (cell.coordinate, shown)
        return
    assert height_of(shown, cell.font.size, width, cell.font.name) <= height + _LEADING, (cell.coordinate, cell.value)
    assert cell.alignment.wrap_text


def _widths(sheet: Any) -> list[float]:
    return [dimension.width * _MM_A_DIGIT for dimension in sheet.column_dimensions.values()]


def _has_no_commands(text: str) -> None:
    for character in text.replace("\n", ""):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp"), repr(text)
        assert unicodedata.bidirectional(character) not in _TURNING, repr(text)
        assert character not in _DIRECTION_MARKS, repr(text)


def _is_whole(text: str, printed: str) -> None:
    # A sentence is broken into lines wherever one is full.
    assert printable(text).replace("\n", "") in printed.replace("\n", ""), repr(text)


def _text(turn: int, place: int) -> str:
    """Another shape every turn and in every place, and another name."""
    return _SHAPES[(turn + place) % len(_SHAPES)](_NAMES[(turn + place // 2) % len(_NAMES)])


def _each_whole_or_named(
    make: Callable[[Any], bytes], put: Callable[[Mapping[Any, str]], Any], places: Sequence[Any]
) -> None:
    """`_whole_or_named` for every place. What stands whole beside others stands whole alone, so that many are asked at
    once: every answer is a workbook that is written and read again."""
    if len(places) == 1:
        _whole_or_named(make, lambda text: put({places[0]: text}))
        return
    texts = {place: f"{LONG}{number}#" for number, place in enumerate(places)}
    try:
        printed = harmless_text(make(put(texts))).replace("\n", "")
    except PxtuiError:
        half = len(places) // 2
        _each_whole_or_named(make, put, places[:half])
        _each_whole_or_named(make, put, places[half:])
        return
    for place in places:
        if texts[place] not in printed:
            _whole_or_named(make, lambda text, place=place: put({place: text}))  # type: ignore[misc]


def _whole_or_named(make: Callable[[Any], bytes], put: Callable[[str], Any]) -> None:
    """A long text is printed whole, or refused by a sentence that names it; left out where the paper has no place."""
    try:
        wanted, found = LONG, harmless_text(make(put(LONG)))
    except PxtuiError as fault:
        wanted, found = LONG[:20], fault.sentence
    assert wanted in found.replace("\n", "") or _MARK not in harmless_text(make(put(_MARK)))


def _attachment(paper: Attachment1 | Attachment2 | Attachment3 | Attachment4) -> bytes:
    if isinstance(paper, Attachment1):
        return written(attachment_1.page(paper, words_of("attachment-1")))
    if isinstance(paper, Attachment2):
        return written(attachment_2.page(paper))
    if isinstance(paper, Attachment3):
        return written(attachment_3.page(paper, words_of("attachment-3")))
    return written(attachment_4.page(paper))
