"""Every screen as each role: no full ID number, phone, account or password without an act of reading."""

import re
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import select
from sqlmodel import col

from db.models import Act, Applicant, Case, Enrolment, JournalEntry, LearningResult, Role, SealedRow, Stage
from pxtui.casework.lifecycle.moves import CLAIM_ENTRY, OPENING_ENTRY
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.practice.register import CLERK
from pxtui.casework.staff import members
from tests.conftest import NOW
from tests.support.counter import Counter
from tests.support.pages import at, seen
from tests.support.practice import practice_home

OF_A_CASE = (
    *("intake", "roster", "learning", "eligibility", "approval", "correcting", "changing", "claim", "vouchers"),
    *("signs", "spot_check", "papers", "menu", "second_keying", "publicity", "payment"),
)
OF_THE_OFFICE = (
    *("desk", "shift", "staff", "trainings", "tariffs", "settings", "funds", "lifting", "exchange", "source_changes"),
    *("reports", "wordings", "backups"),
)
STAGES = (Stage.RECEIVED, Stage.OPENED, Stage.CLAIM_DRAFT, Stage.CLAIM_RECEIVED, Stage.PAID)
SEALED = {
    Enrolment: ("id_number", "phone"),
    LearningResult: ("account", "password"),
    Applicant: ("contact_phone", "legal_phone", "bank_account"),
}
LOOKS = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9X]|1[3-9][0-9]{9})(?![0-9])")
ROLES = {"钱审计": Role.AUDITOR, "孙管理": Role.ADMINISTRATOR}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    made = open_register(practice_home(tmp_path_factory.mktemp("masks") / "data", tmp_path_factory), NOW)
    with made.writing(Counter(made, NOW.date(), CLERK).acting) as context:
        for name, role in ROLES.items():
            members.add(context, name, role)
    yield made
    made.close()


@pytest.fixture(scope="module")
def clerk(register: Register) -> Counter:
    return Counter(register, NOW.date(), CLERK)


@pytest.fixture(scope="module")
def secrets(register: Register, clerk: Counter) -> frozenset[str]:
    """Every full number that the register has."""
    found: set[str] = set()
    with register.reading(clerk.acting) as context:
        for table, columns in SEALED.items():
            rows: Sequence[SealedRow] = context.session.execute(select(table)).scalars().all()
            found |= {row.unseal(context.vault, column) for row in rows for column in columns}
    return frozenset(found - {""})


@pytest.fixture(scope="module")
def names(register: Register, clerk: Counter) -> frozenset[str]:
    """Those of the people on the rosters, but for short ones: other words contain them."""
    with register.reading(clerk.acting) as context:
        return frozenset(
            name for name in context.session.execute(select(col(Enrolment.name))).scalars() if len(name) > 2
        )


@pytest.fixture(scope="module")
def numbers(register: Register, clerk: Counter) -> dict[Stage, str]:
    """The newest case of each stage."""
    with register.reading(clerk.acting) as context:
        cases = context.session.execute(select(Case).where(col(Case.stage).in_(STAGES))).scalars()
        return {case.stage: case.number for case in cases}


def shown(register: Register, clerk: Counter, secrets: frozenset[str], room: str, *keys: str, number: str = "") -> str:
    """What of the secrets a screen shows, and what looks like one."""
    lines = seen(register, clerk, (room, number) if number else room, *keys, columns=120, rows=50)
    text = "\n".join(lines)
    assert "程序出错" not in text
    return " ".join([*(secret for secret in secrets if secret in text), *LOOKS.findall(text)])


def is_keyed(room: str, stage: Stage) -> bool:
    """Whether the room is where somebody keys what the room shows."""
    open_at = {"intake": OPENING_ENTRY, "claim": CLAIM_ENTRY}.get(room, OPENING_ENTRY | CLAIM_ENTRY)
    return room in ("intake", "claim", "roster", "learning") and stage in open_at


def _marks(stage: Stage) -> list[pytest.MarkDecorator]:
    """Every other stage is looked at by `make long` alone."""
    return [pytest.mark.long] if list(STAGES).index(stage) % 2 else []


@pytest.mark.slow
@pytest.mark.parametrize("name", [CLERK, *ROLES])
@pytest.mark.parametrize("stage", [pytest.param(stage, marks=_marks(stage)) for stage in STAGES])
def test_no_screen_of_a_case_shows_what_its_reader_may_not_see(
    stage: Stage,
    name: str,
    register: Register,
    clerk: Counter,
    secrets: frozenset[str],
    names: frozenset[str],
    numbers: dict[Stage, str],
) -> None:
    """A full number where it is not keyed; to the administrator anybody's name as well."""
    assert len(secrets) > 50
    assert len(names) > 50
    hidden = secrets | names if ROLES.get(name) is Role.ADMINISTRATOR else secrets
    for room in OF_A_CASE:
        if name != CLERK or not is_keyed(room, stage):
            keys = ("f11",) if room == "menu" else ()
            assert shown(register, at(clerk, name), hidden, room, *keys, number=numbers[stage]) == "", room


@pytest.mark.slow
@pytest.mark.parametrize("name", [CLERK, *ROLES])
def test_no_page_of_the_office_shows_a_full_number(
    name: str, register: Register, clerk: Counter, secrets: frozenset[str]
) -> None:
    for room in OF_THE_OFFICE:
        assert shown(register, at(clerk, name), secrets, room) == "", room


@pytest.mark.slow
@pytest.mark.parametrize(
    ("room", "stage", "act"),
    [
        ("roster", Stage.RECEIVED, Act.READ_PERSON),
        ("learning", Stage.CLAIM_RECEIVED, Act.READ_PERSON),
        ("intake", Stage.RECEIVED, Act.READ_CONTACT),
        ("claim", Stage.PAID, Act.READ_ACCOUNT),
        ("correcting", Stage.OPENED, Act.READ_CONTACT),
    ],
)
def test_ctrl_c_shows_the_number_at_hand_and_the_journal_has_one_entry_for_it(
    room: str,
    stage: Stage,
    act: Act,
    register: Register,
    clerk: Counter,
    secrets: frozenset[str],
    numbers: dict[Stage, str],
) -> None:
    def looks() -> int:
        with register.reading(clerk.acting) as context:
            return len(
                context.session.execute(select(col(JournalEntry.id)).where(col(JournalEntry.action) == act)).all()
            )

    if room in ("roster", "learning"):
        assert "Ctrl+C看全号" in "\n".join(seen(register, clerk, (room, numbers[stage])))
    before = looks()
    assert shown(register, clerk, secrets, room, "ctrl+c", number=numbers[stage]) != ""
    assert looks() == before + 1
    # The next key hides it again.
    assert shown(register, clerk, secrets, room, "ctrl+c", "down", number=numbers[stage]) == ""
    refused = "\n".join(seen(register, at(clerk, "钱审计"), (room, numbers[stage]), "ctrl+c", columns=120))
    assert "您的岗位是审计员" in refused
    assert looks() == before + 2
