"""Second keying (二次录入): another clerk keys drawn rows of a roster unseen, and decides every difference."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from sqlmodel import col, select

from db.about import about_one_case
from db.models import Act, Case, JournalEntry, SecondKeyedRow, SecondKeying
from db.seal import Vault
from pxtui.casework.lifecycle.cases import find, require_stage
from pxtui.casework.lifecycle.moves import OPENING_ENTRY
from pxtui.casework.office import duties, journal
from pxtui.casework.office.context import Context
from pxtui.casework.office.settings import settings
from pxtui.casework.roster import edits as roster_edits
from pxtui.errors import Refused
from pxtui.identifiers import id_number
from pxtui.identifiers.id_number import InvalidIdNumber
from pxtui.identifiers.text import canonical, canonical_code
from pxtui.policy.facts import ApplicationKind, Trainee

EVERY_ROW = 100

_SEEDS = 1_000_000
_ROW = "second-keying"
"""Field name of the look-up keys of rows, made of name and ID number."""

_KEYS_ROWS = (*(action for action in roster_edits.CHANGES if action != Act.ROSTER_CORRECT), Act.CASE_IMPORT)
"""The journal's acts that make a clerk a first keyer, who may not key a second time."""


class Compared(StrEnum):
    """The fields that are keyed twice."""

    NAME = "name"
    ID_NUMBER = "id_number"


LABELS = {Compared.NAME: "姓名", Compared.ID_NUMBER: "身份证号"}


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A drawn row without the roster's name and ID number."""

    token: str
    """The row's look-up key, hexadecimal; it changes with the row's name or ID number."""
    seq: int
    """序号 in the roster."""
    name: str
    """As keyed the second time, like `id_number`; empty where it was not keyed."""
    id_number: str
    is_keyed: bool


@dataclass(frozen=True, slots=True)
class SecondSheet:
    """The drawn rows of a roster, and how far their second keying is."""

    seed: int
    """Seed of the draw; see `drawn`."""
    share: int
    heads: int
    """Rows of the whole roster."""
    rows: tuple[DrawnRow, ...]
    differing: int
    """How many differences are undecided."""

    @property
    def left(self) -> int:
        """How many drawn rows are not keyed yet."""
        return sum(not row.is_keyed for row in self.rows)


@dataclass(frozen=True, slots=True)
class KeyedDifference:
    """A field of a row with two different keyed texts."""

    token: str
    seq: int
    field: Compared
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """A row of the roster and its second keying; `second` is None where it was not keyed."""

    position: int
    first: Trainee
    key: bytes
    second: SecondKeyedRow | None
    keyed: tuple[str, str] = ("", "")
    """Name and ID number of the second keying."""

    @property
    def is_keyed(self) -> bool:
        """Whether the second keying has every field that the roster's row has."""
        both = zip((self.first.name, self.first.id_number), self.keyed, strict=True)
        return self.second is not None and all(again or not canonical(text) for text, again in both)

    def differences(self) -> list[KeyedDifference]:
        """The fields in which the two keyings differ; none while the row is not keyed."""
        if not self.is_keyed:
            return []
        compared = zip(Compared, (self.first.name, self.first.id_number), self.keyed, strict=True)
        return [
            KeyedDifference(self.key.hex(), self.first.seq, field, first, second)
            for field, first, second in compared
            if canonical_code(first) != canonical_code(second)
        ]


def drawn(heads: int, seed: int, share: int) -> list[int]:
    """The positions, from 0 and in the roster's order, drawn by a seed: `share` percent of the rows, rounded up.

    The lot of a row is SHA-256 of "seed:position" with positions from 1; the smallest lots are drawn. So a larger
    share draws the same rows and more, and an appended row leaves nearly all draws as they were.
    """
    lots = sorted(range(heads), key=lambda place: sha256(f"{seed}:{place + 1}".encode()).digest())
    return sorted(lots[: -(-heads * share // 100)])


@about_one_case
def begin(context: Context, number: str, *, every_row: bool = False) -> SecondSheet:
    """Draw the rows for the second keying, once, or return the earlier draw. Without an office's share: every row.

    Args:
        every_row: key every row from now on, not only the office's share.

    Raises:
        PxtuiError: the clerk keyed the roster, it is empty, or the case is decided.
    """
    case = _case_of_second_clerk(context, number)
    people = _people(context, case)
    if not people:
        raise Refused("花名册还没有人员，请先由第一名受理员录完花名册，再二次录入。")
    record = context.session.get(SecondKeying, case.id)
    share = EVERY_ROW if every_row else settings(context).second_keying_share or EVERY_ROW
    if record is None:
        record = SecondKeying(case_id=case.id, seed=secrets.randbelow(_SEEDS), share=share, begun_at=context.at)
    elif record.share >= share or not every_row:
        return _sheet(context, case, record, people)
    record.share = share
    context.session.add(record)
    count = len(drawn(len(people), record.seed, share))
    journal.record(
        context,
        case,
        Act.SECOND_KEYING_DRAW,
        f"二次录入：{len(people)}行抽{count}行（{share}%，种子{record.seed}）",
        after={"seed": record.seed, "share": share, "heads": len(people)},
    )
    return _sheet(context, case, record, people)


@about_one_case
def key_row(context: Context, number: str, token: str, name: str, id_text: str) -> SecondSheet:
    """Store the second keying of a row, over an earlier one.

    Raises:
        PxtuiError: the clerk keyed the roster, the row was changed meanwhile, or the case is decided.
    """
    case = _case_of_second_clerk(context, number)
    people = _people(context, case)
    record = context.session.get_one(SecondKeying, case.id)
    pair = _pair_of(_pairs(context, case, people), token)
    keyed = pair.second or SecondKeyedRow(
        case_id=case.id, row_key=pair.key, staff_name=context.clerk, keyed_at=context.at
    )
    keyed.staff_name, keyed.keyed_at = context.clerk, context.at
    values = {"name": name.strip(), "id_number": canonical_code(id_text)}
    keyed.seal(context.vault, **values)
    context.session.add(keyed)
    context.session.flush()
    journal.record(
        context,
        case,
        Act.SECOND_KEYING_ROW,
        f"二次录入第{pair.first.seq}号",
        after={"seq": pair.first.seq, **values},
    )
    return _sheet(context, case, record, people)


def differences(context: Context, number: str) -> tuple[KeyedDifference, ...]:
    """The undecided differences, in the roster's order."""
    case = find(context, number)
    return _differences(_pairs(context, case, _people(context, case)))


@about_one_case
def decide(context: Context, number: str, difference: KeyedDifference, text: str) -> tuple[KeyedDifference, ...]:
    """Decide a difference by one text, for the roster and the second keying alike; returns those that are left.

    Args:
        difference: as it was shown to the clerk.
        text: the first one, the second one, or another.

    Raises:
        PxtuiError: the text is empty or no ID number, the row was changed meanwhile, the clerk keyed the roster or
            somebody else keys it now, or the case is decided.
    """
    if not canonical(text):
        raise Refused(f"{LABELS[difference.field]}不能为空，请对照原件选择或重新录入。")
    case = _case_of_second_clerk(context, number)
    roster_edits.application_being_entered(context, case)
    pairs = _pairs(context, case, _people(context, case))
    pair = _pair_of(pairs, difference.token)
    if difference not in pair.differences() or pair.second is None:
        raise Refused("这一处已经改过，请按Esc返回，再按F5核对。")
    stands, right = text.strip(), pair.first
    whose = {canonical_code(difference.first): "初录", canonical_code(difference.second): "复录"}
    if canonical_code(stands) != canonical_code(difference.first):
        # A row that stands twice was keyed again once for both.
        for same in (other for other in pairs if other.key == pair.key):
            right = _corrected(same.first, difference.field, stands, context.today)
            roster_edits.put_row(context, number, same.position, right, manner=roster_edits.Manner.CORRECTING)
    judged = f"以{whose.get(canonical_code(stands), '重录')}为准"
    _agree(
        context, pair.second, row_key(context.vault, right.name, right.id_number), **{difference.field.value: stands}
    )
    journal.record(
        context,
        case,
        Act.SECOND_KEYING_DECIDE,
        f"核对二次录入第{difference.seq}号{LABELS[difference.field]}：{judged}",
        before={"seq": difference.seq, "first": difference.first, "second": difference.second},
        after={difference.field.value: stands},
    )
    return _differences(_pairs(context, case, _people(context, case)))


def require_done(context: Context, case: Case, people: Sequence[Trainee]) -> None:
    """Refuse a roster without its share of second-keyed rows, or with an undecided difference.

    Raises:
        PxtuiError: rows are not keyed a second time, or a difference is undecided.
    """
    share = settings(context).second_keying_share
    record = context.session.get(SecondKeying, case.id)
    if record is None and share:
        count = len(drawn(len(people), 0, share))
        raise Refused(f"花名册须由另一名受理员二次录入{count}行（{share}%），请他在F10菜单选“二次录入”。")
    pairs = _pairs(context, case, people)
    places = drawn(len(people), record.seed, share) if record is not None else []
    left = sum(not pairs[place].is_keyed for place in places)
    if left:
        raise Refused(f"二次录入还有{left}行没有录（改过的行要重录），请另一名受理员在F10菜单选“二次录入”录完。")
    undecided = len(_differences(pairs))
    if undecided:
        raise Refused(f"二次录入有{undecided}处不一致没有核对，请二次录入的受理员在F10菜单选“二次录入”核对。")


def _agree(context: Context, keyed: SecondKeyedRow, key: bytes, **texts: str) -> None:
    """Bind a second keying to the row's present look-up key."""
    earlier = select(SecondKeyedRow).where(
        col(SecondKeyedRow.case_id) == keyed.case_id,
        col(SecondKeyedRow.row_key) == key,
        col(SecondKeyedRow.id) != keyed.id,
    )
    for row in context.session.exec(earlier).all():
        context.session.delete(row)
        context.session.flush()
    keyed.row_key = key
    keyed.seal(context.vault, **texts)
    context.session.add(keyed)
    context.session.flush()


def _case_of_second_clerk(context: Context, number: str) -> Case:
    case = find(context, number)
    require_stage(case, OPENING_ENTRY, "二次录入花名册")
    first = select(JournalEntry.id).where(
        col(JournalEntry.case_id) == case.id,
        col(JournalEntry.staff_name).in_(duties.names_of_the_acting_person(context)),
        col(JournalEntry.action).in_(_KEYS_ROWS),
    )
    if context.session.exec(first.limit(1)).first() is not None:
        raise Refused(f"{context.clerk}录过这份花名册，请换另一名受理员二次录入。")
    return case


def _people(context: Context, case: Case) -> tuple[Trainee, ...]:
    return roster_edits.trainees(context, case, ApplicationKind.OPENING)


def _sheet(context: Context, case: Case, record: SecondKeying, people: Sequence[Trainee]) -> SecondSheet:
    share = max(record.share, settings(context).second_keying_share)
    pairs = _pairs(context, case, people)
    rows = [pairs[place] for place in drawn(len(people), record.seed, share)]
    return SecondSheet(
        record.seed,
        share,
        len(people),
        tuple(DrawnRow(pair.key.hex(), pair.first.seq, *pair.keyed, pair.is_keyed) for pair in rows),
        len(_differences(pairs)),
    )


def _pairs(context: Context, case: Case, people: Sequence[Trainee]) -> list[_Pair]:
    vault = context.vault
    mine = context.session.exec(select(SecondKeyedRow).where(col(SecondKeyedRow.case_id) == case.id))
    keyed = {row.row_key: row for row in mine}
    pairs = []
    for position, trainee in enumerate(people):
        key = row_key(vault, trainee.name, trainee.id_number)
        second = keyed.get(key)
        texts = ("", "") if second is None else (second.unseal(vault, "name"), second.unseal(vault, "id_number"))
        pairs.append(_Pair(position, trainee, key, second, texts))
    return pairs


def _pair_of(pairs: Sequence[_Pair], token: str) -> _Pair:
    for pair in pairs:
        if pair.key.hex() == token:
            return pair
    raise Refused("花名册的这一行刚被改动，请按Esc返回，再打开“二次录入”重录这一行。")


def _differences(pairs: Sequence[_Pair]) -> tuple[KeyedDifference, ...]:
    return tuple(difference for pair in pairs for difference in pair.differences())


def row_key(vault: Vault, name: str, number: str) -> bytes:
    """The look-up key of a roster's row by its name and ID number."""
    return vault.look_up_key(_ROW, f"{canonical(name)}\0{canonical_code(number)}")


def _corrected(trainee: Trainee, field: Compared, text: str, today: date) -> Trainee:
    """The row with another name or ID number; sex and age follow from the number."""
    if field is Compared.NAME:
        return replace(trainee, name=text)
    try:
        known = id_number.parse(text, today=today)
    except InvalidIdNumber as fault:
        raise Refused(f"身份证号：{fault}。") from None
    return replace(trainee, id_number=known.number, sex=known.sex, age=known.age_on(today))
