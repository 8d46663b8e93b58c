"""Workbooks and texts made to take a reader's memory or time, or to tell it two things at once."""

import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO

from tests.support.incoming import HEADER, LI, WANG, ZHANG

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PEOPLE = (
    (1, "张三", "男", 34, ZHANG, "13800000001", ""),
    (2, "李四", "女", 46, LI, "13800000002", ""),
    (3, "王五", "男", 42, WANG, "13800000003", ""),
)
_MB = 2**20


def letter(column: int) -> str:
    """`A` for 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def cell(row: int, column: int, text: object) -> str:
    """A cell with a text of its own; row and column from 0."""
    return f'<c r="{letter(column)}{row + 1}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows_of(*rows: tuple[object, ...]) -> str:
    """Rows from the first on."""
    return "".join(
        f'<row r="{place + 1}">{"".join(cell(place, column, text) for column, text in enumerate(row))}</row>'
        for place, row in enumerate(rows)
    )


ROSTER = rows_of(HEADER, *PEOPLE)


def sheet(rows: str = ROSTER, *, before: str = "", behind: str = "", head: str = "") -> str:
    """A worksheet with its rows, and what stands around them."""
    return f'{head}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>'


def _types(sheets: int) -> str:
    parts = {"workbook": "sheet.main", "sharedStrings": "sharedStrings", "styles": "styles"}
    parts |= {f"worksheets/sheet{n}": "worksheet" for n in range(1, sheets + 1)}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{kind}.{name}+xml"/>' for part, name in parts.items()
    )


def book(
    *sheets: str | bytes,
    strings: str = "",
    styles: str = "",
    properties: str = "",
    more: Mapping[str, bytes] | None = None,
    names: int = 0,
) -> bytes:
    """A workbook of these worksheets.

    Args:
        names: so many sheets share the first worksheet.
    """
    count = names or len(sheets)
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, count + 1))
    targets = [f"worksheets/sheet{1 if names else n}.xml" for n in range(1, count + 1)]
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="{target}"/>' for n, target in enumerate(targets, 1)
    )
    for kind, there in (("sharedStrings", strings), ("styles", styles)):
        related += f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' if there else ""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{_types(len(sheets))}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(sheets, 1)},
        **({"xl/sharedStrings.xml": strings} if strings else {}),
        **({"xl/styles.xml": styles} if styles else {}),
        **(more or {}),
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(data: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with the first `old` in one of its parts otherwise."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(stream, "w") as changed:
        for name in archive.namelist():
            content = archive.read(name).decode()
            assert name != part or old in content
            changed.writestr(name, content.replace(old, new, 1) if name == part else content)
    return stream.getvalue()


def _shared(items: str) -> str:
    return f'<sst xmlns="{MAIN}">{items}</sst>'


def _with_type(declaration: str, text: str) -> str:
    return sheet(rows_of(HEADER, (1, text, "男", 34, ZHANG, "", "")), head=f"<!DOCTYPE x [{declaration}]>")


def _laughs() -> str:
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!ENTITY l0 "ha">{steps}'


def _deep(depth: int) -> str:
    inside = "<r>" * depth + "<t>x</t>" + "</r>" * depth
    return f'<row r="2"><c r="A2" t="inlineStr"><is>{inside}</is></c></row>'


def _page(cells: str) -> bytes:
    return f"<html><body><table>{cells}</table></body></html>".encode()


def _document(rows: str) -> bytes:
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="a">{rows}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return stream.getvalue()


def _repeated(columns: int, rows: int) -> bytes:
    return _document(
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row>'
    )


def of_2003(row: str) -> bytes:
    """A spreadsheet of 2003 with these rows."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="a"><Table>{row}'
        "</Table></Worksheet></Workbook>"
    ).encode()


def _typed(row: str, address: str) -> str:
    return f'<row r="{row}"><c r="{address}" t="inlineStr"><is><t>x</t></is></c></row>'


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "130 MB of blanks": lambda: book(sheet() + " " * 130 * _MB),
    "one text of 130 MB": lambda: book(sheet(rows_of(("x" * 130 * _MB,)))),
    "one text of 130 MB among the shared ones": lambda: book(
        sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings=_shared(f"<si><t>{'x' * 130 * _MB}</t></si>")
    ),
    "10 million shared texts": lambda: book(sheet(), strings=_shared("<si><t/></si>" * 10_000_000)),
    "2 million styles": lambda: book(
        sheet(), styles=f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 2_000_000}</cellXfs></styleSheet>'
    ),
    "a million rows": lambda: book(sheet("<row/>" * 1_000_000)),
    "a million full rows": lambda: book(sheet("<row><c><v>1</v></c></row>" * 1_000_000)),
    "2 million cells in a row": lambda: book(sheet(f"<row>{'<c><v>1</v></c>' * 2_000_000}</row>")),
    "said to be as large as a sheet can be": lambda: book(sheet(before='<dimension ref="A1:XFD1048576"/>')),
    "said to be one cell": lambda: book(sheet(before='<dimension ref="A1:A1"/>')),
    "a cell at the far corner": lambda: book(sheet(ROSTER + _typed("1048576", "XFD1048576"))),
    "merged as far as a sheet goes": lambda: book(
        sheet(behind='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ),
    "500,000 merged ranges": lambda: book(
        sheet(behind="<mergeCells>" + '<mergeCell ref="H1:I2"/>' * 500_000 + "</mergeCells>")
    ),
    "200,000 hidden column ranges": lambda: book(
        sheet(before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 200_000 + "</cols>")
    ),
    "20,000 sheets": lambda: book(sheet(), names=20_000),
    "entities upon entities": lambda: book(_with_type(_laughs(), "&l9;")),
    "one entity, often": lambda: book(_with_type(f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 10_000)),
    "an entity of a file": lambda: book(_with_type('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")),
    "elements a million deep": lambda: book(sheet(_deep(1_000_000))),
    "elements 900 deep": lambda: book(sheet(_deep(900))),
    "UTF-16": lambda: book(sheet().encode("utf-16"), names=1),
    "a roster behind 100 MB of another part": lambda: book(sheet(), more={"xl/media/a.bin": b"\0" * 100 * _MB}),
    "the same part twice": lambda: book(sheet(), sheet(rows_of(HEADER)), names=1),
    "a page of 1,000 × 1,000 spans": lambda: _page("<tr><td rowspan=1000 colspan=1000>x</td></tr>" * 50),
    "a page of tables in tables": lambda: _page("<tr><td><table>" * 20_000),
    "a page of 18 MB of rows": lambda: _page("<tr>" * (18 * _MB // 4)),
    "18 MB of commas": lambda: b"," * (18 * _MB),
    "18 MB of short lines": lambda: b"x\n" * (9 * _MB),
    "18 MB of a line": lambda: b"x" * (18 * _MB),
    "18 MB of quotation marks": lambda: b'"' * (18 * _MB),
    "a cell repeated for ever (.ods)": partial(_repeated, 2**31, 1),
    "a row repeated for ever (.ods)": partial(_repeated, 1, 2**31),
    "both repeated (.ods)": partial(_repeated, 16_384, 1_048_576),
    "a negative repetition (.ods)": partial(_repeated, -5, -5),
    "merged for ever (2003)": lambda: of_2003(
        '<Row><Cell ss:MergeAcross="2147483647" ss:MergeDown="2147483647"><Data ss:Type="String">x</Data></Cell></Row>'
    ),
    "a place for ever away (2003)": lambda: of_2003(
        '<Row ss:Index="99999999999"><Cell><Data ss:Type="String">x</Data></Cell></Row>'
    ),
    "columns for ever (2003)": lambda: of_2003('<Column ss:Hidden="1" ss:Span="2147483647"/>' * 1_000),
    **{
        f"row {row}, cell {address}": partial(lambda row, address: book(sheet(ROSTER + _typed(row, address))), *place)
        for place in (
            *(("99999999999", "A99999999999"), ("4294967297", "A4294967297"), ("0", "A0"), ("-1", "A-1")),
            *(("x", "A9"), ("9", "9A"), ("9", "AAAA9"), ("9", ""), ("1", "A1"), ("2", "E3"), ("9" * 5_000, "A9")),
        )
        for row, address in (place,)
    },
    **{
        f"shared text {index}": partial(
            lambda index: book(
                sheet(ROSTER + f'<row r="9"><c r="A9" t="s"><v>{index}</v></c></row>'),
                strings=_shared("<si><t>a</t></si>"),
            ),
            index,
        )
        for index in ("-1", "1", "4294967296", "1e3", "x", " ", "9" * 5_000)
    },
    **{
        f"{kind} of {value[:12]}": partial(
            lambda kind, value: book(sheet(ROSTER + f'<row r="9"><c r="A9" t="{kind}"><v>{value}</v></c></row>')),
            *(kind, value),
        )
        for kind in ("n", "b", "d", "e", "str", "?")
        for value in ("1e999", "-1e999", "nan", "1e-999", "9" * 5_000, "", "x", "2020-02-30")
    },
}
"""By name. What is not refused must come out whole."""
