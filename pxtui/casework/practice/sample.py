"""A sample of any paper at once: of the office's own cases, or of practice cases where none of them has the paper."""

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import col, select

from db.models import Case, PassedCase
from pxtui.casework.check import roster_import
from pxtui.casework.desk import shift
from pxtui.casework.lifecycle.stages import Stage
from pxtui.casework.office import roles
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.register import Register, create
from pxtui.casework.payment import recovery
from pxtui.casework.practice import money
from pxtui.casework.practice.register import CLERK, PRACTICE_DAY, file_cases
from pxtui.casework.printed import entering, issuing, sample
from pxtui.casework.printed.sample import SAMPLE, NothingToShow
from pxtui.casework.publicity import objections
from pxtui.casework.roster import edits as roster_edits
from pxtui.clock import CHINA
from pxtui.home import Home
from pxtui.papers.reading.rosters import read_pasted
from pxtui.papers.writing.file_names import file_name
from pxtui.papers.writing.workbook_file import store

_OFFICE = "dongqu"
ACTING = Acting(CLERK, _OFFICE, datetime.combine(PRACTICE_DAY, time(10), CHINA))
"""The clerk on the day of the practice register."""
_OF_COMMITTEE = "forwarding-list"
_COMMITTEE = "vt-zone-committee"
"""It alone forwards (notice 四(一)); its papers are shown as its own."""


def sample_of(context: Context, form: str, number: str = "") -> tuple[str, bytes]:
    """The name and the bytes of a sample in the office's own wording and template; see `printed.sample.sample_of`.

    Raises:
        PxtuiError: there is no such paper, the case that is named cannot have it, or the wording or template has a
            mistake.
    """
    try:
        return sample.sample_of(context, form, number)
    except NothingToShow:
        name, content = _of_practice(context, form)
        return name, content


def put_sample(context: Context, form: str) -> Path:
    """Write a sample among the papers of the data folder, over the one before; where it is.

    Raises:
        PxtuiError: as `sample_of`, or the disk refuses.
    """
    name, content = sample_of(context, form)
    path = entering.folder_for(context, None, SAMPLE) / name
    store(content, path)
    return path


def _of_practice(context: Context, form: str) -> tuple[str, bytes]:
    """From a register of made-up cases that is gone afterwards."""
    with TemporaryDirectory(prefix="pxtui-") as folder:
        register = register_with_every_paper(Home(Path(folder) / "practice"))
        try:
            with register.reading(acting_for(form)) as practice:
                # The words are the office's, the cases are not.
                name, content = sample.sample_of(replace(practice, home=context.home), form)
        finally:
            register.close()
    stem, _, extension = name.rpartition(".")
    return file_name(stem.split()[0], stem.split()[1], "演练案件", extension), content


def acting_for(form: str) -> Acting:
    """Who shows a paper of the practice register."""
    return replace(ACTING, office=_COMMITTEE) if form == _OF_COMMITTEE else ACTING


def register_with_every_paper(home: Home) -> Register:
    """A practice register in a folder of its own, in which some case, batch or day has each paper.

    Raises:
        PxtuiError: the disk refuses.
    """
    register = create(home, office=_OFFICE, name=CLERK, at=ACTING.at, is_practice=True)
    with register.writing(ACTING) as context:
        granted = file_cases(context)[: money.CASES]
        money.process_granted(context, granted, home.papers)
        _take_further(context, home.papers)
    return register


def _take_further(context: Context, folder: Path) -> None:
    """What the practice register leaves for whoever practises, so that every paper has a case."""
    head = context.by(replace(context.acting, name=money.HEAD))
    objected, recovering, received, drafted = (
        _first(context, stage) for stage in (Stage.OBJECTED, Stage.RECOVERING, Stage.RECEIVED, Stage.DRAFT)
    )
    objections.decide(context, objected.number, "经核查，名单人员均已参加培训。", upheld=False)
    recovery.approve(head, recovering.number)
    issuing.issue(context, received.number, ["acceptance-notice"], folder)
    rows = roster_edits.rows(context, drafted.number)
    lines = ["序号\t姓名\t身份证号\t联系电话"]
    lines += [f"{row.seq}\t{row.name}\t{row.id_number}\t13900000000" for row in rows]
    roster_import.take_reading(context, drafted.number, read_pasted("\n".join(lines)))
    shift.hand_over(context, money.HEAD, "请接着办理")
    elsewhere = _first(context, Stage.RECEIVED, but=received)
    elsewhere.vanadium_titanium_zone = True
    roles.require_office(context, _COMMITTEE)
    committee = context.rulebook.latest.office(_COMMITTEE)
    forwarded = PassedCase(
        case_id=elsewhere.id,
        office_code=_COMMITTEE,
        letter=committee.letters,
        year=elsewhere.year,
        serial=elsewhere.serial,
        to_office=context.rulebook.latest.zone_office,
        passed_on=context.today,
        passed_by=context.clerk,
        reason="钒钛新城的企业",
    )
    context.session.add_all((elsewhere, forwarded))
    context.session.flush()


def _first(context: Context, stage: Stage, but: Case | None = None) -> Case:
    of_stage = select(Case).where(col(Case.stage) == stage, col(Case.id) != (but.id if but else 0))
    return context.session.exec(of_stage.order_by(col(Case.id))).first() or _missing(stage)


def _missing(stage: Stage) -> Case:
    raise ValueError(f"the practice register has no case at {stage.value}")
