"""The parts of a package of Office Open XML (ECMA-376 part 2) by their names, and their elements by theirs."""

import zipfile
from collections.abc import Iterable, Iterator
from posixpath import dirname, join, normpath
from typing import TypeVar
from xml.etree import ElementTree

_Only = TypeVar("_Only")


class Unreadable(ValueError):
    """The parts of the workbook do not fit together."""


class _Words(dict[str, str]):
    """The name of an element without its namespace, by its tag."""

    def __missing__(self, tag: str) -> str:
        word = self[tag] = tag.rpartition("}")[2]
        return word


WORDS = _Words()


class Package:
    """Parts of a package by their names, as loosely as spreadsheet programs take them.

    Raises:
        Unreadable: two parts bear one name.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        names = archive.namelist()
        self._archive = archive
        self._names = {_folded(name): name for name in names}
        if len(self._names) < len(names):
            raise Unreadable(len(names))

    def start(self) -> str:
        """The part of the workbook."""
        kinds = self.related("").values()
        return only(part for kind, part in kinds if kind == "officeDocument") or "xl/workbook.xml"

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """By its id, kind and name of each part to which `part` points."""
        folder, _, name = part.rpartition("/")
        relations = join(folder, "_rels", f"{name}.rels")
        if _folded(relations) not in self._names:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for element in each(self.parsed(relations), "Relationship"):
            target = normpath(join(dirname(part), element.get("Target", "").replace("\\", "/"))).lstrip("/")
            pointed = element.get("Type", "").rpartition("/")[2], target
            if found.setdefault(element.get("Id", ""), pointed) != pointed:
                raise Unreadable(target)
        return found

    def parsed(self, part: str) -> ElementTree.Element:
        """The whole of a part."""
        return ElementTree.fromstring(self._archive.read(self._name(part)))  # noqa: S314  # expat limits entities

    def rows(self, part: str) -> Iterator[ElementTree.Element]:
        """Rows, column descriptions and merged ranges of a sheet one by one; each is emptied behind."""
        with self._archive.open(self._name(part)) as stream:
            for _, element in ElementTree.iterparse(stream):  # noqa: S314  # expat limits entities
                if WORDS[element.tag] in ("row", "col", "mergeCell"):
                    yield element
                    element.clear()

    def _name(self, part: str) -> str:
        try:
            return self._names[_folded(part)]
        except KeyError:
            raise Unreadable(part) from None


def each(tree: ElementTree.Element, word: str) -> Iterator[ElementTree.Element]:
    """The elements of a name, however deep they stand."""
    return (element for element in tree.iter() if WORDS[element.tag] == word)


def only(found: Iterable[_Only]) -> _Only | None:
    """The one there is, or None.

    Raises:
        Unreadable: there are more, of which a reader would take one: nobody knows which of them is meant.
    """
    some = list(found)
    if len(some) > 1:
        raise Unreadable(some)
    return some[0] if some else None


def _folded(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()
