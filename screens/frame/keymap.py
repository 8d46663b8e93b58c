"""Every command of every screen, as data: the key bar, the F1 page and the keys themselves come from here."""

from collections.abc import Mapping

from screens.frame.command import EVERYWHERE, Command, CommandId

_ENTRY = ("intake", "roster", "learning", "claim", "vouchers")
_SHEETS = ("roster", "learning", "vouchers")
_CASE = (*_ENTRY, "eligibility", "approval")
_FORMS = ("intake", "claim", "welcome", "office_form", "sign_in")
_KEYED = (*_SHEETS, "second_keying")
_WITH_MENU = (*_CASE, "signs", "spot_check", "publicity", "payment", "second_keying", "papers", "desk")

COMMANDS: tuple[Command, ...] = (
    Command("help", "f1", "帮助", "这一屏的说明和全部按键。", (EVERYWHERE,), also="ctrl+g"),
    Command("edit", "f2", "改", "改光标处的内容：光标到末尾，左右移动；选择栏列出全部选项。", _FORMS, also="ctrl+e"),
    Command("edit", "f2", "改", "改光标处的内容：光标到末尾，左右移动。", _KEYED, also="ctrl+e", in_bar=False),
    Command("page", "f2", "改", "登记或更正批次的公示网址和存证文件。", ("publicity",), also="ctrl+e"),
    Command("fund", "f2", "改", "登记或更正资金来源：代码、名称、总额度。", ("payment",), also="ctrl+e"),
    Command(
        "change",
        "f2",
        "改",
        "更正已批准的案件：单位名称、代码、地址、经办人、电话、凭证日期；再按Ctrl+N变更日期、平台、人员。还没有批准的，回到开班申请。",
        ("approval",),
        also="ctrl+e",
    ),
    Command("change", "f2", "改", "改光标所在人员的岗位。", ("staff",), also="ctrl+e"),
    Command("change", "f2", "改", "改光标所在的设置，与Enter相同。", ("settings",), also="ctrl+e", in_bar=False),
    Command("change", "f2", "改", "签署的解除日期有误时登记更正，由另一人签署。", ("lifting",), also="ctrl+e"),
    Command("change", "f2", "改", "更正光标所在来源的名称或总额度。", ("funds",), also="ctrl+e"),
    Command("place", "f2", "改", "记下纸质材料在哪里：柜台、几号架、企业。", ("menu", "shift"), also="ctrl+e"),
    Command("place", "f2", "改", "记下纸质材料在哪里：柜台、几号架、企业。", ("desk",), also="ctrl+e", in_bar=False),
    Command(
        "search",
        "f3",
        "查找",
        "查案件、单位、人员、职业、平台、凭证，边输边找；/也一样。直接输入文字只在案件里找。",
        ("desk",),
        also="ctrl+f",
    ),
    Command(
        "names",
        "f3",
        "查找",
        "查找同一证号的另一个姓名，两个并列，核对后决定用哪个。",
        ("roster", "learning"),
        also="ctrl+f",
        in_bar=False,
    ),
    Command(
        "search",
        "f3",
        "查找",
        "按证号，或按台账里的姓名、首字母、证号末4位查一个人的全部培训。",
        ("trainings",),
        also="ctrl+f",
    ),
    Command("search", "f3", "查找", "清空，重新查找。", ("find",), also="ctrl+f"),
    Command("search", "f3", "查找", "按职业名称的一部分或首字母查找。", ("tariffs",), also="ctrl+f"),
    Command("known", "f4", "取单位", "取台账里已有的单位资料。", ("intake",), also="ctrl+d"),
    Command("ditto", "f4", "照抄", "照抄上一行同一栏。", _SHEETS, also="ctrl+d"),
    Command(
        "check",
        "f5",
        "审查",
        "存下并审查全部人员。",
        ("intake", "roster", "learning", "claim", "vouchers"),
        also="ctrl+k",
    ),
    Command("compare", "f5", "核对", "存下并核对两次录入不一致的地方。", ("second_keying",), also="ctrl+k"),
    Command(
        "refresh",
        "f5",
        "刷新",
        "重新读取台账。",
        ("desk", "publicity", "payment", "backups", "statistics"),
        also="ctrl+r",
    ),
    Command(
        "import", "f6", "导入", "导入电子表格（桌面上导入案件包）。", ("desk", "roster", "learning"), also="ctrl+o"
    ),
    Command(
        "offline",
        "f6",
        "导入",
        "计入总学时的班：导入线上学时（平台记录或附件4）；转线下以后导入线下结果。",
        ("approval",),
        also="ctrl+o",
        in_bar=False,
    ),
    Command(
        "reveal",
        "ctrl+c",
        "看全号",
        "光标所在人员或单位的完整号码，说在提示行；每次记入办理记录，每天有次数。",
        ("roster", "learning", "eligibility", "spot_check", "intake", "claim", "correcting", "trainings", "payment"),
        in_bar=False,
    ),
    Command("reveal", "ctrl+c", "看全号", "写明理由看完整的号码；记入办理记录，每天有次数。", ("person", "enterprise")),
    Command(
        "profile",
        "ctrl+y",
        "人员页",
        "光标所在人员的一页：全部培训、本年名额、拨付、电话；在审查的第一行是单位的一页。",
        ("roster", "learning", "eligibility", "trainings"),
        in_bar=False,
    ),
    Command("open", "enter", "打开", "打开光标所在的案件、单位或人员。", ("find", "person", "enterprise", "platform")),
    Command("clear", "ctrl+y", "清空", "放弃没有存下的内容，重新开始。", ("intake", "claim"), in_bar=False),
    Command(
        "insert",
        "insert",
        "插行",
        "在光标所在的一行前插一行空行。",
        ("roster", "vouchers"),
        also="ctrl+v",
        in_bar=False,
    ),
    Command(
        "fill",
        "ctrl+w",
        "下填",
        "把本格内容填到下面各行同一栏的空格里，已填的不动，可一次撤销。",
        _SHEETS,
        in_bar=False,
    ),
    Command("remove", "f7", "删行", "删去光标所在的一行，说出删了谁；F8取回。", ("roster", "vouchers"), also="ctrl+x"),
    Command("remove", "f7", "删行", "去掉最后录的一名加进人员。", ("changing",), also="ctrl+x"),
    Command("undo", "f8", "撤销", "撤销最近一次改动：先是本行逐格，再往前逐行，次数不限。", _KEYED, also="ctrl+u"),
    Command("redo", "ctrl+r", "重做", "重做撤销的改动，离开再回来也可以。", _KEYED, in_bar=False),
    Command(
        "papers",
        "f9",
        "文书",
        "出具、重印本案的文书。",
        ("desk", "publicity", "payment", "signs", "spot_check", *_CASE),
        also="ctrl+p",
    ),
    Command("papers", "f9", "文书", "出具今天的交班清单，双方签字。", ("shift",), also="ctrl+p"),
    Command(
        "menu", "f10", "菜单", "到这件案件的任何一步，或按0到本部门的各页；看办理记录。", _WITH_MENU, also="ctrl+t"
    ),
    Command("add", "insert", "增加", "增加一人，或恢复离岗的人员。", ("staff",), also="ctrl+v"),
    Command("add", "insert", "录入", "录入一次培训。", ("trainings",), also="ctrl+v"),
    Command("add", "insert", "录入", "录入目录里的一项。", ("tariffs",), also="ctrl+v"),
    Command("add", "insert", "登记", "登记一个资金来源。", ("funds",), also="ctrl+v"),
    Command("add", "insert", "登记", "登记疫情解除的日期和文件，签署前可以重新登记。", ("lifting",), also="ctrl+v"),
    Command("add", "insert", "登记", "登记其他部门的公钥。", ("exchange",), also="ctrl+v"),
    Command("password", "enter", "口令", "改自己的登录口令；给别人设初始口令，首次登录须改。", ("staff",)),
    Command("identify", "f4", "证号", "登记光标所在人员的身份证号：几个姓名可以是一人。", ("staff",), also="ctrl+d"),
    Command("substitute", "f11", "代理", "登记谁在哪些天代理光标所在的人员。", ("staff",), also="ctrl+a"),
    Command("other_page", "ctrl+n", "待确认", "岗位分设时等另一人确认的：人员、岗位、代理、设置。", ("staff",)),
    Command("retire", "delete", "离岗", "光标所在的人员离岗，其办理记录保留。", ("staff",), also="ctrl+x"),
    Command("strike", "delete", "删去", "写明理由，删去光标所在的以往培训。", ("trainings",), also="ctrl+x"),
    Command("strike", "delete", "删去", "写明理由，删去光标所在部门交换来的全部和公钥。", ("exchange",), also="ctrl+x"),
    Command("own_key", "enter", "公钥", "本部门的公钥：看指纹，写成文件交给其他部门。", ("exchange",)),
    Command("export", "f11", "导出", "导出给光标所在部门的文件，只有该部门能打开。", ("exchange",), also="ctrl+a"),
    Command("export", "f11", "导出", "导出一年的培训人员台账，或转线下的名单。", ("trainings",), also="ctrl+a"),
    Command("increase", "enter", "加额度", "给光标所在的来源增加额度。", ("funds",)),
    Command("open_entry", "enter", "改", "改光标所在的设置。", ("settings",)),
    Command("new", "insert", "新收件", "登记一件新的开班申请。", ("desk",), also="ctrl+n"),
    Command("open", "enter", "打开", "打开光标所在的案件，到它该办的一步。", ("desk",)),
    Command("open", "enter", "样张", "出光标所在文书的样张，不编号、不记入台账。", ("wordings",)),
    Command("next", "ctrl+n", "下一步", "存下并到下一步。", (*_ENTRY, "eligibility")),
    Command("next", "ctrl+n", "存下", "存下填好的内容，在末栏按Enter也一样。", ("office_form",)),
    Command("next", "enter", "存下", "按选定的存下。", ("conflict",), also="ctrl+n"),
    Command("every", "f11", "全部", "不只录抽到的行，全部行都二次录入。", ("second_keying",), also="ctrl+a"),
    Command("complete", "f11", "全员", "全员按课程学时完成、考核合格，再逐人改。", ("learning",), also="ctrl+a"),
    Command("handed_in", "f11", "交齐", "材料全部记为已交，再改没交的。", ("intake", "claim"), also="ctrl+a"),
    Command("take", "enter", "导入", "按预览导入，接在后面还是替换见下面的提示。", ("preview", "learning_preview")),
    Command("append", "insert", "接后", "接在现有名单后面，或替换它：再按一次换回。", ("preview",), also="ctrl+v"),
    Command("side", "f11", "取舍", "不一致的取平台记录，或保留花名册。", ("learning_preview",), also="ctrl+a"),
    Command("notes", "tab", "说明", "在人员和下面的说明之间换。", ("preview", "learning_preview")),
    Command(
        "decide",
        "f4",
        "认定",
        "认定光标所在人员或企业的名单命中：属实或不影响，写明怎样查实的。",
        ("eligibility",),
        also="ctrl+d",
        in_bar=False,
    ),
    Command(
        "deduct", "f11", "核减", "审核补贴时核减光标所在的人员：填代码和查实的情况。", ("eligibility",), also="ctrl+a"
    ),
    Command("put_back", "f8", "撤销", "撤销光标所在人员的人工核减。", ("eligibility",), also="ctrl+u", in_bar=False),
    Command("signs", "f5", "疑点", "看本案的疑点，逐条处理。", ("eligibility",), also="ctrl+k"),
    Command("decide", "enter", "处理", "处理光标所在的疑点：已看、已说明、送核查。", ("signs",)),
    Command("sample", "f11", "抽查", "抽查学员：打电话、登录平台核实。", ("signs",), also="ctrl+a"),
    Command("result", "enter", "登记", "登记光标所在学员的抽查结果。", ("spot_check",)),
    Command("draw", "insert", "抽取", "按随机种子抽取要查的学员，只抽一次。", ("spot_check",), also="ctrl+v"),
    Command("confirm_results", "f5", "确认", "由另一人确认登记的抽查结果。", ("spot_check",), also="ctrl+k"),
    Command(
        "confirm_day",
        "f11",
        "确认日期",
        "由另一人确认补登的收件日期，转线下的班确认没有拨付的结果；岗位分设时，确认后才算数。",
        ("approval",),
        also="ctrl+a",
        in_bar=False,
    ),
    Command("other_page", "ctrl+n", "变更", "变更已批准、还没有结束的班：日期、线上平台、人员。", ("correcting",)),
    Command("other_page", "ctrl+n", "更正", "更正单位名称、代码、地址、经办人、电话、凭证日期。", ("changing",)),
    Command(
        "other_page",
        "ctrl+n",
        "待同意",
        "岗位分设时等负责人同意的：删去以往培训、凭证、交换来源，登记公钥。",
        ("trainings", "exchange"),
    ),
    Command("other_sheet", "ctrl+n", "换一张", "文件里有几张名单时，看下一张。", ("preview",)),
    Command("shift", "f11", "交班", "手上没有办结的案件，交给同事。", ("desk",), also="ctrl+a"),
    Command("give", "enter", "交接", "把选定的案件交给同事；没有选的就全部交。", ("shift",)),
    Command("sit", "enter", "坐下", "以光标所在的姓名办理。", ("who",)),
    Command("issue", "enter", "出具", "出具光标所在的文书。", ("papers",)),
    Command("issue", "enter", "出具", "出具光标所在的报表，或原样重印已出具的。", ("reports",)),
    Command("all", "ctrl+a", "全部", "出具全部文书。", ("papers",)),
    Command("proceed", "enter", "办理", "办理光标所在一行的下一件事，说明见列表下面。", ("publicity", "payment")),
    Command(
        "take_back",
        "delete",
        "撤出",
        "把案件撤出还没有交银行的批次，撤销追回，或删去没有确认的退款到账。",
        ("payment",),
        also="ctrl+x",
    ),
    Command("order_back", "f11", "追回", "已拨付的案件，责令退回全部或一部分。", ("payment",), also="ctrl+a"),
    Command(
        "void", "delete", "作废", "作废登记错了的案件：限登记人，还没有出具文书、没有决定。", ("menu",), also="ctrl+x"
    ),
    Command(
        "void",
        "delete",
        "作废",
        "作废登记错了的案件：限登记人，还没有出具文书、没有决定。",
        ("desk",),
        also="ctrl+x",
        in_bar=False,
    ),
    Command(
        "one_office",
        "ctrl+y",
        "部门",
        "逐个部门列出案件，再按回到全部：市人社局和审计员看各部门共用的台账时用。",
        ("desk",),
        in_bar=False,
    ),
    Command(
        "pass_on",
        "ctrl+w",
        "转办",
        "交错部门的申请转给应办的部门：编号另起，收件日期不变，出材料交接单；各部门共用一个台账时可用。",
        ("desk", "menu", "eligibility"),
        in_bar=False,
    ),
    Command("calendar", "f4", "放假安排", "录入、签署新一年的放假安排。", ("desk",), also="ctrl+d", in_bar=False),
    Command(
        "backups", "ctrl+k", "备份", "看备份：最近一次、全部；管理员或负责人现在再做一次。", ("desk",), in_bar=False
    ),
    Command(
        "statistics",
        "ctrl+u",
        "统计",
        "督导统计：人数、学时、金额、时间、逾期，按部门、月份、阶段等；负责人、审计员和市人社局看。",
        ("desk",),
        in_bar=False,
    ),
    Command("go", "enter", "只看", "只看光标所在的一项；原因一表按Enter开始统计。", ("statistics",)),
    Command("measure", "tab", "换数", "横条改画下一个数。", ("statistics",)),
    Command(
        "search",
        "f3",
        "查找",
        "写统计的条件：期间、部门、阶段、工种、等级、平台、规模。",
        ("statistics",),
        also="ctrl+f",
    ),
    Command("papers", "f9", "文书", "写出上报的月报表或年报表。", ("statistics",), also="ctrl+p"),
    Command("export", "f11", "导出", "全部表和图写成一个表格。", ("statistics",), also="ctrl+a"),
    Command("import", "f6", "导入", "从文件录入一年的放假安排。", ("calendar",), also="ctrl+o"),
    Command("import", "f6", "导入", "导入其他部门的交换文件；重复导入不增加。", ("exchange",), also="ctrl+o"),
    Command("import", "f6", "导入", "导入以往培训清单，先与台账比对。", ("trainings",), also="ctrl+o"),
    Command("undo", "f8", "撤销", "撤回自己今天最后一次导入的清单。", ("trainings",), also="ctrl+u"),
    Command("import", "f6", "导入", "导入补贴目录。", ("tariffs",), also="ctrl+o"),
    Command("import", "f6", "导入", "导入一份名单，与全部未办结的案件比对。", ("outside_lists",), also="ctrl+o"),
    Command("strike", "delete", "撤回", "写明理由，撤回光标所在名单的导入。", ("outside_lists",), also="ctrl+x"),
    Command("go", "enter", "命中", "逐一查看光标所在名单命中的人员和企业。", ("outside_lists",)),
    Command("proceed", "enter", "认定", "查实后认定光标所在的一处：属实或不影响。", ("list_hits",)),
    Command("proceed", "enter", "备份", "现在备份一次；做的时候可以接着办别的。", ("backups",)),
    Command("proceed", "enter", "签署", "签署光标所在的放假安排。", ("calendar",)),
    Command("proceed", "enter", "签署", "签署登记的疫情解除，或登记的更正。", ("lifting",)),
    Command(
        "cells", "f11", "逐格", "办理记录里花名册的改动逐格列出，原来的和现在的；再按收起。", ("menu",), also="ctrl+a"
    ),
    Command("proceed", "enter", "确认", "确认光标所在的改动，由提出人以外的一人办理。", ("staff_changes",)),
    Command("take_back", "delete", "撤销", "写明理由，撤销光标所在的改动。", ("staff_changes",), also="ctrl+x"),
    Command("proceed", "enter", "同意", "同意光标所在的更改，由提出人以外的一人办理。", ("source_changes",)),
    Command("take_back", "delete", "撤销", "写明理由，撤销光标所在的更改。", ("source_changes",), also="ctrl+x"),
    Command("go", "enter", "前往", "到光标所在的一步。", ("menu",)),
    Command("go", "enter", "前往", "到光标所在的一页。", ("office",)),
    Command(
        "back",
        "escape",
        "返回",
        "正在输入的一格恢复原样；再按返回上一屏，内容会存下。",
        (EVERYWHERE,),
        also="ctrl+b",
    ),
    Command("redraw", "ctrl+l", "重画", "画面被别的程序或线路弄乱时，重画整屏。", (EVERYWHERE,), in_bar=False),
    Command("quit", "ctrl+q", "退出", "退出程序。", ("desk",), also="f12", in_bar=False),
)

KEY_NAMES = {"insert": "Ins", "delete": "Del", "enter": "Enter", "escape": "Esc"}


def commands_of(screen: str) -> tuple[Command, ...]:
    """The commands of a screen in the order of the key bar."""
    return tuple(command for command in COMMANDS if screen in command.screens or EVERYWHERE in command.screens)


def command_for(screen: str, key: str) -> Command | None:
    """What a key does on a screen."""
    for command in commands_of(screen):
        if key and key in (command.key, command.also):
            return command
    return None


def is_quit(key: str) -> bool:
    """Whether a key ends the program at the desk: elsewhere it is said where it does."""
    command = command_for("desk", key)
    return command is not None and command.id == "quit"


def key_name(key: str) -> str:
    """A key as the key bar names it: F2, Ctrl+N, Esc."""
    if key in KEY_NAMES:
        return KEY_NAMES[key]
    return "+".join(part.capitalize() for part in key.split("+"))


def key_bar(screen: str, labels: Mapping[CommandId, str] | None = None) -> str:
    """The text of the key bar.

    Args:
        labels: of keys that do something else in the state of the screen; empty where they do nothing now.
    """
    in_bar = (command for command in commands_of(screen) if command.in_bar)
    named = ((command.key, (labels or {}).get(command.id, command.label)) for command in in_bar)
    return " ".join(f"{key_name(key)}{label}" for key, label in named if label)
