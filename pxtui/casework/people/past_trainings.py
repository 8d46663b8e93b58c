"""Past trainings of people: those of this register's cases, and lists of earlier trainings from elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlmodel import col, select

from db import history as archive_history
from db.models import Act, Case, EarlierTraining
from db.seal import Vault
from pxtui.casework.lifecycle.moves import COUNTS_AS_PAID, HOLDING, RECOVERED, SETTLED
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster.edits import ID_NUMBER
from pxtui.errors import NotFound, Refused
from pxtui.identifiers import id_number
from pxtui.identifiers.day import require_possible_year
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.papers.reading.earlier_trainings import TrainingRow
from pxtui.policy import facts
from pxtui.policy.facts import PastTraining

STAGES = archive_history.Stages(counted=HOLDING, by_claim=SETTLED, paid=COUNTS_AS_PAID, recovered=RECOVERED)
"""What the stages of a filed case are to its people."""
_KEYS_A_QUERY = 500

# Looked up and not made: a large roster has thousands of trainings.
_LEVELS = {level.value: level for level in facts.Level}
_DELIVERIES = {delivery.value: delivery for delivery in facts.Delivery}

Training = tuple[bytes, str, str | None, date]
"""Whose, the canonical occupation, level, first day: what makes it one training, whoever tells it."""
Telling = tuple[date | None, bool]
"""Its last day and whether it is paid, as one list says it."""


def of_people(context: Context, id_numbers: Iterable[str], *, except_case: Case | None) -> list[PastTraining]:
    """The past trainings of all people in a roster, in few statements.

    Args:
        id_numbers: as typed; a found training bears its number as typed, because the rules make numbers canonical
            themselves.
        except_case: the judged case, which is no past training; None where it is not filed.
    """
    vault = context.vault
    numbers = {vault.look_up_key(ID_NUMBER, key): typed for typed in id_numbers if (key := canonical_code(typed))}
    found = archive_history.trainings_of(
        context.session,
        list(numbers),
        except_case=None if except_case is None else except_case.id,
        stages=STAGES,
    )
    return [past_training(training, numbers[training.id_key]) for training in found]


def past_training(training: archive_history.KnownTraining, number: str) -> PastTraining:
    """A training as the rules take it; `number`: the ID number as it was asked for."""
    _, occupation, level, starts_on, ends_on, delivery, subsidised, paid, source, _ = training
    found_level = _LEVELS[level] if level else None
    return PastTraining(
        number, occupation, found_level, starts_on, ends_on, _DELIVERIES[delivery], subsidised, paid, source
    )


def import_list(context: Context, rows: Sequence[TrainingRow], *, source: str, import_id: int | None = None) -> int:
    """Insert a list of earlier trainings, from `source`; returns how many were new.

    Unknown is not no: without a word on subsidy, payment or manner, a training counts as subsidised, paid and
    offline, so that the person is looked at.

    Raises:
        PxtuiError: the year of one cannot be meant.
    """
    vault = context.vault
    require_possible_years(context, rows)
    filed = filed_here(context, vault, rows)
    # Without a word on the manner, a class of this register is more likely than a second one from the same day on.
    others = [row for row in rows if row.is_online is False or training_of(vault, row) not in filed]
    added = insert_missing(context, list(map(taken_as, others)), source=source, import_id=import_id)
    journal.record(context, None, Act.HISTORY_IMPORT, f"导入以往培训{len(rows)}条，新增{added}条")
    return added


def require_possible_years(context: Context, trainings: Iterable[TrainingRow | PastTraining]) -> None:
    """Refuse trainings of a year that cannot be meant: the rules would count them in none, or overlap with all.

    Raises:
        PxtuiError: there is one.
    """
    for training in trainings:
        require_possible_year("以往培训开始日期", training.starts_on, context.today)
        require_possible_year("以往培训结束日期", training.ends_on, context.today)


def strike(context: Context, number: str, starts_on: date, reason: str) -> int:
    """Delete a person's earlier trainings that began on a day and were entered by mistake; returns how many.

    Past decisions keep their frozen facts. Whoever may do it, and with whom, is for `source_changes` to say.

    Raises:
        PxtuiError: there is no such training, or no reason is given.
    """
    if not reason.strip():
        raise Refused("删去以往培训须写明理由，请填写后再试。")
    keys = [key_of(context.vault, number)]
    found = [row for row in entries_under(context, keys) if row.starts_on == starts_on]
    if not found:
        raise NotFound(f"台账里没有此人{starts_on}开始的以往培训，请核对证号和日期。")
    for row in found:
        who, what = id_number.masked(canonical_code(number)), f"{row.occupation} {row.starts_on}"
        summary = f"删去{who}的以往培训：{what}（{reason.strip()}）"
        before = {"source": row.source, "delivery": row.delivery, "subsidised": row.subsidised, "paid": row.paid}
        journal.record(context, None, Act.HISTORY_STRIKE, summary, before=before)
        context.session.delete(row)
    context.session.flush()
    return len(found)


def taken_as(row: TrainingRow) -> PastTraining:
    """A row as the register takes it: unknown is not no."""
    return PastTraining(
        id_number=row.id_number,
        occupation=row.occupation,
        level=facts.Level(row.level) if row.level else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        delivery=facts.Delivery.ONLINE if row.is_online else facts.Delivery.OFFLINE,
        subsidised=row.subsidised is not False,
        paid=row.paid is not False,
    )


def insert_missing(
    context: Context, trainings: Sequence[PastTraining], *, source: str, import_id: int | None = None
) -> int:
    """Insert trainings from elsewhere; returns how many were new.

    The same person, occupation, level and first day is one training, however it is written and whoever tells it: what
    adds nothing to what is known of it is left out; what says more (a later end, the payment) is kept beside it under
    its own source. Where no occupation is told nobody knows, and each counts as often as the fullest list says it.
    What bears no ID number is nobody's and is left out; so is a class that is filed here, which counts as it is.
    """
    vault = context.vault
    trainings = [training for training in trainings if id_number.with_century(training.id_number)]
    filed = filed_here(context, vault, trainings)
    trainings = [
        training
        for training in trainings
        if training.delivery is facts.Delivery.OFFLINE or training_of(vault, training) not in filed
    ]
    made = [_entry(vault, training, source, import_id) for training in news(context, trainings)]
    context.session.add_all(made)
    context.session.flush()
    return len(made)


def news(context: Context, trainings: Sequence[PastTraining]) -> Iterator[PastTraining]:
    """The trainings that say more than what is entered and what stands before them."""
    vault = context.vault
    known: dict[tuple[Training, bool], Telling] = {}
    without_occupation: Counter[tuple[Training, bool, Telling]] = Counter()
    for row in entries_under(context, sorted({key_of(vault, training.id_number) for training in trainings})):
        place = (row.id_key or b"", canonical(row.occupation), row.level, row.starts_on), row.subsidised
        telling = row.ends_on, row.paid
        known[place] = together(known.get(place, telling), telling)
        without_occupation[*place, telling] += 1
    told = [(training, training_of(vault, training), (training.ends_on, training.paid)) for training in trainings]
    wanted = Counter((which, training.subsidised, telling) for training, which, telling in told)
    for training, which, telling in told:
        place = which, training.subsidised
        _, occupation, *_ = which
        if occupation and place in known and together(known[place], telling) == known[place]:
            continue
        if not occupation and without_occupation[*place, telling] >= wanted[*place, telling]:
            continue
        known[place] = together(known.get(place, telling), telling)
        without_occupation[*place, telling] += 1
        yield training


def together(telling: Telling, other: Telling) -> Telling:
    """What two tellings say of one training: as the rules take them (contract: paid if one, not ended if one)."""
    (ended, paid), (other_ended, other_paid) = telling, other
    return (None if ended is None or other_ended is None else max(ended, other_ended)), paid or other_paid


def filed_here(context: Context, vault: Vault, trainings: Iterable[TrainingRow | PastTraining]) -> dict[Training, str]:
    """The classes of this register in which the people of these trainings are approved, with their case numbers."""
    known = archive_history.filed_trainings_of(
        context.session, {key_of(vault, training.id_number) for training in trainings}, STAGES
    )
    return {
        (training.id_key, canonical(training.occupation), training.level, training.starts_on): training.source
        for training in known
    }


def training_of(vault: Vault, training: TrainingRow | PastTraining) -> Training:
    """What makes it one training, whoever tells it."""
    level = None if training.level is None else str(training.level)
    return (key_of(vault, training.id_number), canonical(training.occupation), level, training.starts_on)


def _entry(vault: Vault, training: PastTraining, source: str, import_id: int | None) -> EarlierTraining:
    row = EarlierTraining(
        id_key=key_of(vault, training.id_number),
        occupation=training.occupation,
        level=training.level and training.level.value,
        starts_on=training.starts_on,
        ends_on=training.ends_on,
        delivery=training.delivery.value,
        subsidised=training.subsidised,
        paid=training.paid,
        source=source,
        import_id=import_id,
    )
    row.seal(vault, id_number=training.id_number)
    return row


def key_of(vault: Vault, number: str) -> bytes:
    """The look-up key of a person by number."""
    return vault.look_up_key(ID_NUMBER, id_number.with_century(number))


def entries_under(context: Context, keys: Sequence[bytes]) -> Iterable[EarlierTraining]:
    """The earlier trainings of people by their look-up keys."""
    for start in range(0, len(keys), _KEYS_A_QUERY):
        yield from context.session.exec(
            select(EarlierTraining).where(col(EarlierTraining.id_key).in_(keys[start : start + _KEYS_A_QUERY]))
        )
