"""The auditor's pack: a folder from which questions are answered without the program, and that proves itself."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from importlib.resources import files
from itertools import islice
from pathlib import Path

from db import plain_copy
from db.models import Act
from db.plain_copy import PlainTable
from pxtui.casework.audit.sources import Reading, Row, Source, sources
from pxtui.casework.office import journal, roles
from pxtui.casework.office.context import Context
from pxtui.casework.staff.sight import require_people
from pxtui.casework.supervision.query import require_look
from pxtui.errors import Refused
from pxtui.papers.writing.plain_tables import PlainSheet, plain_workbook
from pxtui.progress import Watch
from pxtui.whole_file import reason_of, write_whole

REGISTER, WORKBOOK, JOURNAL, MANIFEST = "台账.sqlite", "台账.xlsx", "办理记录.jsonl", "清单.json"
QUERIES, CHECK, README = "查询", "核对.py", "说明.txt"
_OF_THE_WORKBOOK = ("cases", "people", "vouchers", "payments", "publications", "recoveries")
_MOST_ROWS = 1_000_000
_DICTIONARY = (("table_name", "表"), ("title", "内容"), ("column_name", "列"), ("meaning", "含义"))
_SECRET_BYTES = 32


def order(context: Context, folder: Path) -> None:
    """Enter in the journal that a pack is written out; `write` follows in a transaction that only reads.

    Raises:
        NotAllowed: where duties are apart, the person is neither head nor auditor.
        Refused: something stands in the folder already.
    """
    require_people(context)
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"文件夹“{folder}”里已有文件，没有写出；请换一个空文件夹。")
    journal.record(context, None, Act.AUDIT_PACK, "出具审计资料包", after={"folder": str(folder)})


def write(context: Context, folder: Path, watch: Watch) -> int:
    """Write the pack into an empty folder; how many files it has.

    Raises:
        NotAllowed: it is not for this person.
        Refused: the disk refuses.
        Cancelled: `watch` says so; what is there already stays without a manifest.
    """
    require_look(context)
    require_people(context)
    reading = Reading(context, secrets.token_bytes(_SECRET_BYTES))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / QUERIES).mkdir(exist_ok=True, mode=0o700)
        watch.done, watch.total = 0, 2 * len(sources())
        plain_copy.write(folder / REGISTER, _tables(reading, watch))
        (folder / REGISTER).chmod(0o600)
        write_whole(folder / WORKBOOK, plain_workbook(_sheets(reading, watch)))
        head, chained = _journal(folder / REGISTER)
        write_whole(folder / JOURNAL, chained.encode())
        for query in sorted(_own("queries").iterdir(), key=lambda path: path.name):
            if query.name.endswith(".sql"):
                write_whole(folder / QUERIES / query.name, query.read_bytes())
        write_whole(folder / CHECK, _own("check.py.txt").read_bytes())
        write_whole(folder / README, _readme(context).encode())
        return _manifest(context, folder, head)
    except OSError as fault:
        raise Refused(f"无法写入“{folder}”：{reason_of(fault)}") from fault


def _tables(reading: Reading, watch: Watch) -> Iterator[PlainTable]:
    for source in sources():
        watch.check()
        yield PlainTable(source.name, [column[:2] for column in source.columns], source.rows(reading))
        watch.done += 1
    columns = [(name, "TEXT") for name, _ in _DICTIONARY]
    yield PlainTable("dictionary", columns, list(_dictionary()))


def _dictionary() -> Iterator[Row]:
    for source in sources():
        for name, _, meaning in source.columns:
            yield (source.name, source.title, name, meaning)


def _sheets(reading: Reading, watch: Watch) -> Iterator[PlainSheet]:
    yield PlainSheet("字段说明", [meaning for _, meaning in _DICTIONARY], _dictionary())
    for source in sources():
        watch.check()
        if source.name in _OF_THE_WORKBOOK:
            heads = [meaning.partition("（")[0] for _, _, meaning in source.columns]
            yield PlainSheet(source.title.partition("（")[0], heads, _limited(source, reading))
        watch.done += 1


def _limited(source: Source, reading: Reading) -> Iterator[Row]:
    """A sheet holds a million rows; all of them stand in the database."""
    return islice(source.rows(reading), _MOST_ROWS)


def _journal(register: Path) -> tuple[str, str]:
    """The journal as lines of JSON, each with the hash over the one before and itself; and the last hash."""
    last, lines = "", []
    names = [name for name, _, _ in next(source for source in sources() if source.name == "journal").columns]
    for row in plain_copy.rows_of(register, "journal"):
        entry = dict(zip(names, row, strict=True))
        said = json.dumps(entry, ensure_ascii=False, sort_keys=True)
        last = hashlib.sha256((last + said).encode()).hexdigest()
        lines.append(json.dumps({**entry, "sha256": last}, ensure_ascii=False, sort_keys=True))
    return last, "".join(f"{line}\n" for line in lines)


def _manifest(context: Context, folder: Path, journal_head: str) -> int:
    names = sorted(path for path in folder.rglob("*") if path.is_file())
    digests = {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in names}
    heads = [row[4] for row in plain_copy.rows_of(folder / REGISTER, "chain")]
    manifest = {
        "made_on": f"{context.today}",
        "made_by": context.clerk,
        "whole_register": not roles.of_seen_offices(context, Act),
        "chain_head": heads[-1] if heads else "",
        "journal_head": journal_head,
        "sha256": digests,
    }
    write_whole(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    return len(names) + 1


def _own(name: str) -> Path:
    return Path(str(files("pxtui.casework.audit") / name))


def _readme(context: Context) -> str:
    queries = sorted(path for path in _own("queries").iterdir() if path.suffix == ".sql")
    listed = "\n".join(
        f"  {path.name}  {path.read_text('utf-8').splitlines()[0].removeprefix('-- ')}" for path in queries
    )
    return (
        f"审计资料包  {context.today}  由{context.clerk}出具\n\n"
        f"{REGISTER}：全部表，用sqlite3打开；每列的含义在表dictionary。金额单位是分。\n"
        f"{WORKBOOK}：案件、人员、凭证、拨付、公示、追回，用电子表格打开。\n"
        "证号、电话、账号隐去中间几位；同一人、同一电话、同一账号在本资料包内是同一个假名，可以比对；"
        "两个资料包的假名不同。密码、密钥和加密内容不在内。\n\n"
        f"查询（sqlite3 -header -column {REGISTER} < {QUERIES}/文件名）：\n{listed}\n\n"
        f"核对：python3 {CHECK} [文书上的链头]。先记下{MANIFEST}的SHA-256；"
        "文书页脚、银行清单上的链头在表chain里应查得到，"
        "查不到说明台账被换过或退回过。"
        "校验链的校验码带密钥，逐行核验由本机运行 pxtui verify（加--anchor和链头）办理。\n"
    )
