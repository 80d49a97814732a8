"""`guong plugin`: for whoever writes a plugin."""

from __future__ import annotations

import importlib
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guong.cli.shared import dump, json_option, note, out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from guong.checks import Suspect, Verdict


@click.group("plugin")
def command() -> None:
    """Viết plugin: lập bộ khung của một lĩnh vực, kiểm tra.

    \b
    Ví dụ:  guong plugin new linh-vuc-a --title "Lĩnh vực A"
            cd guong-linh-vuc-a && guong plugin check .
    """


@command.command("new")
@click.argument("key", metavar="MÃ")
@click.option("--title", metavar="TÊN", default="", help="Tên lĩnh vực, nguyên văn; bắt buộc có.")
@click.option("--campaign", metavar="TÊN", default="", help="Tên phong trào, nguyên văn.")
@click.option("--letter", metavar="CHỮ", default="", help="Chữ đánh thứ tự trong kế hoạch.")
@click.option(
    "--kind", "kinds", metavar="LOẠI", multiple=True,
    help="Loại đối tượng: person, household, collective, model; nêu được nhiều lần.",
)  # fmt: skip
@click.option("--dir", "folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path), help="Mặc định guong-MÃ ở đây.")
@click.option("--bare", is_flag=True, help="Chỉ tiêu chí và biểu, không có quy tắc.")
def new(
    key: str, title: str, campaign: str, letter: str, kinds: tuple[str, ...], folder: Path | None, bare: bool
) -> None:
    """Lập bộ khung của một lĩnh vực mới.

    Gói được lập chạy được ngay, kiểm thử được ngay.

    \b
    Ví dụ:  guong plugin new linh-vuc-a --title "Lĩnh vực A" --kind household
    """
    from guong import scaffold
    from guong.plugins import Plugins

    package = scaffold.files(key, title, campaign=campaign, letter=letter, kinds=kinds, bare=bare)
    scaffold.refuse_known(key, Plugins().sources())
    target = folder or Path(f"guong-{key}")
    scaffold.write(target, package)
    for path in sorted(package):
        out((target / path).as_posix())
    note(f"đã lập {len(package)} tệp; tiếp theo: cd {target.as_posix()}; python -m pytest; guong plugin check .")


@command.command("check")
@click.argument("target", metavar="[THƯ_MỤC|MÃ]", default=".")
@json_option
def check(target: str, as_json: bool) -> int:
    """Kiểm tra một plugin: từng điều một, sai ở đâu, phải làm gì.

    THƯ_MỤC là dự án có pyproject.toml, hoặc gói có __init__.py; mã Python trong đó được chạy. MÃ là một plugin đã
    cài. Có điều sai thì kết thúc với mã 6.

    \b
    Ví dụ:  guong plugin check .
            guong plugin check linh-vuc-a --json
    """
    from guong.checks import examine
    from guong.exits import Exit

    looked_at = [(suspect, examine(suspect)) for suspect in _suspects(target)]
    if as_json:
        dump([_row(suspect, verdicts) for suspect, verdicts in looked_at])
    else:
        for suspect, verdicts in looked_at:
            _tell(suspect, verdicts)
    passed = all(verdict.faults == () for _, verdicts in looked_at for verdict in verdicts)
    return Exit.OK if passed else Exit.PLUGIN


def _row(suspect: Suspect, verdicts: list[Verdict]) -> dict[str, Any]:
    checks = [
        {"code": one.code, "what": one.what, "todo": one.todo, "faults": one.faults, "passed": one.faults == ()}
        for one in verdicts
    ]
    return {"key": suspect.key, "module": suspect.name, "checks": checks}


def _tell(suspect: Suspect, verdicts: list[Verdict]) -> None:
    out(f"{suspect.key}  ({suspect.name})", bold=True)
    for one in verdicts:
        sign = "·" if one.faults is None else "✗" if one.faults else "✓"
        out(f"  {sign} {one.code:<13} {one.what}" + ("  (chưa xét được)" if one.faults is None else ""))
        for fault in one.faults or ():
            out(f"      {fault}")
        if one.faults:
            out(f"      → {one.todo}")
    note(f"{suspect.key}: đạt {sum(one.faults == () for one in verdicts)}/{len(verdicts)}")


def _suspects(target: str) -> list[Suspect]:
    """Return the plugins in a folder, or the one that is installed under a key.

    Raises:
        UsageError: there is none.
    """
    from guong.errors import UsageError

    path = Path(target)
    if path.is_file():
        raise UsageError(f"{target} là một tệp", "nêu thư mục của dự án hoặc của gói")
    if path.is_dir():
        return list(_in_folder(path.resolve()))
    return [_installed(target)]


def _in_folder(path: Path) -> Iterator[Suspect]:
    import tomllib

    from guong.checks import Suspect
    from guong.errors import UsageError
    from guong.folders import PROJECT, entry_points, find_package, key_of

    if (path / "__init__.py").is_file():
        yield Suspect(key_of(path.name), path.name, partial(_import, path.parent, path.name))
        return
    if not (path / PROJECT).is_file():
        raise UsageError(
            f"{path.name}: không có {PROJECT} hay __init__.py", "nêu thư mục của dự án hoặc của gói plugin"
        )
    try:
        project = tomllib.loads((path / PROJECT).read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{PROJECT}: không đọc được ({error})", "sửa chỗ đã nêu") from error
    points = entry_points(project)
    if not points:
        raise UsageError(f"{PROJECT}: không có plugin nào", 'thêm mục [project.entry-points."guong"], mã = "mô-đun"')
    needs = tuple(str(one) for one in project["project"].get("dependencies", ()))
    for key, name in points.items():
        package = find_package(path, name)
        yield Suspect(key, name, partial(_import, package.parent if package else path, name), needs, path)


def _import(home: Path, name: str) -> ModuleType:
    """Import a module from a folder before any other of its name."""
    sys.path.insert(0, str(home))
    importlib.invalidate_caches()
    return importlib.import_module(name)


def _installed(key: str) -> Suspect:
    from guong.checks import Suspect
    from guong.entrypoints import points
    from guong.errors import UsageError
    from guong.forms import nearest
    from guong.plugins import GROUP

    found = {point.name: point for point in points(GROUP)}
    if key not in found:
        near = nearest(key, found)
        raise UsageError(
            f"không có thư mục hay plugin {key}",
            f"có phải là {near}?" if near else f"đã cài: {', '.join(sorted(found))}",
        )
    point = found[key]
    ours = point.dist is None or point.dist.name == GROUP
    needs = None if ours or point.dist is None else tuple(point.dist.requires or ())
    return Suspect(key, point.value, point.load, needs)
