"""Words that head the columns of a roster, and whose column it is: the trainee's own or somebody else's."""

import re
from collections.abc import Mapping
from enum import IntEnum

from pxtui.identifiers.text import canonical
from pxtui.papers.reading.grid import Cell

_SYNONYMS = {
    "seq": "序号 序 编号 顺序号 行号 号 NO 学员序号 人员序号 SEQ SN SERIALNO SERIALNUMBER XH",
    "name": "姓名 名字 学员 学员姓名 学生 学生姓名 成员 成员姓名 本人姓名 人员姓名 参训人员 参训人员姓名 参训学员"
    " 参训学员姓名 培训人员姓名 培训学员 培训学员姓名 职工姓名 员工姓名 NAME FULLNAME STUDENTNAME TRAINEENAME XM",
    "sex": "性别 男/女 SEX GENDER XB",
    "age": "年龄 周岁 实际年龄 AGE NL",
    "id_number": "身份证号 身份证号码 身份证 公民身份号码 公民身份证号 公民身份证号码 居民身份证号"
    " 居民身份证号码 证件号 证件号码 有效证件号码 身份证件号 身份证件号码 身份号码 证号"
    " ID IDNO IDNUMBER IDCARD IDCARDNO IDCARDNUMBER IDENTITYNUMBER IDENTITYCARDNUMBER NATIONALID"
    " SFZ SFZH SFZHM SFZHHM GMSFHM GMSFZH ZJH ZJHM",
    "phone": "联系电话 手机 手机号 手机号码 电话 电话号码 联系方式 移动电话 联系手机 联系电话号码 本人电话"
    " PHONE PHONENO PHONENUMBER MOBILE MOBILENO MOBILENUMBER MOBILEPHONE CELLPHONE TEL TELEPHONE CONTACT"
    " CONTACTNUMBER LXDH LXFS SJH SJHM DH",
    "course_hours": "课程学时 总学时 应修学时 课程课时 总课时 应修课时 培训学时 培训课时 应学学时 规定学时 学时 课时"
    " COURSEHOURS TOTALHOURS",
    "completed_hours": "完成学时 已学学时 实际学时 完成课时 已学课时 实际课时 已完成学时 实际完成学时"
    " 实修学时 学习学时 COMPLETEDHOURS HOURSCOMPLETED",
    "account": "学员平台账号 平台账号 账号 登录名 登录账号 学员账号 平台登录账号 用户名 平台用户名 学习账号"
    " ACCOUNT USERNAME LOGIN",
    "password": "密码 登录密码 平台密码 学员平台密码 初始密码 账号密码 PASSWORD",
    "passed": "考核是否合格 是否合格 考核结果 考核情况 考核结论 合格与否 是否通过 考核是否通过 考试结果 结业考核 考核"
    " PASSED RESULT",
    "remark": "备注 附注 备考 备注说明 REMARK REMARKS NOTE NOTES COMMENT COMMENTS BZ",
}
FIELD_OF = {word: field for field, words in _SYNONYMS.items() for word in words.split()}
"""Words that were foreseen."""

MEANINGS: Mapping[str, str] = {
    "seq": "序号",
    "name": "姓名",
    "sex": "性别",
    "age": "年龄",
    "id_number": "身份证号",
    "phone": "联系电话",
    "course_hours": "课程学时",
    "completed_hours": "完成学时",
    "account": "学员平台账号",
    "password": "密码",
    "passed": "考核是否合格",
    "remark": "备注",
}
"""The prescribed heading of each field."""

_PART = "[前后末][0-9一二三四五六七八九十]+位|尾号|归属"
"""Of a number, or about it."""

# For the words that nobody foresaw; asked in this order.
_LIKENESSES = {
    "name": re.compile("姓名$"),
    "id_number": re.compile(
        f"^(?!.*(类型|种类|有效|日期|地址|复印|签发|发证|照片|正面|反面|背面|{_PART})).*(身份证|身份号码|证件号|证件编号)"
    ),
    "completed_hours": re.compile("(完成|已学|已修|实际|实学|实修).*(学时|课时)"),
    "course_hours": re.compile("(课程|总|应|规定|计划|培训|要求).*(学时|课时)"),
    "password": re.compile("密码$"),
    "account": re.compile("(平台|学员|学习|登录|登陆).*(账号|账户|用户名)"),
    "passed": re.compile("^(?!.*(证书|日期|成绩|分数)).*(合格|(考核|考试|结业|测试).*(结果|情况|通过|结论))"),
    "phone": re.compile(f"^(?!.*({_PART})).*(手机|电话|联系方式|PHONE|MOBILE)"),
    "seq": re.compile("^序号|序号$"),
    "remark": re.compile("备注"),
}

_OWN = "本人|学员|学生|成员|参训|受训|培训对象|STUDENT|TRAINEE|LEARNER"
_OTHERS = (
    "户主|监护人|班主任|联系人|紧急|单位|家庭|家长|父亲|母亲|父母|配偶|家属|亲属|教师|老师|讲师|负责人|经办|法定代表|法人|推荐人"
    "|介绍人|担保人|开户|银行|办公|公司|企业|机构|英文|拼音|曾用|填表|制表|审核|EMERGENCY|GUARDIAN|PARENT|TEACHER|COMPANY|SPOUSE"
)
_ANYBODYS = "职工|员工"
_WHOSE = re.compile(f"(?P<own>{_OWN})|(?P<others>{_OTHERS})|{_ANYBODYS}")

_ORGANISATIONS = re.compile("单位|公司|企业|机构|银行|开户|办公|COMPANY|:")

_LONGEST_LABEL = 30
_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|〔.*?〕")
_DECORATION = "*#※:/·.、,_-"
_LETTERS_BEHIND = re.compile("(?<=[\u4e00-\u9fff])[/A-Za-z.]+$")
_LETTERS_BEFORE = re.compile("^[/A-Za-z.]+(?=[\u4e00-\u9fff])")


class Whose(IntEnum):
    """Whose column it is."""

    OTHERS = 0
    UNSAID = 1
    OWN = 2


def label_of(cell: Cell) -> str:
    """The cell's words without blanks, brackets and ornaments; empty for what is no header cell."""
    if not isinstance(cell, str) or not cell or len(cell) > _LONGEST_LABEL:
        return ""
    text = canonical(cell)
    label = (_IN_BRACKETS.sub("", text) or text).strip(_DECORATION).replace("帐", "账")
    return _LETTERS_BEFORE.sub("", _LETTERS_BEHIND.sub("", label)).upper()


def is_label(text: str) -> bool:
    """Whether the text is a word that heads a column."""
    return (text if text.isalnum() else label_of(text)) in FIELD_OF


def field_of(label: str) -> str | None:
    """The field that a column under this label could be, its own people's or others'."""
    if not label:
        return None
    return FIELD_OF.get(label) or next(
        (field for field, likeness in _LIKENESSES.items() if likeness.search(label)), None
    )


def whose(label: str) -> Whose:
    """By the last word that says so: 家庭成员姓名 is the trainee's, 学生监护人姓名 is not."""
    last = None
    for match in _WHOSE.finditer(label):
        last = match
    if last is None:
        return Whose.UNSAID
    return Whose.OWN if last["own"] else Whose.OTHERS if last["others"] else Whose.UNSAID


def whose_group(label: str) -> Whose:
    """Whose columns stand below a heading of several; one that names a firm is a title and says nothing."""
    return Whose.UNSAID if _ORGANISATIONS.search(label) else whose(label)


def has_both_heads(text: str) -> bool:
    """Whether the two heads that no roster can lack stand in one text."""
    return "姓名" in canonical(text) and "身份证" in canonical(text)
