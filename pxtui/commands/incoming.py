"""What commands print of a file that came in: what was put right, and what was refused."""

from collections.abc import Sequence

from pxtui.commands.tables import masked_numbers, print_table
from pxtui.papers.reading.roster_reading import Refusal, Repair, put_right, read_as_blank


def print_repairs(repairs: Sequence[Repair]) -> None:
    """Each cell that was put right or read as blank, and each row that nobody sees in a spreadsheet program."""
    if right := put_right(repairs):
        print(f"修正{len(right)}处：")
        print_table(("单元格", "原为", "改为"), [(repair.cell, *map(masked_numbers, repair.shown)) for repair in right])
    if blank := read_as_blank(repairs):
        print(f"读不懂、按空白{len(blank)}处，请核对原件：")
        print_table(("单元格", "原为"), [(repair.cell, masked_numbers(repair.shown[0])) for repair in blank])


def print_refused(refused: Sequence[Refusal], verb: str = "未读出") -> None:
    """Each row that was refused, with its cell and what to do."""
    if refused:
        print(f"{verb}{len(refused)}行：")
        print_table(
            ("工作表", "单元格", "原因"), [(row.sheet, row.cell, masked_numbers(row.reason)) for row in refused]
        )
