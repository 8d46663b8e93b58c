"""Other trainings of the people: what the register has of them, and lists that come from elsewhere."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import col, select

from db import history as archive_history
from db.models import Act, Case, EarlierTraining
from db.seal import Vault
from pxtui.casework.lifecycle.moves import COUNTS_AS_PAID, HOLDING, SETTLED
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.roles import Role
from pxtui.casework.roster.edits import ID_NUMBER
from pxtui.errors import NotFound, Refused
from pxtui.identifiers import id_number
from pxtui.identifiers.text import canonical_code
from pxtui.papers.reading.earlier_trainings import TrainingRow
from pxtui.policy import facts
from pxtui.policy.facts import PastTraining

STAGES = archive_history.Stages(counted=HOLDING, by_claim=SETTLED, paid=COUNTS_AS_PAID)
"""What the stages of a filed case are to its people."""
_KEYS_A_QUERY = 500

# Looked up and not made: a large roster has thousands of trainings.
_LEVELS = {level.value: level for level in facts.Level}
_DELIVERIES = {delivery.value: delivery for delivery in facts.Delivery}

_Class = tuple[bytes, str, str | None, date, date | None]
_Facts = tuple[str, str | None, date, date | None, str, bool, bool]


def of_people(context: Context, id_numbers: Iterable[str], *, except_case: Case | None) -> list[PastTraining]:
    """The other trainings of everybody in a roster, in a few look-ups however many they are.

    Args:
        id_numbers: as typed; what is found carries the number as it was asked for, because the rules make it
            canonical themselves, and twice is not always once.
        except_case: the case that is judged and so is no other training.
    """
    vault = context.vault
    numbers = {vault.look_up_key(ID_NUMBER, key): typed for typed in id_numbers if (key := canonical_code(typed))}
    found = archive_history.trainings_of(
        context.session,
        list(numbers),
        except_case=None if except_case is None else except_case.id,
        stages=STAGES,
    )
    return [
        PastTraining(
            numbers[id_key],
            occupation,
            _LEVELS[level] if level else None,
            starts_on,
            ends_on,
            _DELIVERIES[delivery],
            subsidised,
            paid,
            source,
        )
        for id_key, occupation, level, starts_on, ends_on, delivery, subsidised, paid, source in found
    ]


def import_list(context: Context, rows: Sequence[TrainingRow], *, source: str) -> int:
    """Enter a list of earlier trainings; how many were new.

    What the list does not say is not taken for no: a training without a word on the subsidy counts as subsidised
    and offline, so that a person comes up for a look and is not waved through.
    """
    vault = context.vault
    filed = _filed_here(context, vault, rows)
    # Where a list is silent on the manner, a class of ours is more likely than a second one on the same days.
    others = [row for row in rows if row.is_online is False or _class_of(vault, row) not in filed]
    added = know(context, list(map(_past_training, others)), source=source)
    journal.record(context, None, Act.HISTORY_IMPORT, f"导入以往培训{len(rows)}条，新增{added}条")
    return added


def strike(context: Context, number: str, starts_on: date, reason: str) -> int:
    """Take somebody's earlier trainings that began on a day out again, which came in by mistake; how many.

    Past decisions stay as they were, for they have their facts with them.

    Raises:
        PxtuiError: there is none, no reason is given, or it is not for this person.
    """
    duties.require_where_apart(context, Role.ADMINISTRATOR, "以往培训的更正")
    if not reason.strip():
        raise Refused("删去以往培训须写明理由，请填写后再试。")
    keys = [_key(context.vault, number)]
    found = [row for row in _entries_under(context, keys) if row.starts_on == starts_on]
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


def _past_training(row: TrainingRow) -> PastTraining:
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


def know(context: Context, trainings: Sequence[PastTraining], *, source: str) -> int:
    """Enter trainings from elsewhere; how many were new.

    The same list may come twice: the register then holds each training as often as the fullest list says it.
    What bears no ID number is nobody's and is left out; so is a class that is filed here, which counts as it is.
    """
    vault = context.vault
    trainings = [training for training in trainings if id_number.with_century(training.id_number)]
    filed = _filed_here(context, vault, trainings)
    trainings = [
        training
        for training in trainings
        if training.delivery is facts.Delivery.OFFLINE or _class_of(vault, training) not in filed
    ]
    wanted = Counter((_key(vault, training.id_number), _facts(training)) for training in trainings)
    keys = {key for key, _ in wanted}
    held = Counter(
        (
            row.id_key,
            (row.occupation, row.level, row.starts_on, row.ends_on, row.delivery, row.subsidised, row.paid),
        )
        for row in _entries_under(context, sorted(keys))
    )
    made = []
    for training in trainings:
        place = (_key(vault, training.id_number), _facts(training))
        if held[place] >= wanted[place]:
            continue
        held[place] += 1
        made.append(_entry(vault, training, place[0], source))
    context.session.add_all(made)
    context.session.flush()
    return len(made)


def _filed_here(context: Context, vault: Vault, told: Iterable[TrainingRow | PastTraining]) -> set[_Class]:
    """The classes of this register in which these people are."""
    known = archive_history.filed_trainings_of(context.session, {_key(vault, one.id_number) for one in told}, STAGES)
    return {(one.id_key, one.occupation, one.level, one.starts_on, one.ends_on) for one in known}


def _class_of(vault: Vault, told: TrainingRow | PastTraining) -> _Class:
    level = None if told.level is None else str(told.level)
    return (_key(vault, told.id_number), told.occupation, level, told.starts_on, told.ends_on)


def _entry(vault: Vault, training: PastTraining, key: bytes, source: str) -> EarlierTraining:
    row = EarlierTraining(
        id_key=key,
        occupation=training.occupation,
        level=training.level and training.level.value,
        starts_on=training.starts_on,
        ends_on=training.ends_on,
        delivery=training.delivery.value,
        subsidised=training.subsidised,
        paid=training.paid,
        source=source,
    )
    row.seal(vault, id_number=training.id_number)
    return row


def _key(vault: Vault, number: str) -> bytes:
    return vault.look_up_key(ID_NUMBER, id_number.with_century(number))


def _facts(training: PastTraining) -> _Facts:
    return (
        training.occupation,
        training.level and training.level.value,
        training.starts_on,
        training.ends_on,
        training.delivery.value,
        training.subsidised,
        training.paid,
    )


def _entries_under(context: Context, keys: Sequence[bytes]) -> Iterable[EarlierTraining]:
    for start in range(0, len(keys), _KEYS_A_QUERY):
        yield from context.session.exec(
            select(EarlierTraining).where(col(EarlierTraining.id_key).in_(keys[start : start + _KEYS_A_QUERY]))
        )
