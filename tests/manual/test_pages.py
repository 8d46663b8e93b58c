"""Whatever the README and the manual name is there: pages, pictures, keys, settings, parameters, rules, commands."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from pxtui.casework.practice.register import PRACTICE_DAY
from pxtui.commands import entry
from pxtui.errors import EXIT_UNREADABLE
from pxtui.policy.rules import CODES
from screens.frame.command import EVERYWHERE
from screens.frame.keymap import COMMANDS, key_name
from screens.office.setting_fields import SETTINGS
from tests.support.office import Office
from tests.support.practice import practice_home
from tools.manual import generated, pictures, site

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "manual"
PAGES = [ROOT / "README.md", ROOT / "README.en.md", *sorted(MANUAL.rglob("*.md"))]
GENERATED = {"commands.md", "stages.md", "keys.md", "trust.md", "scale.md", "verify.md", "changes.md", "settings.md"}
"""Pages that there are when the manual is built."""
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)#]+)[^)]*\)")
CODE = re.compile(r"`(pxtui [^`]+)`|^ {4,8}(pxtui .+)$", re.MULTILINE)
RUN = re.compile(r"```sh\n(.*?)```", re.DOTALL)
PARAMETER = re.compile(r"`([a-z]+\.[a-z_]+)`")
RULE = re.compile(r"`([a-z]+\.[a-z-]+)`")
ROOT_COMMAND: Any = typer.main.get_command(entry._commands())


def name(page: Path) -> str:
    """A page as a test names it."""
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_a_page_points_to_is_there(page: Path) -> None:
    shots = {f"{shot.name}.svg" for shot in pictures.ALL} | {"stages.svg"}
    for is_picture, target in LINK.findall(page.read_text("utf-8")):
        if target.startswith("http"):
            continue
        there = (page.parent / target).resolve()
        if is_picture and page.is_relative_to(MANUAL):
            assert there.parent == MANUAL / "pictures"
            assert there.name in shots
        else:
            assert there.exists() or (there.parent == MANUAL and there.name in GENERATED), target


def test_every_picture_of_the_manual_is_shown_on_a_page() -> None:
    text = "".join(page.read_text("utf-8") for page in PAGES)
    assert [shot.name for shot in pictures.ALL if f"pictures/{shot.name}.svg" not in text] == []


def test_every_page_stands_in_the_contents() -> None:
    contents = (ROOT / "docs" / "mkdocs.yml").read_text("utf-8")
    pages = {str(page.relative_to(MANUAL)) for page in MANUAL.rglob("*.md")} | GENERATED
    assert sorted(page for page in pages if f": {page}\n" not in contents) == []


def commands_in(page: Path) -> Iterator[str]:
    """The commands that a page names, with words that stand for values."""
    text = page.read_text("utf-8")
    for inline, block in CODE.findall(text):
        yield inline or block
    for block in RUN.findall(text):
        yield from block.strip().splitlines()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_command_on_a_page_is_one_that_there_is_with_these_options(page: Path) -> None:
    for line in commands_in(page):
        words = line.split()[1:]
        command, at = ROOT_COMMAND, "pxtui"
        while words and (below := getattr(command, "commands", {}).get(words[0])) is not None:
            command, at, words = below, f"{at} {words[0]}", words[1:]
        options = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        known = options | ({"--as", "--version"} if command is ROOT_COMMAND else set())
        assert [word for word in words if word.startswith("--") and word not in known] == [], line
        # A page of commands may be named alone; no other word may stand where a command should.
        assert not hasattr(command, "commands") or not words or words[0].startswith("--"), line


def test_what_stands_in_blocks_is_run(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    office = Office(tmp_path, str(PRACTICE_DAY))
    practice_home(office.home.root, tmp_path_factory)
    lines = [line for page in PAGES for block in RUN.findall(page.read_text("utf-8")) for line in block.splitlines()]
    assert len(lines) > 10
    for line in lines:
        done = office.run(*line.split()[1:])
        assert (done.returncode, done.stderr) == (0, ""), line
        assert done.stdout.strip(), line


def test_the_targets_of_make_that_a_page_names_are_there() -> None:
    named = {target for page in PAGES for target in re.findall(r"(?:`| {4})make ([a-z]+)", page.read_text("utf-8"))}
    assert {"run", "demo", "docs", "pictures", "wheelhouse"} <= named
    said = subprocess.run(["make", "-C", str(ROOT), "-n", "-t", *named], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


def test_parameters_rules_and_settings_that_an_office_may_confirm_are_those_of_the_program() -> None:
    text = (MANUAL / "readings.md").read_text("utf-8")
    notice = tomllib.loads((ROOT / "pxtui" / "policy" / "notice_2020_33.toml").read_text("utf-8"))
    for found in set(PARAMETER.findall(text)) | set(RULE.findall(text)):
        table, _, key = found.partition(".")
        assert key in notice.get(table, {}) or found in CODES, found
    for named in re.findall(r"“([^”]+)”", text.partition("办理要多少天")[2].partition("\n")[0]):
        assert named in {field.name for field in SETTINGS}


def test_the_page_of_commands_has_every_command_and_what_it_does() -> None:
    page = generated.commands()
    leaves = [
        f"pxtui {word} {below}" if below else f"pxtui {word}"
        for word, command in ROOT_COMMAND.commands.items()
        for below in getattr(command, "commands", {"": None})
    ]
    assert len(leaves) > 100
    assert [leaf for leaf in leaves if f"| `{leaf}" not in page] == []
    assert "|  |" not in page
    assert all(f"| {code} | " in page for code in (0, 1, EXIT_UNREADABLE, 130))


def test_the_page_of_keys_has_every_key_of_every_screen_by_its_chinese_name() -> None:
    page = generated.keys()
    for command in COMMANDS:
        assert f"{command.label} | {command.help} |" in page
    screens = {screen for command in COMMANDS for screen in command.screens} - {EVERYWHERE}
    assert [screen for screen in screens if generated.title_of(screen).isascii()] == []
    assert all(f"| {key_name(command.key)} |" in generated.card() for command in COMMANDS)


def test_pages_of_the_repository_point_nowhere_in_the_manual() -> None:
    for page in ("docs/trust.md", "docs/SCALE.md", "deploy/README.md"):
        assert not LINK.search(site._without_links(ROOT / page))
