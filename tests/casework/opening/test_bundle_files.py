"""A file that is no bundle is refused with a sentence, and nothing is filed."""

from pathlib import Path

import pytest

from pxtui.casework.desk import queues
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.errors import PxtuiError
from tests.conftest import ACTING


def refusal(register: Register, path: Path) -> str:
    with pytest.raises(PxtuiError) as fault, register.writing(ACTING) as context:
        opening_filing.import_file(context, path)
    with register.reading(ACTING) as context:
        assert queues.cases(context).cases == ()
    return fault.value.sentence


def test_a_file_that_is_not_there(register: Register, tmp_path: Path) -> None:
    assert refusal(register, tmp_path / "no.json") == "找不到文件“no.json”，请核对路径和文件名。"


def test_a_folder(register: Register, tmp_path: Path) -> None:
    assert refusal(register, tmp_path).endswith("”是文件夹，请指定其中的一个文件。")


def test_a_path_through_a_file(register: Register, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert refusal(register, tmp_path / "file" / "one.json") == "“one.json”读不出来，请核对路径，或另存一份再试。"


def test_a_file_in_another_encoding(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    for encoding in ("gb18030", "utf-16"):
        path.write_bytes('{"schema": "案件"}'.encode(encoding))
        assert refusal(register, path) == "不是UTF-8编码的JSON文件，请重新导出。"


def test_a_table_is_no_bundle_and_where_it_is_taken_in_is_said(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    for data in (
        b"PK\x03\x04\xff\xfe",
        "姓名,身份证号".encode(),
        "姓名,身份证号".encode("gb18030"),
        b"\xd0\xcf\x11\xe0",
    ):
        path.write_bytes(data)
        assert refusal(register, path) == "不是案件包（JSON文件）；花名册等表格请打开案件后按F6导入。"


def test_a_file_that_is_too_large_is_not_read(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.json"
    path.write_text("{}")
    monkeypatch.setattr("pxtui.casework.opening.bundle_files._LARGEST_BYTES", 1)
    assert refusal(register, path) == "文件过大，不像案件包，请核对文件。"
    monkeypatch.setattr("pxtui.casework.opening.bundle_files._LARGEST_BYTES", 2)
    assert "过大" not in refusal(register, path)
