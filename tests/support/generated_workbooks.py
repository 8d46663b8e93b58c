"""Four hundred hostile workbooks by combination: broken packages, odd XML, odd cells, odd names, in all formats."""

import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from itertools import product
from xml.sax.saxutils import escape

from tests.support.hostile_workbooks import MAIN, OFFICE, PEOPLE, ROSTER, book, of_2003, rows_of, sheet, with_part
from tests.support.incoming import HEADER
from tests.support.payloads import PAYLOADS

Make = Callable[[], bytes]
_SHEET = "xl/worksheets/sheet1.xml"
_MB = 2**20
_END = b"PK\x05\x06"
_CENTRAL = b"PK\x01\x02"


def _honest() -> bytes:
    return book(sheet())


def _cut(twentieths: int) -> bytes:
    data = _honest()
    return data[: len(data) * twentieths // 20]


def _with_byte(place: int, value: int) -> bytes:
    """The end record or the first entry of the central directory with a byte otherwise."""
    data = bytearray(_honest())
    data[place if place >= 0 else data.rindex(_END) - place] = value
    return bytes(data)


def _with_central(offset: int, form: str, value: int) -> bytes:
    """A field of every entry of the central directory otherwise."""
    data = bytearray(_honest())
    at = data.find(_CENTRAL)
    while at >= 0:
        struct.pack_into(form, data, at + offset, value)
        at = data.find(_CENTRAL, at + 4)
    return bytes(data)


def _packed(names: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    """An honest package with more in it."""
    stream = BytesIO(_honest())
    with zipfile.ZipFile(stream, "a", method) as archive:
        archive.comment = comment
        for name, content in names.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _packages() -> Iterator[tuple[str, Make]]:
    for part in range(1, 20):
        yield f"cut at {part}/20", partial(_cut, part)
    for place, value in product((0, 4, 6, 8, 14, 18, 22, 26, -4, -8, -10, -12, -16, -20), (0, 255)):
        yield f"byte {place} is {value}", partial(_with_byte, place, value)
    fields = {"flags": (8, "<H"), "method": (10, "<H"), "sum": (16, "<I"), "packed": (20, "<I"), "size": (24, "<I")}
    fields |= {"name": (28, "<H"), "extra": (30, "<H"), "comment": (32, "<H"), "offset": (42, "<I")}
    for (name, (offset, form)), value in product(fields.items(), (0, 1, 2**16 - 1)):
        yield f"{name} of every entry is {value}", partial(_with_central, offset, form, value)
    names = (
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\x",
        "a\\b",
        "x" * 60_000,
        "名单/\u202e",
        "xl/../xl/workbook.xml",
        " ",
    )
    for name in names:
        yield f"a part called {name[:20]!r}", partial(_packed, {name: b"x"})
    yield "a comment of 65,535", partial(_packed, {}, comment=b"PK\x05\x06" * 16_383)
    yield "a package in a package", lambda: _packed({"xl/embeddings/a.xlsx": _honest()})
    yield "20,000 parts", lambda: _packed({f"x{number}": b"" for number in range(20_000)})
    yield "packed by bzip2", partial(_packed, {"xl/a.xml": b"x" * _MB}, zipfile.ZIP_BZIP2)
    yield "packed by lzma", partial(_packed, {"xl/a.xml": b"x" * _MB}, zipfile.ZIP_LZMA)
    yield "two packages behind each other", lambda: _honest() * 2
    yield "4 KB before the package", lambda: b"\0" * 4096 + _honest()


def _declared(encoding: str, spoken: str) -> bytes:
    text = sheet().replace("UTF-8", encoding)
    declaration = "" if text.startswith("<?xml") else f'<?xml version="1.0" encoding="{encoding}"?>'
    return book((declaration + text).encode(spoken, "replace"))


def _in_cell(inside: str) -> bytes:
    return book(sheet(ROSTER + f'<row r="9"><c r="B9" t="inlineStr"><is>{inside}</is></c></row>'))


def _documents() -> Iterator[tuple[str, Make]]:
    spoken = ("utf-8", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "utf-7", "cp037", "shift_jis")
    for declared, real in product(("UTF-8", "UTF-16", "GBK", "x-none"), spoken):
        yield f"says {declared} and is {real}", partial(_declared, declared, real)
    for reference in ("0", "1", "x1B", "x9B", "xD800", "xFFFE", "xFFFF", "x110000", "9" * 50, "x", "-1", ""):
        yield f"&#{reference[:9]};", partial(_in_cell, f"<t>&#{reference};</t>")
    inside = {
        "a comment of 5 MB": f"<t>x</t><!--{'x' * 5 * _MB}-->",
        "a text of 5 MB of CDATA": f"<t><![CDATA[{'x' * 5 * _MB}]]></t>",
        "100,000 runs": "<r><t>x</t></r>" * 100_000,
        "100,000 attributes": "<t " + "".join(f' a{n}=""' for n in range(100_000)) + ">x</t>",
        "an attribute of 5 MB": f'<t a="{"x" * 5 * _MB}">x</t>',
        "10,000 namespaces": "<t " + "".join(f' xmlns:n{n}="u{n}"' for n in range(10_000)) + ">x</t>",
        "an attribute twice": '<t a="1" a="2">x</t>',
        "an entity nobody declared": "<t>&nobody;</t>",
        "an end that has no beginning": "</t>",
        "no end": "<t>x",
        "an instruction": "<?php x ?><t>x</t>",
        "a name of 5 MB": f"<{'t' * 5 * _MB}/>",
        "another namespace": '<t xmlns="urn:x">x</t>',
        "a prefix nobody declared": "<q:t>x</q:t>",
        "30,000 blanks between": f"<t>{' ' * 30_000}x</t>",
        "32,768 characters": f"<t>{'长' * 32_768}</t>",
    }
    for name, text in inside.items():
        yield name, partial(_in_cell, text)
    for kind, what in product(("SYSTEM", "PUBLIC"), ("file:///dev/zero", "http://example.invalid/a.dtd", "a.dtd")):
        public = '"-//x"' if kind == "PUBLIC" else ""
        yield (
            f"a type of {kind} {what}",
            partial(lambda text: book(sheet(head=text)), f'<!DOCTYPE x {kind} {public} "{what}">'),
        )


def _dated(identity: int, code: str, value: str) -> bytes:
    named = f'<numFmts><numFmt numFmtId="{identity}" formatCode="{escape(code, {chr(34): "&quot;"})}"/></numFmts>'
    styles = f'<styleSheet xmlns="{MAIN}">{named}<cellXfs><xf/><xf numFmtId="{identity}"/></cellXfs></styleSheet>'
    return book(sheet(ROSTER + f'<row r="9"><c r="G9" s="1"><v>{value}</v></c></row>'), styles=styles)


def _cells() -> Iterator[tuple[str, Make]]:
    codes = {
        14: "",
        22: "",
        46: "",
        200: "yyyy年m月d日",
        201: "[h]:mm:ss",
        202: "0.00E+00",
        203: ";;;",
        204: "@" * 5_000,
    }
    days = ("43891", "0", "-1", "0.99999999", "60", "2958466", "1e300", "43891.999999999", "")
    for (identity, code), value in product(codes.items(), days):
        yield f"{value} under format {identity}", partial(_dated, identity, code, value)
    formulas = ("HYPERLINK(&quot;http://example.invalid&quot;)", "A9", "cmd|'/C calc'!A1", "x" * 9_000, "")
    for formula, kind in product(formulas, ("str", "n", "e", "b")):
        row = f'<row r="9"><c r="B9" t="{kind}"><f>{formula}</f><v>1</v></c></row>'
        yield f"{kind} of formula {formula[:12]}", partial(lambda row: book(sheet(ROSTER + row)), row)


def _spelt(text: str) -> str:
    """As Excel writes what XML cannot hold."""
    return "".join(
        mark
        if mark >= " " and not "\ud800" <= mark <= "\udfff" and mark not in "\ufffe\uffff"
        else f"_x{ord(mark):04X}_"
        for mark in text
    )


def _names() -> Iterator[tuple[str, Make]]:
    def with_row(name: str) -> bytes:
        return book(sheet(rows_of(HEADER, *PEOPLE, (4, escape(_spelt(name)), "男", 34, PEOPLE[0][4], "", ""))))

    def with_sheet(name: str) -> bytes:
        quoted = escape(_spelt(name)[:400], {'"': "&quot;"})
        return with_part(_honest(), "xl/workbook.xml", 'name="S1"', f'name="{quoted}"')

    def with_line(name: str) -> bytes:
        lines = (HEADER, (1, name, *PEOPLE[0][2:]))
        return "\n".join("\t".join(map(str, line)) for line in lines).encode()

    for label, payload in PAYLOADS.items():
        yield f"a person called {label}", partial(with_row, f"张{payload}三")
        yield f"a sheet called {label}", partial(with_sheet, f"名{payload}单")
        yield f"a line with {label}", partial(with_line, f"张{payload}三")


def _others() -> Iterator[tuple[str, Make]]:
    relation = "xl/_rels/workbook.xml.rels"
    for target in (
        "/etc/passwd",
        "file:///etc/passwd",
        "http://example.invalid",
        "../../x",
        "",
        "worksheets/sheet1.xml#A",
    ):
        yield (
            f"the sheet lies at {target[:20]!r}",
            partial(with_part, _honest(), relation, "worksheets/sheet1.xml", target),
        )
    for state in ("hidden", "veryHidden", "x"):
        yield (
            f"the sheet is {state}",
            partial(with_part, _honest(), "xl/workbook.xml", "<sheet ", f'<sheet state="{state}" '),
        )
    for kind in ("String", "Number", "Boolean", "DateTime", "Error", "x", ""):
        for value in ("1e999", "x", "9" * 5_000, "2020-02-30T99:99:99", "&#0;"):
            row = f'<Row><Cell><Data ss:Type="{kind}">{value}</Data></Cell></Row>'
            yield f"{kind} {value[:12]} (2003)", partial(of_2003, row)
    for kind in ("styles", "sharedStrings", "theme", "worksheet"):
        yield (
            f"a relation of {kind} to nothing",
            partial(
                with_part,
                *(_honest(), relation, "</Relationships>"),
                f'<Relationship Id="z" Type="{OFFICE}/{kind}" Target="nothing.xml"/></Relationships>',
            ),
        )


GENERATED: Mapping[str, Make] = dict(
    found for each in (_packages, _documents, _cells, _names, _others) for found in each()
)
"""By name."""
