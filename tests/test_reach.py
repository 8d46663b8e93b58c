"""Whoever sits here over a server's line reads the office's inbox and her own folder, and writes into one folder."""

import os
from pathlib import Path

import pytest

from pxtui.errors import NotFound, Refused
from pxtui.file_content import content_of
from pxtui.home import Home
from pxtui.reach import Reach, ServedReach, served_reach


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A data folder with a key, a draft, and files that came in for the office, for her and for somebody else."""
    made = Home(tmp_path / "data")
    for folder in (made.inbox, made.inboxes / "张三", made.inboxes / "李四", made.key.parent, made.drafts):
        folder.mkdir(parents=True)
    made.key.write_text("key")
    (made.drafts / "other.draft").write_text("draft")
    (made.inboxes / "李四" / "李四的.csv").write_text("other")
    for age, path in enumerate((made.inboxes / "张三" / "自己.csv", made.inbox / "旧.csv", made.inbox / "新.csv")):
        path.write_text(path.stem)
        os.utime(path, (1_000 + age, 1_000 + age))
    return made


@pytest.fixture
def reach(home: Home) -> ServedReach:
    """What 张三 reaches."""
    return served_reach(home, "张三")


WAYS_OUT = (
    "/etc/shadow",
    "/etc/passwd",
    "/proc/self/environ",
    "/proc/self/fd/0",
    "/dev/tty",
    "/dev/stdin",
    "../keys/register.key",
    "../drafts/other.draft",
    "../inboxes/李四/李四的.csv",
    "../../data/keys/register.key",
    "./../keys/register.key",
    "新.csv/../../keys/register.key",
    "~/.ssh/id_ed25519",
    "~root/.bashrc",
    "~",
    "$HOME/x",
    "file:///etc/passwd",
    "link",
    "folder-link/register.key",
    "chain",
    "",
    ".",
    "..",
    "/",
    "a\0b",
    "x" * 5000,
)


@pytest.mark.parametrize("name", WAYS_OUT)
def test_no_name_leads_out_of_the_inbox(name: str, reach: ServedReach, home: Home) -> None:
    (home.inbox / "link").symlink_to("/etc/passwd")
    (home.inbox / "folder-link").symlink_to(home.key.parent)
    (home.inbox / "chain").symlink_to("link")
    if fault := reach.fault_of(name):
        assert fault == "只能用收件箱里的文件，请只写文件名。"
        with pytest.raises(Refused):
            reach.to_read(name)
        return
    # A name that means nothing here is a file that there is not, in one of the folders.
    path = reach.to_read(name)
    assert any(path.is_relative_to(folder) for folder in reach.readable)
    with pytest.raises((NotFound, Refused)):
        content_of(path, 100, "")


def test_a_refusal_does_not_tell_whether_there_is_such_a_file(reach: ServedReach) -> None:
    assert reach.fault_of("/etc/passwd") == reach.fault_of("/etc/no-such-file")


def test_the_inbox_and_the_own_folder_are_read(reach: ServedReach, home: Home) -> None:
    assert reach.to_read("新.csv").read_text() == "新"
    assert reach.to_read("自己.csv").read_text() == "自己"
    assert reach.to_read(str(home.inbox / "旧.csv")).read_text() == "旧"


def test_the_newest_file_is_offered_first_and_nothing_that_is_no_file(reach: ServedReach, home: Home) -> None:
    (home.inbox / "link").symlink_to("/etc/passwd")
    (home.inbox / ".hidden").write_text("")
    (home.inbox / "~$新.xlsx").write_text("")
    (home.inbox / "folder").mkdir()
    os.mkfifo(home.inbox / "pipe")
    assert reach.offered == ("新.csv", "旧.csv", "自己.csv")
    assert served_reach(Home(home.root / "nothing"), "张三").offered == ()


def test_a_pipe_or_a_device_in_the_inbox_is_not_read(reach: ServedReach, home: Home) -> None:
    os.mkfifo(home.inbox / "pipe")
    with pytest.raises(Refused, match="不是普通文件"):
        content_of(reach.to_read("pipe"), 100, "")


@pytest.mark.parametrize("name", ["/tmp/x", "../x", "a/b", "..", "", "a\0b", "link"])  # noqa: S108
def test_a_file_for_others_is_written_into_the_folder_for_it_alone(name: str, reach: ServedReach, home: Home) -> None:
    home.outbox.mkdir()
    (home.outbox / "link").symlink_to("/etc/passwd")
    with pytest.raises(Refused, match="只写文件名"):
        reach.to_write(name)
    assert reach.to_write("公钥.txt") == home.outbox / "公钥.txt"


@pytest.mark.parametrize("clerk", ["..", ".", "", "../李四", "a/b"])
def test_a_name_that_is_a_path_has_no_folder_of_its_own(clerk: str, home: Home) -> None:
    assert served_reach(home, clerk).readable == (home.inbox,)


def test_the_inbox_may_lie_elsewhere(home: Home, tmp_path: Path) -> None:
    reach = served_reach(home, "张三", tmp_path / "in")
    assert reach.readable[0] == tmp_path / "in"
    assert reach.fault_of(str(home.inbox / "新.csv"))


def test_on_her_own_machine_a_clerk_names_any_file_of_hers(tmp_path: Path) -> None:
    assert Reach().to_read(str(tmp_path / "a.csv")) == tmp_path / "a.csv"
    assert Reach().to_read("~/a.csv") == Path.home() / "a.csv"
    assert Reach().offered == ()


def test_no_screen_makes_a_path_of_what_was_keyed_by_itself() -> None:
    root = Path(__file__).parents[1]
    # The one path of theirs that nobody keyed: the program's own threads in /proc.
    found = [
        str(path.relative_to(root))
        for path in sorted((root / "screens").rglob("*.py"))
        if "named_path" in (text := path.read_text(encoding="utf-8")) or "Path(" in text
    ]
    assert found == ["screens/terminal/setup.py"]
