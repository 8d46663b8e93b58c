"""A class on its way to the bank, act by act; every head of the chain is said as soon as its transaction stands.

Run as a program of its own: `python -m tests.support.acknowledging_program FOLDER`, over the register in its `data`.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from db.chain.links import head_of
from pxtui.casework.office.register import Register, open_register
from pxtui.home import Home
from tests.conftest import NOW
from tests.support.pay_desk import PayDesk, paid


def _go(folder: Path) -> None:
    counter = PayDesk(open_register(Home(folder / "data"), NOW))
    counter.grant()
    number = counter.cleared()
    batch = counter.at_the_bank(folder, number)
    counter.answer(batch, paid(number))


@contextmanager
def _acknowledged(self: Register, *words: Any, **options: Any) -> Iterator[Any]:
    with _writing(self, *words, **options) as context:
        yield context
    with closing(sqlite3.connect(f"file:{self.home.register}?mode=ro", uri=True)) as file:
        head = head_of(*file.execute("SELECT id, mac FROM chain_link ORDER BY id DESC LIMIT 1").fetchone())
    os.write(1, f"stands {head}\n".encode())


_writing = Register.writing

if __name__ == "__main__":
    Register.writing = _acknowledged  # type: ignore[method-assign]
    _go(Path(sys.argv[1]))
