"""The file in which a person decides what registers say otherwise: an item a conflict, with a number to fill in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pxtui.casework.merging.conflicts import Conflict
from pxtui.errors import Refused
from pxtui.file_content import content_of
from pxtui.identifiers.text import canonical
from pxtui.whole_file import reason_of, write_whole

_HEAD = """\
# 几个部门的台账合并以前要由人决定的事项。在“决定：”后面写可选的号数，如“决定：1”，“理由：”后面写明依据。
# 决定人写在下面一行。填好后再运行一次 pxtui db conflicts，看还有哪些没有决定；
# 都决定了再用 pxtui db copy --decided 合并。
# 内容涉及个人，只放在自己能看的地方，合并后由档案人员保管。
"""
_BY, _MARK, _KIND, _SAID, _CHOICE, _DECIDED, _REASON = "决定人", "标记", "种类", "内容", "可选", "决定", "理由"
_LINE = re.compile(r"\s*([^：:#]{1,6}?)\s*[：:]\s*(.*?)\s*")
_LARGEST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody has decided on one conflict."""

    choice: str
    """As it was written; empty: nothing."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What stands in such a file."""

    by: str = ""
    """Who decides."""
    of: Mapping[str, Decision] | None = None
    """By mark."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A conflict and what was decided."""

    conflict: Conflict
    choice: int
    """Among its choices, from 0."""
    reason: str


def settled(conflicts: Sequence[Conflict], key: bytes, decisions: Decisions) -> tuple[list[Decided], list[Conflict]]:
    """What is decided, and what is open: without a number of a choice, or where nothing can be chosen.

    Args:
        key: of the marks, see `told.key_of`.

    Raises:
        Refused: a decision is none of the choices.
    """
    done: list[Decided] = []
    still_open: list[Conflict] = []
    for conflict in conflicts:
        found = (decisions.of or {}).get(conflict.mark(key), Decision(""))
        if not found.choice or not conflict.choices:
            still_open.append(conflict)
            continue
        if not found.choice.isdecimal() or not 1 <= int(found.choice) <= len(conflict.choices):
            raise Refused(
                f"“{conflict.sentence}”的决定“{found.choice}”不是可选的号数，请写1到{len(conflict.choices)}。"
            )
        done.append(Decided(conflict, int(found.choice) - 1, found.reason))
    return done, still_open


def read(path: Path, *, is_wanted: bool = False) -> Decisions:
    """The decisions in a file; none where there is no such file.

    Args:
        is_wanted: there must be one.

    Raises:
        PxtuiError: it cannot be read.
    """
    if not path.exists() and not is_wanted:
        return Decisions()
    content = content_of(path, _LARGEST_BYTES, f"“{path.name}”过大，不像 pxtui db conflicts 写出的文件，请核对。")
    try:
        lines = [
            found.groups() for line in content.decode("utf-8-sig").splitlines() if (found := _LINE.fullmatch(line))
        ]
    except UnicodeDecodeError:
        raise Refused(f"不能读取“{path.name}”：应为UTF-8编码的文字，请另存后再试。") from None
    by, of, mark = "", {}, ""
    for label, text in lines:
        if label == _BY:
            by = canonical(text)
        elif label == _MARK:
            mark = text.lower()
            of[mark] = Decision("")
        elif mark and label == _DECIDED:
            of[mark] = Decision(canonical(text), of[mark].reason)
        elif mark and label == _REASON:
            of[mark] = Decision(of[mark].choice, canonical(text))
    return Decisions(by, of)


def write(path: Path, conflicts: Sequence[Conflict], key: bytes, decisions: Decisions) -> None:
    """Write the conflicts, each with what was decided on it so far.

    Raises:
        Refused: the disk does not take the file.
    """
    text = "\n".join([_HEAD, f"{_BY}：{decisions.by}", *_items(conflicts, key, decisions)])
    try:
        write_whole(path, text.encode(), replaces=True)
    except OSError as fault:
        raise Refused(f"“{path}”没有写成：{reason_of(fault)}。") from fault


def _items(conflicts: Sequence[Conflict], key: bytes, decisions: Decisions) -> Iterator[str]:
    for conflict in conflicts:
        mark = conflict.mark(key)
        found = (decisions.of or {}).get(mark, Decision(""))
        yield ""
        yield f"{_MARK}：{mark}"
        yield f"{_KIND}：{conflict.kind.value}"
        yield f"{_SAID}：{' '.join(conflict.sentence.split())}"
        yield from (f"{_CHOICE}：{number} {choice}" for number, choice in enumerate(conflict.choices, start=1))
        if conflict.choices:
            yield f"{_DECIDED}：{found.choice}"
            yield f"{_REASON}：{found.reason}"
    yield ""
