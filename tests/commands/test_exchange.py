"""Two offices type the commands of the exchange."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.policy.test_bundles import CLAIM
from tests.support.bundles import import_on_its_day
from tests.support.office import Office
from tests.support.people import id_of


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of two offices that have exchanged their keys."""
    tmp_path = tmp_path_factory.mktemp("offices")
    made = []
    for code in ("dongqu", "renhe"):
        folder = tmp_path / code
        folder.mkdir()
        office = Office(folder)
        office.say("init", "--office", code, "--practice", "--name", "张三")
        (tmp_path / f"{code}.txt").write_text(office.say("exchange", "key"), encoding="utf-8")
        made.append(office)
    first, second = made
    assert "已登记仁和区人社局的公钥" in first.say("exchange", "trust", "renhe", tmp_path / "renhe.txt")
    second.say("exchange", "trust", "dongqu", tmp_path / "dongqu.txt")
    return tmp_path


@pytest.fixture
def offices(made_once: Path, tmp_path: Path) -> tuple[Office, Office]:
    """东区 and 仁和区, each with the keys of the other."""
    copytree(made_once, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path / "dongqu"), Office(tmp_path / "renhe")


def test_the_key_that_is_shown_stays_the_same(offices: tuple[Office, Office]) -> None:
    first, second = offices
    shown = first.say("exchange", "key")
    assert shown == first.say("exchange", "key") != second.say("exchange", "key")
    fingerprint = shown.splitlines()[-1].removeprefix("fingerprint ")
    assert second.say("exchange", "list") == f"东区人社局  {fingerprint}"


def test_a_claim_of_one_office_is_known_to_the_other(offices: tuple[Office, Office]) -> None:
    first, second = offices
    year, letter, serial = import_on_its_day(first, CLAIM).split("-")
    second.day = first.day
    first.say("exchange", "export", "--to", "to-renhe.pxx", "--for", "renhe", "--since", "2020-01-01")
    sent = first.folder / "to-renhe.pxx"
    assert sent.stat().st_mode & 0o077 == 0
    taken = second.say("exchange", "import", sent)
    assert taken.startswith(f"东区人社局{first.day} ")
    assert "更新0条，没有变化0条。" in taken
    assert second.say("exchange", "import", sent).endswith("这份文件以前已经导入，没有增加。")
    number = import_on_its_day(second, CLAIM)
    checked = second.run("case", "check", number)
    assert checked.returncode == 1
    assert f"东区人社局 线培〔{year}〕{letter}-{serial}" in checked.stdout


def test_where_duties_are_apart_the_head_agrees_to_what_the_administrator_proposes(
    offices: tuple[Office, Office],
) -> None:
    first, _ = offices
    for name, role in (("王五", "负责人"), ("赵六", "管理员")):
        first.say("staff", "add", name, "--role", role, "--as", "张三")
    for place, name in enumerate(("张三", "王五", "赵六")):
        assert first.run("staff", "identify", name, "--as", "张三", typed=f"{id_of(place)}\n").returncode == 0
    first.say("office", "set", "--duties-apart", "on", "--as", "赵六")
    said = first.say("exchange", "strike", "renhe", "--reason", "密钥外泄", "--as", "赵六")
    assert said.startswith(
        "已提出，由负责人同意后生效（按F10、0、2、Ctrl+N，或 pxtui source agree）：删去仁和区人社局交换来的全部和公钥。"
    )
    assert first.say("source", "list").startswith(
        f"1  {first.day} 赵六提出删去仁和区人社局交换来的全部和公钥，理由：密钥"
    )
    assert first.run("source", "agree", "1", "--as", "赵六").returncode == 2
    assert "仁和区人社局" in first.say("exchange", "list")
    assert first.say("source", "agree", "1", "--as", "王五") == "已删去仁和区人社局的0条和公钥。"
    assert first.say("exchange", "list") == "还没有登记其他部门的公钥。"
    assert first.say("source", "list") == "没有等待同意的。"


def test_a_file_is_never_written_over(offices: tuple[Office, Office]) -> None:
    first, _ = offices
    (first.folder / "there").write_text("mine")
    done = first.run("exchange", "export", "--to", "there", "--for", "renhe")
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有覆盖" in done.stderr
    assert (first.folder / "there").read_text() == "mine"


WRONG = {
    "export to a stranger": ("exchange", "export", "--to", "out", "--for", "xiqu"),
    "import of nothing": ("exchange", "import", "nowhere"),
    "import of something else": ("exchange", "import", str(CLAIM)),
    "keys of nobody": ("exchange", "trust", "renhe", "nowhere.txt"),
    "nothing to agree to": ("source", "agree", "7"),
    "nothing to turn down": ("source", "drop", "7", "--reason", "误"),
    "an unknown office": ("exchange", "strike", "chengdu", "--reason", "误"),
    "a voucher of nobody": ("voucher", "strike", "123", "--reason", "误"),
    "a case without a bundle": ("history", "confirm", "2020-DQ-0001", "--reason", "误"),
    "no such class": ("history", "strike-class", "2020-DQ-0001", "--reason", "误"),
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG.keys())
def test_wrong_input_is_one_chinese_sentence(words: tuple[str, ...], offices: tuple[Office, Office]) -> None:
    done = offices[0].run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert not (offices[0].folder / "out").exists()
