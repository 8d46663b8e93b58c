"""What many tests begin with is done once in each process; a later one gets the register as it was then."""

import os
import sqlite3
import zlib
from collections import OrderedDict
from collections.abc import Callable
from contextlib import closing
from copy import deepcopy
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from pxtui.casework.office.register import Register
from pxtui.policy.parameters import shipped_rulebook
from tests.support import on_server

IS_ON = os.environ.get("PXTUI_TESTS_REMEMBER") != "0"
"""Off where it is measured which test passes through a line: whoever finds it done passes through none."""
_MOST = 400
"""Registers are kept packed, some 60 kB each."""

_COUNTERS = ((24, 28), (40, 44), (92, 100))
"""Bytes of an SQLite header that count changes (sqlite.org, file format 1.3): a copy differs in nothing else."""


class HasRegister(Protocol):
    """Whoever works on a register: a counter, a pay desk."""

    register: Register


C = TypeVar("C", bound=HasRegister)
P = ParamSpec("P")
R = TypeVar("R")
_Known = tuple[object, dict[str, Any], Any]
_known: OrderedDict[tuple[str, ...], _Known] = OrderedDict()


def remembered(step: Callable[Concatenate[C, P], R]) -> Callable[Concatenate[C, P], R]:
    """A step that leads from the same register, by the same words, to the same register.

    For the way to what a test is about, and never for that itself: the program's code may have been replaced for it.
    The step writes into the register alone, and changes nothing of its counter but what can be copied.
    """

    @wraps(step)
    def taken(counter: C, *args: P.args, **kwargs: P.kwargs) -> R:
        database = _database(counter)
        if not IS_ON or database is None or counter.register.rulebook is not shipped_rulebook():
            return step(counter, *args, **kwargs)
        # Of another kind of counter the same words may mean something else.
        who = f"{type(counter).__qualname__} {_fields(counter)!r}"
        words = (step.__qualname__, database.fingerprint(), who, repr(args), repr(sorted(kwargs.items())))
        if words not in _known:
            files = _files(counter)
            result = step(counter, *args, **kwargs)
            assert _files(counter) == files, f"{step.__qualname__} writes files, which are not remembered"
            _known[words] = database.content(), _fields(counter), result
            if len(_known) > _MOST:
                _known.popitem(last=False)
            return result
        _known.move_to_end(words)
        content, fields, result = _known[words]
        database.put(content)
        vars(counter).update(deepcopy(fields))
        return cast(R, result)

    return cast(Callable[Concatenate[C, P], R], taken)


class _Remembered(Protocol):
    """A database whose content can be had, and put back."""

    def fingerprint(self) -> str:
        """The same for the same content."""

    def content(self) -> Any:
        """As it is now."""

    def put(self, content: Any) -> None:
        """Put it back."""


class _File:
    """Of SQLite."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def fingerprint(self) -> str:
        """Without what only counts changes."""
        with closing(sqlite3.connect(self._path)) as database:
            changed = bytearray(database.serialize())
        for start, end in _COUNTERS:
            changed[start:end] = bytes(end - start)
        return sha256(changed).hexdigest()

    def content(self) -> bytes:
        """Packed."""
        with closing(sqlite3.connect(self._path)) as database:
            return zlib.compress(database.serialize(), 1)

    def put(self, content: bytes) -> None:
        """Over what there is."""
        with closing(sqlite3.connect(self._path)) as database, closing(sqlite3.connect(":memory:")) as in_memory:
            in_memory.deserialize(zlib.decompress(content))
            in_memory.backup(database)


def _database(counter: HasRegister) -> _Remembered | None:
    """None: of a database on a server that is not used again, which takes longer to copy than most steps."""
    database = counter.register.home.database
    return _File(database) if isinstance(database, Path) else on_server.rows_of(counter.register.home.root)


def _fields(counter: HasRegister) -> dict[str, Any]:
    """Copies, for a list that a counter keeps grows later on."""
    return deepcopy({name: value for name, value in vars(counter).items() if name != "register"})


def _files(counter: HasRegister) -> list[Path]:
    """All files of the data folder but the register's own."""
    root = counter.register.home.root
    return sorted(path for path in root.rglob("*") if not path.name.startswith("register.sqlite"))
