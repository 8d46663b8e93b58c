"""The way back for somebody whom nobody in the program can give a password: the office key, kept off the machine.

Whoever has it opens every backup, so it lets nobody see more than he could. What it must not be is silent: the act
stands in the journal, and everybody is told of it at the next sign-in.
"""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlmodel import col, select

from db.models import Act, JournalEntry
from pxtui.casework.keeping import office_key
from pxtui.casework.office import journal
from pxtui.casework.office.context import Acting, Context
from pxtui.casework.office.program_version import NOBODY
from pxtui.casework.office.register import Register
from pxtui.casework.staff import members, passwords, sign_in
from pxtui.errors import Refused


def recover(register: Register, key: X25519PrivateKey, name: str, at: datetime) -> str:
    """An initial password for somebody who works here; whoever signs in with it sets another one first.

    Raises:
        PxtuiError: nobody of that name works here, or it is not the office key that was entered last.
    """
    # The clock may be what nobody is there to accept.
    with register.writing(Acting(NOBODY, register.office, at), accepts_clock=True) as context:
        kept = members.working_name(context, name)
        _require_office_key(context, key)
        password = passwords.of_halves(passwords.half(), passwords.half())
        journal.record(context, None, Act.STAFF_RECOVER, f"在服务器上凭备份私钥给{kept}设初始口令，首次登录须改")
        sign_in.set_initial(context, kept, password)
    return password


def _require_office_key(context: Context, key: X25519PrivateKey) -> None:
    # The file beside the register can be exchanged by whoever runs this; its entry in the journal cannot.
    entries = select(JournalEntry.summary).where(col(JournalEntry.action) == Act.BACKUP_KEY)
    newest = context.session.exec(entries.order_by(col(JournalEntry.id).desc())).first()
    if newest is None:
        raise Refused("台账没有登记过备份密钥，不能这样重设口令；只能恢复忘记口令以前的备份。")
    if not newest.endswith(office_key.public_of(key).in_groups):
        raise Refused("这不是最近登记的备份密钥的私钥，没有重设；请找登记的那一把（指纹见 pxtui backup key show）。")
