"""Lists that grow with the register, page by page: the newest first, and from a number on back."""

from typing import Annotated

import typer

MOST = 10_000
USUALLY = 200

Most = Annotated[int, typer.Option(min=1, max=MOST, help=f"最多列多少条，不超过{MOST}。")]
Before = Annotated[str, typer.Option(metavar="N", help="只列这个编号以前的，用来接着往前翻。")]


def tell_more(*, more: bool, last: str) -> None:
    """Say how a list goes on, where it does."""
    if more:
        print(f"还有更早的没有列出，用 --before {last} 接着列。")


def tell_unlisted(count: int) -> None:
    """Say how many claims wait behind those that were listed."""
    if count:
        print(f"后面还有{count}件在等，前面的办了再列出。")
