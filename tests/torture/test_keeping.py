"""A backup, a restoring or a rotation of the key that is killed: nothing by half, and the next one comes to its end."""

import random
import shutil
from pathlib import Path

import pytest

from db import backup_list
from pxtui.casework.desk import notices
from pxtui.casework.keeping import key_backup, office_key, restoring
from pxtui.casework.office.register import open_register
from pxtui.home import Home
from tests.conftest import ACTING, NOW, empty_register
from tests.support.chain import verified
from tests.support.ended_command import run, steps_of
from tests.support.filings import a_filing

IN_THE_GATE = 3


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register of one case, a stick with its office key and its keys, and a backup."""
    from pxtui.casework.opening import filing

    folder = tmp_path_factory.mktemp("kept")
    (folder / "stick").mkdir()
    register = empty_register(Home(folder / "data"))
    with register.writing(ACTING) as context:
        filing.file(context, a_filing())
        office_key.create(context, folder / "stick" / "private.txt")
    with register.writing(ACTING) as context:
        keys = key_backup.sealed_keys(context)
    register.close()
    key_backup.write_keys(register.home, folder / "stick" / "keys", keys, NOW)
    assert run(folder / "data", "backup").code == 0
    return folder


def _steps(last: int) -> list[int]:
    """Some anywhere, and the last ones, where what was made comes to its place."""
    return [*random.Random(2020).sample(range(last), IN_THE_GATE), last - 2, last - 1]


def _copy(made_once: Path, folder: Path) -> Home:
    shutil.copytree(made_once, folder)
    return Home(folder / "data")


def _assert_listed_ones_are_whole(home: Home, folder: Path) -> int:
    private = office_key.read_private(folder / "stick" / "private.txt", lambda: "")
    listed = backup_list.listed(home.backups)
    for backup in listed:
        restored = restoring.restore(
            home.backups / backup.name, private, folder / backup.name, folder / "stick" / "keys"
        )
        assert restored.backup.content == backup.content
    return len(listed)


def _backed_up(folder: Path, home: Home, step: int) -> bool:
    """A backup that is killed before a step; whether it was."""
    if run(home.root, "backup", before_step=step).code == 0:
        return False
    count = _assert_listed_ones_are_whole(home, folder)
    assert count in (1, 2)
    assert run(home.root, "backup").code == 0
    assert len(backup_list.listed(home.backups)) == count + 1
    names = {path.name for path in home.backups.iterdir() if path.name.startswith(".")}
    assert names == {".lock"}
    return True


def _restored(folder: Path, home: Home, step: int) -> bool:
    """A restoring that is killed before a step; whether it was."""
    (file,) = home.backups.glob(f"*{backup_list.SUFFIX}")
    stick, new = folder / "stick", folder / "new"
    words = ("restore", str(file), "--key", str(stick / "private.txt"), "--keys", str(stick / "keys"), "--to", str(new))
    if run(home.root, *words, before_step=step).code == 0:
        return False
    if not new.exists():
        assert "与备份时逐项一致" in run(home.root, *words).said
    assert verified(Home(new)).is_whole
    open_register(Home(new), NOW).close()
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    return True


def _rotated(folder: Path, home: Home, step: int) -> bool:
    """A rotation that is killed before a step; whether it was."""
    if run(home.root, "key", "rotate", "--to", str(folder / "stick" / "keys-2"), before_step=step).code == 0:
        return False
    register = open_register(home, NOW)
    with register.reading(ACTING) as context:
        is_unfinished = "没有做完" in notices.sentence(context)
    register.close()
    to = () if is_unfinished else ("--to", str(folder / "stick" / "keys-3"))
    assert "全部内容已改用" in run(home.root, "key", "rotate", *to).said
    assert verified(home).is_whole
    return True


DEEDS = {
    "backup": (_backed_up, ("backup",)),
    "restore": (_restored, ("restore", "FILE", "--key", "KEY", "--keys", "KEYS", "--to", "NEW")),
    "rotation": (_rotated, ("key", "rotate", "--to", "NEW")),
}


@pytest.mark.terminal
@pytest.mark.parametrize("name", DEEDS)
def test_what_is_killed_leaves_nothing_by_half(name: str, made_once: Path, tmp_path: Path) -> None:
    deed, words = DEEDS[name]
    counted = tmp_path / "counted"
    home = _copy(made_once, counted)
    (file,) = home.backups.glob(f"*{backup_list.SUFFIX}")
    places = {
        "FILE": file,
        "KEY": counted / "stick/private.txt",
        "KEYS": counted / "stick/keys",
        "NEW": counted / "new",
    }
    ended = run(home.root, *(str(places.get(word, word)) for word in words), before_step=-1)
    last = steps_of(ended)
    assert last > 10
    for step in _steps(last):
        folder = tmp_path / str(step)
        assert deed(folder, _copy(made_once, folder), step)


@pytest.mark.terminal
@pytest.mark.long
@pytest.mark.parametrize("name", DEEDS)
def test_whatever_step_it_is_killed_at_nothing_is_by_half(name: str, made_once: Path, tmp_path: Path) -> None:
    deed, _ = DEEDS[name]
    step = 0
    while deed(folder := tmp_path / str(step), _copy(made_once, folder), step):
        shutil.rmtree(folder)
        step += 1
    assert step > 10
