"""An Enter behind a cell that went on by itself wipes out nothing that was said, and says nothing where all is well."""

import pytest

from pxtui.casework.office.register import Register
from pxtui.casework.roster import edits as roster_edits
from tests.support.counter import Counter
from tests.support.pages import seen
from tests.support.rosters import made_up_people

pytestmark = pytest.mark.slow

SOMEBODY, KNOWN = made_up_people(2, first=500)


OTHER_PHONE = "13900000009"


def roster(register: Register, *keys: str) -> list[str]:
    """The roster of a draft with one person after keys behind her."""
    counter = Counter(register)
    number = counter.file()
    with register.writing(counter.acting) as context:
        roster_edits.replace_all(context, number, made_up_people(1))
    return seen(register, counter, "desk", "enter", "ctrl+end", *keys)


def test_a_clerk_who_ends_every_cell_with_enter_reads_no_sentence(register: Register) -> None:
    lines = roster(
        register, f"={SOMEBODY.name}", "enter", f"={SOMEBODY.id_number}", "enter", f"={SOMEBODY.phone}", "enter"
    )
    assert "2人" in lines[3]
    assert lines[-2].strip() == ""


def test_what_the_check_says_of_the_row_stays(register: Register) -> None:
    again = made_up_people(1)[0]
    keyed = (f"={again.name}", "enter", f"={again.id_number}", f"={again.phone}")
    told = roster(register, *keyed)[-2]
    assert "第2行：与第1号身份证号相同" in told
    assert roster(register, *keyed, "enter")[-2] == told


def test_the_second_enter_counts_and_tells_what_comes_next(register: Register) -> None:
    keyed = (f"={SOMEBODY.name}", "enter", f"={SOMEBODY.id_number}", "enter", f"={SOMEBODY.phone}")
    assert "全部录完了，按F5审查" in roster(register, *keyed, "enter", "enter")[-2]


@pytest.mark.parametrize(
    ("behind_the_number", "phone"),
    [
        (("enter", "enter"), KNOWN.phone),
        (("enter", f"={OTHER_PHONE}"), OTHER_PHONE),
        (("enter", f"={OTHER_PHONE}", "enter"), OTHER_PHONE),
        ((f"={OTHER_PHONE}",), OTHER_PHONE),
        ((f"={OTHER_PHONE}", "enter"), OTHER_PHONE),
    ],
)
def test_of_somebody_on_file_the_phone_that_is_keyed_counts_however_cells_are_ended(
    behind_the_number: tuple[str, ...], phone: str, register: Register
) -> None:
    """The offer of what is on file comes as fast as an Enter out of habit: the phone must not land in the next row."""
    counter = Counter(register)
    counter.file([KNOWN], occupation="电工")
    number = counter.file()
    with register.writing(counter.acting) as context:
        roster_edits.replace_all(context, number, [])
    lines = seen(
        register, counter, "desk", "enter", f"={KNOWN.name}", "enter", f"={KNOWN.id_number}", *behind_the_number
    )
    assert phone in lines[5]
    assert lines[6].split() == ["2"]
    with register.reading(counter.acting) as context:
        assert [row.phone for row in roster_edits.rows(context, number)] == [phone]
