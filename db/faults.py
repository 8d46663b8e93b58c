"""Faults of the database, as Chinese sentences for a clerk."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from db.kinds import kind_of
from pxtui.errors import DatabaseAway, Overtaken, PxtuiError, Refused
from pxtui.home import Database

_NOTHING_STORED = "，没有保存"
"""Said of every fault; whoever only reads wanted nothing stored."""


@contextmanager
def faults_in_chinese(database: Database, *, reads: bool = False) -> Iterator[None]:
    """Turn faults of a register's database into `Refused` with a Chinese sentence; other errors pass.

    Args:
        reads: nothing was to be stored.

    Raises:
        DatabaseAway: it cannot be reached, or not be written now.
    """
    try:
        yield
    except PxtuiError:
        raise
    except StaleDataError as error:
        raise Refused("这个案件刚被别人改过，没有保存，请重新打开后再改。") from error
    except UnicodeEncodeError as error:
        if error.reason != "surrogates not allowed":
            raise
        raise Refused("所填文字中有残缺的字符，没有保存，请重新输入这段文字。") from None
    except Exception as error:
        fault = error.orig if isinstance(error, DBAPIError) else error
        kind = kind_of(database)
        if fault is not None and (sentence := kind.sentence(fault, database)):
            kind_of_fault = DatabaseAway if kind.is_away(fault) else Overtaken if kind.is_lost(fault) else Refused
            raise kind_of_fault(sentence.replace(_NOTHING_STORED, "") if reads else sentence) from error
        raise
