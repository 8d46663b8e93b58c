"""How to reach the office stands on what it issues: no paper goes out with a line to write on in its place."""

from db.models import Register
from pxtui.casework.office import settings as office_settings
from pxtui.casework.office.context import Context
from pxtui.errors import Refused
from pxtui.papers.letters.catalogue import LETTERS
from pxtui.papers.writing.letter import Facts, Fields
from pxtui.papers.writing.wording import Words

_CONTACTS = {
    "phone": ("咨询电话", "--phone"),
    "supervision_phone": ("监督电话", "--supervision-phone"),
    "office_address": ("地址", "--address"),
}
"""By value, what it is and the option of `pxtui office set` that sets it."""


def require_contacts(context: Context, name: str, form: str, facts: Facts, words: Words) -> None:
    """Refuse a paper that names a phone or an address of the office that nobody has set; in practice it is issued.

    Args:
        name: of the paper, for people.

    Raises:
        PxtuiError: it is so.
    """
    wanted = _asked(form, words)
    unset = [named for value, named in _CONTACTS.items() if value in wanted and not facts.values.get(value)]
    if not unset or context.session.get_one(Register, 1).is_practice:
        return
    # Named at once, or the next paper would ask for the next of them.
    later = [_CONTACTS[value] for value, kept in _kept(context).items() if not kept and _CONTACTS[value] not in unset]
    what = "、".join(label for label, _ in unset)
    also = f"，其他文书要印的{'、'.join(label for label, _ in later)}也没有填写" if later else ""
    options = " ".join(f"{option} …" for _, option in (*unset, *later))
    raise Refused(
        f"不能出具“{name}”：文书上要印本部门的{what}，还没有填写{also}；"
        f"请在设置一页（F10、0、4）或用 pxtui office set {options} 填写后再出具。"
    )


def _kept(context: Context) -> dict[str, str]:
    """The contacts of the office as they are set; empty where one is not."""
    known = office_settings.settings(context)
    return {
        "phone": known.office_phone,
        "supervision_phone": known.supervision_phone,
        "office_address": known.address,
    }


def _asked(form: str, words: Words) -> set[str]:
    """The contacts that the layout and the wording of a letter print."""
    layouts = LETTERS.get(form, ())
    parts = [part for layout in layouts for part in (*layout.before, *layout.after)]
    fields = {key for part in parts if isinstance(part, Fields) for keys in part.rows for key in keys}
    in_texts = {place for key in words.labels for place in words.places(key)}
    return (fields | in_texts) & _CONTACTS.keys()
