"""The verification of a whole register: on demand, and in the background at the first start of a day."""

import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial

from db.chain import noted, walk
from db.chain.noted import Noted
from db.faults import faults_in_chinese
from db.revision import FIRST_WITH_CHAIN, stored_revision
from db.seal import Vault
from db.upgrade import is_there
from pxtui.casework.verifying.differences import check_of, differences, in_words
from pxtui.errors import NotFound, Refused
from pxtui.home import Home

FOUND = "台账有内容被程序以外的途径改动：{}请管理员运行 pxtui verify 查明。"

_PAUSE_SECONDS = 0.05
"""Behind every few thousand rows, so that keys are answered meanwhile."""
_ANCHOR = re.compile(r"[1-9][0-9]{0,17}:[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification looked at and found."""

    links: int
    rows: int
    head: str
    """Of the newest link, as papers bear it."""
    sentences: tuple[str, ...]
    """What is wrong, a sentence each; none: everything is as the program left it, or was confirmed."""
    check: str
    """Digits of the list, with which it is confirmed; empty where nothing is wrong."""
    confirmed: tuple[str, ...] = ()
    """What two people confirmed, or one has proposed to, a sentence each."""


def verify(
    home: Home, today: date, *, anchors: Sequence[str] = (), progress: walk.Progress = lambda _done, _all: None
) -> Report:
    """Verify the register in a folder, and note the outcome beside its key.

    Args:
        anchors: heads that stand on papers, such as `1600:9f2c58d01b6e7a43`.
        progress: told now and then, done and all.

    Raises:
        PxtuiError: there is no register, it has no chain yet, its key is missing, it cannot be read, or an anchor is
            none.
    """
    given = [_anchor(text) for text in anchors]
    if not is_there(home.database):
        raise NotFound("还没有建立台账，没有可核验的。")
    vault = Vault.open(home.key)
    with faults_in_chinese(home.database):
        revision = stored_revision(home.database)
        if revision is None or revision < FIRST_WITH_CHAIN:
            raise Refused("这个台账还没有校验链，请先用本程序打开一次，升级以后再核验。")
        before = noted.read(home.key.parent)
        heads = [before.head] if before is not None and before.head else []
        verified = walk.verify(home.database, vault, anchors=[*given, *heads], progress=progress)
        done = verified.links + verified.rows
        wrong = differences(home.database, verified, partial(progress, done, done))
    found = tuple(dict.fromkeys(difference.sentence for difference in wrong))
    good = verified.head if not found else (before.head if before is not None else "")
    # Where the folder takes no file, the verification stands all the same.
    with suppress(OSError):
        noted.write(home.key.parent, Noted(good, today, found[0] if found else ""))
    check = check_of(difference.mark for difference in wrong)
    return Report(verified.links, verified.rows, verified.head, found, check, tuple(map(in_words, verified.confirmed)))


def verify_slowly(home: Home, today: date) -> str:
    """Verify in the background of a desk, which goes before; what was found first, in a sentence, empty for nothing.

    Raises:
        PxtuiError: see `verify`.
    """
    report = verify(home, today, progress=lambda _done, _all: time.sleep(_PAUSE_SECONDS))
    return FOUND.format(report.sentences[0]) if report.sentences else ""


def is_due(home: Home, today: date) -> bool:
    """Whether nobody has verified the register on this day."""
    before = noted.read(home.key.parent)
    return before is None or before.on != today


def _anchor(text: str) -> str:
    """A head as it was typed from a paper.

    Raises:
        Refused: it is none.
    """
    head = text.strip().lower().replace("：", ":").replace(" ", "")
    if not _ANCHOR.fullmatch(head):
        raise Refused(f"“{text}”不是文书上的链头，写法如1600:9f2c58d01b6e7a43。")
    return head
