"""Two registers open in one process: what is written for one never lands in the folder of the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pxtui.casework.check import eligibility
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.register import open_register
from pxtui.casework.payment import orders as payment_orders
from pxtui.casework.printed import attachments, issuing
from pxtui.casework.printed.asking import Asking
from pxtui.home import Home
from pxtui.policy.parameters import rulebook, shipped_rulebook
from tests.conftest import NOW, empty_register
from tests.support.counter import FEE_FEN
from tests.support.pay_desk import PayDesk


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[PayDesk, PayDesk]]:
    """Two counters, each with a register and a folder of its own."""
    registers = [empty_register(Home(tmp_path / name)) for name in ("first", "second")]
    first, second = (PayDesk(register) for register in registers)
    yield first, second
    for register in registers:
        register.close()


def files(desk: PayDesk) -> set[str]:
    return {path.name for path in desk.register.home.papers.rglob("*") if path.is_file()}


def test_papers_and_bank_lists_of_two_registers_lie_each_in_its_own_folder(desks: tuple[PayDesk, PayDesk]) -> None:
    numbers = []
    for desk in desks:
        desk.grant()
        desk.hire_colleagues()
        numbers.append(desk.cleared())
    for form in ("check-record", "approval-table"):
        for desk, number in zip(desks, numbers, strict=True):
            with desk.register.writing(desk.acting) as context:
                (path,) = issuing.issue(context, number, [form])
            assert path.is_relative_to(desk.register.home.root)
    batches = [desk.prepare(number) for desk, number in zip(desks, numbers, strict=True)]
    for desk, batch in zip(desks, batches, strict=True):
        desk.sign(batch)
    for desk, batch in zip(desks, batches, strict=True):
        with desk.register.writing(desk.acting) as context:
            assert payment_orders.hand_over(context, batch).is_relative_to(desk.register.home.root)
    for desk in desks:
        assert len(files(desk)) == 3


def test_settings_and_words_of_one_office_are_unknown_to_the_other(desks: tuple[PayDesk, PayDesk]) -> None:
    first, second = desks
    with first.register.writing(first.acting) as context:
        office_settings.change(context, office_phone="0812-3322110")
    with second.register.reading(second.acting) as context:
        assert office_settings.settings(context).office_phone == ""
    with first.register.reading(first.acting) as one, second.register.reading(second.acting) as other:
        assert office_settings.settings(one).office_phone == "0812-3322110"
        assert office_settings.settings(other).office_phone == ""


def test_a_paper_and_a_judgement_follow_the_rules_of_their_register(tmp_path: Path) -> None:
    ((name, text),) = shipped_rulebook().texts.items()
    lower = rulebook({name: text.replace('cap_per_person_yuan = "600.00"', 'cap_per_person_yuan = "400.00"')})
    home = Home(tmp_path / "strict")
    empty_register(home).close()
    desk = PayDesk(open_register(home, NOW, lower))
    number = desk.claimed()
    with desk.register.reading(desk.acting) as context:
        checked = eligibility.overview(context, number)
        assert checked.judgement.subsidy is not None
        heads = checked.judgement.subsidy.eligible
        assert checked.judgement.subsidy.total_fen == heads * 40_000 < heads * FEE_FEN
        values = attachments.attachment_3_of(Asking(context, find(context, number))).facts.values
    assert values["claimed_fen"] == heads * 40_000
    desk.register.close()
