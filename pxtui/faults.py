"""Faults of the program itself: a number for the person, the place in the code for the log, no data in either."""

import os
import secrets
import traceback
from datetime import datetime
from pathlib import Path

from pxtui.clock import CHINA


def report(fault: BaseException, log: Path) -> str:
    """Append to `log` where `fault` arose; the sentence that a clerk reads.

    The message and the local values of the fault are left out of the log: they may hold a person's data.
    """
    number = secrets.token_hex(3).upper()
    places = traceback.extract_tb(fault.__traceback__)
    lines = [f"{place.filename}:{place.lineno} {place.name}" for place in places]
    entry = f"{datetime.now(CHINA).isoformat()} {number} {type(fault).__name__}\n" + "\n".join(lines) + "\n"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as stream:
            stream.write(entry)
    except OSError:
        return f"程序出错（编号{number}，无法写入日志），已输入的内容未受影响，请联系管理员。"
    return f"程序出错（编号{number}），已保存的内容未受影响，请把编号告诉管理员，日志在{log}。"
