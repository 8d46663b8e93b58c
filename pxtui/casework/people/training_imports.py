"""Lists of earlier trainings on their way in: read by the words of their source, held against what is known, taken in
with a note, and taken back in one step.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sqlmodel import col, delete, select

from db.models import Act, EarlierTraining, JournalEntry, Person, TrainingImport
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.people import past_trainings
from pxtui.casework.staff.sight import Sight, sight
from pxtui.clock import CHINA
from pxtui.errors import Refused
from pxtui.file_content import content_of
from pxtui.identifiers.id_number import masked
from pxtui.identifiers.person_name import same_name
from pxtui.identifiers.text import canonical
from pxtui.papers.reading.earlier_trainings import LABELS, TrainingRow, read_earlier_trainings
from pxtui.papers.reading.grid import MOST_BYTES
from pxtui.papers.reading.listing import Listed
from pxtui.policy.facts import Delivery
from pxtui.progress import Watch

MOST_TOLD = 50
"""Contradictions that are told one by one."""
_AT_ONCE = 1_000
_LOOKED_AT_SOURCES = 200
"""Newest imports among which the words of a source are looked for."""
_OF_HEADINGS = ("缺少", "没有找到表头")
_FIELDS = {canonical(label): field for field, label in LABELS.items()}

TrainingList = Listed[TrainingRow]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A list as it was read."""

    listed: TrainingList = field(repr=False)
    source: str
    digest: str

    @property
    def columns(self) -> str:
        """Which column was taken for what, in Chinese."""
        return "、".join(f"{LABELS[name]}（“{heading}”）" for name, heading in self.listed.headings)


@dataclass(frozen=True, slots=True)
class Preview:
    """A list held against what the register knows, before anything is stored. Each row counts once."""

    new: int
    same: int
    """Known already, in the register or from a row before."""
    contradictory: int
    contradictions: tuple[str, ...]
    """The first of them, a sentence each, with masked numbers."""
    own: Mapping[str, int]
    """By number of the case, how many rows name people of a class that is filed here: they are left out."""

    @property
    def sentence(self) -> str:
        """The figures, in Chinese."""
        parts = [f"新增{self.new}条", f"已有{self.same}条"]
        parts += [f"有出入{self.contradictory}条"] if self.contradictory else []
        parts += [f"本台账的班{sum(self.own.values())}条（不导入）"] if self.own else []
        return f"{'，'.join(parts)}。"

    @property
    def lines(self) -> tuple[str, ...]:
        """What a person looks at before the list is taken in."""
        own = (f"{number}：{count}人，就是本台账的班，按案件计，不导入。" for number, count in self.own.items())
        more = self.contradictory - len(self.contradictions)
        return (*self.contradictions, *((f"……另有{more}条有出入。",) if more else ()), *own)


def prepare(
    path: Path, source: str, headings: Mapping[str, str], known: Mapping[str, str], watch: Watch | None = None
) -> Prepared:
    """Read a list.

    Args:
        source: who gave it; empty: its name.
        headings: by field, what its column is called, as the clerk says now.
        known: the same of the last list of this source; our own words are tried where it no longer fits.

    Raises:
        PxtuiError: no table, or a column is missing without which nothing can be judged.
        Cancelled: `watch` says so.
    """
    digest = sha256(content_of(path, MOST_BYTES, f"“{path.name}”太大，请分成几份再导入。")).hexdigest()
    origin = source.strip() or path.name
    fault = None
    for said in ({**known, **headings}, headings):
        try:
            return Prepared(read_earlier_trainings(path, said, watch), origin, digest)
        except Refused as refused:
            fault = refused
    assert fault is not None
    if not fault.sentence.startswith(_OF_HEADINGS):
        raise fault
    raise Refused(f"{fault.sentence.rstrip('。')}，或在列名对应里写明，如 职业=培训工种名称。")


def headings_in(text: str) -> dict[str, str]:
    """By field, the headings that somebody keyed: 职业=培训工种名称，开始日期=开班.

    Raises:
        Refused: a part is none, or names no field.
    """
    found = {}
    for part in canonical(text).replace("；", "，").replace(";", "，").replace(",", "，").split("，"):
        name, mark, heading = part.partition("=")
        if not part:
            continue
        if not mark or not heading or name not in _FIELDS:
            raise Refused(f"“{part}”不是列名对应，请写成 职业=培训工种名称，可写：{'、'.join(_FIELDS)}。")
        found[_FIELDS[name]] = heading
    return found


def sources(context: Context) -> dict[str, dict[str, str]]:
    """By source, the headings of its last list, the newest source first."""
    wanted = select(TrainingImport).order_by(col(TrainingImport.id).desc()).limit(_LOOKED_AT_SOURCES)
    found: dict[str, dict[str, str]] = {}
    for row in context.session.exec(wanted):
        found.setdefault(row.source, json.loads(row.headings))
    return found


def preview(context: Context, prepared: Prepared, watch: Watch | None = None) -> Preview:
    """Hold a list against what the register knows, in statements by the thousand rows.

    Raises:
        Cancelled: `watch` says so.
    """
    watch = watch or Watch()
    rows = prepared.listed.rows
    past_trainings.require_possible_years(context, rows)
    own, others = _own(context, rows)
    taken = [past_trainings.taken_as(row) for row in others]
    kept = {id(training) for training in past_trainings.news(context, taken)}
    contradictions: dict[int, str] = {}
    for places in watch.chunks(range(len(others)), _AT_ONCE):
        some = {place: others[place] for place in places}
        contradictions |= dict(_contradictions(context, some))
    plain = [place for place in range(len(others)) if place not in contradictions]
    new = sum(id(taken[place]) in kept for place in plain)
    told = [contradictions[place] for place in sorted(contradictions)][:MOST_TOLD]
    return Preview(new, len(plain) - new, len(contradictions), tuple(told), own)


def take(context: Context, prepared: Prepared) -> int:
    """Take a list in; how many trainings were new.

    Raises:
        PxtuiError: the year of one cannot be meant.
    """
    listed = prepared.listed
    row = TrainingImport(
        source=prepared.source,
        digest=prepared.digest,
        headings=json.dumps(dict(listed.headings), ensure_ascii=False),
        rows=len(listed.rows),
        added=0,
        imported_at=context.at,
        imported_by=context.clerk,
    )
    context.session.add(row)
    context.session.flush()
    row.added = past_trainings.import_list(context, listed.rows, source=prepared.source, import_id=row.id)
    context.session.add(row)
    context.session.flush()
    return row.added


def take_back(context: Context) -> str:
    """Undo the last import: the register knows then what it knew before; what was done, in Chinese.

    Only by whoever made it, on its day, and while nothing was entered behind it: a later list has left out what this
    one told.

    Raises:
        PxtuiError: there is none that can be undone.
    """
    row = context.session.exec(select(TrainingImport).order_by(col(TrainingImport.id).desc()).limit(1)).first()
    _require_last(context, row)
    assert row is not None
    of_import = col(EarlierTraining.import_id) == row.id
    count = len(context.session.exec(select(EarlierTraining.id).where(of_import)).all())
    context.session.exec(delete(EarlierTraining).where(of_import))
    row.taken_back_on, row.taken_back_by = context.today, context.clerk
    context.session.add(row)
    sentence = f"已撤回{row.source}的导入：{count}条以往培训"
    journal.record(context, None, Act.HISTORY_TAKE_BACK, sentence, before={"import": row.id})
    context.session.flush()
    return f"{sentence}。"


def _require_last(context: Context, row: TrainingImport | None) -> None:
    how = "请逐条删去（以往培训一页按Del，或 pxtui history strike）。"
    if row is None or row.taken_back_on is not None:
        raise Refused(f"没有可以撤回的导入；{how}")
    if row.imported_by != context.clerk or row.imported_at.astimezone(CHINA).date() != context.today:
        raise Refused(f"最后一次导入是{row.imported_by}在{row.imported_at.astimezone(CHINA).date()}办的，{how}")
    entered = col(JournalEntry.action).in_((Act.HISTORY_IMPORT, Act.HISTORY_CONFIRM))
    newest = select(JournalEntry.at).where(entered).order_by(col(JournalEntry.id).desc()).limit(1)
    if (at := context.session.exec(newest).first()) is not None and at > row.imported_at:
        raise Refused(f"这次导入以后又录入过以往培训，不能整批撤回；{how}")


def _own(context: Context, rows: Sequence[TrainingRow]) -> tuple[dict[str, int], list[TrainingRow]]:
    """The classes that are filed here, and the rows that name none of them: as `past_trainings.import_list`."""
    vault = context.vault
    filed = past_trainings.filed_here(context, vault, rows)
    own: Counter[str] = Counter()
    others = []
    for row in rows:
        number = None if row.is_online is False else filed.get(past_trainings.training_of(vault, row))
        if number is None:
            others.append(row)
        else:
            own[number] += 1
    return dict(own), others


def _contradictions(context: Context, rows: Mapping[int, TrainingRow]) -> Iterator[tuple[int, str]]:
    """By place, in what a row differs from what is known of the same training."""
    vault = context.vault
    keys = sorted({past_trainings.key_of(vault, row.id_number) for row in rows.values()})
    known: defaultdict[past_trainings.Training, list[EarlierTraining]] = defaultdict(list)
    for entry in past_trainings.entries_under(context, keys):
        known[entry.id_key or b"", canonical(entry.occupation), entry.level, entry.starts_on].append(entry)
    names: dict[bytes, str] = {}
    if sight(context) is not Sight.NOTHING:
        for start in range(0, len(keys), _AT_ONCE // 2):
            some = keys[start : start + _AT_ONCE // 2]
            names |= dict(
                context.session.exec(select(Person.id_key, Person.name).where(col(Person.id_key).in_(some))).all()
            )
    for place, row in rows.items():
        which = past_trainings.training_of(vault, row)
        differing = [text for entry in known[which] for text in _differences(row, entry)]
        on_file = names.get(which[0], "")
        if row.name and on_file and not same_name(row.name, on_file):
            differing.append(f"姓名：台账{on_file}，清单{row.name}")
        if differing:
            yield (
                place,
                f"{masked(row.id_number)} {row.occupation} {row.starts_on}：{'；'.join(dict.fromkeys(differing))}。",
            )


def _differences(row: TrainingRow, entry: EarlierTraining) -> Iterator[str]:
    """What a row says otherwise than an entry; what it does not say differs from nothing."""
    origin = entry.source or "来源不明"
    if row.ends_on is not None and entry.ends_on is not None and row.ends_on != entry.ends_on:
        yield f"结束日期：{origin}{entry.ends_on}，清单{row.ends_on}"
    if row.is_online is not None and row.is_online != (entry.delivery == Delivery.ONLINE):
        yield f"方式：{origin}{'线下' if row.is_online else '线上'}，清单{'线上' if row.is_online else '线下'}"
    if row.subsidised is not None and row.subsidised != entry.subsidised:
        yield f"补贴：{origin}{_yes(entry.subsidised)}，清单{_yes(row.subsidised)}"
    elif row.paid is not None and row.paid != entry.paid:
        yield f"拨付：{origin}{_yes(entry.paid)}，清单{_yes(row.paid)}"


def _yes(said: bool) -> str:
    return "是" if said else "否"
