"""No personal data stands on a command line, where everybody on the machine reads it and the shell keeps it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from pxtui.commands.entry import _commands
from tests.support.office import Office
from tests.support.rosters import made_up_people

WHERE = {
    *("number", "numbers", "batch", "case", "seq", "year", "office", "receiver", "code", "fund", "form", "field"),
    *("file", "files", "from_file", "out", "proof", "join", "rules", "platform", "stage", "most", "action", "level"),
    *(
        "leave",
        "new_file",
        "authorized_keys",
        "value",
        "address",
        "seed",
        "again",
        "as_json",
        "cells",
        "same_reference_is_right",
        "practice",
        "occupation",
    ),
    *("new_file", "authorized_keys", "value", "first"),
    *("upheld", "recoveries", "with_passwords", "undo", "subsidised", "online", "fraud"),
    *("anchors", "folder", "private", "keys", "passphrase_file", "passphrase", "drill", "replace"),
    *("reveals", "passwords", "papers", "drafts", "refused", "closed"),
    *("before", "check", "kind", "stands", "dismissed", "headings", "only_check"),
    *("place", "decision", "means", "outcome"),
    "firm",
}
"""Numbers of cases, batches and rows, files, codes, flags."""
WHEN = {
    *("starts", "ends", "starts_on", "ends_on", "since", "on", "day", "month", "ended", "published", "lifted"),
    *("lifted_on", "returned_on", "effective", "as_of", "until"),
}
"""Days."""
MONEY = {"second_signature_from", "amount", "granted", "reference", "bounced", "paid", "slips", "take", "pass_mark"}
STAFF = {"acting_name", "name", "taker", "role", "absent", "administrator"}
"""Names of the office's own staff; `name` also of an account, which is the enterprise's."""
OFFICE = {
    *("phone", "supervision_phone", "notice_hosts", "bank", "correction_days", "opening_days", "claim_days"),
    *(
        "fraud_years",
        "tail_sum",
        "second_keying",
        "duties_apart",
        "sign_in",
        "no_sign_in",
        "signs",
        "spot_check",
        "first",
        "second_signature_from",
    ),
}
"""How the office can be reached, its settings, and the name of a bank."""
TEXTS = {"reason", "opinion", "evidence", "statement", "finding", "remark", "drop", "document", "source", "where"}
"""Free texts: an ID number in them is refused, whatever the command."""
PERSONAL = {"id_number", "person", "account", "objector", "contact", "joiner"}
"""Asked for."""
OF_ONE_COMMAND = {
    *(("case correct", "to"), ("exchange export", "to"), ("backup key create", "to"), ("key backup", "to")),
    *(("restore", "to"), ("key rotate", "to"), ("db copy", "target")),
    *(("db copy", "sources"), ("db copy", "decided"), ("db conflicts", "sources"), ("db conflicts", "decide")),
    ("find", "text"),
    *(("staff add", "password"), ("staff add", "key")),
    *(("stats", "by"), ("stats", "words_of_query"), ("stats", "report")),
    *(("db roles", "owner"), ("db roles", "program"), ("db roles", "backup")),
}
"""A text that is personal for some fields or refused as a whole number, files, a flag, accounts of a database."""

ID, PHONE, ACCOUNT = "510402198001010018", "13800000009", "6217000000000001"
WITH_PERSONAL_DATA: dict[str, tuple[str, ...]] = {
    "id_number of add": ("history", "add", ID, "焊工", "--from", "2019-05-06"),
    "id_number of strike": ("history", "strike", ID, "2019-05-06", "--reason", "误"),
    "person": ("history", "show", "张三丰"),
    "person of extract": ("person", "extract", ID),
    "account": ("payment", "correct", "2020-DQ-0001", "--bank", "中国银行", "--name", "某公司", "--account", ACCOUNT),
    "objector": ("publicity", "object", "2020-DQ-0001", "--statement", "名单有误", "--objector", "张三丰"),
    "contact": ("publicity", "object", "2020-DQ-0001", "--statement", "名单有误", "--contact", PHONE),
    "joiner": ("case", "change", "2020-DQ-0001", "--reason", "新增", "--joiner", f"张三丰,{ID},{PHONE}"),
    "to": ("case", "correct", "2020-DQ-0001", "contact-phone", "--to", PHONE, "--reason", "录错"),
    "person of show": ("person", "show", ID),
    "id_number of find": ("find", ID),
    "phone of find": ("find", PHONE),
    "reason": ("case", "void", "2020-DQ-0001", "--reason", f"与{ID}重复"),
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    made.begin()
    return made


def parameters(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for name, below in getattr(command, "commands", {}).items():
        yield from parameters(below, (*path, name))
    if not hasattr(command, "commands"):
        yield from ((" ".join(path), parameter.name) for parameter in command.params if parameter.name != "help")


def test_every_parameter_is_known_to_be_harmless_or_asked_for() -> None:
    known = WHERE | WHEN | MONEY | STAFF | OFFICE | TEXTS | PERSONAL
    everything = list(parameters(typer.main.get_command(_commands())))
    assert len(everything) > 150
    unknown = {found for found in everything if found[1] not in known and found not in OF_ONE_COMMAND}
    # Decide for each whether it holds personal data; pxtui/commands/personal.py asks for what does.
    assert unknown == set()
    assert {name for _, name in everything if name in PERSONAL} == {name.split()[0] for name in WITH_PERSONAL_DATA} - {
        "to",
        "reason",
        "phone",
    }


@pytest.mark.parametrize("words", WITH_PERSONAL_DATA.values(), ids=WITH_PERSONAL_DATA)
def test_a_personal_value_on_the_command_line_is_refused_and_not_said_again(
    words: tuple[str, ...], office: Office
) -> None:
    done = office.run(*words, typed=f"{ID}\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "命令历史" in done.stderr
    assert "没有办理" in done.stderr or "没有查找" in done.stderr
    assert not any(value in done.stderr for value in (ID, PHONE, ACCOUNT, "张三丰"))


def test_a_reference_of_eighteen_digits_is_no_id_number(office: Office) -> None:
    (office.folder / f"{ID}.csv").write_text("", "utf-8")
    assert "命令行" not in office.run("case", "show", "202004241234567890").stderr
    assert "命令行" not in office.run("roster", "read", f"{ID}.csv").stderr


def test_what_is_asked_for_is_read_line_by_line_and_its_end_is_told(office: Office) -> None:
    strike = ("history", "strike", "-", "2019-05-06", "--reason", "误")
    assert "没有读到身份证号" in office.run(*strike).stderr
    assert "请核对证号和日期" in office.run(*strike, typed=f" {ID}\r\n").stderr


def test_a_file_of_personal_values_is_private_and_has_a_line_for_each(office: Office) -> None:
    (person,) = made_up_people(1)
    told = office.folder / "person"
    told.write_text(f"\ufeff{person.id_number}\n", "utf-8")
    told.chmod(0o644)
    words = ("history", "add", "-", "焊工", "--from", "2019-05-06", "--from-file", "person")
    assert "对其他用户开放" in office.run(*words).stderr
    told.chmod(0o600)
    assert office.say(*words) == "已录入。"
    assert office.say("history", "show", "--from-file", "person").startswith(person.id_number[:6])
    told.write_text(f"{person.id_number}\n{PHONE}\n", "utf-8")
    assert "应有1行（身份证号），现有2行" in office.run(*words).stderr


def test_tables_of_files_are_masked_and_json_has_what_the_file_has(office: Office) -> None:
    (person, other) = made_up_people(2)
    lines = f"姓名,身份证号,电话\n{person.name},{person.id_number},{person.phone}\n某人,,{other.id_number}\n"
    (office.folder / "roster.csv").write_text(lines, "utf-8")
    table, json = (
        office.run("roster", "read", "roster.csv").stdout,
        office.run("roster", "read", "roster.csv", "--json"),
    )
    assert person.id_number in json.stdout
    assert person.name in table
    assert not any(number in table for number in (person.id_number, person.phone, other.id_number))
