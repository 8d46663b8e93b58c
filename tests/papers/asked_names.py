"""What papers ask for, with the places that people fill in by hand, and texts that remember who read them."""

from collections import UserDict
from collections.abc import Mapping
from typing import TypeVar

from pxtui.papers.letters.asked_names import CHAT_TEXT as CHAT_TEXT
from pxtui.papers.letters.asked_names import AskedNames as AskedNames
from pxtui.papers.letters.asked_names import asked_names as asked_names

_Text = TypeVar("_Text")

FILLED_IN_BY_HAND = {
    # The counter and the archive count the pages.
    "material-receipt.materials": {"pages"},
    "volume-cover.documents": {"pages"},
    # Both sides count what changes hands, and note what differs.
    "hand-over-list.materials": {"pages", "remark"},
    # Two officers call and look up; the applicant adds what it knows.
    "check-record.sample": {"answered", "in_person", "learning", "checker", "checked"},
    "offline-transfer.people": {"remark"},
    # Whoever delivers and whoever takes fill it in; the file lies where the office keeps it.
    "delivery-receipt": {
        *("place", "way", "received_by", "received_at", "on_behalf", "relation"),
        *("refused", "witness", "delivered_by", "remark"),
    },
    "page-proof": {"proof_place", "picture"},
    # Those who approve write it by hand.
    "fund-approval": {"prepared", "reviewed", "section", "deputy", "head"},
    # Both sides sign for what a roster changed.
    "roster-changes": {"applicant_side", "office_side"},
    # The committee's head writes and signs it.
    "forwarding-list": {"opinion"},
    # Nobody has said anything where a shift ends: the two sign.
    "shift-list": {"giver", "taker"},
}
"""Names that a layout has room for and the register knows nothing of."""


class Texts(UserDict[str, _Text]):
    """Texts or options of a wording that remember which of them were read."""

    def __init__(self, texts: Mapping[str, _Text]) -> None:
        super().__init__(texts)
        self.unread = set(texts)

    def __getitem__(self, key: str) -> _Text:
        self.unread.discard(key)
        return super().__getitem__(key)
