"""A file of another office is taken in: whole or not at all, and a second time it adds nothing."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from db.models import Act, Case, ExchangedTraining, ExchangedVoucher, ExchangeImport, Voucher
from pxtui.casework.exchange import partners
from pxtui.casework.exchange.envelope import opened, taken_apart
from pxtui.casework.exchange.known import office_name
from pxtui.casework.exchange.ledger import Ledger, LedgerTraining, LedgerVoucher, read
from pxtui.casework.office import journal
from pxtui.casework.office.context import Context
from pxtui.casework.roster.edits import ID_NUMBER
from pxtui.clock import CHINA
from pxtui.errors import Refused
from pxtui.file_content import content_of
from pxtui.identifiers.id_number import with_century
from pxtui.identifiers.voucher_number import tail_of, voucher_key

_Row = ExchangedTraining | ExchangedVoucher
_LARGEST_BYTES = 200_000_000
_MOST_CASES_NAMED = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file brought."""

    office: str
    """Short name of the sender."""
    made_at: datetime
    """China's time."""
    is_known: bool
    """This very file was taken in before."""
    added: int
    changed: int
    unchanged: int
    outdated: int
    """Rows of which something newer is known."""
    no_longer_told: tuple[str, ...]
    """The cases of rows that the sender does not have any more; the rows are kept."""
    shared: tuple[str, ...]
    """Vouchers that stand in a claim here too, a sentence each."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it for whoever took the file in."""
        if self.is_known:
            return (f"{self.office}{self.made_at:%Y-%m-%d %H:%M}的这份文件以前已经导入，没有增加。",)
        lines = [
            f"{self.office}{self.made_at:%Y-%m-%d %H:%M}：新增{self.added}条，更新{self.changed}条，"
            f"没有变化{self.unchanged}条。"
        ]
        if self.outdated:
            lines.append(f"{self.outdated}条台账已有更新的，没有采用。")
        if self.no_longer_told:
            named = "、".join(self.no_longer_told[:_MOST_CASES_NAMED])
            more = f"等{len(self.no_longer_told)}件" if len(self.no_longer_told) > _MOST_CASES_NAMED else ""
            strike = "核实后可用 history strike 或 voucher strike 删去。"
            lines.append(f"对方已没有、这里仍保留：{named}{more}；{strike}")
        if self.shared:
            lines.append(f"与本部门案件相同的凭证{len(self.shared)}张，请核实：")
        return (*lines, *self.shared)


def read_file(path: Path) -> bytes:
    """The content of a file of another office.

    Raises:
        PxtuiError: it cannot be read, or is too large to be one.
    """
    return content_of(path, _LARGEST_BYTES, "文件过大，不像交换文件，请核对文件。")


def take(context: Context, content: bytes) -> Taken:
    """Take in a file.

    Raises:
        PxtuiError: it is for another office, its sender is unknown, the signature is not the sender's, it was altered
            or is dated after today.
    """
    envelope = taken_apart(content)
    header = envelope.header
    own = partners.own_public_keys(context)
    if header.receiver != own.office:
        receiver, here = office_name(context, header.receiver), office_name(context, own.office)
        raise Refused(f"交换文件是给“{receiver}”的，本台账是“{here}”的，没有导入，请转交或请对方重新导出。")
    sender = partners.trusted(context, header.sender)
    ledger = read(opened(envelope, sender, partners.own_keys(context), own))
    made_at = header.made.astimezone(CHINA)
    if made_at.date() > context.today:
        raise Refused(f"交换文件的制作日期{made_at.date()}晚于今天，没有导入，请核对双方电脑的日期。")
    return _Taking(context, header.sender, header.made, header.since, ledger).done(hashlib.sha256(content).hexdigest())


class _Taking:
    """The rows of one file beside those that its sender training before."""

    def __init__(self, context: Context, office: str, made_at: datetime, since: date | None, ledger: Ledger) -> None:
        self.context = context
        self.office = office
        self.made_at = made_at
        self.since = since
        self.ledger = ledger
        self.added = self.changed = self.unchanged = self.outdated = 0
        self.kept: list[str] = []
        imports = list(context.session.exec(select(ExchangeImport).where(col(ExchangeImport.office_code) == office)))
        self.digests = {taken.digest for taken in imports}
        self.newer = [taken for taken in imports if taken.made_at > made_at]

    def done(self, digest: str) -> Taken:
        """Enter what is new, and an entry in the journal."""
        is_known = digest in self.digests
        if not is_known:
            self._take_trainings()
            self._take_vouchers()
            self._note(digest)
        return Taken(
            office=office_name(self.context, self.office),
            made_at=self.made_at.astimezone(CHINA),
            is_known=is_known,
            added=self.added,
            changed=self.changed,
            unchanged=self.unchanged,
            outdated=self.outdated,
            no_longer_told=tuple(dict.fromkeys(self.kept)),
            shared=() if is_known else _shared(self.context, self.ledger.vouchers),
        )

    def _note(self, digest: str) -> None:
        session = self.context.session
        session.add(
            ExchangeImport(
                office_code=self.office,
                made_at=self.made_at,
                since=self.since,
                digest=digest,
                imported_at=self.context.at,
            )
        )
        summary = (
            f"导入{office_name(self.context, self.office)}的交换文件：新增{self.added}条，更新{self.changed}条，"
            f"对方已没有而保留{len(self.kept)}条"
        )
        journal.record(self.context, None, Act.EXCHANGE_IMPORT, summary, after={"digest": digest})
        session.flush()

    def _take_trainings(self) -> None:
        table = ExchangedTraining
        rows = self.context.session.exec(select(table).where(col(table.office_code) == self.office))
        known = {(row.case_number, row.id_key): row for row in rows}
        vault = self.context.vault
        seen = set()
        for training in self.ledger.trainings:
            key = vault.look_up_key(ID_NUMBER, with_century(training.id_number))
            seen.add((training.case, key))
            row = known.get((training.case, key))
            if row is not None:
                self._update(row, _training_columns(training))
            elif self._is_wanted(training.starts_on):
                row = ExchangedTraining(
                    office_code=self.office,
                    case_number=training.case,
                    id_key=key,
                    told_at=self.made_at,
                    **_training_columns(training),
                )
                row.seal(vault, id_number=training.id_number)
                self.context.session.add(row)
                known[training.case, key] = row
        self._keep(row for place, row in known.items() if place not in seen)

    def _take_vouchers(self) -> None:
        table = ExchangedVoucher
        rows = self.context.session.exec(select(table).where(col(table.office_code) == self.office))
        known = {(row.case_number, row.number_key): row for row in rows}
        seen = set()
        for voucher in self.ledger.vouchers:
            key = voucher_key(voucher.number)
            seen.add((voucher.case, key))
            row = known.get((voucher.case, key))
            columns: dict[str, Any] = {
                "number": voucher.number,
                "starts_on": voucher.starts_on,
                "claimed_on": voucher.claimed_on,
                "paid": voucher.paid,
            }
            if row is not None:
                self._update(row, columns)
            elif self._is_wanted(voucher.starts_on):
                row = ExchangedVoucher(
                    office_code=self.office,
                    case_number=voucher.case,
                    number_key=key,
                    number_tail=tail_of(key),
                    told_at=self.made_at,
                    **columns,
                )
                self.context.session.add(row)
                known[voucher.case, key] = row
        self._keep(row for place, row in known.items() if place not in seen)

    def _is_wanted(self, starts_on: date) -> bool:
        """Whether no newer file speaks of the classes of that day: it would have voucher this row if it still held."""
        if any(taken.since is None or taken.since <= starts_on for taken in self.newer):
            self.outdated += 1
            return False
        self.added += 1
        return True

    def _update(self, row: _Row, columns: dict[str, Any]) -> None:
        if row.told_at > self.made_at:
            self.outdated += 1
            return
        if any(getattr(row, name) != value for name, value in columns.items()):
            self.changed += 1
        else:
            self.unchanged += 1
        for name, value in columns.items():
            setattr(row, name, value)
        row.told_at = self.made_at
        self.context.session.add(row)

    def _keep(self, rows: Iterable[_Row]) -> None:
        """Note the rows of the period that the sender does not tell any more."""
        in_period = (row for row in rows if self.since is None or row.starts_on >= self.since)
        self.kept.extend(row.case_number for row in in_period if row.told_at < self.made_at and not row.struck)


def _training_columns(training: LedgerTraining) -> dict[str, Any]:
    return {
        "occupation": training.occupation,
        "level": training.level and training.level.value,
        "starts_on": training.starts_on,
        "ends_on": training.ends_on,
        "held_since": training.held_since,
        "by_claim": training.by_claim,
        "paid": training.paid,
    }


def _shared(context: Context, vouchers: Sequence[LedgerVoucher]) -> tuple[str, ...]:
    """The vouchers that stand in a claim of this register too: one of both offices must not pay, or has paid."""
    theirs = {voucher_key(voucher.number): voucher for voucher in vouchers}
    ours = context.session.exec(select(Voucher.number, Case).join(Case).order_by(col(Voucher.id)))
    found = ((number, case, theirs[key]) for number, case in ours if (key := voucher_key(number)) and key in theirs)
    return tuple(
        f"凭证{number}：本部门{case.display_number}，对方{voucher.case}{'（已拨付）' if voucher.paid else ''}。"
        for number, case, voucher in found
    )
