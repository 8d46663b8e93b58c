"""What the library does not tell of OpenDocument spreadsheets (.ods): rows that are hidden or filtered out."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

_MOST_ROWS = 1_048_576


def hidden_rows(archive: zipfile.ZipFile) -> dict[str, list[int]]:
    """By the name of the sheet, the rows that nobody sees, counted from 0."""
    content = archive.read("content.xml")
    found: dict[str, list[int]] = {}
    if b"visibility=" not in content:
        return found
    name, row = "", 0
    for event, element in ElementTree.iterparse(BytesIO(content), ("start", "end")):  # noqa: S314  # expat limits entities
        word = element.tag.rpartition("}")[2]
        if event == "start" and word == "table":
            name, row = _attribute(element, "name"), 0
        elif event == "end" and word == "table-row":
            repeated = int(_attribute(element, "number-rows-repeated") or 1)
            if _attribute(element, "visibility") in ("collapse", "filter") and row + repeated <= _MOST_ROWS:
                found.setdefault(name, []).extend(range(row, min(row + repeated, row + 20_000)))
            row += repeated
            element.clear()
    return found


def _attribute(element: ElementTree.Element, word: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}" + word)), "")
