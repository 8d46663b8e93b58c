"""Which folder and which database the program works on."""

from pathlib import Path

import pytest

from pxtui.errors import PxtuiError
from pxtui.home import Server, home, practice_home

URL = "postgresql://pxtui:geheim@db1,db2:5433/pxtui?target_session_attrs=read-write"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, and no address."""
    monkeypatch.setenv("PXTUI_HOME", str(tmp_path))
    monkeypatch.delenv("PXTUI_DATABASE_URL", raising=False)
    return tmp_path


def test_without_an_address_the_register_is_a_file_of_the_folder(folder: Path) -> None:
    assert home().database == folder / "register" / "register.sqlite"


def test_the_environment_or_a_file_of_the_folder_names_the_server(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "database-url").write_text(f"{URL}\n")
    (folder / "database-url").chmod(0o600)
    assert home().database == Server(URL)
    monkeypatch.setenv("PXTUI_DATABASE_URL", "postgresql://other/db")
    assert home().database == Server("postgresql://other/db")


def test_practice_is_never_on_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PXTUI_DATABASE_URL", URL)
    assert isinstance(practice_home().database, Path)


def test_an_address_is_shown_without_account_and_password() -> None:
    assert str(Server(URL)) == "db1,db2:5433/pxtui"


def test_what_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PXTUI_DATABASE_URL", "mysql://db")
    with pytest.raises(PxtuiError, match="应写成postgresql://"):
        home()


def test_an_address_that_others_may_read_is_refused(folder: Path) -> None:
    (folder / "database-url").write_text(URL)
    (folder / "database-url").chmod(0o644)
    with pytest.raises(PxtuiError, match="chmod 600"):
        home()
