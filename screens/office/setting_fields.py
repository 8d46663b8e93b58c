"""The settings of the office as data: name, what it does, how it is keyed, and the way to casework and back."""

from dataclasses import dataclass, replace
from typing import Any

from pxtui.casework.office.settings import Settings
from pxtui.policy.subsidy import yuan
from screens.entry.fields import Alphabet, Field

_ON, _OFF = "on", "off"
_NOT_SET = "未填"
_FEN_PER_YUAN = 100


@dataclass(frozen=True, slots=True)
class SettingField:
    """One setting."""

    key: str
    """Of `Settings`."""
    name: str
    does: str
    """What changes with it, in Chinese."""
    unit: str = ""
    yes_no: tuple[str, str] = ("", "")
    """The words for on and off, where it is one of the two."""
    alphabet: Alphabet = Alphabet.TEXT
    example: str = ""
    nought: str = ""
    """The word for 0, where it means that nothing is asked for."""
    is_money: bool = False
    """It is kept in fen and keyed in whole yuan."""

    @property
    def field(self) -> Field:
        """As it is keyed. Whether the value can be is casework's to say."""
        if any(self.yes_no):
            on, off = self.yes_no
            choices = ((_ON, on), (_OFF, off))
            return Field(self.key, self.name, 12, Alphabet.CHOICE, required=True, choices=choices, help=self.does)
        is_number = self.alphabet is Alphabet.DIGITS
        return Field(
            self.key,
            self.name,
            6 if is_number else 60,
            self.alphabet,
            required=is_number,
            help=self.example or self.does,
        )

    def keyed(self, settings: Settings) -> str:
        """The value as it stands in the form."""
        value = getattr(settings, self.key)
        if isinstance(value, bool):
            return _ON if value else _OFF
        return str(value // _FEN_PER_YUAN if self.is_money else value)

    def in_words(self, settings: Settings) -> str:
        """The value as it stands in the list."""
        value = getattr(settings, self.key)
        if isinstance(value, bool):
            return self.yes_no[not value]
        if self.nought and value == 0:
            return self.nought
        if self.is_money:
            return f"{yuan(value)}{self.unit}"
        return f"{value}{self.unit}" if str(value) else _NOT_SET

    def changed(self, settings: Settings, text: str) -> Settings:
        """The settings with this one as it was keyed."""
        return replace(settings, **self.wanted(text))

    def wanted(self, text: str) -> dict[str, Any]:
        """What `settings.change` is asked for, of what was keyed."""
        if any(self.yes_no):
            return {self.key: text == _ON}
        if self.is_money:
            return {self.key: int(text) * _FEN_PER_YUAN}
        return {self.key: int(text) if self.alphabet is Alphabet.DIGITS else text}


_DIGITS = Alphabet.DIGITS
_WORKING_DAYS = "个工作日"
_OF_PHONE = "如0812-3322110或12333；不填就空着。"

SETTINGS = (
    SettingField("office_phone", "本部门电话", "印在文书上，单位照此联系。", example=_OF_PHONE),
    SettingField("supervision_phone", "监督电话", "印在公示等文书上，举报和异议照此联系。", example=_OF_PHONE),
    SettingField(
        "address", "本部门地址", "印在文书上，单位照此递交材料。", example="如攀枝花市东区人民街1号；不填就空着。"
    ),
    SettingField(
        "notice_hosts",
        "公示网站",
        "公示网址只能在这些网站上；没有填的，不限。",
        example="如rsj.panzhihua.gov.cn，几个之间用逗号；空着为不限。",
    ),
    SettingField(
        "correction_days", "补正期限", "退回补正的单位须在几个工作日内补正。", _WORKING_DAYS, alphabet=_DIGITS
    ),
    SettingField("opening_days", "开班承诺时限", "开班申请受理后几个工作日内办结。", _WORKING_DAYS, alphabet=_DIGITS),
    SettingField("claim_days", "补贴承诺时限", "补贴申请受理后几个工作日内办结。", _WORKING_DAYS, alphabet=_DIGITS),
    SettingField(
        "tail_sum_wanted",
        "末四位合计",
        "花名册须与申请表上的证号末四位合计一致，末位X按0计。",
        yes_no=("核对", "不核对"),
    ),
    SettingField(
        "second_keying_share",
        "二次录入",
        "由另一名受理员二次录入花名册的百分之几，0为不要求。",
        "%",
        alphabet=_DIGITS,
        nought="不要求",
    ),
    SettingField(
        "duties_apart",
        "岗位分设",
        "初审、复核、审批由不同的人按岗位办理；签发、签署、更正由另一人。要先有管理员，分设后只有管理员能改设置。",
        yes_no=("分设", "不分设"),
    ),
    SettingField(
        "second_signature_from_fen",
        "第二人签发",
        "拨付批次满这么多元的，要再由另一名负责人签发才能交银行，0为不要求。",
        "元起",
        alphabet=_DIGITS,
        nought="不要求",
        is_money=True,
    ),
    SettingField(
        "sign_in_wanted",
        "登录口令",
        "登录要输口令。只有一人使用的才可以不要，不要的在每一屏和每份文书上注明；演练台账不要。",
        yes_no=("要", "不要"),
    ),
    SettingField(
        "signs_decided",
        "疑点",
        "审查页的疑点是否逐条处理后才能同意；疑点本身不是不予同意的理由。",
        yes_no=("须处理", "只提示"),
    ),
    SettingField(
        "spot_check_wanted",
        "抽查",
        "拨付以前是否须抽查学员（电话、平台），由两人登记和确认。",
        yes_no=("须抽查", "不要求"),
    ),
    SettingField(
        "fraud_years", "骗取补贴标注", "骗取补贴被追回的单位，在以后的案件上标注几年。", "年", alphabet=_DIGITS
    ),
)
