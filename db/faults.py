"""Faults of the database, as Chinese sentences for a clerk."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from db.kinds import kind_of
from pxtui.errors import PxtuiError, Refused
from pxtui.home import Database


@contextmanager
def faults_in_chinese(database: Database) -> Iterator[None]:
    """Turn faults of a register's database into `Refused` with a Chinese sentence; other errors pass."""
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
        if fault is not None and (sentence := kind_of(database).sentence(fault, database)):
            raise Refused(sentence) from error
        raise
