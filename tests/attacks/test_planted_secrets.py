"""Five hundred planted secrets: none is found in any file that may not have it, in whatever encoding."""

import base64
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pxtui import faults
from pxtui.casework.keeping import backups, office_key
from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.people import reveals
from pxtui.casework.printed import issuing
from pxtui.casework.printed.entering import WITH_NUMBERS
from pxtui.casework.publicity import publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.clock import CHINA
from pxtui.home import Home
from pxtui.policy.facts import Trainee
from tests.conftest import empty_register
from tests.support.counter import ANSWER, Counter
from tests.support.needles import Needles
from tests.support.rosters import made_up_people

HEADS = 125
PEOPLE = [
    replace(person, phone=f"139{17_000_000 + index * 7919:08}"[:11])
    for index, person in enumerate(made_up_people(HEADS))
]
ACCOUNTS = [f"xueyuan{index * 104_729:09}" for index in range(1, HEADS + 1)]
PASSWORDS = [f"Mm{index * 1_299_709:010}" for index in range(1, HEADS + 1)]


def secrets() -> list[str]:
    return [
        *(person.id_number for person in PEOPLE),
        *(person.phone for person in PEOPLE),
        *ACCOUNTS,
        *PASSWORDS,
    ]


def encoded(secret: str) -> Iterator[bytes]:
    """As it could stand in a file."""
    plain = secret.encode()
    yield from (plain, secret.encode("utf-16-le"), secret.encode("utf-16-be"), plain.hex().encode(), plain[::-1])
    # What does not hang on the bytes beside it, wherever a text begins in them.
    yield from (base64.b64encode(b"\0" * shift + plain)[4 * (shift > 0) : -4] for shift in range(3))


NEEDLES = Needles(needle for secret in secrets() for needle in encoded(secret))


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, and what is packed into workbooks."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            yield path.name, content
            if zipfile.is_zipfile(io.BytesIO(content)):
                with zipfile.ZipFile(io.BytesIO(content)) as packed:
                    yield from ((f"{path.name}/{name}", packed.read(name)) for name in packed.namelist())


def found_in(folder: Path, *, except_for: frozenset[str] = frozenset()) -> list[str]:
    return [
        name for name, content in contents(folder) if name.split("/")[0] not in except_for and NEEDLES.stand_in(content)
    ]


def with_secrets(rows: tuple[Trainee, ...]) -> list[Trainee]:
    return [
        replace(row, account=account, password=password)
        for row, account, password in zip(rows, ACCOUNTS, PASSWORDS, strict=True)
    ]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(empty_register(Home(tmp_path / "data")))
    number = made.file(PEOPLE)
    made.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    made.day = date(2020, 4, 3)
    made.do(number, Action.CLAIM)
    made.enter_claim(number)
    with made.register.writing(made.acting) as context:
        roster_edits.replace_all(context, number, with_secrets(roster_edits.rows(context, number)))
    made.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    yield made
    made.register.close()


def fail_over(secret: str) -> None:
    """A fault of the program whose message and locals hold somebody's number."""
    raise ValueError(f"cannot read {secret}")


@pytest.mark.slow
def test_no_file_but_the_papers_that_must_have_them_bears_any_of_five_hundred_secrets(
    counter: Counter, tmp_path: Path
) -> None:
    assert len(set(secrets())) == 500
    home, number = counter.register.home, "2020-DQ-0001"
    drafts = counter.register.drafts_of("张三")
    drafts.keep({"screen": "roster", "number": number, "in_hand": {"values": {"id_number": PEOPLE[0].id_number}}})
    drafts.keep_finally({"screen": "learning", "number": number, "rows": PASSWORDS})
    for secret in secrets()[:: HEADS // 5]:
        with pytest.raises(ValueError, match="cannot read") as caught:
            fail_over(secret)
        faults.report(caught.value, home.fault_log)
    with counter.register.writing(counter.acting) as context:
        office_key.create(context, tmp_path / "private.txt")
        publishing.publish(context, [number], counter.day)
        reveals.of_row(context, number, 0, with_results=True)
        reveals.note_search(context, PEOPLE[1].id_number)
    backups.back_up(home, counter.acting.at.astimezone(CHINA))
    assert found_in(home.root) == []
    with counter.register.writing(counter.acting) as context:
        due = [offer.form for offer in issuing.offers(context, number) if not offer.why_not and not offer.needs_reason]
        plain = issuing.issue(context, number, [form for form in due if form not in WITH_NUMBERS])
    assert plain
    assert found_in(home.root) == []
    with counter.register.writing(counter.acting) as context:
        with_numbers = issuing.issue(context, number, ["attachment-4"])
    assert found_in(home.root, except_for=frozenset(path.name for path in with_numbers)) == []
    # The search finds what is there: who may have the roster has it.
    assert found_in(home.papers) != []
