"""Files of case bundles (`pxtui-case/1`, JSON), sent by an enterprise or another office."""

from pathlib import Path

from pxtui.errors import NotFound, Refused
from pxtui.policy.bundle import read_bundle
from pxtui.policy.facts import Application
from pxtui.policy.parameters import Rulebook

_LARGEST_BYTES = 50_000_000


def read_bundle_file(path: Path, rulebook: Rulebook) -> Application:
    """The application in a bundle file.

    Raises:
        PxtuiError: there is no such file, it is not text, or it does not fit `pxtui-case/1`.
    """
    return read_bundle(_text(path), rulebook.latest)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise Refused("文件过大，不像案件包，请核对文件。")
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise NotFound("找不到文件，请核对路径和文件名。") from None
    except IsADirectoryError:
        raise Refused("这是文件夹，请给出案件包文件。") from None
    except OSError:
        raise Refused("文件无法读取，请检查权限。") from None
    except UnicodeDecodeError:
        raise Refused("不是UTF-8编码的JSON文件，请重新导出。") from None
