"""Two releases of the public notice, each drawn twice: nobody's number, telephone or account stands in any of them."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pxtui.casework.lifecycle.stages import Action
from pxtui.casework.office.register import Register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.printed import of_publicity_batch
from pxtui.casework.publicity import publishing
from pxtui.casework.roster import edits as roster_edits
from pxtui.policy.facts import Trainee
from tests.attacks.test_planted_secrets import contents, encoded
from tests.support.counter import AFTER_THE_CLASS, ANSWER, Counter
from tests.support.filings import a_full_filing
from tests.support.needles import Needles
from tests.support.rosters import made_up_people

HEADS = 20
DETAILS = a_full_filing().details
LONG_NUMBER = re.compile(r"(?<![0-9.])[0-9]{11,17}[0-9X]")
"""Longer than a day, an amount or the number of a case."""


def published(counter: Counter, first: int) -> tuple[str, list[Trainee]]:
    """A class whose claim is granted and published; the number of its batch, and its people with their accounts."""
    counter.day = date(2020, 3, 16)
    number = counter.file(made_up_people(HEADS, first), occupation="焊工" if first == 0 else "电工")
    with counter.register.writing(counter.acting) as context:
        filed = opening_filing.filing(context, number)
        opening_filing.amend(context, number, replace(filed, details=DETAILS))
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    counter.day = AFTER_THE_CLASS
    counter.do(number, Action.CLAIM)
    counter.enter_claim(number, voucher=f"{20200000000000000001 + first}")
    with counter.register.writing(counter.acting) as context:
        rows = roster_edits.rows(context, number)
        people = [
            replace(row, account=f"xueyuan{place:09}", password=f"Mm{place:010}")
            for place, row in enumerate(rows, first)
        ]
        roster_edits.replace_all(context, number, people)
    counter.do(number, Action.SUBMIT, Action.APPROVE, opinion=ANSWER)
    with counter.register.writing(counter.acting) as context:
        return publishing.publish(context, [number], counter.day).number, people


def secrets_of(people: list[Trainee]) -> list[str]:
    of_the_firm = [DETAILS.legal_phone, DETAILS.contact_phone, DETAILS.bank_account]
    return [*(text for row in people for text in (row.id_number, row.phone, row.account, row.password)), *of_the_firm]


def test_no_notice_of_two_releases_bears_a_full_number(register: Register, tmp_path: Path) -> None:
    counter = Counter(register)
    releases = [published(counter, first) for first in (0, HEADS)]
    for batch, people in releases:
        secrets = [secret for secret in secrets_of(people) if secret]
        assert len(secrets) >= 4 * HEADS + 3
        needles = Needles(text for secret in secrets for text in encoded(secret))
        for drawn in ("first", "again"):
            folder = tmp_path / batch / drawn
            with register.writing(counter.acting) as context:
                of_publicity_batch.issue(context, batch, folder)
            counter.day += timedelta(days=1)
            found = list(contents(folder))
            assert found
            assert [name for name, content in found if needles.stand_in(content)] == []
            sheets = [
                content.decode("utf-8", "replace") for name, content in found if "sheet" in name or "Strings" in name
            ]
            assert any(people[0].name in text or people[0].id_number[:6] in text for text in sheets)
            assert [number for text in sheets for number in LONG_NUMBER.findall(text)] == []
