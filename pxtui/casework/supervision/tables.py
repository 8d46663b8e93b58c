"""The statistics as tables of figures: the same ones for the screen, the command and the workbook."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pxtui.casework.lifecycle.stages import STAGE_NAMES
from pxtui.casework.supervision.case_sums import Sums
from pxtui.casework.supervision.flows import HAS_HEADS, HAS_MONEY, Flow, Flows, Moved
from pxtui.casework.supervision.overview import Statistics
from pxtui.casework.supervision.query import Dimension, name_of
from pxtui.casework.supervision.reasons import Reason, Reasons
from pxtui.papers.writing.charted import Chart, Figure, FigureColumn, FigureSheet, Kind
from pxtui.policy.parameters import Notice

_FEN = Decimal(100)
_SIGNATURES = "制表人：________　　复核人：________　　负责人：________　　（盖章）　　　年　　月　　日"
_OWN_DAY = "各数按办理当日计：收件、决定、公示日、银行回单日、退款到账日。"
_TEXT, _COUNT, _MONEY = Kind.TEXT, Kind.COUNT, Kind.MONEY


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum that is shown of cases: its field in `Sums`, its head, its kind."""

    name: str
    head: str
    kind: Kind
    width: float = 12

    def of(self, sums: Sums) -> Figure:
        """The figure of some cases; money in yuan."""
        return shown(getattr(sums, self.name), self.kind)


MEASURES = (
    Measure("cases", "件数", _COUNT, 8),
    Measure("enrolled", "报名人数", _COUNT, 10),
    Measure("heads", "核定人数", _COUNT, 10),
    Measure("hours", "核定人·学时", Kind.HOURS, 13),
    Measure("asked_fen", "申请（元）", _MONEY, 15),
    Measure("deducted_fen", "核减（元）", _MONEY, 15),
    Measure("approved_fen", "核定（元）", _MONEY, 15),
    Measure("published_fen", "公示（元）", _MONEY, 15),
    Measure("paid_fen", "已拨付（元）", _MONEY, 15),
    Measure("bounced_fen", "退票（元）", _MONEY, 14),
    Measure("recovered_fen", "已追回（元）", _MONEY, 14),
)


def shown(number: int | Decimal, kind: Kind) -> Figure:
    """A number as it stands in a cell: fen become yuan."""
    return Decimal(number) / _FEN if kind is Kind.MONEY else number


def notes_of(found: Statistics, *more: str) -> tuple[str, ...]:
    """The lines under a title: the query, the day and who asked."""
    asked = f"统计范围：{found.query_in_words}。截至{found.asked_on}，按台账现在的记录；制表：{found.office}。"
    return (asked, "作废的案件不计；金额以分相加，单位元。", *more)


def by_dimension(found: Statistics, dimension: Dimension, notice: Notice) -> FigureSheet:
    """Cases, people, hours and money by one dimension."""
    columns = (
        FigureColumn(dimension.value, _TEXT, 24),
        *(FigureColumn(measure.head, measure.kind, measure.width) for measure in MEASURES),
    )
    rows = [
        (name_of(dimension, group.value, notice), *(measure.of(group.sums) for measure in MEASURES))
        for group in found.sums.by[dimension]
    ]
    places = {measure.name: place for place, measure in enumerate(MEASURES, start=1)}
    money = tuple(places[name] for name in ("asked_fen", "approved_fen", "paid_fen"))
    return FigureSheet(
        f"按{dimension.value}",
        f"线上职业技能培训补贴统计表（按{dimension.value}）",
        notes_of(found),
        columns,
        rows,
        (("合计", *(measure.of(found.sums.total) for measure in MEASURES)),),
        (
            Chart(f"件数、核定人数（按{dimension.value}）", (places["cases"], places["heads"]), _is_months(dimension)),
            Chart(f"申请、核定、已拨付（元，按{dimension.value}）", money, _is_months(dimension)),
        ),
    )


def _is_months(dimension: Dimension) -> bool:
    return dimension is Dimension.MONTH


def of_funds(found: Statistics) -> FigureSheet:
    """The balance of each fund."""
    heads = ("总额度（元）", "在途（元）", "已拨付（元）", "已追回（元）", "余额（元）")
    fen = [(f.granted_fen, f.on_its_way_fen, f.paid_fen, f.recovered_fen, f.balance_fen) for f in found.funds]
    rows = [(f"{fund.code} {fund.name}", *_yuan(row)) for fund, row in zip(found.funds, fen, strict=True)]
    total = (("合计", *_yuan(map(sum, zip(*fen, strict=True)))),) if fen else ()
    note = "资金来源由各部门共用，不随统计范围变化。余额＝总额度－在途－已拨付＋已追回。"
    return FigureSheet(
        "资金",
        "资金来源余额表",
        notes_of(found, note),
        (FigureColumn("资金来源", _TEXT, 40), *(FigureColumn(head, _MONEY, 17) for head in heads)),
        rows,
        total,
        (Chart("已拨付、余额（元）", (3, 5)),),
    )


def of_days(found: Statistics) -> FigureSheet:
    """Working days from step to step."""
    heads = (
        "件数",
        "半数在（工作日）",
        "九成在（工作日）",
        "最长（工作日）",
        "承诺（工作日）",
        "超过承诺（件）",
        "未计（件）",
    )
    rows = [
        (way.way.value, way.cases, way.typical, way.nine_of_ten, way.most, way.promised, way.longer, way.uncounted)
        for way in found.days
    ]
    note = "含企业补正的时间。未计：期间有没有放假安排的年份，或日期先后颠倒。空白：没有承诺，或各部门承诺不同。"
    return FigureSheet(
        "办理时间",
        "各步办理时间（工作日）",
        notes_of(found, note),
        (FigureColumn("从哪一步到哪一步", _TEXT, 26), *(FigureColumn(head, _COUNT, 15) for head in heads)),
        rows,
        charts=(Chart("半数在、九成在、最长（工作日）", (2, 3, 4)),),
    )


def of_overdue(found: Statistics, notice: Notice) -> FigureSheet:
    """What waits and what is past its day."""
    columns = (
        FigureColumn("部门和阶段", _TEXT, 32),
        FigureColumn("等谁", _TEXT, 10),
        *(FigureColumn(head, _COUNT, 10) for head in ("在办（件）", "逾期（件）", "没有期限")),
        FigureColumn("最早的期限", _TEXT, 14),
    )
    rows = [
        (
            f"{name_of(Dimension.OFFICE, row.office, notice)} {STAGE_NAMES[row.stage]}",
            row.waits_for,
            row.waiting,
            row.overdue,
            row.without_day,
            "" if row.oldest is None else f"{row.oldest}",
        )
        for row in found.overdue
    ]
    total = [sum(getattr(row, name) for row in found.overdue) for name in ("waiting", "overdue", "without_day")]
    return FigureSheet(
        "逾期",
        "在办和逾期",
        notes_of(found),
        columns,
        rows,
        (("合计", "", *total, ""),),
        (Chart("在办、逾期（件）", (2, 3)),),
    )


def of_bounces(found: Statistics) -> FigureSheet:
    """Payments that came back, by the bank's words."""
    return FigureSheet(
        "退票原因",
        "退票原因（银行所述，只列最多的）",
        notes_of(found),
        (FigureColumn("原因", _TEXT, 40), FigureColumn("笔数", _COUNT), FigureColumn("金额（元）", _MONEY, 16)),
        [(row.reason, row.payments, shown(row.fen, _MONEY)) for row in found.bounces],
        charts=(Chart("退票（笔）", (1,)),),
    )


def of_reasons(found: Statistics, of_decisions: Reasons) -> tuple[FigureSheet, FigureSheet]:
    """Deductions and returns by reason."""
    note = "按决定时冻结的底稿；一件有几个原因的，每个原因各计一件。"

    def sheet(name: str, rows: Iterable[Reason], *, with_money: bool) -> FigureSheet:
        money = (FigureColumn("核减（元）", _MONEY, 16),) if with_money else ()
        listed = [(row.name, row.cases, row.heads, *((shown(row.fen, _MONEY),) if with_money else ())) for row in rows]
        return FigureSheet(
            f"{name}原因",
            f"{name}原因",
            notes_of(found, note),
            (FigureColumn("原因", _TEXT, 34), FigureColumn("件数"), FigureColumn("人数"), *money),
            listed,
            charts=(Chart(f"{name}（件）", (1,)),),
        )

    return (
        sheet("核减", of_decisions.deductions, with_money=True),
        sheet("退回", of_decisions.returns, with_money=False),
    )


def of_months(found: Statistics) -> FigureSheet:
    """What happened in each month: cases, people and money of each flow."""
    months: dict[str, Flows] = {}
    for (office, month), flows in sorted(found.flows.items()):
        months.setdefault(month, {})[office, month] = flows
    rows = [(month, *(figure for _, figure in figures_of(summed(flows)))) for month, flows in months.items()]
    total = list(figures_of(summed(found.flows)))
    heads = [FigureColumn(head, _MONEY if head.endswith("（元）") else _COUNT, 14) for head, _ in total]
    place = {head: number for number, (head, _) in enumerate(total, start=1)}
    return FigureSheet(
        "逐月办理",
        "逐月办理情况",
        notes_of(found, _OWN_DAY),
        (FigureColumn("月份", _TEXT, 12), *heads),
        rows,
        (("合计", *(figure for _, figure in total)),),
        (
            Chart("开班收件、补贴收件（件）", (place["开班收件（件）"], place["补贴收件（件）"]), is_line=True),
            Chart("公示、拨付（元）", (place["公示（元）"], place["拨付（元）"]), is_line=True),
        ),
    )


def for_superior(found: Statistics, name: str, title: str, groups: Iterable[tuple[str, Flows]]) -> FigureSheet:
    """The table that goes to the superior office: a line a figure, a column an office or a month, and one for all.

    Args:
        groups: the name of each column and what it sums up.
    """
    named = [(head, dict(figures_of(summed(flows)))) for head, flows in groups]
    lines = [head for head, _ in figures_of({})]
    rows = [
        (line, *(column[line] for _, column in named), _total(column[line] for _, column in named)) for line in lines
    ]
    return FigureSheet(
        name,
        title,
        notes_of(found, _OWN_DAY),
        (
            FigureColumn("项目", _TEXT, 18),
            *(FigureColumn(head, _MONEY, 13) for head, _ in named),
            FigureColumn("合计", _MONEY, 14),
        ),
        rows,
        signatures=_SIGNATURES,
    )


def _total(figures: Iterable[int | Decimal]) -> Figure:
    total: int | Decimal = 0
    for figure in figures:
        total += figure
    return total


def summed(flows: Flows) -> dict[Flow, Moved]:
    """What happened in all offices and months of some flows."""
    found: dict[Flow, Moved] = {}
    for of_month in flows.values():
        for flow, moved in of_month.items():
            found[flow] = found.get(flow, Moved()) + moved
    return found


def figures_of(flows: dict[Flow, Moved]) -> Iterator[tuple[str, int | Decimal]]:
    """Every figure of the flows with its head, money in yuan."""
    for flow in Flow:
        moved = flows.get(flow, Moved())
        yield f"{flow.value}（件）", moved.cases
        if flow in HAS_HEADS:
            yield f"{flow.value}（人）", moved.heads
        if flow in HAS_MONEY:
            yield f"{flow.value}（元）", Decimal(moved.fen) / _FEN


def _yuan(fen: Iterable[int]) -> Iterator[Figure]:
    return (shown(number, _MONEY) for number in fen)


def every_sheet(found: Statistics, notice: Notice, of_decisions: Reasons | None) -> list[FigureSheet]:
    """All sheets of the statistics; None: the decisions were not gone through."""
    return [
        *(by_dimension(found, dimension, notice) for dimension in Dimension),
        of_months(found),
        of_funds(found),
        of_days(found),
        of_overdue(found, notice),
        of_bounces(found),
        *(of_reasons(found, of_decisions) if of_decisions is not None else ()),
    ]
