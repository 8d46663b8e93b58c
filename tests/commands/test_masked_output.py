"""No command that only reads prints a full number of anybody whom the register knows."""

from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import Applicant, Enrolment, LearningResult, SealedRow
from pxtui.casework.office.register import open_register
from pxtui.casework.practice.register import CLERK, PRACTICE_DAY
from tests.conftest import NOW
from tests.support.office import Office
from tests.support.practice import practice_home

SEALED = {
    Enrolment: ("id_number", "phone"),
    LearningResult: ("account", "password"),
    Applicant: ("contact_phone", "legal_phone", "bank_account"),
}
OF_A_CASE = (
    *(("case", "show"), ("case", "check"), ("case", "correct"), ("case", "materials"), ("learning", "show")),
    *(("offline", "show"), ("sign", "list"), ("spot", "show")),
)
OF_THE_OFFICE = (
    *(("case", "list"), ("payment", "list"), ("publicity", "list"), ("recovery", "list"), ("source", "list")),
    *(("shift", "show", "--as", CLERK), ("retention", "show"), ("office", "show"), ("staff", "list"), ("replay",)),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder: Path = tmp_path_factory.mktemp("masked")
    made = Office(folder, f"{PRACTICE_DAY}")
    practice_home(made.home.root, tmp_path_factory)
    return made


@pytest.fixture(scope="module")
def secrets(office: Office) -> frozenset[str]:
    register, found = open_register(office.home, NOW), set[str]()
    with register.reading(register.nobody(NOW)) as context:
        for table, columns in SEALED.items():
            rows: list[SealedRow] = list(context.session.execute(select(table)).scalars())
            found |= {row.unseal(context.vault, column) for row in rows for column in columns}
    register.close()
    return frozenset(found - {""})


@pytest.mark.slow
def test_what_commands_print_is_masked(office: Office, secrets: frozenset[str]) -> None:
    assert len(secrets) > 50
    numbers = [line.split()[0] for line in office.say("case", "list").splitlines()[1:]]
    of_cases = [(*command, number) for number in numbers[::4] for command in OF_A_CASE]
    cells = [("case", "show", number, "--cells") for number in numbers[::4]]
    for line in (*of_cases, *cells, *OF_THE_OFFICE):
        done = office.run(*line)
        assert "程序出错" not in done.stderr, line
        assert [secret for secret in secrets if secret in done.stdout + done.stderr] == [], line
