"""Many sessions at one register: `python -m tests.bench sessions [SECONDS [ON_A_SERVER IN_A_FILE]]`.

Each is a process of its own. Three of four file a case, store its rows one by one, check it and submit it; the fourth
takes cases of three people from the filing to the bank's answer. At a human pace, an act a second, and without pauses;
afterwards everything that was acknowledged has to be there, once, numbered without a gap, and the chain whole.
"""

import multiprocessing
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlmodel import Session, col, func, select
from stdnum.cn import uscc

from db.chain.walk import verify
from db.models import Case, Enrolment, JournalEntry, PaymentLine
from pxtui.casework.check import eligibility
from pxtui.casework.decision import advance
from pxtui.casework.lifecycle.stages import Action, Stage
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, open_register
from pxtui.casework.opening import filing as opening_filing
from pxtui.casework.opening.filing import Filing
from pxtui.casework.roster import undo
from pxtui.casework.roster.undo import ChangeKind, RowChange
from pxtui.casework.verifying import own_checks
from pxtui.errors import Overtaken, PxtuiError
from pxtui.home import Home
from tests.bench.table import Line, Report, spread
from tests.conftest import ACTING, NOW, empty_register
from tests.support import database_server, on_server, remembered
from tests.support.filings import a_filing
from tests.support.pay_desk import CLAIM_FEN, PayDesk, paid
from tests.support.rosters import made_up_people

SECONDS, ON_A_SERVER, IN_A_FILE = 60, 40, 16
_PAUSE = 1.0
_ROWS = 30
"""Of a case that is keyed."""
_KEY, _PAY = 3, 1
"""So many of four sessions do that."""
_APART = 20_000
"""People of a session."""
_DISK = "/var/tmp"  # noqa: S108 - a folder of its own in it, and on a disk, where the tests' is in memory
_LONGEST_WAIT = 1_000
_ROW = "a row is stored"


@dataclass
class Told:
    """What one session was told."""

    times: dict[str, list[float]] = field(default_factory=dict)
    """Milliseconds of what was acknowledged, by what it was."""
    refused: Counter[str] = field(default_factory=Counter)
    """Sentences."""
    anew: int = 0
    """Transactions that were begun anew unseen."""
    filed: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    """Of the rows that were stored."""
    stages: dict[str, Stage] = field(default_factory=dict)
    """Where cases were left."""
    paid: list[str] = field(default_factory=list)


def measured_sessions(
    seconds: int = SECONDS, on_a_server: int = ON_A_SERVER, in_a_file: int = IN_A_FILE
) -> tuple[Report, list[str]]:
    """At both paces on both databases; and what must not be, a sentence each."""
    lines: list[Line] = []
    faults: list[str] = []
    with patch.object(tempfile, "tempdir", _DISK), patch.object(remembered, "IS_ON", False):
        for pause in (_PAUSE, 0.0):
            _measure(False, in_a_file, seconds, pause, lines, faults)
        if database_server.binaries() is None:
            return Report(times=[*lines, Line("on a server", "this machine has no PostgreSQL")]), faults
        database_server.announce()
        try:
            for pause in (_PAUSE, 0.0):
                _measure(True, on_a_server, seconds, pause, lines, faults)
        finally:
            database_server.stop()
    return Report(times=lines), faults


def _measure(
    is_on_server: bool, sessions: int, seconds: int, pause: float, lines: list[Line], faults: list[str]
) -> None:
    with on_server.choosing(is_on_server), tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "data")
        register = empty_register(home)
        desk = PayDesk(register)
        desk.hire_colleagues()
        desk.grant(1_000_000 * CLAIM_FEN)
        asked = [(home.root, place, seconds, pause) for place in range(sessions)]
        with multiprocessing.get_context("fork").Pool(sessions) as pool:
            told = pool.map(_sit, asked, chunksize=1)
        found = [*_missing(register, told), *own_checks.sentences(home.database)]
        if not verify(home.database, register._archive.vault).is_whole:
            found.append("the chain is not whole")
        register.close()
    where = (
        f"{sessions} {'on a server' if is_on_server else 'in a file'}, {'an act a second' if pause else 'no pauses'}"
    )
    lines.extend(_told(where, told, seconds, found))
    faults.extend(f"{where}: {sentence}" for sentence in found)


def _told(where: str, told: Sequence[Told], seconds: int, found: Sequence[str]) -> Iterator[Line]:
    times: dict[str, list[float]] = {}
    for session in told:
        for what, some in session.times.items():
            times.setdefault(what, []).extend(some)
    acts = sum(map(len, times.values()))
    load = f"load of the machine {os.getloadavg()[0]:.0f} on {os.cpu_count()}"
    yield Line(where, f"{acts} acknowledged, {acts / seconds:.0f} a second; {load}")
    for what, some in sorted(times.items()):
        yield Line(f"  {what}, {len(some)} times", f"{spread(some, 'ms')}, longest {max(some):.0f} ms")
    refused = sum((session.refused for session in told), Counter[str]())
    for sentence, count in refused.most_common():
        yield Line(f"  told {count} times", sentence, "none")
    yield Line("  begun anew unseen", str(sum(session.anew for session in told)))
    yield Line("  afterwards", "; ".join(found[:3]) or "everything there, once; no gap; chain whole", "all")


def _sit(asked: tuple[Path, int, int, float]) -> Told:
    """One session, from its start to its end."""
    root, place, seconds, pause = asked
    told = Told()
    register = open_register(Home(root), NOW)
    at_pace = _AtPace(register, told, pause, random.Random(place))
    end = time.monotonic() + seconds
    keys = place % (_KEY + _PAY) < _KEY
    count = 0
    while time.monotonic() < end:
        at_pace.end = end
        with suppress(_Over, PxtuiError):
            if keys:
                _key_a_case(at_pace, place * _APART + count * _ROWS)
            else:
                _pay_a_case(at_pace, place * _APART + count * 2, root.parent)
        count += 1
    register.close()
    return told


class _Over(Exception):
    """The time is."""


@dataclass
class _AtPace:
    """The acts of a session, each begun when its time has come and measured."""

    register: Register
    told: Told
    pause: float
    chance: random.Random
    end: float = 0.0
    doing: str = ""
    due: float = 0.0

    def __post_init__(self) -> None:
        """All transactions of the register that write go past here."""
        self.due = time.monotonic() + self.chance.random() * self.pause
        self._writing = self.register.writing
        replaced: Any = self.register
        replaced.writing = self.writing

    @contextmanager
    def writing(self, acting: Acting, **words: Any) -> Iterator[Context]:
        """One act."""
        with self.measured(), self._writing(acting, **words) as context:
            yield context

    @contextmanager
    def measured(self) -> Iterator[None]:
        """One act, or a look at something."""
        self.wait()
        start = time.perf_counter()
        try:
            yield
        except Overtaken:
            self.told.anew += 1
            raise
        except PxtuiError as fault:
            self.told.refused[fault.sentence] += 1
            raise
        self.told.times.setdefault(self.doing, []).append((time.perf_counter() - start) * 1000)

    def wait(self) -> None:
        """Until the next act is due. Who was kept waiting does not hurry afterwards."""
        if time.monotonic() >= self.end:
            raise _Over
        time.sleep(max(self.due - time.monotonic(), 0))
        self.due = max(self.due, time.monotonic() - self.pause) + self.pause


def _of_a_firm(filing: Filing, place: int) -> Filing:
    """Every session has an enterprise of its own: two for one wait for each other."""
    code = f"91510402MA6{place:06}"
    code += str(uscc.calc_check_digit(code))
    return replace(filing, applicant=replace(filing.applicant, name=f"攀枝花市第{place}厂", credit_code=code))


class _OfAFirm(PayDesk):
    def filing(self) -> Filing:
        return _of_a_firm(a_filing(), self.people // _APART)


def _key_a_case(at_pace: _AtPace, first: int) -> None:
    register, told = at_pace.register, at_pace.told
    at_pace.doing = "a case is filed"
    number = register.act(ACTING, opening_filing.file, (_of_a_firm(a_filing(), first // _APART),))
    told.filed.append(number)
    for position, person in enumerate(made_up_people(_ROWS, first)):
        at_pace.doing = _ROW
        request = f"{number}:{position}"
        change = RowChange(request, ChangeKind.INSERT, position, replace(person, seq=position + 1))
        register.act(ACTING, undo.make_all, (number, (change,)))
        told.requests.append(request)
    at_pace.doing = "a case is checked"
    with at_pace.measured(), register.reading(ACTING) as context:
        eligibility.overview(context, number)
    at_pace.doing = "a case is submitted"
    told.stages[number] = register.act(ACTING, advance.advance, (number, Action.SUBMIT))


def _pay_a_case(at_pace: _AtPace, first: int, folder: Path) -> None:
    told = at_pace.told
    desk = _OfAFirm(at_pace.register, people=first)
    at_pace.doing = "a case is filed with its roster"
    number = desk.file(made_up_people(2, first))
    told.filed.append(number)
    at_pace.doing = "a case is decided or claimed"
    desk.granted(number)
    told.stages[number] = Stage.CLAIM_APPROVED
    at_pace.doing = "a notice is made and over"
    desk.publish_and_clear(number)
    told.stages[number] = Stage.CLEARED
    at_pace.doing = "money is ordered, signed and handed over"
    batch = desk.at_the_bank(folder, number)
    told.stages[number] = Stage.TO_PAY
    at_pace.doing = "the bank has paid"
    desk.answer(batch, paid(number))
    told.stages[number] = Stage.PAID
    told.paid.append(number)


def _missing(register: Register, told: Sequence[Told]) -> Iterator[str]:
    """What was acknowledged and is not there, or is there more than once."""
    with register.reading(ACTING) as context:
        session = context.session
        cases = {case.number: case for case in session.exec(select(Case))}
        filed = [number for each in told for number in each.filed]
        if len(set(filed)) != len(filed) or not set(filed) <= set(cases):
            yield "a case that was filed is not there, or its number was given twice"
        for each in told:
            for number, stage in each.stages.items():
                # Whoever was stopped in the middle of a case may have left it further on.
                if list(Stage).index(cases[number].stage) < list(Stage).index(stage):
                    yield f"{number} is {cases[number].stage}, and was {stage}"
        yield from _missing_rows(session, [request for each in told for request in each.requests])
        wanted = Counter(number for each in told for number in each.paid)
        lines = select(Case, func.count()).join(PaymentLine, col(PaymentLine.case_id) == Case.id).group_by(col(Case.id))
        found = {case.number: count for case, count in session.exec(lines)}
        if any(found.get(number) != 1 for number in wanted):
            yield "a payment is not there, or twice"


def _missing_rows(session: Session, wanted: Sequence[str]) -> Iterator[str]:
    requests = select(JournalEntry.request, func.count()).where(col(JournalEntry.request).is_not(None))
    entries: dict[str | None, int] = dict(session.exec(requests.group_by(col(JournalEntry.request))).all())
    if any(entries.get(request) != 1 for request in wanted):
        yield "a row that was stored has no entry in the journal, or two"
    keyed = Counter(request.partition(":")[0] for request in wanted)
    counted = select(Case, func.count()).join(Enrolment, col(Enrolment.case_id) == Case.id).group_by(col(Case.id))
    heads = {case.number: count for case, count in session.exec(counted)}
    for number, count in keyed.items():
        # The last act of a session may be stored after its time was over, but no session ends with one unanswered.
        if heads.get(number, 0) != count:
            yield f"{number} has {heads.get(number, 0)} rows, and {count} were stored"
