"""Lays the pages of the manual together for mkdocs: those that are written, those that are generated, the pictures.

python -m tools.manual.site FOLDER    # `make docs`
"""

import re
import shutil
import sys
from pathlib import Path

from pxtui.commands import settings
from tools.manual import generated, pictures, stages_picture

ROOT = Path(__file__).parents[2]
WRITTEN = ROOT / "docs" / "manual"
_LINK = re.compile(r"\]\((?!https?:|#|pictures/)[^)]*\)")


def lay(folder: Path) -> None:
    """Write the sources of the site into a folder; what was there is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(WRITTEN, folder)
    pages = {
        "commands.md": generated.commands(),
        "settings.md": settings.markdown(),
        "stages.md": generated.stages_page(),
        "keys.md": generated.keys(),
        "card.md": (WRITTEN / "card.md").read_text("utf-8") + generated.card(),
        "trust.md": _without_links(ROOT / "docs" / "trust.md"),
        "scale.md": _without_links(ROOT / "docs" / "SCALE.md"),
        "verify.md": _without_links(ROOT / "docs" / "VERIFY.md"),
        "changes.md": _without_links(ROOT / "CHANGELOG.md"),
        "admin/server.md": (WRITTEN / "admin" / "server.md").read_text("utf-8")
        + _without_links(ROOT / "deploy" / "README.md").partition("\n")[2],
    }
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    shots = folder / "pictures"
    pictures.write(shots, pictures.ALL)
    (shots / "stages.svg").write_text(stages_picture.picture(), "utf-8")


def _without_links(file: Path) -> str:
    """A page of the repository; what it points to is not in the manual."""
    return _LINK.sub("]", file.read_text("utf-8")).replace("[[", "[")


if __name__ == "__main__":
    lay(Path(sys.argv[1]))
