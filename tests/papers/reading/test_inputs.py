"""Files as firms sent them, each after a public report of trouble with such files."""

from pathlib import Path

import pytest

from pxtui.errors import PxtuiError
from pxtui.papers.reading.roster_reading import RosterReading
from pxtui.papers.reading.rosters import read_roster

pytestmark = pytest.mark.slow

INPUTS = Path(__file__).parents[2] / "data" / "inputs"

PEOPLE = [
    ("张建国", "510402198601120018", "13800000001"),
    ("李秀英", "510403198702030026", "13800000002"),
    ("阿木约布", "51340119910405003X", "13800000003"),
]
NO_PHONES = [(name, number, "") for name, number, _ in PEOPLE]
ALL_CELLS = [f"{column}{row}" for row in (2, 3, 4) for column in "ABCDEFG"]


def read(name: str) -> RosterReading:
    return read_roster(INPUTS / name)


def people(reading: RosterReading) -> list[tuple[str, str, str]]:
    return [(row.name, row.id_number, row.phone) for row in reading.rows]


@pytest.mark.parametrize(
    ("name", "expected", "refused", "repaired"),
    [
        ("contact_first.xlsx", PEOPLE, [], []),
        ("huzhu_member.xlsx", PEOPLE, [], []),
        ("dot0.csv", PEOPLE, [], [f"{column}{row}" for row in (2, 3, 4) for column in "ADF"]),
        ("eq_quotes.csv", PEOPLE, [], [f"{column}{row}" for row in (2, 3, 4) for column in "EF"]),
        ("errors.xlsx", NO_PHONES, [], [f"{column}{row}" for row in (2, 3, 4) for column in "CDFG"]),
        ("example_seq1.xlsx", PEOPLE, ["B2"], []),
        ("hidden_row.xlsx", PEOPLE, [], ["B3"]),
        ("id_in_wrong_cell.csv", PEOPLE, ["B5"], []),
        ("id_sci_text.xlsx", [], ["E2", "E3", "E4"], []),
        ("one_line_other_delim.txt", PEOPLE, ["A4", "A5"], []),
        ("pass_split.xlsx", NO_PHONES, [], []),
        ("rule_row.xlsx", PEOPLE, [], []),
        ("seq_age_dateformat.xlsx", PEOPLE, [], []),
        ("shifted.xlsx", PEOPLE, ["F5"], []),
        ("sst_at_root.xlsx", PEOPLE, [], []),
        ("tab_every_cell.csv", PEOPLE, [], ALL_CELLS),
        ("text_space_far.xlsx", PEOPLE, [], []),
        ("tsv_commas.txt", PEOPLE, [], []),
    ],
)
def test_every_person_is_read_or_refused(
    name: str, expected: list[tuple[str, str, str]], refused: list[str], repaired: list[str]
) -> None:
    reading = read(name)
    assert people(reading) == expected
    assert [refusal.cell for refusal in reading.refused] == refused
    assert sorted(repair.cell for repair in reading.repairs) == sorted(repaired)


def test_a_verdict_stands_under_its_own_heading_and_not_under_the_score() -> None:
    assert [row.passed for row in read("pass_split.xlsx").rows] == [True, True, True]


def test_an_age_under_a_date_format_is_the_number_that_was_typed() -> None:
    assert [(row.seq, row.age) for row in read("seq_age_dateformat.xlsx").rows] == [(1, 34), (2, 33), (3, 29)]


def test_commas_of_a_remark_part_no_cells() -> None:
    assert read("tsv_commas.txt").rows[0].remark == "焊工,钳工,电工,车工,铣工,磨工,镗工,刨工,钻工,"


def test_of_two_columns_of_id_numbers_both_are_named_and_nothing_is_read() -> None:
    with pytest.raises(PxtuiError, match="E列“身份证号”（已隐藏）和F列“身份证号”都可能是参训人员的身份证号"):
        read("hidden_sheetcols.xlsx")


def test_a_passport_behind_its_label_is_somebody_s_too() -> None:
    assert people(read("passport_label.xlsx")) == [
        *PEOPLE,
        ("约翰·史密斯", "E12345678", "13800000008"),
        ("林美玲", "12345678", "13800000009"),
        ("赵无证", "补办中", ""),
    ]


def test_names_in_every_spelling_are_names() -> None:
    reading = read("names.xlsx")
    names = [row.name for row in reading.rows]
    assert not reading.refused
    assert names[1:7] == ["阿木·约布"] * 6
    assert names[9:12] == ["阿木·约布", "阿木·约布", "买买提·艾力"]
    assert names[16:18] == ["张三", "John  Smith"]
    assert names[21:25] == ["王五", "李四", "迪丽热巴·迪力木拉提·阿不都热合曼·买买提", "〇〇"]


def test_marks_that_a_terminal_may_draw_wide_stay_as_they_are() -> None:
    assert [(row.name, row.remark) for row in read("ambiguous_width_names.xlsx").rows] == [
        ("阿木·约布", ""),
        ("李强", ""),
        ("吉克·阿依·莫", ""),
        ("王芳", "一车间—焊工"),
        ("马海·木呷", "“骨干”…"),
        ("张伟", "①班"),
    ]
