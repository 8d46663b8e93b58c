"""What stands against a second payment is struck by one person alone: the other office's voucher, training, all of it,
its keys, or what a list told of a class.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import select

from db.models import SourceChange
from pxtui.casework.desk import notices
from pxtui.casework.exchange import partners, source_changes
from pxtui.casework.exchange.keys import OwnKeys
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.casework.people import past_trainings
from pxtui.casework.staff import changes
from pxtui.errors import PxtuiError
from pxtui.policy.facts import Delivery, Level, PastTraining
from tests.support.offices import CityOffice, two_offices
from tests.support.rosters import made_up_people

INVOICE = "20200000000000000001"
PERSON = made_up_people(1)[0]
ADMINISTRATOR, HEAD, CLERK = "赵六", "王五", "张三"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[CityOffice]:
    """Duties are apart, a claim waits, and its people, class and invoice are paid elsewhere."""
    here, there = two_offices(tmp_path)
    there.do(there.claimed(there.file_class()), Action.APPROVE)
    here.claimed(here.file_class())
    told = there.export_for(here)
    here.hour = there.hour
    here.take(told)
    there.register.close()
    here.hire_colleagues()
    with here.register.writing(here.acting) as context:
        listed = PastTraining(
            PERSON.id_number,
            "焊工",
            Level.FIVE,
            here.day.replace(month=3, day=20),
            here.day,
            Delivery.OFFLINE,
            True,
            True,
        )
        past_trainings.insert_missing(context, [replace(listed, occupation="焊 工")], source="省平台.csv")
        office_settings.change(context, duties_apart=True)
    yield here
    here.register.close()


def by(office: CityOffice, name: str, act: Callable[[Context], object]) -> str:
    """What an act answers somebody."""
    with office.register.writing(replace(office.acting, name=name)) as context:
        return f"{act(context)}"


def standing(office: CityOffice) -> dict[str, str]:
    return office.blocks("2020-DQ-0001")


def waiting(office: CityOffice) -> list[int]:
    with office.register.reading(office.acting) as context:
        return [change.id for change in source_changes.waiting(context)]


STRIKES: dict[str, Callable[[Context], str]] = {
    "voucher": partial(source_changes.strike_voucher, number=f"№ {INVOICE}", reason="号码报错"),
    "training": lambda context: source_changes.strike_training(
        context, PERSON.id_number, context.today.replace(month=3, day=20), "查无此班"
    ),
    "office": partial(source_changes.strike_office, office="renhe", reason="密钥外泄"),
    "class": partial(source_changes.strike_class, number="2020-DQ-0001", reason="就是本班"),
}


@pytest.mark.parametrize("named", STRIKES)
def test_source_struck_by_an_administrator_alone(office: CityOffice, named: str) -> None:
    strike, before = STRIKES[named], standing(office)
    assert {"person.repeat", "voucher.reused"} <= before.keys()
    with pytest.raises(PxtuiError, match="由管理员办理，您的岗位是受理员"):
        by(office, CLERK, strike)
    assert "由负责人同意后生效" in by(office, ADMINISTRATOR, strike)
    assert standing(office) == before
    (change,) = waiting(office)
    with office.register.reading(office.acting) as context:
        (waits,) = source_changes.waiting(context)
    assert ("仁和区人社局 线培〔2020〕RH-0001" in "".join(waits.told)) is (named in ("voucher", "training"))
    assert by(office, HEAD, notices.sentence).startswith("有1项以往培训、凭证或公钥的更改等您同意")
    assert by(office, CLERK, notices.sentence) == ""
    for name, sentence in ((ADMINISTRATOR, "由负责人办理"), (CLERK, "由负责人办理")):
        with pytest.raises(PxtuiError, match=sentence):
            by(office, name, partial(source_changes.agree, change_id=change))
    assert standing(office) == before
    with pytest.raises(PxtuiError, match=r"已于2020-.*提出删去.*等待负责人同意"):
        by(office, ADMINISTRATOR, strike)
    assert "已删去" in by(office, HEAD, partial(source_changes.agree, change_id=change))
    assert standing(office) != before
    assert waiting(office) == []


def test_source_struck_by_one_person_in_two_roles(office: CityOffice) -> None:
    by(office, ADMINISTRATOR, STRIKES["voucher"])
    by(office, ADMINISTRATOR, partial(changes.change_settings, duties_apart=False))
    by(office, HEAD, lambda context: changes.confirm(context, changes.waiting(context)[0].id))
    with pytest.raises(PxtuiError, match=f"由{ADMINISTRATOR}提出，须由另一人同意"):
        by(office, ADMINISTRATOR, partial(source_changes.agree, change_id=waiting(office)[0]))
    assert "voucher.reused" in standing(office)


def test_strike_that_was_turned_down_agreed_to_later(office: CityOffice) -> None:
    by(office, ADMINISTRATOR, STRIKES["voucher"])
    (change,) = waiting(office)
    with pytest.raises(PxtuiError, match="须写明理由"):
        by(office, HEAD, partial(source_changes.drop, change_id=change, reason=" "))
    by(office, HEAD, partial(source_changes.drop, change_id=change, reason="对方确已拨付"))
    with pytest.raises(PxtuiError, match="撤销，不用再办"):
        by(office, HEAD, partial(source_changes.agree, change_id=change))
    assert "voucher.reused" in standing(office)


def tell(office: CityOffice, training: PastTraining, source: str = "后来.csv") -> None:
    with office.register.writing(office.acting) as context:
        past_trainings.insert_missing(context, [training], source=source)


def test_more_told_between_the_proposal_and_the_agreement(office: CityOffice) -> None:
    by(office, ADMINISTRATOR, STRIKES["training"])
    day = office.day.replace(month=3, day=20)
    tell(office, PastTraining(PERSON.id_number, "电工", Level.FIVE, day, office.day, Delivery.OFFLINE, True, True))
    before = standing(office)
    with pytest.raises(PxtuiError, match=r"提出以后有变化.*请先撤销"):
        by(office, HEAD, partial(source_changes.agree, change_id=waiting(office)[0]))
    assert standing(office) == before
    by(office, HEAD, partial(source_changes.drop, change_id=waiting(office)[0], reason="又有一条"))
    by(office, ADMINISTRATOR, STRIKES["training"])
    assert "已删去3条" in by(office, HEAD, partial(source_changes.agree, change_id=waiting(office)[0]))


def test_class_that_is_another_one_when_the_head_agrees(office: CityOffice) -> None:
    """As many rows of the same list: another person of the class is told by now, and the first one no more."""
    other = made_up_people(2)[1]
    day = office.day.replace(month=3, day=20)
    by(office, ADMINISTRATOR, STRIKES["class"])
    by(office, ADMINISTRATOR, STRIKES["training"])
    own, training = waiting(office)
    by(office, HEAD, partial(source_changes.agree, change_id=training))
    told = PastTraining(other.id_number, "焊工", Level.FIVE, day, office.day, Delivery.OFFLINE, True, True)
    tell(office, replace(told, occupation="焊 工"), "省平台.csv")
    with pytest.raises(PxtuiError, match="提出以后有变化"):
        by(office, HEAD, partial(source_changes.agree, change_id=own))


@pytest.mark.parametrize("number", ["2020dq1", "线培〔2020〕DQ-0001"])
def test_one_strike_waits_once_however_its_number_is_written(office: CityOffice, number: str) -> None:
    by(office, ADMINISTRATOR, STRIKES["class"])
    with pytest.raises(PxtuiError, match="提出删去以往培训里与案件2020-DQ-0001同一班的，等待"):
        by(office, ADMINISTRATOR, partial(source_changes.strike_class, number=number, reason="就是本班"))


def test_damaged_change_does_not_keep_the_head_from_the_desk(office: CityOffice) -> None:
    by(office, ADMINISTRATOR, STRIKES["voucher"])
    with office.register.writing(office.acting) as context:
        row = context.session.exec(select(SourceChange)).one()
        row.seal(context.vault, about="{")
        context.session.add(row)
    assert by(office, HEAD, notices.sentence).startswith("有1项以往培训、凭证或公钥的更改等您同意")
    with pytest.raises(PxtuiError, match="请联系管理员核对备份"):
        by(office, HEAD, partial(source_changes.agree, change_id=1))


def test_second_keys_of_an_office_while_the_first_wait(office: CityOffice, tmp_path: Path) -> None:
    first, second = (OwnKeys.at(tmp_path / folder / "keys").public("renhe") for folder in "ab")
    by(office, ADMINISTRATOR, partial(source_changes.trust, office="renhe", keys=first))
    with pytest.raises(PxtuiError) as refused:
        by(office, ADMINISTRATOR, partial(source_changes.trust, office="renhe", keys=second))
    assert first.fingerprint in f"{refused.value}"
    assert second.fingerprint not in f"{refused.value}"


def test_own_keys_put_in_the_place_of_the_other_offices_alone(office: CityOffice, tmp_path: Path) -> None:
    with office.register.reading(office.acting) as context:
        true = partners.trusted(context, "renhe")
    forged = OwnKeys.at(tmp_path / "forged" / "keys").public("renhe")
    said = by(office, ADMINISTRATOR, partial(source_changes.trust, office="renhe", keys=forged))
    assert f"登记仁和区人社局的公钥，指纹{forged.fingerprint}" in said
    with office.register.reading(office.acting) as context:
        assert partners.trusted(context, "renhe") == true
    by(office, HEAD, partial(source_changes.agree, change_id=waiting(office)[0]))
    with office.register.reading(office.acting) as context:
        assert partners.trusted(context, "renhe") == forged


def test_only_one_module_strikes_for_screens_and_commands() -> None:
    files = [*Path("screens").rglob("*.py"), *Path("pxtui/commands").rglob("*.py")]
    assert files
    striking = re.compile(r"\b(striking|own_class\.strike|past_trainings\.strike|partners\.trust)\b")
    assert [f"{file}" for file in files if striking.search(file.read_text(encoding="utf-8"))] == []
