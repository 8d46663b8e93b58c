"""Variables by which an environment would load code, write files, press keys, or spoil the screen."""

from pathlib import Path

MARK = "loaded.mark"
EVIL = "evil_settings"


def write_evil_module(folder: Path, *names: str) -> None:
    """Modules that leave a mark in `folder` when they are loaded."""
    mark = folder / MARK
    for name in names:
        (folder / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').close()\nDriver = None\n", encoding="utf-8")


def of_libraries(folder: Path) -> dict[str, str]:
    """What Textual, Rich, typer, libpq and the programs that they would start read."""
    return {
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_DRIVER": f"{EVIL}:Driver",
        "TEXTUAL_LOG": str(folder / "textual.mark"),
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_SCREENSHOT_LOCATION": str(folder),
        "TEXTUAL_SCREENSHOT_FILENAME": "screen.mark",
        "TEXTUAL_PRESS": "f12,enter",
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_FILTERS": "dim",
        "TEXTUAL_DEVTOOLS_HOST": "127.0.0.1",
        "TEXTUAL_DEVTOOLS_PORT": "9",
        "TEXTUAL_SHOW_RETURN": "1",
        "TEXTUAL_THEME": "textual-light",
        "TEXTUAL_COLOR_SYSTEM": "no-such",
        "TEXTUAL_ALLOW_SIGNALS": "1",
        "TEXTUAL_SLOW_THRESHOLD": "0",
        "TEXTUAL_DIM_FACTOR": "0",
        "COLUMNS": "20",
        "LINES": "5",
        "NO_COLOR": "",
        "FORCE_COLOR": "1",
        "TTY_COMPATIBLE": "0",
        "TTY_INTERACTIVE": "0",
        "JUPYTER_COLUMNS": "3",
        "UNICODE_VERSION": "no-such",
        "TERMINAL_WIDTH": "no-such",
        "BROWSER": f"touch {folder / 'browser.mark'}",
        "EDITOR": f"touch {folder / 'editor.mark'}",
        "_PXTUI_COMPLETE": "bash_source",
        "PGHOST": "127.0.0.1",
        "PGSERVICEFILE": str(folder / "services"),
        "PGOPTIONS": "-c search_path=evil",
    }


def of_the_interpreter(folder: Path) -> dict[str, str]:
    """What Python and the loader of programs read: only a fixed environment and `python -I` help against these."""
    return {
        "PYTHONPATH": str(folder),
        "PYTHONSTARTUP": str(folder / f"{EVIL}.py"),
        "PYTHONHOME": "/nowhere",
        "PYTHONUSERBASE": str(folder),
        "PYTHONINSPECT": "1",
        "PYTHONWARNINGS": f"error::{EVIL}.Warning",
        "PYTHONBREAKPOINT": f"{EVIL}.Driver",
        "PYTHONPYCACHEPREFIX": str(folder / "cache.mark"),
        "LD_PRELOAD": str(folder / "evil.so"),
        "LD_LIBRARY_PATH": str(folder),
        "LD_AUDIT": str(folder / "evil.so"),
        "BASH_ENV": str(folder / "profile"),
        "ENV": str(folder / "profile"),
        "PXTUI_HOME": str(folder / "other"),
        "PXTUI_TODAY": "2019-01-01",
    }


def marks(folder: Path) -> list[str]:
    """What the variables did."""
    return sorted(path.name for path in folder.rglob("*.mark"))
