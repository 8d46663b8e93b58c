"""All that a session imports sooner or later, imported once and shared by those who are forked."""

import gc
import pkgutil
from importlib import import_module

_PROGRAM = ("pxtui", "screens", "db")
_NOT_LOADED = ("pxtui.__main__", "pxtui.papers.reading.table_child", "db.migrations")
"""What runs as a program of its own, and what alembic loads by itself."""
_LATE_MODULES = (
    "alembic.command",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "sqlalchemy.dialects.sqlite",
    "textual.drivers.linux_driver",
    "textual.layouts.factory",
    "textual.scrollbar",
)
"""What libraries import by the way: a driver, a layout, the first connection, the first sealed field."""


def load_program() -> None:
    """Import every module of the program; no file of a register is opened and nothing random is drawn."""
    # First, and in the program's order: it sets what Textual reads when it is imported.
    import_module("pxtui.app")
    for package in _PROGRAM:
        for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            if not module.name.startswith(_NOT_LOADED):
                _load(module.name)
    for name in _LATE_MODULES:
        import_module(name)
    _work_out_ahead()
    # The collector writes into every object that it looks at, and a page that is written to is shared no longer.
    gc.collect()
    gc.freeze()


def _load(name: str) -> None:
    try:
        import_module(name)
    except ModuleNotFoundError as fault:
        # An extra that is not installed: no session needs what stands on it.
        if fault.name is None or fault.name.split(".")[0] in _PROGRAM:
            raise


def _work_out_ahead() -> None:
    """What every session would work out first, and alike: a fifth of the memory that each would have for itself."""
    from rich.cells import cell_len
    from sqlalchemy.orm import configure_mappers

    from pxtui.policy.parameters import shipped_rulebook, shipped_texts

    configure_mappers()
    shipped_rulebook()
    shipped_texts()
    # Loads the widths of characters.
    cell_len("口")
