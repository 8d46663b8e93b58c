"""Other trainings of the people: what the register has of them, and lists that come from elsewhere."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session, col, select

from db import history as archive_history
from db.models import Case, EarlierTraining
from db.seal import Vault
from pxtui.casework import journal
from pxtui.casework.acting import Acting
from pxtui.casework.moves import HOLDING, PAID, SETTLED
from pxtui.casework.roster import ID_NUMBER
from pxtui.identifiers import id_number
from pxtui.identifiers.text import canonical_code
from pxtui.papers.earlier_trainings import TrainingRow
from pxtui.policy import facts
from pxtui.policy.facts import PastTraining

_STAGES = archive_history.Stages(counted=HOLDING, by_claim=SETTLED, paid=PAID)
_KEYS_A_QUERY = 500

# Looked up and not made: a large roster has thousands of trainings.
_LEVELS = {level.value: level for level in facts.Level}
_DELIVERIES = {delivery.value: delivery for delivery in facts.Delivery}

_Facts = tuple[str, str | None, date, date | None, str, bool, bool]


def of_people(session: Session, id_numbers: Iterable[str], *, except_case: Case | None) -> list[PastTraining]:
    """The other trainings of everybody in a roster, in a few look-ups however many they are.

    Args:
        id_numbers: as typed; what is found carries the number as it was asked for, because the rules make it
            canonical themselves, and twice is not always once.
        except_case: the case that is judged and so is no other training.
    """
    vault: Vault = session.info["vault"]
    numbers = {vault.look_up_key(ID_NUMBER, key): typed for typed in id_numbers if (key := canonical_code(typed))}
    found = archive_history.trainings_of(
        session,
        list(numbers),
        except_case=None if except_case is None else except_case.id,
        stages=_STAGES,
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


def import_list(session: Session, acting: Acting, rows: Sequence[TrainingRow], *, source: str) -> int:
    """Enter a list of earlier trainings; how many were new.

    What the list does not say is not taken for no: a training without a word on the subsidy counts as subsidised
    and offline, so that a person comes up for a look and is not waved through.
    """
    added = know(session, [_past_training(row) for row in rows], source=source)
    journal.record(session, acting, None, "history.import", f"导入以往培训{len(rows)}条，新增{added}条")
    return added


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


def know(session: Session, trainings: Sequence[PastTraining], *, source: str) -> int:
    """Enter trainings from elsewhere; how many were new.

    The same list may come twice: the register then holds each training as often as the fullest list says it.
    What bears no ID number is nobody's and is left out.
    """
    vault: Vault = session.info["vault"]
    trainings = [training for training in trainings if id_number.with_century(training.id_number)]
    wanted = Counter((_key(vault, training), _facts(training)) for training in trainings)
    keys = {key for key, _ in wanted}
    held = Counter(
        (
            row.id_key,
            (row.occupation, row.level, row.starts_on, row.ends_on, row.delivery, row.subsidised, row.paid),
        )
        for row in _entries_under(session, sorted(keys))
    )
    made = []
    for training in trainings:
        place = (_key(vault, training), _facts(training))
        if held[place] >= wanted[place]:
            continue
        held[place] += 1
        made.append(_entry(vault, training, place[0], source))
    session.add_all(made)
    session.flush()
    return len(made)


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


def _key(vault: Vault, training: PastTraining) -> bytes:
    return vault.look_up_key(ID_NUMBER, id_number.with_century(training.id_number))


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


def _entries_under(session: Session, keys: Sequence[bytes]) -> Iterable[EarlierTraining]:
    for start in range(0, len(keys), _KEYS_A_QUERY):
        yield from session.exec(
            select(EarlierTraining).where(col(EarlierTraining.id_key).in_(keys[start : start + _KEYS_A_QUERY]))
        )
