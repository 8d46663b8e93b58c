"""The tables of the statistics as a screen shows them: texts, and the lengths of their bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pxtui.casework.office.context import Context
from pxtui.casework.supervision import reports, tables
from pxtui.casework.supervision.overview import Statistics, statistics
from pxtui.casework.supervision.query import Dimension as Dimension
from pxtui.casework.supervision.query import Query as Query
from pxtui.casework.supervision.query import keyed, require_look
from pxtui.casework.supervision.reasons import reasons
from pxtui.papers.writing.charted import Figure, FigureSheet, Kind
from pxtui.policy.words import hours
from pxtui.progress import Watch


@dataclass(frozen=True, slots=True)
class Line:
    """A line: what it is about, its figures as texts, and how long their bars are."""

    label: str
    figures: tuple[str, ...]
    weights: tuple[Decimal, ...]
    """Of each figure; 0 of one that is none."""


@dataclass(frozen=True, slots=True)
class View:
    """A table with its heads."""

    name: str
    heads: tuple[str, ...]
    """Of the figures."""
    lines: tuple[Line, ...]
    totals: tuple[str, ...]
    """Of each figure of all lines; empty where they cannot be added up."""
    notes: tuple[str, ...]
    dimension: Dimension | None = None
    """By what the lines are apart, where the query can be narrowed to one of them; `values` are theirs."""
    values: tuple[str, ...] = ()
    is_asked: bool = True
    """False: it takes long and is asked for by itself."""


@dataclass(frozen=True, slots=True)
class Views:
    """All tables of a query."""

    query: Query
    query_in_words: str
    asked_on: str
    cases: int
    views: tuple[View, ...]


def asked(context: Context, asked_for: Query | str, watch: Watch) -> Views:
    """The statistics of a query, or of one as it is keyed; the reasons of decisions are left for `of_reasons`.

    Raises:
        NotAllowed: they are not for this person.
        Refused: the words are no query.
        Cancelled: `watch` says so.
    """
    query = keyed(context, asked_for) if isinstance(asked_for, str) else asked_for
    found, notice = statistics(context, query, watch), context.rulebook.latest
    by_dimension = [_with_values(found, dimension, context) for dimension in Dimension]
    others = [
        tables.of_months(found),
        tables.of_funds(found),
        tables.of_days(found),
        tables.of_overdue(found, notice),
        tables.of_bounces(found),
    ]
    pending = [View(f"{name}原因", (), (), (), (), is_asked=False) for name in ("核减", "退回")]
    views = (*by_dimension, *map(_view, others), *pending)
    return Views(query, found.query_in_words, f"{found.asked_on}", found.sums.total.cases, views)


def of_reasons(context: Context, query: Query, watch: Watch) -> tuple[View, ...]:
    """The last two tables, for which every decision is read.

    Raises:
        NotAllowed: they are not for this person.
        Cancelled: `watch` says so.
    """
    require_look(context)
    found = statistics(context, query, Watch())
    return tuple(map(_view, tables.of_reasons(found, reasons(context, query, watch))))


def written(context: Context, query: Query, watch: Watch) -> str:
    """Write the workbook into the folder of papers; where it is."""
    return str(reports.write_statistics(context, query, watch))


def reported(context: Context, period: str, watch: Watch) -> str:
    """Write the table of a month or year for the superior office into the folder of papers; where it is."""
    return str(reports.write_report(context, period, watch))


def _with_values(found: Statistics, dimension: Dimension, context: Context) -> View:
    view = _view(tables.by_dimension(found, dimension, context.rulebook.latest))
    values = tuple(group.value for group in found.sums.by[dimension])
    return View(view.name, view.heads, view.lines, view.totals, view.notes, dimension, values)


def _view(sheet: FigureSheet) -> View:
    kinds = [column.kind for column in sheet.columns[1:]]
    totals = sheet.totals[0][1:] if sheet.totals else ()
    return View(
        sheet.name,
        tuple(column.head for column in sheet.columns[1:]),
        tuple(_line(row, kinds) for row in sheet.rows),
        tuple(_text(figure, kind) for figure, kind in zip(totals, kinds, strict=False)),
        sheet.notes,
    )


def _line(row: Sequence[Figure], kinds: Sequence[Kind]) -> Line:
    figures = row[1:]
    texts = tuple(_text(figure, kind) for figure, kind in zip(figures, kinds, strict=True))
    weights = tuple(Decimal(figure) if isinstance(figure, int | Decimal) else Decimal(0) for figure in figures)
    return Line(str(row[0]), texts, weights)


def _text(figure: Figure, kind: Kind) -> str:
    if isinstance(figure, Decimal):
        return f"{figure:.2f}" if kind is Kind.MONEY else hours(figure)
    return "" if figure is None else str(figure)
