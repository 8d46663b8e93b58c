"""Codes of the journal's acts."""

from enum import StrEnum
from typing import Self

from db.models.stage import Action


class Act(StrEnum):
    """An act of the journal. Codes are never reused for another act, because old entries bear them."""

    REGISTER_CREATE = "register.create"
    REGISTER_UPGRADE = "register.upgrade"
    """Another version of the program became the register's writer."""
    REGISTER_RESTORE = "register.restore"
    """The register was restored from a backup: what was entered after that is not in it."""
    REGISTER_COPY = "register.copy"
    """The register was copied into this one; the entry has its head, counts and sums."""
    REGISTER_MERGE = "register.merge"
    """The register of an office was merged into this one; the entry has its head and figures. Or what was decided."""
    BACKUP_KEY = "backup.key"
    """Backups are sealed for another office key from now on."""
    KEY_BACKUP = "key.backup"
    """The keys of the sealed fields were written down, sealed for the office key."""
    KEY_ROTATE = "key.rotate"
    """The sealed fields go over to a new key, or all of them have."""
    OFFICE_SET = "office.set"
    STAFF_ADD = "staff.add"
    STAFF_ROLE = "staff.role"
    STAFF_RETIRE = "staff.retire"
    STAFF_PERSON = "staff.person"
    """The ID number behind a name was entered or corrected."""
    STAFF_SUBSTITUTE = "staff.substitute"
    STAFF_END_SUBSTITUTION = "staff.end-substitution"
    STAFF_PROPOSE = "staff.propose"
    """A change of staff, substitution or settings waits for a second person, who confirms it by one of these acts."""
    STAFF_DROP = "staff.drop"
    """It does not come into force."""
    ACT_REFUSED = "act.refused"
    """Somebody tried what is not his to do; nothing of it was stored."""
    STAFF_PASSWORD = "staff.password"  # noqa: S105 - a code of the journal
    """Somebody set the own password."""
    STAFF_INITIAL_PASSWORD = "staff.initial-password"  # noqa: S105 - the same
    """Somebody else's was set, to be changed at the first sign-in."""
    STAFF_RECOVER = "staff.recover"
    """An initial password was set on the server by the office key, without anybody signing in."""
    STAFF_LOGIN = "staff.login"
    """A key or account by which the server knows a member of staff."""
    STAFF_REVOKE_LOGIN = "staff.revoke-login"
    SIGN_IN = "sign-in"
    SIGN_IN_FAIL = "sign-in.fail"
    LIFTING_ANNOUNCE = "lifting.announce"
    LIFTING_SIGN = "lifting.sign"
    LIFTING_CORRECT = "lifting.correct"
    """Another day than the signed one is announced; the next act puts it into force."""
    LIFTING_SIGN_CORRECTION = "lifting.sign-correction"
    CALENDAR_ENTER = "calendar.enter"
    """The holidays of a year were entered."""
    CALENDAR_SIGN = "calendar.sign"
    CLOCK_ACCEPT = "clock.accept"
    """A clock behind the journal was found right, with a reason."""
    FINDINGS_PROPOSE = "findings.propose"
    """What a verification found is laid before a second person."""
    FINDINGS_ACCEPT = "findings.accept"
    """He confirmed it: it goes on being told, and hinders nothing any more."""
    SHIFT_HAND_OVER = "shift.hand-over"

    CASE_FILE = "case.file"
    CASE_IMPORT = "case.import"
    CASE_AMEND = "case.amend"
    CASE_PEOPLE = "case.people"
    """The people of an approved class were changed."""
    CASE_CHANGE_PROPOSE = "case.change-propose"
    """A change of an approved class waits for whoever may approve."""
    CASE_CHANGE_DROP = "case.change-drop"
    """It does not come into force."""
    CASE_CORRECTION = "case.correction"
    """A field of a decided case was put right."""
    CASE_CORRECTION_PROPOSE = "case.correction-propose"
    """A correction waits for a second person."""
    CASE_CORRECTION_DROP = "case.correction-drop"
    CASE_DAY = "case.day"
    """A day before today was entered, with its reason."""
    CASE_CONFIRM_DAY = "case.confirm-day"
    CASE_PLACE = "case.place"
    """The place of the paper file was recorded."""

    # Moves from stage to stage, one for every `Action`.
    CASE_PRE_REVIEW = "case.pre-review"
    CASE_AWAIT_PAPER = "case.await-paper"
    CASE_SUBMIT = "case.submit"
    CASE_ACCEPT = "case.accept"
    CASE_FIRST_CHECK = "case.first-check"
    CASE_SECOND_CHECK = "case.second-check"
    CASE_RECHECK = "case.recheck"
    CASE_RETURN = "case.return"
    CASE_APPROVE = "case.approve"
    CASE_REFUSE = "case.refuse"
    CASE_CLAIM = "case.claim"
    CASE_TRANSFER = "case.transfer"
    CASE_CHANGE = "case.change"
    CASE_TERMINATE = "case.terminate"
    CASE_REINSTATE = "case.reinstate"
    CASE_WITHDRAW = "case.withdraw"
    CASE_VOID = "case.void"
    CASE_PASS_ON = "case.pass-on"  # noqa: S105 - a code of the journal
    """To the office that decides on it, from where it was handed in."""
    CASE_REOPEN = "case.reopen"
    CASE_PUBLISH = "case.publish"
    CASE_OBJECT = "case.object"
    CASE_DISMISS = "case.dismiss"
    CASE_UPHOLD = "case.uphold"
    CASE_CLEAR = "case.clear"
    CASE_ORDER_PAYMENT = "case.order-payment"
    CASE_STOP_PAYMENT = "case.stop-payment"
    CASE_PAY = "case.pay"
    CASE_BOUNCE = "case.bounce"
    CASE_CORRECT = "case.correct"
    CASE_ARCHIVE = "case.archive"
    CASE_RECOVER = "case.recover"
    CASE_DROP_RECOVERY = "case.drop-recovery"
    CASE_SETTLE = "case.settle"
    CASE_SETTLE_PART = "case.settle-part"
    CASE_FIND_PAID = "case.find-paid"
    CASE_FIND_BOUNCED = "case.find-bounced"

    ROSTER_REPLACE = "roster.replace"
    ROSTER_PUT = "roster.put"
    ROSTER_INSERT = "roster.insert"
    ROSTER_REMOVE = "roster.remove"
    ROSTER_CORRECT = "roster.correct"
    """A row was corrected after its second keying."""
    ROSTER_UNDO = "roster.undo"
    ROSTER_TAKE_OVER = "roster.take-over"
    """Keyed on in the place of a colleague whose program still held the roster, with a reason."""
    SECOND_KEYING_DRAW = "second-keying.draw"
    SECOND_KEYING_ROW = "second-keying.row"
    SECOND_KEYING_DECIDE = "second-keying.decide"
    IDENTITY_ON_FILE = "identity.on-file"
    """Of two names under one number the one on file was taken."""
    IDENTITY_KEYED = "identity.keyed"
    """Of two names under one number the keyed one was taken."""
    HISTORY_IMPORT = "history.import"
    HISTORY_STRIKE = "history.strike"
    HISTORY_CONFIRM = "history.confirm"
    """What the bundle of a case told of other trainings and vouchers counts for all cases."""
    VOUCHER_STRIKE = "voucher.strike"
    EXCHANGE_TRUST = "exchange.trust"
    EXCHANGE_EXPORT = "exchange.export"
    EXCHANGE_IMPORT = "exchange.import"
    EXCHANGE_STRIKE = "exchange.strike"
    HISTORY_TAKE_BACK = "history.take-back"
    """The last import of a list of earlier trainings was undone."""
    LISTS_IMPORT = "lists.import"
    """A list from elsewhere was taken in, and all open cases were compared with it."""
    LISTS_WITHDRAW = "lists.withdraw"
    """Its import was taken back."""
    LISTS_DECIDE = "lists.decide"
    """Somebody decided about a person or an enterprise that a list has."""
    SOURCE_PROPOSE = "source.propose"
    """A change of what others told waits for a second person, whose agreement is one of the acts above."""
    SOURCE_DROP = "source.drop"
    """It does not come into force."""

    CLAIM_PUT = "claim.put"
    CLAIM_VOUCHERS = "claim.vouchers"
    CLAIM_DEDUCT = "claim.deduct"
    CLAIM_PUT_BACK = "claim.put-back"
    LEARNING_IMPORT = "learning.import"
    SIGN_DECIDE = "sign.decide"
    """What is done about a sign of fraud."""
    SPOT_DRAW = "spot.draw"
    """A sample for phone and platform checks was drawn."""
    SPOT_RESULT = "spot.result"
    SPOT_CONFIRM = "spot.confirm"
    """The second officer confirmed what the first one entered."""
    CHECK_ALL = "check.all"
    """All open cases were judged again."""

    PUBLICITY_PUBLISH = "publicity.publish"
    PUBLICITY_PAGE = "publicity.page"
    PUBLICITY_DAY = "publicity.day"
    """The like of `CASE_DAY` for a public notice."""
    PUBLICITY_CONFIRM_DAY = "publicity.confirm-day"
    PUBLICITY_CLEAR = "publicity.clear"
    FUND_PUT = "fund.put"
    PAYMENT_PREPARE = "payment.prepare"
    PAYMENT_SIGN = "payment.sign"
    PAYMENT_SECOND_SIGN = "payment.second-sign"
    PAYMENT_HAND_OVER = "payment.hand-over"
    PAYMENT_CORRECT = "payment.correct"
    PAYMENT_CONFIRM_BOUNCE = "payment.confirm-bounce"
    """Another person saw a bounce confirmed that was entered by hand."""
    PAYMENT_CONTRADICT = "payment.contradict"
    """The bank says otherwise than what was entered before."""
    PAYMENT_RESOLVE = "payment.resolve"
    RECOVERY_ORDER = "recovery.order"
    RECOVERY_APPROVE = "recovery.approve"
    RECOVERY_ASK_DROP = "recovery.ask-drop"
    RECOVERY_DROP = "recovery.drop"
    RECOVERY_STATE_RETURN = "recovery.state-return"
    """Somebody says that money came back."""
    RECOVERY_STRIKE_RETURN = "recovery.strike-return"
    RECOVERY_SETTLE = "recovery.settle"
    """Another person has seen the bank's word on it: the money is back."""
    OFFLINE_HOURS = "offline.hours"
    OFFLINE_RESULTS = "offline.results"
    OFFLINE_CONFIRM = "offline.confirm"
    """Another person has seen that the ordinary procedure paid nothing."""
    CATALOGUE_IMPORT = "catalogue.import"

    READ_PERSON = "read.person"
    """Numbers of a person were shown in full; like all acts of reading with the person's look-up key in `after`."""
    READ_CONTACT = "read.contact"
    READ_ACCOUNT = "read.account"
    READ_SEARCH = "read.search"
    """A person was searched for by a whole number."""
    READ_EXTRACT = "read.extract"
    """A person's own data were written out."""
    READ_REGISTER = "read.register"
    """The trainings of everybody were written out; with full numbers where the entry says so."""
    AUDIT_PACK = "audit.pack"
    """The register was written out for an audit, with pseudonyms and masked numbers."""
    PRIVACY_SET = "privacy.set"
    RETENTION_PASSWORDS = "retention.passwords"
    RETENTION_ERASE = "retention.erase"
    RETENTION_LISTS = "retention.lists"
    """The lines of a list went, because its term was over."""

    PAPER_ISSUE = "paper.issue"
    PAPER_REPRINT = "paper.reprint"
    """A numbered paper was printed again, because its content had not changed."""
    PAPER_AGAIN = "paper.again"
    """A paper was printed again from the store, byte for byte."""

    @classmethod
    def of_move(cls, action: Action) -> Self:
        """The act of a move by `action`."""
        return cls(f"case.{action.value}")


SIGNED: frozenset[Act] = frozenset(
    {
        Act.OFFICE_SET,
        Act.STAFF_ADD,
        Act.STAFF_ROLE,
        Act.STAFF_PERSON,
        Act.STAFF_SUBSTITUTE,
        Act.STAFF_END_SUBSTITUTION,
        Act.PRIVACY_SET,
        Act.STAFF_RETIRE,
        Act.STAFF_PASSWORD,
        Act.STAFF_INITIAL_PASSWORD,
        Act.STAFF_LOGIN,
        Act.STAFF_REVOKE_LOGIN,
        Act.LIFTING_SIGN,
        Act.LIFTING_SIGN_CORRECTION,
        Act.CALENDAR_ENTER,
        Act.CALENDAR_SIGN,
        Act.CLOCK_ACCEPT,
        Act.FINDINGS_PROPOSE,
        Act.FINDINGS_ACCEPT,
        Act.EXCHANGE_TRUST,
        Act.CATALOGUE_IMPORT,
        Act.FUND_PUT,
        Act.CASE_APPROVE,
        Act.CASE_REFUSE,
        Act.PAYMENT_SIGN,
        Act.PAYMENT_SECOND_SIGN,
        Act.RECOVERY_APPROVE,
        Act.BACKUP_KEY,
        Act.KEY_BACKUP,
        Act.KEY_ROTATE,
    }
)
"""Acts for which whoever has a password gives it once more: signatures, what changes rules or people, and keys."""
