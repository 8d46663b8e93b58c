"""Publication of granted claims (公示, notice 四(二)): batches, their days, web page and clearing."""

from collections.abc import Sequence
from datetime import date

from db.about import about_batch, about_cases
from db.models import Act, Case, DayOf, ItemOutcome, PublicityBatch, PublicityItem
from pxtui.casework.check import gates
from pxtui.casework.lifecycle import stated_days
from pxtui.casework.lifecycle.batches import Obstacle, Remedy, WaitingClaim, waiting_at
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.lifecycle.moving import take
from pxtui.casework.lifecycle.stages import Action, Room, Stage
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.publicity import public_page
from pxtui.casework.publicity.batches import PUBLICITY_BATCHES, Batch, shown
from pxtui.casework.publicity.public_page import Proof
from pxtui.errors import Refused
from pxtui.policy import publicity_calendar
from pxtui.policy.deadlines import PublicityDays, publicity_days
from pxtui.policy.subsidy import yuan


def waiting(context: Context, most: int | None = None, also: str = "") -> tuple[WaitingClaim, ...]:
    """The granted claims that are not published, the longest waiting first; `most` and `also` as for `waiting_at`."""
    return waiting_at(context, Stage.CLAIM_APPROVED, _obstacle_to, most, also)


def outlook(context: Context, numbers: Sequence[str], published_on: date) -> tuple[str, ...]:
    """A Chinese line for each day of the publication, were the claims published from a day on.

    Raises:
        PxtuiError: there is no such case, or a year without a holiday calendar decides.
    """
    days = _days(context, [find(context, number) for number in numbers], published_on)
    return publicity_calendar.day_lines(published_on, days, context.working_days)


@about_cases
def publish(context: Context, numbers: Sequence[str], published_on: date, day_reason: str = "") -> Batch:
    """Publish granted claims in a new batch, all or none; its days are computed once and stored.

    Args:
        published_on: the day of publication, which does not count.
        day_reason: why it was not entered on that day; empty where it was.

    Raises:
        PxtuiError: a claim is not granted, changed since, or granted 0.00, the claims are of several offices, or the
            day is in the future, before a decision, or past and no reason is given.
    """
    cases = PUBLICITY_BATCHES.chosen_cases(context, numbers)
    if published_on > context.today:
        raise Refused(f"公示日{published_on}还没有到，请在公示页面上线当天登记。")
    for case in cases:
        _require_publishable(case, published_on)
    office = PUBLICITY_BATCHES.common_office(cases)
    batch = _new_batch(context, office, published_on, _days(context, cases, published_on))
    stated_days.state(context, batch, DayOf.PUBLISHED, published_on, day_reason)
    number = PUBLICITY_BATCHES.number(context, batch)
    for case in cases:
        context.session.add(
            PublicityItem(
                batch_id=batch.id,
                case_id=case.id,
                heads=case.approved_heads or 0,
                total_fen=case.approved_total_fen or 0,
            )
        )
        gates.recheck_and_move(context, case, Action.PUBLISH, f"列入{number}", Room.PUBLICITY)
    context.session.flush()
    published = shown(context, batch)
    journal.record(
        context,
        None,
        Act.PUBLICITY_PUBLISH,
        f"公示{number}：{len(cases)}件，{yuan(published.total_fen)}元，{published_on}至{batch.ends_on}",
        after={"cases": [case.number for case in cases], "total_fen": published.total_fen},
    )
    return published


@about_batch
def note_page(context: Context, number: str, address: str, proof: Proof | None = None) -> Batch:
    """Store the web address of a published batch and the proof of its page, over earlier ones.

    Args:
        proof: None: an earlier proof stays where the address stays; a proof of another page is cleared.

    Raises:
        PxtuiError: there is no such batch, or the address is no http(s) address or on a host that is not the office's.
    """
    batch, wanted = PUBLICITY_BATCHES.find(context, number), address.strip()
    public_page.require_address(context, wanted)
    before = _page(batch)
    if proof is not None or wanted != batch.page_address:
        batch.proof_name, batch.proof_sha256 = (proof.name, proof.sha256) if proof is not None else ("", "")
    batch.page_address = wanted
    context.session.add(batch)
    journal.record(
        context,
        None,
        Act.PUBLICITY_PAGE,
        f"登记{PUBLICITY_BATCHES.number(context, batch)}的公示网址",
        before=before,
        after=_page(batch),
    )
    return shown(context, batch)


def page_of(context: Context, number: str) -> tuple[str, str, str]:
    """Address, name of the proof and its SHA-256 as they are noted for a published batch; empty where nothing is.

    Raises:
        PxtuiError: there is no such batch.
    """
    batch = PUBLICITY_BATCHES.find(context, number)
    return batch.page_address, batch.proof_name, batch.proof_sha256


def _page(batch: PublicityBatch) -> dict[str, str]:
    return {"address": batch.page_address, "proof": batch.proof_name, "sha256": batch.proof_sha256}


def confirm_day(context: Context, number: str) -> Batch:
    """Confirm, as a second person, the day of a public notice that was stated afterwards.

    Raises:
        PxtuiError: there is no such batch, no day waits, or it was entered by the same person.
    """
    batch = PUBLICITY_BATCHES.find(context, number)
    stated_days.confirm(context, batch)
    return shown(context, batch)


@about_batch
def clear(context: Context, number: str) -> Batch:
    """End the publication of the claims of a batch without an undecided objection.

    Raises:
        PxtuiError: the batch has no web address or no proof of its page, its days are not over, its day is still to
            be confirmed by a second person, or no claim of it can be cleared.
    """
    batch = PUBLICITY_BATCHES.find(context, number)
    named = PUBLICITY_BATCHES.number(context, batch)
    if not batch.page_address:
        raise Refused(f"{named}还没有登记公示网址，请先登记网址（公示页按F2），再办理公示期满。")
    if not batch.proof_sha256:
        raise Refused(f"{named}还没有登记公示页的存证文件（截图或PDF），请先登记（公示页按F2），再办理公示期满。")
    stated_days.require_confirmed(context, batch)
    if context.today < batch.payable_from:
        raise Refused(f"{named}公示到{batch.ends_on}为止，{batch.payable_from}起才能办理公示期满。")
    free = [
        (item, case)
        for item, case in PUBLICITY_BATCHES.items(context, batch)
        if item.outcome == ItemOutcome.PUBLISHED and case.stage is Stage.PUBLISHED
    ]
    if not free:
        raise Refused(f"{named}里没有可以办理公示期满的案件：或已办理，或异议还在核查。")
    for item, case in free:
        item.outcome = ItemOutcome.CLEARED
        context.session.add(item)
        take(context, case, Action.CLEAR, f"{named}公示期满无异议", Room.PUBLICITY)
    context.session.flush()
    journal.record(context, None, Act.PUBLICITY_CLEAR, f"{named}公示期满：{len(free)}件")
    return shown(context, batch)


def _obstacle_to(context: Context, case: Case) -> Obstacle | None:
    if sentence := _nothing_granted(case):
        return Obstacle(sentence, Remedy.NONE_HERE)
    return gates.obstacle_to(context, case)


def _nothing_granted(case: Case) -> str:
    if not case.approved_total_fen:
        return f"{case.number}核定金额是0.00元，没有可以公示的补贴。"
    return ""


def _require_publishable(case: Case, published_on: date) -> None:
    if case.stage is Stage.CLAIM_APPROVED and (sentence := _nothing_granted(case)):
        raise Refused(sentence)
    decided_on = case.claim_decided_on
    if decided_on is not None and published_on < decided_on:
        raise Refused(f"{case.number}于{decided_on}审批同意，公示日{published_on}早于审批，请核对日期。")


def _days(context: Context, cases: Sequence[Case], published_on: date) -> PublicityDays:
    """The days of the publication, the longest by the notices of the classes."""
    rulebook, calendar = context.rulebook, context.working_days
    found = [publicity_days(published_on, rulebook.for_class_starting(case.starts_on), calendar) for case in cases]
    return max(found, key=lambda days: days.ends_on)


def _new_batch(context: Context, office: str, published_on: date, days: PublicityDays) -> PublicityBatch:
    year = published_on.year
    batch = PublicityBatch(
        office_code=office,
        year=year,
        serial=PUBLICITY_BATCHES.next_serial(context, office, year),
        published_on=published_on,
        ends_on=days.ends_on,
        payable_from=days.payable_from,
        staff_name=context.clerk,
    )
    context.session.add(batch)
    context.session.flush()
    return batch
