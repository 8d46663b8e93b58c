"""An office's own wording and templates looked through: every mistake with file, place and the nearest right name."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pxtui.casework.office.context import Context
from pxtui.casework.printed.asking import COMMON_NAMES
from pxtui.casework.printed.catalogue import BY_FORM, OFFICE_KINDS, OfficeKind, PaperKind
from pxtui.errors import NotFound, PxtuiError
from pxtui.papers.attachments.attachment_1 import Attachment1
from pxtui.papers.attachments.attachment_2 import Attachment2, RosterLine
from pxtui.papers.attachments.attachment_3 import Attachment3, PaidInvoice
from pxtui.papers.attachments.attachment_4 import Attachment4, ClaimLine
from pxtui.papers.letters.asked_names import CHAT_TEXT, asked_names
from pxtui.papers.writing.office_template import repeated_rows, unknown_places
from pxtui.papers.writing.wording import UNWORDED, Opinion, UnfitPlace, Words, line_of, parts_of, tables_of, words_of

_KINDS: Mapping[str, PaperKind | OfficeKind] = {**BY_FORM, **OFFICE_KINDS}
_LABELS, _OPTIONS = "labels", "options"
_OF_THE_ISSUE = frozenset({"number", "issued_day", "version"})
_ATTACHMENTS: Mapping[str, tuple[Any, Mapping[str, Any]]] = {
    "attachment-1": (Attachment1, {}),
    "attachment-2": (Attachment2, {"rows": RosterLine}),
    "attachment-3": (Attachment3, {"vouchers": PaidInvoice}),
    "attachment-4": (Attachment4, {"rows": ClaimLine}),
}


@dataclass(frozen=True, slots=True)
class WordingFault:
    """A mistake in a file of the office's own."""

    file: str
    place: str
    """第3行, or a cell; empty where the whole file is meant."""
    sentence: str

    @property
    def told(self) -> str:
        """All of it in Chinese."""
        return f"“{self.file}”{self.place}：{self.sentence}"


@dataclass(frozen=True, slots=True)
class PaperPlaces:
    """What an office may put words to, or into a template, on one paper."""

    form: str
    name: str
    texts: Mapping[str, str]
    """By key of the wording, our text."""
    options: Mapping[str, Mapping[str, str]]
    values: tuple[str, ...]
    """Names for braces: one pair in the wording, two in a template."""
    columns: Mapping[str, tuple[str, ...]]
    """By table, the names of its columns, for a template."""


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A paper, what the office has of its own for it, and what is wrong with that."""

    form: str
    """Empty name: a file that is no paper's, by its own name."""
    name: str
    has_wording: bool = False
    has_template: bool = False
    faults: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """What may be changed, in Chinese."""


def own_papers(context: Context) -> tuple[OwnPaper, ...]:
    """Files that are no paper's, then every paper: first those with mistakes, then those with a file of the office."""
    faults: dict[str, list[str]] = {}
    for fault in faults_of(context):
        form = Path(fault.file).stem
        faults.setdefault(form if form in _KINDS else fault.file, []).append(fault.told)
    strangers = [OwnPaper(file, "（不认识的文件）", faults=tuple(told)) for file, told in faults.items() if "/" in file]
    home = context.home
    papers = [
        OwnPaper(
            form,
            kind.name,
            (home.wording / f"{form}.toml").is_file(),
            (home.templates / f"{form}.xlsx").is_file(),
            tuple(faults.get(form, ())),
            tuple(_places_told(places_of(form))),
        )
        for form, kind in _KINDS.items()
    ]
    papers.sort(key=lambda paper: (not paper.faults, not (paper.has_wording or paper.has_template)))
    return (*strangers, *papers)


def _places_told(places: PaperPlaces) -> Iterator[str]:
    if places.texts:
        yield f"用语：{'、'.join(places.texts)}"
    for key, codes in places.options.items():
        yield f"选项{key}：{'、'.join(codes)}"
    yield f"填写处：{'、'.join(places.values)}"
    for table, columns in places.columns.items():
        yield f"明细{table}（只用于模板）：{'、'.join(columns)}"


def places_of(form: str) -> PaperPlaces:
    """Every place of a paper.

    Raises:
        NotFound: there is no such paper; the sentence names the nearest.
    """
    if form not in _KINDS:
        raise NotFound(f"没有名为“{form}”的文书{_nearest(form, _KINDS)}。")
    kind = _KINDS[form]
    words = words_of(form) if kind.worded else UNWORDED
    values, tables = _known_names(form)
    columns = {table: tuple(sorted(names)) for table, names in tables.items()}
    return PaperPlaces(form, kind.name, words.labels, words.options, tuple(sorted(values | _OF_THE_ISSUE)), columns)


def faults_of(context: Context) -> list[WordingFault]:
    """All mistakes in the office's folders of wording and templates, file by file."""
    home = context.home
    found: list[WordingFault] = []
    for folder, look, extension in ((home.wording, _in_wording, ".toml"), (home.templates, _in_template, ".xlsx")):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            name = f"{folder.name}/{path.name}"
            # A spreadsheet program keeps its lock beside the file that it has open.
            if path.name.startswith((".", "~$")):
                continue
            found += _in_file(path, name, look, extension)
    return found


def _in_file(path: Path, name: str, look: Any, extension: str) -> Iterator[WordingFault]:
    kind = _KINDS.get(path.stem)
    fit = [form for form, known in _KINDS.items() if _takes(known, extension)]
    if path.suffix.lower() != extension or kind is None:
        wanted = _nearest(path.stem, fit, extension)
        yield WordingFault(name, "", f"不是任何文书的文件，不会用到{wanted}")
    elif path.stem not in fit:
        yield WordingFault(name, "", f"“{kind.name}”的{_why_unfit(kind, extension)}，这个文件不会用到")
    else:
        try:
            yield from look(path, name)
        except PxtuiError as fault:
            yield WordingFault(name, "", fault.sentence.removeprefix(f"“{name}”").rstrip("。"))


def _takes(kind: PaperKind | OfficeKind, extension: str) -> bool:
    return kind.worded if extension == ".toml" else kind.extension == "xlsx"


def _why_unfit(kind: PaperKind | OfficeKind, extension: str) -> str:
    return "用语由通知规定" if extension == ".toml" else "成品不是工作簿"


def _in_wording(path: Path, name: str) -> Iterator[WordingFault]:
    content = path.read_bytes()
    theirs = tables_of(content, name)
    lines = content.decode("utf-8-sig").splitlines()
    ours = words_of(path.stem)
    for section, texts in theirs.items():
        if section not in (_LABELS, _OPTIONS) or not isinstance(texts, dict):
            nearest = _nearest(section, (_LABELS, _OPTIONS))
            sentence = f"“{section}”不会用到，用语写在[{_LABELS}]下面{nearest}"
            yield WordingFault(name, line_of(lines, section), sentence)
    labels, options = (theirs.get(section, {}) for section in (_LABELS, _OPTIONS))
    if isinstance(labels, dict):
        for key, text in labels.items():
            yield from (
                WordingFault(name, line_of(lines, key), fault) for fault in _in_label(path.stem, ours, key, text)
            )
    if isinstance(options, dict):
        for key, codes in options.items():
            yield from (WordingFault(name, line_of(lines, at), fault) for at, fault in _in_options(ours, key, codes))


def _in_label(form: str, ours: Words, key: str, text: object) -> Iterator[str]:
    if key not in ours.labels:
        yield f"没有名为“{key}”的用语，不会用到{_nearest(key, ours.labels)}"
    elif not isinstance(text, str):
        yield f"“{key}”应是引号里的文字"
    else:
        try:
            named = [name for _, name in parts_of(text) if name is not None]
        except UnfitPlace as fault:
            yield f"“{key}”里的{fault}"
            return
        except ValueError:
            yield f"“{key}”的花括号不成对，请照原文改正"
            return
        known = _known_in_label(form, ours, key)
        for name in named:
            if name not in known:
                yield f"“{key}”里的{{{name}}}不是本文书的填写处{_nearest(name, known)}"


def _in_options(ours: Words, key: str, codes: object) -> Iterator[tuple[str, str]]:
    if key not in ours.options:
        yield key, f"没有名为“{key}”的选项，不会用到{_nearest(key, ours.options)}"
        return
    if not isinstance(codes, dict):
        yield key, f"“{key}”应写成 [options.{key}] 和下面的各项"
        return
    for code in codes:
        if code not in ours.options[key]:
            yield code, f"选项“{key}”没有“{code}”{_nearest(code, ours.options[key])}"
    if missing := [code for code in ours.options[key] if code not in codes]:
        yield key, f"选项“{key}”缺少{'、'.join(missing)}，写选项时须写全"


def _known_in_label(form: str, ours: Words, key: str) -> frozenset[str]:
    """An attachment fills a text with its own places alone, a letter with all its values."""
    if form in _ATTACHMENTS:
        return ours.places(key)
    values, tables = _known_names(form)
    # A text for a chat has sentences for lines of its tables, and bears its number within.
    return frozenset(values.union(_OF_THE_ISSUE, *tables.values()) if form == CHAT_TEXT else values)


def _in_template(path: Path, name: str) -> Iterator[WordingFault]:
    values, tables = _known_names(path.stem)
    for cell, place in unknown_places(path, values, tables):
        known = {*values, *_OF_THE_ISSUE, *(f"{table}.{column}" for table, names in tables.items() for column in names)}
        sentence = f"{{{{{place}}}}}不是本文书的填写处{_nearest(place, known)}"
        yield WordingFault(name, f" {cell}", sentence)
    for rows, table in repeated_rows(path):
        sentence = f"写了几行{{{{{table}.…}}}}，每行都会重复全部明细：只留一行，别的行程序会加"
        yield WordingFault(name, f" {rows}", sentence)


def _known_names(form: str) -> tuple[set[str], Mapping[str, set[str]]]:
    if form not in _ATTACHMENTS:
        asked = asked_names(form)
        return asked.values | COMMON_NAMES, asked.tables
    paper, lines = _ATTACHMENTS[form]
    opinions = {field.name for field in fields(paper) if field.default == Opinion()}
    values = {field.name for field in fields(paper)} - opinions - set(lines)
    values |= {f"{name}_{part.name}" for name in opinions for part in fields(Opinion)}
    return values, {table: {field.name for field in fields(line)} for table, line in lines.items()}


def _nearest(name: str, known: Collection[str], ending: str = "") -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"；最接近的是“{close[0]}{ending}”" if close else ""
