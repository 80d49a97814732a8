"""A plugin that is upgraded between two steps, as real distributions: what was is shown from the log, installed or not."""

from __future__ import annotations

import json
from typing import Any

PLAN = """
from guong import PlanDeclaration, PlanPack, hookimpl
from guong.domain.declarations import Binding, Lead, UnitData

@hookimpl
def guong_register_plans():
    declared = PlanDeclaration(
        key="ke-hoach", title="Kế hoạch thử", issued="2024-01-10", late_needs_reason=False,
        fields=(Binding(field="linh-vuc", title="Lĩnh vực", leads=(Lead(unit="xa-thu"),)),),
    )
    return [PlanPack(declared, units=(UnitData(key="xa-thu", name="Xã Thử", since="2020-01-01"),))]
"""
HEAD = """
from typing import Annotated
import msgspec
from guong import Criterion, Field, FieldDeclaration, Rule, ask, hookimpl
"""
FIRST = f"""{HEAD}
class Supported(msgspec.Struct, frozen=True, kw_only=True):
    buoi: Annotated[int, ask("Số buổi giúp đỡ")]

@hookimpl
def guong_register_fields():
    criteria = (Criterion(id="lv.1", text="điều của năm đầu", mandatory=True), Criterion(id="lv.2", text="điều sẽ bỏ"))
    return [Field(FieldDeclaration(key="linh-vuc", title="Lĩnh vực", criteria=criteria), {{"supported": Supported}})]
"""
SECOND = f"""{HEAD}
class Supported(msgspec.Struct, frozen=True, kw_only=True):
    gio: Annotated[int, ask("Số giờ giúp đỡ")]

def _hours(case):
    past = [one.entry.field.details["gio"] for one in case.history() if one.entry and one.entry.step == "supported"]
    yield {{"hours": sum(past) + case.details["gio"]}}

def to_2(step, details):
    return {{"gio": 3 * details["buoi"]}} if step == "supported" else details

@hookimpl
def guong_register_fields():
    criteria = (Criterion(id="lv.1", text="điều của năm đầu, viết lại"), Criterion(id="lv.3", text="điều mới", mandatory=True))
    rule = Rule("linh-vuc.hours", "Đếm giờ", _hours, steps=("supported",), refuses=False, says="cả thảy {{hours}} giờ")
    declared = FieldDeclaration(key="linh-vuc", title="Lĩnh vực", criteria=criteria, form=2)
    return [Field(declared, {{"supported": Supported}}, [rule], upcasts={{1: to_2}})]
"""
ALL_GONE = {"GUONG_PLUGINS": ""}


def upgrade(machine: Any, source: str, version: str) -> None:
    """Take away the plugin of the field, and install another version of it, if any."""
    for one in machine.site.glob("guong_lv-*"):
        for file in one.iterdir():
            file.unlink()
        one.rmdir()
    for one in (*machine.site.glob("lv_module.py"), *machine.site.glob("__pycache__/lv_module.*")):
        one.unlink()
    machine.install("guong-lv", "lv_module", source, key="linh-vuc", version=version)


def told(machine: Any, *args: str, **variables: str) -> Any:
    """Run a command on the book as its officer and return what it left; it must succeed."""
    ran = machine.run("-C", "so-moi", "--by", "cb-01", *args, **variables)
    assert ran.code == 0, ran.err
    return ran


def told_short(machine: Any, *args: str) -> str:
    """Record something and return its short form."""
    return str(told(machine, "record", *args, "--json").json["short"])


OPENING = (
    "--officer", "cb-01", "--name", "Lò Thị Ban", "--unit", "xa-thu", "--occurred-on", "10/01/2024",
    "--paper-number", "1", "--paper-notation", "QĐ", "--paper-issuer", "Xã Thử",
)  # fmt: skip
REVIEW = ("--result", "passed", "--paper-kind", "Biên bản", "--paper-number", "1", "--paper-issuer", "Xã Thử")


def year(machine: Any) -> tuple[str, str, Any]:
    """Tell a year in which the field changes on 1 June; return two exemplars, reviewed before and after, and that opening."""
    machine.install("guong-kh", "kh_module", PLAN, key="ke-hoach")
    upgrade(machine, FIRST, "1.0")
    ran = machine.run("init", "so-moi", "--plan", "ke-hoach", *OPENING)
    assert ran.code == 0, ran.err
    found: list[str] = []
    for name in ("Vàng A Sử", "Giàng Thị Mỷ"):
        subject = told_short(
            machine, "subject_registered", "--kind", "person", "--unit", "xa-thu", "--name", name, "--occurred-on", "01/3/2024"
        )  # fmt: skip
        seen = ("--field", "linh-vuc", "--source", "inspection", "--achievement", "Giúp bạn")
        found.append(told_short(machine, "discovered", "--subject", subject, *seen, "--occurred-on", "02/3/2024"))
        help_ = ("--kind", "visit", "--what", "Thăm", "--occurred-on", "03/3/2024", "--buoi", "4")
        told(machine, "record", "supported", found[-1], *help_)
    told(
        machine, "record", "reviewed", found[0], *REVIEW, "--paper-date", "20/5/2024", "--occurred-on", "20/5/2024",
        "--criteria", "lv.1=met", "--criteria", "lv.2=not_applicable",
    )  # fmt: skip
    upgrade(machine, SECOND, "2.0")
    opened = told(machine, "open", "linh-vuc", "--occurred-on", "01/6/2024", "--reason", "sửa tiêu chí")
    told(
        machine, "record", "reviewed", found[1], *REVIEW, "--paper-date", "20/6/2024", "--occurred-on", "20/6/2024",
        "--criteria", "lv.1=met", "--criteria", "lv.3=met",
    )  # fmt: skip
    return found[0], found[1], opened


def test_opening_anew_says_what_changes_and_old_entries_keep_their_words(machine: Any) -> None:
    before, after, opened = year(machine)
    assert (
        "linh-vuc từ 01/6/2024, so với khai báo từ 10/01/2024: thêm tiêu chí lv.3; bỏ tiêu chí lv.2; đổi tiêu chí lv.1; "
        "thêm câu hỏi supported.gio; bỏ câu hỏi supported.buoi; thêm quy tắc linh-vuc.hours; đổi phiên bản của biểu\n"
    ) in opened.err
    again = told(machine, "open", "linh-vuc", "--occurred-on", "02/6/2024", "--dry-run")
    assert "linh-vuc từ 02/6/2024, so với khai báo từ 01/6/2024: khai báo không đổi\n" in again.err

    help_ = ("--kind", "visit", "--what", "Thăm", "--dry-run")
    new = told(machine, "record", "supported", after, "--occurred-on", "05/6/2024", "--gio", "2", *help_)
    assert "cả thảy 14 giờ" in new.out
    late = told(machine, "record", "supported", after, "--occurred-on", "31/5/2024", "--buoi", "1", *help_)
    assert "cả thảy 15 giờ" in late.out
    wrong = machine.run(
        "-C", "so-moi", "--by", "cb-01", "record", "supported", after, "--occurred-on", "31/5/2024", "--gio", "1", *help_
    )  # fmt: skip
    assert wrong.code == 2
    assert "không có tùy chọn --gio" in wrong.err

    for short, shown, hidden in (
        (before, ("lv.1       đạt            điều của năm đầu (bắt buộc)", "lv.2 "), "lv.3"),
        (after, ("lv.1       đạt            điều của năm đầu, viết lại", "lv.3       đạt            điều mới (bắt buộc)"), "lv.2"),
    ):  # fmt: skip
        said = told(machine, "show", short).out
        assert all(words in said for words in shown), said
        assert hidden not in said.partition("Các mục ghi")[0]
        assert "Số buổi giúp đỡ: 4" in said
        alone = told(machine, "show", short, **ALL_GONE).out
        assert alone == said.replace("Tiêu chí\n", "  cần plugin linh-vuc để chạy quy tắc của lĩnh vực\nTiêu chí\n")
    assert told(machine, "check", **ALL_GONE).out == (
        "cần plugin ke-hoach: quy tắc của kế hoạch\ncần plugin linh-vuc: quy tắc của lĩnh vực, 6 mục\n"
    )


def test_an_upgraded_plugin_that_forgets_the_old_form_is_refused_and_the_book_is_read_all_the_same(
    machine: Any,
) -> None:
    before, after, _ = year(machine)
    shown = [told(machine, "show", one).out for one in (before, after)]
    upgrade(machine, SECOND.replace(", upcasts={1: to_2}", ""), "2.1")
    said = machine.plugins("-C", "so-moi")["linh-vuc"]
    assert said["refused"] == "biểu phiên bản 2 cần upcasts từ: 1; đang có từ: không phiên bản nào"
    upgrade(machine, SECOND.replace('3 * details["buoi"]', 'details["gio"]'), "2.2")
    assert [told(machine, "show", one).out for one in (before, after)] == shown
    ran = machine.run(
        "-C", "so-moi", "--by", "cb-01", "record", "supported", after, "--occurred-on", "05/6/2024", "--kind", "visit",
        "--what", "Thăm", "--gio", "2",
    )  # fmt: skip
    assert ran.code == 3
    assert "quy tắc linh-vuc.hours gặp lỗi" in ran.err
    assert "plugin linh-vuc không đọc được biểu phiên bản 1 của bước supported: KeyError: 'gio'" in ran.err


def test_a_plan_is_issued_on_the_day_and_for_the_reason_that_are_given(machine: Any) -> None:
    machine.install("guong-kh", "kh_module", PLAN, key="ke-hoach")
    upgrade(machine, FIRST, "1.0")
    assert machine.run("init", "so-moi", *OPENING, "--unit-name", "Xã Thử").code == 0
    before = len(told(machine, "log", "--json").out.splitlines())
    refused = machine.run("-C", "so-moi", "--by", "cb-01", "open", "ke-hoach", "--effective-on", "01/02/2024")
    assert refused.code == 2
    assert "--effective-on chỉ dùng khi mở lĩnh vực" in refused.err
    told(machine, "open", "ke-hoach", "--occurred-on", "05/02/2024", "--reason", "chuyển từ sổ giấy")
    new = [json.loads(line) for line in told(machine, "log", "--json").out.splitlines()[before:]]
    assert [one["step"] for one in new] == ["plan_issued", "field_opened"]
    assert {(one["occurred_on"], one["reason"]) for one in new} == {("2024-02-05", "chuyển từ sổ giấy")}
    later = told(machine, "open", "linh-vuc", "--occurred-on", "01/6/2024", "--effective-on", "01/7/2024", "--dry-run")
    assert "linh-vuc từ 01/7/2024, so với khai báo từ 05/02/2024: khai báo không đổi\n" in later.err
