"""Registers in which everybody acts through the program: none of them is suspected, after any of their acts."""

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.chain.findings import Finding
from db.chain.walk import verify
from db.seal import Vault
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import open_register
from pxtui.casework.office.roles import Role
from pxtui.casework.staff import members
from pxtui.errors import NotAllowed
from pxtui.home import Home
from tests.conftest import NOW, empty_register
from tests.support.examples import scaled
from tests.support.pay_desk import OTHER_ACCOUNT, PayDesk, bounced, paid
from tests.support.rosters import made_up_people

REGISTERS = 1_000


def class_(counter: PayDesk, _folder: Path) -> str:
    """A class of people who stand in no other."""
    counter.people += 3
    return counter.file(made_up_people(3, counter.people - 3))


def at_the_bank(counter: PayDesk, folder: Path) -> tuple[str, str]:
    """A claim and its batch, which the bank has."""
    number = counter.cleared()
    return number, counter.at_the_bank(folder, number)


def bounce(counter: PayDesk, folder: Path) -> str:
    """A payment that came back; its claim."""
    number, batch = at_the_bank(counter, folder)
    counter.answer(batch, bounced(number))
    return number


def pay_again(counter: PayDesk, folder: Path) -> None:
    """It came back, and is paid to another account."""
    number = bounce(counter, folder)
    counter.correct(number, OTHER_ACCOUNT)
    again = counter.at_the_bank(folder, number)
    counter.answer(again, paid(number))


def pay(counter: PayDesk, folder: Path) -> None:
    """The bank has paid."""
    number, batch = at_the_bank(counter, folder)
    counter.answer_one(batch, paid(number))


def stop(counter: PayDesk, _folder: Path) -> None:
    """A claim is taken out of its batch."""
    number = counter.cleared()
    counter.prepare(number)
    counter.stop(number)


def refuse(counter: PayDesk, folder: Path) -> None:
    """A class is refused."""
    counter.do(class_(counter, folder), Action.SUBMIT, Action.REFUSE, opinion="材料不实")


def sign_alone(counter: PayDesk, _folder: Path) -> None:
    """One who may not tries it, which stands in the journal."""
    batch = counter.prepare(counter.cleared())
    with pytest.raises(NotAllowed):
        counter.sign(batch, by=counter.clerk)


def hire(counter: PayDesk, _folder: Path) -> None:
    """A colleague comes."""
    with counter.register.writing(counter.acting) as context:
        members.add(context, "孙" + chr(ord("一") + len(members.names(context))), Role.CLERK)


ACTS: dict[str, Callable[[PayDesk, Path], object]] = {
    "a class": class_,
    "a class refused": refuse,
    "a colleague": hire,
    "a signature by whoever prepared": sign_alone,
    "a claim that may be paid": lambda counter, _: counter.cleared(),
    "money": lambda counter, _: counter.grant(),
    "a batch": lambda counter, _: counter.prepare(counter.cleared()),
    "a batch without one of its claims": stop,
    "a signed batch": lambda counter, _: counter.signed(counter.cleared()),
    "a batch at the bank": at_the_bank,
    "a payment": pay,
    "a payment that came back": bounce,
    "a payment to another account": pay_again,
}


def suspected(folder: Path, acts: Sequence[str]) -> list[Finding]:
    """What is found in a register after any of its acts."""
    register = empty_register(Home(folder / "pxtui"))
    vault = Vault.open(register.home.key)
    counter = PayDesk(register)
    counter.hire_colleagues()
    counter.grant()
    findings = []
    for act in acts:
        ACTS[act](counter, folder)
        findings += verify(register.home.register, vault).findings
    register.close()
    return findings


@pytest.mark.slow
@settings(max_examples=scaled(10))
@given(acts=st.lists(st.sampled_from(sorted(ACTS)), max_size=4))
def test_no_honest_register_is_suspected(acts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    assert suspected(tmp_path_factory.mktemp("honest"), acts) == []


@pytest.mark.long
def test_none_of_a_thousand_honest_registers_is_suspected(tmp_path: Path) -> None:
    """Each of them is one of those before, and an act more."""
    dice = random.Random(2020)
    register = empty_register(Home(tmp_path / "0"))
    beginning = PayDesk(register)
    beginning.hire_colleagues()
    beginning.grant()
    register.close()
    vault = Vault.open(register.home.key)
    made = [beginning]
    for number in range(1, REGISTERS + 1):
        before = dice.choice(made)
        home = Home(tmp_path / str(number))
        shutil.copytree(before.register.home.root, home.root)
        counter = replace(before, register=open_register(home, NOW))
        act = dice.choice(sorted(ACTS))
        (bank := tmp_path / f"bank-{number}").mkdir()
        ACTS[act](counter, bank)
        counter.register.close()
        assert verify(home.register, vault).findings == [], f"{number}: {act}"
        made.append(counter)
