"""The wording of papers: files of labels, sentences and options that an office can put its own in the place of."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

from pxtui.errors import NotFound, Refused

_FOLDER = "wording"
_FILL_IN = "____"
_SIGNATURE = "　　　　"
_NAME = re.compile(r"[A-Za-z0-9_]*")
_WHERE = re.compile(r"at line ([0-9]+), column ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: in a sentence `1200.00`, in a cell of its own a number that a spreadsheet program adds up."""

    fen: int

    def __str__(self) -> str:
        """In yuan with two decimals."""
        yuan, rest = divmod(abs(self.fen), 100)
        return f"{'-' if self.fen < 0 else ''}{yuan}.{rest:02}"

    @property
    def yuan(self) -> Decimal:
        """In yuan, to two decimals."""
        return Decimal(self.fen).scaleb(-2)


Filling = str | int | Decimal | date | Money | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """Opinion of an officer on a form; blank: to be written by hand."""

    text: str = ""
    officer: str = ""
    on: date | None = None


UNWRITTEN = Opinion()


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one form, from the file that an office can edit."""

    file: str
    labels: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]

    def label(self, key: str) -> str:
        """The text called `key`.

        Raises:
            PxtuiError: somebody removed it from the file.
        """
        return self._found(self.labels, key)

    def filled(self, key: str, **values: Filling) -> str:
        """The text called `key` with its places in braces filled; a blank value leaves a line to write on.

        Raises:
            PxtuiError: the text is missing or has a place that nothing is known for.
        """
        shown = {name: plain(value) or _FILL_IN for name, value in values.items()}
        try:
            return "".join(text + (shown[name] if name is not None else "") for text, name in parts_of(self.label(key)))
        except (KeyError, ValueError) as error:
            raise Refused(f"{self.file}中“{key}”的填写位置有误，请恢复原来的花括号") from error

    def places(self, key: str) -> frozenset[str]:
        """The names in braces of the text called `key`."""
        try:
            return frozenset(name for _, name in parts_of(self.label(key)) if name)
        except ValueError as error:
            raise Refused(f"{self.file}中“{key}”的填写位置有误，请恢复原来的花括号") from error

    def signed(self, key: str, opinion: Opinion) -> str:
        """The closing line of an opinion block, with the officer and the day."""
        return self.filled(key, officer=opinion.officer or _SIGNATURE, day=day(opinion.on))

    def ticks(self, key: str, *chosen: str) -> str:
        """All options called `key`, the chosen codes ticked; empty codes are nobody's choice.

        Raises:
            PxtuiError: a code that the file has no option for.
        """
        options = self.options.get(key, {})
        for code in chosen:
            if code:
                self._found(options, code)
        return "　".join(f"{'☑' if code in chosen else '□'}{text}" for code, text in options.items())

    def _found(self, texts: Mapping[str, str], key: str) -> str:
        if key not in texts:
            raise Refused(f"{self.file}中没有“{key}”，请补上或恢复原文件")
        return texts[key]


class UnfitPlace(ValueError):
    """A place in braces that is more than a name."""

    def __init__(self, written: str) -> None:
        """The place as the office wrote it, with its braces."""
        super().__init__(f"“{written}”不能用：花括号里只写填写处的名称，不加点、方括号、叹号和冒号")


def parts_of(text: str) -> list[tuple[str, str | None]]:
    """A text cut at its places in braces: what stands before each, and its name; None after the last.

    Names alone: `str.format` also reads attributes and items of a value, calls its `repr`, and pads it to any width.

    Raises:
        UnfitPlace: a place has an attribute, an item, a conversion or a format.
        ValueError: braces without their other half.
    """
    parts: list[tuple[str, str | None]] = []
    try:
        for before, name, form, conversion in Formatter().parse(text):
            if name is not None and (form or conversion or not _NAME.fullmatch(name)):
                written = f"{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}"
                raise UnfitPlace(f"{{{written}}}")
            parts.append((before, name))
    except TypeError as error:
        raise ValueError(text) from error
    return parts


UNWORDED = Words("", {}, {})
"""Of papers that say what the notice prescribes."""


_ISO_DATE = re.compile(r"(?<![0-9A-Za-z-])([0-9]{4})-([01][0-9])-([0-3][0-9])(?![0-9A-Za-z-])")


def words_of(form: str, office: Path | None = None) -> Words:
    """The wording of a paper: ours, and over it what the office has in a file of the same name in its folder.

    Raises:
        PxtuiError: there is no such paper, or a file is not TOML.
    """
    name = f"{form}.toml"
    ours = (files("pxtui.papers") / _FOLDER).joinpath(name)
    if not ours.is_file():
        raise NotFound(f"没有名为“{form}”的文书用语文件，请核对。")
    tables = [tables_of(ours.read_bytes(), name)]
    if office is not None and (theirs := office / name).is_file():
        content = theirs.read_bytes()
        tables.append(tables_of(content, str(theirs)))
        _refuse_unfit_places(tables[-1], content, str(theirs))
    labels: dict[str, str] = {}
    options: dict[str, Mapping[str, str]] = {}
    for table in tables:
        labels.update(table.get("labels", {}))
        options.update(table.get("options", {}))
    return Words(name, labels, options)


def _refuse_unfit_places(table: Mapping[str, Any], content: bytes, name: str) -> None:
    labels = table.get("labels")
    for key, text in labels.items() if isinstance(labels, dict) else ():
        try:
            parts_of(text)
        except UnfitPlace as fault:
            line = line_of(content.decode("utf-8-sig").splitlines(), key)
            raise Refused(f"“{name}”{line}“{key}”里的{fault}；请改正。") from fault
        except ValueError:
            # Told where the text is filled: a text that is printed as it is may have a brace of its own.
            continue


def line_of(lines: Sequence[str], key: str) -> str:
    """`第3行`, where a wording file names `key`; empty where that is not found."""
    name = re.escape(key)
    begins = re.compile(rf"""\s*(?:["']?{name}["']?\s*[.=]|\[+.*\b{name}["']?\s*\]|[\w.]+\.["']?{name}["']?\s*=)""")
    return next((f"第{at}行" for at, line in enumerate(lines, start=1) if begins.match(line)), "")


def tables_of(content: bytes, name: str) -> dict[str, Any]:
    """A wording file.

    Raises:
        PxtuiError: it is not UTF-8 or no TOML; the sentence names the line.
    """
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused(f"“{name}”第{line}行不是UTF-8编码，请在记事本里“另存为”，编码选UTF-8。") from error
    except tomllib.TOMLDecodeError as error:
        where = _WHERE.search(str(error))
        place = f"第{where[1]}行第{where[2]}列" if where else "末尾"
        raise Refused(
            f'“{name}”{place}写法有误：每行应是 名称 = "文字"，引号成对、用半角；请改正或删去这个文件。'
        ) from error


def plain(value: Filling) -> str:
    """A value as text: decimals without idle zeros, a date as `day` writes it; empty for None."""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if value is None else str(value)


def day(value: date | str | None) -> str:
    """`2020年3月16日`, or the room to write one; a text, such as a day with a mark, as it is."""
    if isinstance(value, str):
        return value
    return f"{value.year}年{value.month}月{value.day}日" if value else "　　　年　　月　　日"


def day_of_month(value: date) -> str:
    """`3月16日`, where the paper names the year once for all its lines."""
    return f"{value.month}月{value.day}日"


def dates_in_words(sentence: str) -> str:
    """A sentence of ours as it stands on a paper: its dates are written 2020年3月16日, the one style of all papers."""
    return _ISO_DATE.sub(lambda found: f"{int(found[1])}年{int(found[2])}月{int(found[3])}日", sentence)
