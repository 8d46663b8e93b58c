#!/bin/sh
# Installs pxtui on a server without a package registry, from a folder made by `make wheelhouse`.
# Run it again for a new version or after a change: what is as it should be stays. Says each step; --dry-run only says.
set -eu
umask 022

usage="用法：install.sh [--dry-run] [--wheels 文件夹] [--python 程序] [--sudo]
  --dry-run  只说要做什么，不动任何东西
  --wheels   make wheelhouse 做出的文件夹（不写：本脚本所在的一份）
  --python   建立环境用的Python 3.11至3.13（不写：python3）
  --sudo     经办人各有自己的系统账号：另装sudoers（见README.md）"

here=$(cd "$(dirname "$0")" && pwd)
wheels=
python=python3
dry=
sudo=
while [ $# -gt 0 ]; do
    case "$1" in
    --dry-run) dry=yes ;;
    --wheels) wheels=${2:?"$usage"} && shift ;;
    --python) python=${2:?"$usage"} && shift ;;
    --sudo) sudo=yes ;;
    *) echo "$usage" >&2 && exit 2 ;;
    esac
    shift
done
if [ -z "$wheels" ]; then
    for known in "$here/.." "$here/../wheelhouse"; do
        [ -f "$known/SHA256SUMS" ] && wheels=$known && break
    done
fi

say() { printf '%s\n' "$*"; }
fail() {
    printf '没有装好：%s\n' "$*" >&2
    exit 1
}
# Does what follows, or only says it.
run() {
    say "  执行：$*"
    [ -n "$dry" ] || "$@"
}

put() { # put FILE PLACE OWNER:GROUP MODE
    if [ -f "$2" ] && cmp -s "$1" "$2" && [ "$(stat -c '%U:%G %a' "$2")" = "$3 $4" ]; then
        say "不变：$2"
        return
    fi
    say "安装：$2（$3 $4）"
    # Beside its place first: a server that reads it meanwhile sees the old one or the new one.
    run install -D -o "${3%:*}" -g "${3#*:}" -m "$4" "$1" "$2.new"
    run mv -f "$2.new" "$2"
}

folder() { # folder PLACE OWNER:GROUP MODE
    if [ -d "$1" ] && [ ! -L "$1" ] && [ "$(stat -c '%U:%G %a' "$1")" = "$2 $3" ]; then
        say "不变：$1"
        return
    fi
    [ ! -L "$1" ] || fail "$1 是符号链接，请改成文件夹"
    say "文件夹：$1（$2 $3）"
    run install -d -o "${2%:*}" -g "${2#*:}" -m "$3" "$1"
}

check_before() {
    [ -n "$dry" ] || [ "$(id -u)" = 0 ] || fail "请用root运行（先看要做什么：加 --dry-run）"
    [ -n "$wheels" ] || fail "找不到 make wheelhouse 做出的文件夹，请用 --wheels 指明"
    [ -f "$wheels/SHA256SUMS" ] || fail "“$wheels”里没有SHA256SUMS，不是 make wheelhouse 做出的文件夹"
    wheels=$(cd "$wheels" && pwd)
    say "核对：$wheels 里每个文件的校验码"
    (cd "$wheels" && sha256sum --check --quiet SHA256SUMS) || fail "文件与校验码不符，请重新拷贝"
    needed=$(sed -n 's/^python //p' "$wheels/MANIFEST")
    found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') || fail "没有“$python”，请用 --python 指明"
    [ "$needed" = "$found" ] || fail "这些安装包是给Python $needed 的，“$python”是$found"
    for tool in install stat sha256sum cmp; do command -v "$tool" >/dev/null || fail "缺少命令$tool"; done
}

accounts() {
    getent group pxtui-inbox >/dev/null || { say "组：pxtui-inbox" && run groupadd --system pxtui-inbox; }
    if getent passwd pxtui >/dev/null; then
        say "不变：账号pxtui"
    else
        say "账号：pxtui（不能用密码登录，shell是/bin/sh，主目录归root）"
        run useradd --system --user-group --no-create-home --home-dir /var/lib/pxtui --shell /bin/sh \
            --comment "pxtui counter" --password '*' pxtui
    fi
    case " $(id -nG pxtui 2>/dev/null) " in
    *" pxtui-inbox "*) ;;
    *) run usermod --append --groups pxtui-inbox pxtui ;;
    esac
}

folders() {
    folder /opt/pxtui root:root 755
    folder /opt/pxtui/bin root:root 755
    folder /etc/pxtui root:root 755
    folder /var/lib/pxtui root:pxtui 751
    folder /var/lib/pxtui/data pxtui:pxtui 700
    folder /var/lib/pxtui/inbox pxtui:pxtui-inbox 2770
}

program() {
    id=$(sha256sum "$wheels/SHA256SUMS" | cut -c1-12)
    place=/opt/pxtui/venv-$id
    if [ -f "$place/ready" ] && [ "$(readlink /opt/pxtui/venv || true)" = "venv-$id" ]; then
        say "不变：/opt/pxtui/venv（$(sed -n 1p "$wheels/MANIFEST")）"
        return
    fi
    say "程序：$place（$(sed -n 1p "$wheels/MANIFEST")），不联网，每个包核对校验码"
    run rm -rf "$place"
    run "$python" -m venv "$place"
    run "$place/bin/python" -I -m pip install --quiet --disable-pip-version-check --no-cache-dir \
        --no-index --find-links "$wheels" --require-hashes -r "$wheels/requirements.txt" -r "$wheels/pxtui.txt"
    run touch "$place/ready"
    # One step: who logs in meanwhile gets the old program or the new one. The old one stays to go back to.
    run ln -s "venv-$id" /opt/pxtui/venv.new
    run mv -fT /opt/pxtui/venv.new /opt/pxtui/venv
}

files() {
    put "$here/bin/login" /opt/pxtui/bin/login root:root 755
    put "$here/bin/admin" /opt/pxtui/bin/admin root:root 755
    put "$here/bin/attach.py" /opt/pxtui/bin/attach.py root:root 644
    put "$here/tmpfiles/pxtui.conf" /usr/lib/tmpfiles.d/pxtui.conf root:root 644
    put "$here/sysusers/pxtui.conf" /usr/lib/sysusers.d/pxtui.conf root:root 644
    put "$here/logrotate/pxtui" /etc/logrotate.d/pxtui root:root 644
    for unit in "$here"/systemd/*; do
        put "$unit" "/etc/systemd/system/${unit##*/}" root:root 644
    done
    if [ -f /etc/pxtui/authorized_keys ]; then
        say "不变：/etc/pxtui/authorized_keys（$(grep -c '^restrict' /etc/pxtui/authorized_keys || true)人）"
    else
        put "$here/sshd/authorized_keys.example" /etc/pxtui/authorized_keys root:root 644
        [ -n "$dry" ] || sed -i '/^restrict/d' /etc/pxtui/authorized_keys
    fi
    [ -z "$sudo" ] || sudoers
}

sudoers() {
    command -v visudo >/dev/null || fail "这台机器没有sudo"
    visudo -cqf "$here/sudoers/pxtui" || fail "sudoers文件有错，没有安装"
    put "$here/sudoers/pxtui" /etc/sudoers.d/pxtui root:root 440
}

server() {
    sshd=$(PATH=$PATH:/usr/sbin:/usr/local/sbin command -v sshd) || fail "没有sshd"
    put "$here/sshd/pxtui.conf" /etc/ssh/sshd_config.d/10-pxtui.conf root:root 644
    grep -qi '^[[:space:]]*Include[[:space:]].*/etc/ssh/sshd_config\.d/' /etc/ssh/sshd_config ||
        fail "/etc/ssh/sshd_config 没有Include /etc/ssh/sshd_config.d/*.conf，请在第一行加上后再运行"
    [ -z "$dry" ] || return 0
    if ! "$sshd" -t; then
        rm -f /etc/ssh/sshd_config.d/10-pxtui.conf
        fail "sshd不接受新的配置，已撤回，登录不受影响"
    fi
    asked=$("$sshd" -T -C user=pxtui,host=localhost,addr=127.0.0.1 | grep -i '^forcecommand')
    [ "$asked" = "forcecommand exec /opt/pxtui/bin/login" ] || fail "别处的sshd配置盖过了pxtui的：$asked"
}

start() {
    if [ ! -d /run/systemd/system ]; then
        say "没有运行systemd：请自行重新载入sshd，每天运行 backup、verify、retention，开机时以pxtui账号运行 serve /run/pxtui"
        return
    fi
    run systemctl daemon-reload
    for timer in "$here"/systemd/*.timer; do run systemctl enable --now "${timer##*/}"; done
    run systemctl reload ssh.service || run systemctl reload sshd.service
    # A parent that runs becomes the new program; its sessions go on with the old one.
    if systemctl is-active --quiet pxtui-serve.service; then
        run systemctl reload pxtui-serve.service
    fi
    run systemctl enable --now pxtui-serve.service
}

check_before
accounts
folders
program
files
server
start
[ -z "$dry" ] || { say "以上只是要做的，什么也没有动。" && exit 0; }
say "装好了。接着：/opt/pxtui/bin/admin init …，登记各人的公钥（README.md），最后 /opt/pxtui/bin/admin doctor"
