"""Text tables: which character parts the cells."""

import pytest

from pxtui.papers.reading.delimited import rows_of

HEAD = ["姓名", "身份证号", "备注"]


@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "|", "，", "；"])
def test_the_delimiter_is_the_one_that_makes_rows_alike(delimiter: str) -> None:
    assert rows_of("\n".join(delimiter.join(row) for row in (HEAD, ["张三", "1", ""], ["李四", "2", "焊"]))) == [
        HEAD,
        ["张三", "1", ""],
        ["李四", "2", "焊"],
    ]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("姓名\t身份证号\t备注\n张三\t1\t焊,钳,电,车\n李四\t2\t焊,钳,电,车\n", 3),
        ("姓名,身份证号,备注\n张三,1,\n李四,2,\n注：一；二；三；四；五\n注;;;;;;;;\n", 3),
        ("姓名\t,身份证号\t,备注\t\n张三\t,1\t,\t\n", 3),
        ("sep=;\n姓名;身份证号;备注\n张三;1;焊,钳\n", 3),
        ("某公司，花名册，2020\n姓名,身份证号,备注\n张三,1,\n", 3),
        ("姓名|身份证号|备注\n张三|1|焊,钳\n李四|2|焊,钳\n", 3),
    ],
)
def test_other_delimiters_inside_cells_part_nothing(text: str, width: int) -> None:
    (header,) = (row for row in rows_of(text) if row and row[0].strip() == "姓名")
    assert [cell.strip() for cell in header] == HEAD
    assert len(header) == width


def test_lines_of_delimiters_alone_at_the_end_are_no_rows() -> None:
    assert rows_of("姓名,身份证号\n张三,1,,,\n" + ",,,,\r\n" * 25_000 + " ,\t,;") == [
        ["姓名", "身份证号"],
        ["张三", "1", "", "", ""],
    ]


def test_a_line_of_very_many_delimiters_is_as_long_as_its_content() -> None:
    assert [len(row) for row in rows_of(f"姓名,身份证号{',' * 16_000}\n张三,1{',' * 16_000}\n")] == [2, 2]
