"""A list taken in: read before the register is asked, previewed, stored, and every open case compared with it.

Taking an import back is one step: its lines and comparisons go, what was decided stays with its cases.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlmodel import col, delete, select

from db.models import Act, ListKind, OutsideComparison, OutsideList, OutsidePart
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.outside_lists import noting
from pxtui.casework.outside_lists.kinds import KINDS, first_of, label
from pxtui.casework.outside_lists.matching import Opened, firm_word, keys_of_firm
from pxtui.casework.outside_lists.packing import Entry, Packed, Packer
from pxtui.errors import NotFound, Refused
from pxtui.identifiers.day import require_possible_year
from pxtui.identifiers.text import canonical
from pxtui.papers.reading.outside_lists import OutsideRow, UnreadLine, open_list
from pxtui.policy import codec
from pxtui.progress import Watch

MOST_TOLD = 50
"""Unread lines that are told one by one."""
_MOST_WORDS = 20_000
"""Different employers, schools and states; of those behind them lists tell the line alone."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A list as it was read, before anything is stored."""

    kind: ListKind
    digest: str
    columns: tuple[str, ...]
    lines: int
    unread: int
    told: tuple[UnreadLine, ...]
    """The first of the unread lines."""
    packed: Packed = field(repr=False)
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stated:
    """What is keyed beside a list."""

    source: str
    as_of: date
    valid_until: date
    month: date | None = None
    """Any day of the insured month."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A list that was taken in."""

    name: str
    lines: int
    unread: int
    cases: int
    people: int
    """Compared, enterprises among them."""
    hits: int

    @property
    def sentence(self) -> str:
        """What was done, in Chinese."""
        unread = f"，{self.unread}行读不出、没有比对" if self.unread else ""
        return (
            f"已导入{self.name}：{self.lines}行{unread}；比对{self.cases}件未办结的案件{self.people}人（户），"
            f"命中{self.hits}，逐一认定。"
        )


def prepare(path: Path, kind: ListKind, watch: Watch | None = None) -> Prepared:
    """Read a list. Nothing of a number is kept but its digest under a key drawn here.

    Raises:
        PxtuiError: no such file, no table, no column of numbers, or no line that could be read.
        Cancelled: `watch` says so.
    """
    file = open_list(path, of_firms=kind is ListKind.STRUCK_OFF, watch=watch)
    packer, words, told = Packer(), dict[str, int](), list[UnreadLine]()
    lines = unread = 0
    for row in file.rows:
        if isinstance(row, UnreadLine):
            unread += 1
            if len(told) < MOST_TOLD:
                told.append(row)
            continue
        lines += 1
        entry = Entry(row.line, row.since, _place(words, _word(kind, row)))
        for key in keys_of_firm(row.code, row.unit) if kind is ListKind.STRUCK_OFF else (row.number,):
            packer.add(key, entry)
    if not lines:
        first = f"，第一处：第{told[0].line}行{told[0].reason}" if told else "。"
        raise Refused(f"没有读出一行{first}")
    return Prepared(kind, file.digest, file.columns, lines, unread, tuple(told), packer.packed(), tuple(words))


def take(context: Context, prepared: Prepared, stated: Stated, watch: Watch | None = None) -> Taken:
    """Store a list and compare every open case with it, in a fixed number of statements.

    Raises:
        PxtuiError: a day cannot be meant, the month is missing or too much, or the same list is there already.
        Cancelled: `watch` says so.
    """
    found = _row(context, prepared, stated)
    found.seal(
        context.vault,
        secret=prepared.packed.secret.hex(),
        words=codec.dump_text(tuple[str, ...], prepared.words) if prepared.words else "",
    )
    context.session.add(found)
    context.session.flush()
    parts = prepared.packed.parts
    context.session.add_all(
        OutsidePart(list_id=found.id, part=part, entries=content) for part, content in parts.items()
    )
    opened = Opened(found, prepared.packed.secret, prepared.words)
    of_list = {(found.id, part): content for part, content in parts.items()}
    noted = noting.every_open_case(context, opened, of_list, watch or Watch())
    name = label(found)
    taken = Taken(name, found.lines, found.unread, noted.cases, noted.people, noted.hits)
    after = {"list": found.id, "digest": found.digest, "columns": list(prepared.columns)}
    journal.record(context, None, Act.LISTS_IMPORT, taken.sentence.rstrip("。"), after=after)
    context.session.flush()
    return taken


def withdraw(context: Context, list_id: int, reason: str) -> str:
    """Take the import of a list back; what was done, in Chinese. What was decided about its hits stays.

    Raises:
        PxtuiError: there is no such list, it was taken back already, or no reason is given.
    """
    if not canonical(reason):
        raise Refused("撤回名单须写明理由，请填写后再试。")
    found = require(context, list_id)
    if found.withdrawn_on is not None:
        raise Refused(f"{label(found)}已由{found.withdrawn_by}于{found.withdrawn_on}撤回。")
    erase_lines(context, found)
    context.session.exec(delete(OutsideComparison).where(col(OutsideComparison.list_id) == found.id))
    found.withdrawn_on, found.withdrawn_by = context.today, context.clerk
    context.session.add(found)
    sentence = f"已撤回{label(found)}：{found.lines}行和比对结果都已删去，所作的认定保留"
    journal.record(context, None, Act.LISTS_WITHDRAW, f"{sentence}（{reason.strip()}）", before={"list": found.id})
    context.session.flush()
    return f"{sentence}。"


def require(context: Context, list_id: int) -> OutsideList:
    """A list by its number.

    Raises:
        NotFound: there is none.
    """
    found = context.session.get(OutsideList, list_id)
    if found is None:
        raise NotFound(f"没有第{list_id}号名单，请用 pxtui lists show 或在外部名单一页（F10、0、w）查看。")
    return found


def erase_lines(context: Context, found: OutsideList) -> None:
    """Let the lines of a list go, and the key without which nobody is found in what backups have of them."""
    context.session.exec(delete(OutsidePart).where(col(OutsidePart.list_id) == found.id))
    found.secret = found.words = b""
    found.erased_on = context.today
    context.session.add(found)


def _row(context: Context, prepared: Prepared, stated: Stated) -> OutsideList:
    month = _month(prepared.kind, stated)
    for name, day in (("名单日期", stated.as_of), ("有效期至", stated.valid_until), ("参保月份", month)):
        require_possible_year(name, day, context.today)
    if not canonical(stated.source):
        raise Refused("请写明名单由谁提供，如市社保局。")
    if stated.as_of > context.today:
        raise Refused(f"名单日期{stated.as_of}还没有到，请核对。")
    if stated.valid_until < max(stated.as_of, context.today):
        raise Refused(f"有效期到{stated.valid_until}，已经过了，没有导入：请取得新的名单。")
    known = select(OutsideList).where(
        col(OutsideList.digest) == prepared.digest,
        col(OutsideList.kind) == prepared.kind,
        col(OutsideList.erased_on).is_(None),
    )
    if (same := context.session.exec(known.limit(1)).first()) is not None:
        raise Refused(f"这份文件已由{same.imported_by}导入为{label(same)}；要改日期或来源，请先撤回那一份。")
    return OutsideList(
        kind=prepared.kind,
        source=stated.source.strip(),
        as_of=stated.as_of,
        valid_until=stated.valid_until,
        month=month,
        digest=prepared.digest,
        lines=prepared.lines,
        unread=prepared.unread,
        parts=len(prepared.packed.parts),
        imported_at=context.at,
        imported_by=context.clerk,
    )


def _month(kind: ListKind, stated: Stated) -> date | None:
    if kind is ListKind.INSURANCE:
        if stated.month is None:
            raise Refused("单位社保参保的名单要写明是哪个月的，如2020-03。")
        return first_of(stated.month)
    if stated.month is not None:
        raise Refused(f"{KINDS[kind].name}的名单没有月份，请去掉。")
    return None


def _word(kind: ListKind, row: OutsideRow) -> str:
    if not KINDS[kind].keeps_words:
        return ""
    return firm_word("" if kind is ListKind.STRUCK_OFF else row.code, row.unit)


def _place(words: dict[str, int], word: str) -> int:
    if not word:
        return 0
    if word not in words and len(words) >= _MOST_WORDS:
        return 0
    return words.setdefault(word, len(words) + 1)
