"""Several registers, one of each office, made into one: on a server, or in a new folder.

They are only read. The one is there whole, held against them field by field, or not at all.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db.merging import writing
from db.merging.numbers import Numbers
from db.merging.plan import Plan, Source
from db.merging.rows import Moving
from db.models import Act, JournalEntry
from db.models import Register as RegisterRow
from db.seal import Vault
from db.upgrade import make_new, new_register
from pxtui.casework.keeping.moving import place_for
from pxtui.casework.lifecycle.cases import find
from pxtui.casework.merging import files, outcome
from pxtui.casework.merging.conflicts import Conflict, Kind, between
from pxtui.casework.merging.decisions import Decided, Decisions, settled
from pxtui.casework.merging.look_ups import LookUps
from pxtui.casework.merging.made_one import plan_of
from pxtui.casework.merging.outcome import OfOffice
from pxtui.casework.merging.told import Old, Told, key_of, old_registers, read
from pxtui.casework.office import journal
from pxtui.casework.office.calendar_in_force import CalendarInForce
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.program_version import NOBODY, THIS_PROGRAM
from pxtui.casework.people.reveals import PERSON
from pxtui.errors import Refused
from pxtui.home import DATABASE_URL, Home, Server
from pxtui.policy.parameters import shipped_rulebook
from pxtui.whole_file import write_whole

_MOST_TOLD = 10
_OF_CASES = frozenset({Kind.PAID_TWICE, Kind.VOUCHER})
"""What is noted at the cases that it is about."""

Tell = Callable[[str], None]
"""What is being done, in Chinese."""


@dataclass(slots=True)
class Merged:
    """What came of it."""

    offices: list[OfOffice] = field(default_factory=list)
    decided: int = 0
    remarks: list[str] = field(default_factory=list)
    """What did not go along or has to be done anew, a Chinese sentence each."""


def merge(
    homes: Sequence[Home], target: Home, decisions: Decisions, at: datetime, tell: Tell = lambda _: None
) -> Merged:
    """Make one register of several.

    Args:
        homes: of one office each; the new register opens as that of the first.
        target: a new folder; or one for the keys and files of a register whose tables are on a server.
        decisions: what somebody decided on what they say otherwise.
        at: the moment.

    Raises:
        PxtuiError: something is not decided, one of the registers cannot be read or was altered past the program, or
            the target is taken or does not take it.
    """
    with old_registers(homes, at, tell) as registers:
        if len({register.row.is_practice for register in registers}) > 1:
            raise Refused("演练台账和正式台账不能合并，请核对 --from。")
        tell("比对各部门的台账")
        tellers = [read(register) for register in registers]
        decided, still_open = settled(between(tellers), key_of(registers), decisions)
        _require_decided(still_open, decided, decisions)
        plan = plan_of(registers, tellers, decided)
        with place_for(target) as place:
            files.put(registers, place)
            vault = Vault.for_new_register(place.key)
            making = _Making(registers, tellers, decided, decisions.by, plan, vault, at, place)
            if isinstance(place.database, Server):
                write_whole(place.root / DATABASE_URL, place.database.url.encode(), replaces=True)
                make_new(place.database)
                return making.made(place.database, tell)
            create = place.register.parent
            create.mkdir(mode=0o700, parents=True, exist_ok=True)
            with new_register(place.database) as made:
                return making.made(made, tell)


def _require_decided(still_open: Sequence[Conflict], decided: Sequence[Decided], decisions: Decisions) -> None:
    if still_open:
        told = "\n".join(f"  {conflict.kind.value}：{conflict.sentence}" for conflict in still_open[:_MOST_TOLD])
        more = "\n  ……" if len(still_open) > _MOST_TOLD else ""
        raise Refused(
            f"还有{len(still_open)}项没有决定，没有合并；请用 pxtui db conflicts --decide 文件 列出，"
            f"由负责人逐项写明决定，再用 --decided 文件 合并：\n{told}{more}"
        )
    if decided and not decisions.by:
        raise Refused("决定的文件里没有写决定人，没有合并；请在“决定人：”后面写姓名。")


class _Making:
    """One merge."""

    def __init__(
        self,
        registers: Sequence[Old],
        tellers: Sequence[Told],
        decided: Sequence[Decided],
        by: str,
        plan: Plan,
        vault: Vault,
        at: datetime,
        place: Home,
    ) -> None:
        self._registers = registers
        self._tellers = tellers
        self._decided = decided
        self._by = by
        self._plan = plan
        self._vault = vault
        self._at = at
        self._place = place
        self._sources = [Source(register.session.connection(), register.vault) for register in registers]
        self._numbers = Numbers(self._sources, plan)
        self._merged = Merged(decided=len(decided))

    def made(self, database: Any, tell: Tell) -> Merged:
        """Write it; what came of it."""
        look_ups = LookUps(self._sources, self._vault)

        def last(session: Session) -> None:
            self._merged.offices = outcome.compared(self._registers, self._tellers, self._plan, session.connection())
            self._merged.remarks = list(self._remarks(look_ups))
            self._enter(session)

        moving = Moving(self._sources, self._vault, self._plan, self._numbers, look_ups, self._texts)
        writing.write(moving, database, self._at, last, tell)
        return self._merged

    def _texts(self, source: int, table: str, row: Mapping[str, Any], texts: dict[str, str]) -> dict[str, str]:
        """Entries of looks at a person name him by the number of his row."""
        if table != "journal_entry" or f'"{PERSON}"' not in texts["after"]:
            return texts
        after = json.loads(texts["after"])
        person = after.get(PERSON)
        if not isinstance(person, str) or not person.isdecimal():
            return texts
        # Of somebody who is on file no more the number is nobody's.
        is_on_file = self._numbers.is_given(source, "person", int(person))
        after[PERSON] = str(self._numbers.new(source, "person", int(person))) if is_on_file else ""
        return texts | {"after": json.dumps(after, ensure_ascii=False)}

    def _enter(self, session: Session) -> None:
        first = self._registers[0].row
        session.add(
            RegisterRow(
                home_office=first.home_office,
                created_at=self._at,
                key_check=self._vault.key_check,
                schema_note=first.schema_note,
                is_practice=first.is_practice,
            )
        )
        session.flush()
        rules, acting = shipped_rulebook(), Acting(NOBODY, first.home_office, self._at)
        calendar = CalendarInForce().of(session)
        context = Context(session, self._vault, rules, calendar, self._place, acting)
        for of_office in self._merged.offices:
            self._enter_register(context, of_office)
        for item in self._decided:
            self._enter_decision(context, item)
        if not files.has_one_backup_key(self._registers):
            # Whoever has one office's key for backups is not let into all of them by it.
            journal.record(context, None, Act.BACKUP_KEY, "各部门的备份密钥不同，合并后还没有登记备份密钥")
        session.flush()
        row = session.get_one(RegisterRow, 1)
        row.clock_from_entry = _last_entry(session)
        session.add(row)

    def _enter_register(self, context: Context, of_office: OfOffice) -> None:
        """The head of its chain, by which the old file is known, with its figures and where its journal stands."""
        first, last = of_office.entries
        figures = {"entries": [first, last], "figures": dict(of_office.figures), "head": of_office.head}
        summary = (
            f"并入{of_office.office}的台账（{THIS_PROGRAM}），逐项核对一致：{of_office.figures['案件']}个案件，"
            f"办理记录第{first}—{last}条，原链头{of_office.head}"
        )
        journal.record(context, None, Act.REGISTER_MERGE, summary, after=figures)

    def _enter_decision(self, context: Context, item: Decided) -> None:
        conflict = item.conflict
        choice = conflict.choices[item.choice]
        after = {"said": conflict.sentence, "decided": choice, "reason": item.reason, "by": self._by}
        summary = f"合并台账时由{self._by}决定：{conflict.kind.value}，{choice}"
        if conflict.kind is Kind.PERSON:
            # Names of people stand under seal alone.
            summary = f"合并台账时由{self._by}决定：{conflict.kind.value}"
        cases = [find(context, number) for number in conflict.cases] if conflict.kind in _OF_CASES else [None]
        for case in cases:
            journal.record(context, case, Act.REGISTER_MERGE, summary, after=after)

    def _remarks(self, look_ups: LookUps) -> list[str]:
        gone = {name: sum(place.table == name for place in self._plan.left_out) for name in _REPLACED}
        lost = look_ups.lost()
        told = (
            (sum(gone.values()), "条其他部门报来或名册列出的培训、凭证已由对方的案件代替，或各处重复，只留一条。"),
            (lost["person_key"], "名人员的身份证号要重新登记（人员一页，或 pxtui staff identify）。"),
            (lost["bundle_key"], "个由案件包登记的案件，同一案件包再来时不能自动认出，请人工核对。"),
            (lost["id_key"], "人的证号已到期删去，只能在原部门的案件之间认出是同一人。"),
            (files.drafts(self._registers), "份草稿没有带过来，请在原台账里录完，或重新录入。"),
        )
        found = [f"有{count}{sentence}" for count, sentence in told if count]
        if not files.has_one_backup_key(self._registers):
            found.append("各部门的备份密钥不同，没有带过来，请用 pxtui backup key 重新登记一把。")
        if not self._registers[0].row.is_practice:
            found.append("口令没有带过来：请管理员先登录设第一个口令，再给各人设初始口令。")
        return found


_REPLACED = ("earlier_training", "used_voucher", "exchanged_training", "exchanged_voucher")


def _last_entry(session: Session) -> int:
    return session.exec(select(JournalEntry.id).order_by(col(JournalEntry.id).desc()).limit(1)).one()
