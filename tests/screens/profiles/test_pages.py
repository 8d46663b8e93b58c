"""The pages on the screen: reached with one key, led from line to line, masked for all, in full for a reason."""

from collections.abc import Iterator

import pytest
from sqlmodel import col, select

from db.models import Case, Enrolment, Stage
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.practice.register import CLERK
from pxtui.casework.profiles import person
from pxtui.casework.profiles.found import Kind
from pxtui.casework.staff import members
from pxtui.home import Home
from tests.conftest import NOW
from tests.screens.test_masks import ROLES, secrets
from tests.support.counter import Counter
from tests.support.pages import at, seen
from tests.support.practice import practice_home

__all__ = ["secrets"]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    place: Home = practice_home(tmp_path_factory.mktemp("pages") / "data", tmp_path_factory)
    made = open_register(place, NOW)
    with made.writing(Counter(made, NOW.date(), CLERK).acting) as context:
        for name, role in ROLES.items():
            members.add(context, name, role)
    yield made
    made.close()


@pytest.fixture(scope="module")
def clerk(register: Register) -> Counter:
    return Counter(register, NOW.date(), CLERK)


@pytest.fixture(scope="module")
def rooms(register: Register, clerk: Counter) -> dict[str, tuple[str, object]]:
    with register.reading(clerk.acting) as context:
        case = context.session.exec(select(Case).where(col(Case.stage) == Stage.PAID)).first()
        assert case is not None
        return {
            "person": ("person", person.key_of_row(context, case.number, 0)),
            "enterprise": ("enterprise", case.applicant_id),
            "platform": ("platform", (Kind.PLATFORM, case.platform)),
            "provider": ("platform", (Kind.PROVIDER, case.provider)),
            "found": ("find", case.applicant_name[:6]),
            "people found": ("find", "ww"),
        }


def case_at(register: Register, clerk: Counter, stage: Stage) -> str:
    with register.reading(clerk.acting) as context:
        case = context.session.exec(select(Case).where(col(Case.stage) == stage)).first()
        assert case is not None
        return case.number


@pytest.mark.parametrize("name", [CLERK, *ROLES])
def test_no_page_shows_a_full_number(
    name: str,
    register: Register,
    clerk: Counter,
    secrets: frozenset[str],
    rooms: dict[str, tuple[str, object]],
) -> None:
    for room, argument in rooms.values():
        lines = seen(register, at(clerk, name), (room, argument), columns=120, rows=50)
        text = "\n".join(lines)
        assert [secret for secret in secrets if secret in text] == [], room


def test_an_administrator_reads_nobodys_name(
    register: Register, clerk: Counter, rooms: dict[str, tuple[str, object]]
) -> None:
    with register.reading(clerk.acting) as context:
        names = {name for name in context.session.exec(select(Enrolment.name)) if len(name) > 2}
    for room, argument in rooms.values():
        text = "\n".join(seen(register, at(clerk, "孙管理"), (room, argument), columns=120, rows=50))
        assert [name for name in names if name in text] == [], room


@pytest.mark.parametrize(
    ("room", "stage", "keys", "title"),
    [
        ("roster", Stage.RECEIVED, ("ctrl+y",), "人员"),
        ("learning", Stage.CLAIM_RECEIVED, ("ctrl+y",), "人员"),
        ("eligibility", Stage.RECEIVED, ("down", "ctrl+y"), "人员"),
        ("eligibility", Stage.CLAIM_RECEIVED, ("ctrl+y",), "单位"),
    ],
)
def test_one_key_leads_from_a_row_to_its_page_and_escape_back(
    room: str, stage: Stage, keys: tuple[str, ...], title: str, register: Register, clerk: Counter
) -> None:
    there = (room, case_at(register, clerk, stage))
    assert seen(register, clerk, there, *keys)[3].startswith(f" {title}")
    assert seen(register, clerk, there, *keys, "escape")[3] == seen(register, clerk, there, *keys[:-1])[3]


def test_a_page_is_opened_in_full_for_a_reason_alone(
    register: Register, clerk: Counter, rooms: dict[str, tuple[str, object]]
) -> None:
    asked = seen(register, clerk, rooms["person"], "ctrl+c", "enter")
    assert "请写明理由" in asked[-2]
    told = seen(register, clerk, rooms["person"], "ctrl+c", "=电话回访", "enter")
    assert "已记入，今天第1次" in told[-2]
    firm = seen(register, clerk, rooms["enterprise"], "ctrl+c", "=核对账号", "enter")
    assert "经办人" in firm[-2]
    refused = seen(register, at(clerk, "钱审计"), rooms["person"], "ctrl+c", "=审计", "enter")
    assert "只看隐去中间几位的号码" in refused[-2]


def test_lines_lead_from_page_to_page(register: Register, clerk: Counter, rooms: dict[str, tuple[str, object]]) -> None:
    of_platform = seen(register, clerk, rooms["platform"], "enter")
    assert of_platform[3].startswith(" 培训机构")
    of_person = seen(register, clerk, rooms["person"], "enter")
    assert "人员" not in of_person[3]
