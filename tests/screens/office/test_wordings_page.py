"""The page of the office's own wording: what may be changed, what is wrong, and how it comes out."""

import pytest

from pxtui.casework.office.register import Register
from tests.support.counter import Counter
from tests.support.pages import seen
from tests.support.rosters import made_up_people


def test_a_mistake_stands_in_the_row_of_its_paper_and_below_it(register: Register) -> None:
    folder = register.home.wording
    folder.mkdir()
    (folder / "attachment-1.toml").write_text('[labels]\ntitel = "x"\n', encoding="utf-8")
    lines = seen(register, Counter(register), "wordings")
    assert lines[3].endswith("1处要改")
    assert lines[5].split() == ["附件1", "培训申请表", "attachment-1", "有", "1"]
    assert "第2行：没有名为“titel”的用语，不会用到；最接近的是“title”" in "".join(lines).replace(" ", "")


def test_what_has_a_mistake_stands_first_and_what_the_office_has_of_its_own_next(register: Register) -> None:
    folder = register.home.wording
    folder.mkdir()
    (folder / "payment-slip.toml").write_text('[labels]\ntitle = "拨付单"\n', encoding="utf-8")
    (folder / "volume-cover.toml").write_text('[labels]\ntitel = "x"\n', encoding="utf-8")
    lines = seen(register, Counter(register), "wordings")
    assert [line.split()[1] for line in lines[5:8]] == ["volume-cover", "payment-slip", "培训申请表"]


def test_every_place_of_the_paper_under_the_cursor_is_named(register: Register) -> None:
    lines = "".join(seen(register, Counter(register), "wordings", "down"))
    assert "明细rows（只用于模板）" in lines
    assert "id_number" in lines


def test_enter_writes_a_sample_and_issues_nothing(register: Register) -> None:
    counter = Counter(register)
    number = counter.file(made_up_people(3))
    lines = seen(register, counter, "wordings", "enter")
    assert "样张已写到" in "".join(lines[-3:])
    (path,) = (register.home.papers / "样张").iterdir()
    assert path.name == f"样张 附件1 {number}.xlsx"


@pytest.mark.slow
def test_where_no_case_has_the_paper_a_practice_case_shows_it(register: Register) -> None:
    lines = seen(register, Counter(register), "wordings", "enter")
    assert "样张已写到" in "".join(lines[-3:])
    (path,) = (register.home.papers / "样张").iterdir()
    assert path.name == "样张 附件1 演练案件.xlsx"
