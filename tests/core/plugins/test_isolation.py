"""A broken plugin is refused with its name and reason, and costs nobody else anything."""

from __future__ import annotations

import re
from importlib.metadata import PathDistribution
from typing import TYPE_CHECKING, Any

import pytest

from guong.book import Book
from guong.requires import unmet
from guong.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

BUNDLED = {"van-quan-2024", "nong-thon-moi", "quoc-phong-an-ninh", "day-tot-hoc-tot"}

HOOK = "from guong import Field, FieldDeclaration, hookimpl\n\n@hookimpl\ndef guong_register_fields():\n    "
BROKEN: dict[str, tuple[str | None, str]] = {
    "import raises": ("raise RuntimeError('hỏng rồi')", "RuntimeError: hỏng rồi"),
    "import exits": ("import sys; sys.exit(5)", "SystemExit: 5"),
    "source is no Python": ("def (", "SyntaxError: "),
    "module is missing": (None, "ModuleNotFoundError: No module named 'bad_module'"),
    "hook is misspelt": (
        HOOK.replace("fields", "feilds") + "return []",
        "không có hook guong_register_feilds; các hook: guong_register_fields, ",
    ),
    "hook is misspelt early": (
        HOOK.replace("register", "regster") + "return []",
        "không có hook guong_regster_fields; các hook: ",
    ),
    "hook is not marked": ("def guong_register_fields():\n    return []", "hàm guong_register_fields thiếu @hookimpl"),
    "hook asks for more than there is": (
        HOOK.replace("fields()", "fields(book)") + "return []",
        "PluginValidationError: ",
    ),
    "hook raises": (HOOK + "raise KeyError('thiếu')", "KeyError: 'thiếu'"),
    "hook exits": (HOOK + "raise SystemExit(0)", "SystemExit: 0"),
    "hook returns nothing": (HOOK + "return None", "TypeError: "),
    "hook returns something else": (HOOK + "return [42]", "AttributeError: "),
    "hook brings another's key": (
        HOOK + "return [Field(FieldDeclaration(key='nong-thon-moi', title='x'))]",
        "mang khóa nong-thon-moi, nhưng chỉ được mang khóa của chính nó là bad",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_plugin_is_refused_with_its_reason_and_the_others_go_on(
    machine: Any, field_source: str, case: str
) -> None:
    source, reason = BROKEN[case]
    machine.install("guong-bad", "bad_module", source, key="bad")
    machine.install("guong-zgood", "good_module", field_source.replace("KEY", "zgood"), key="zgood")
    plugins = machine.plugins()
    assert plugins["bad"]["refused"].startswith(reason), plugins["bad"]
    assert plugins["bad"]["where"] == "guong-bad 1.0"
    assert plugins["bad"]["brings"] == []
    assert plugins["zgood"] == {
        "key": "zgood",
        "where": "guong-zgood 1.0",
        "hooks": ["guong_register_fields"],
        "brings": ["zgood"],
        "refused": "",
        "needed": "",
    }
    assert {key for key, one in plugins.items() if not one["refused"]} >= {*BUNDLED, "zgood"}


def test_the_reason_is_also_told_to_people_and_other_commands_do_not_mind(machine: Any, field_source: str) -> None:
    machine.install("guong-bad", "bad_module", "import sys; sys.exit('hết')", key="bad")
    ran = machine.run("plugins")
    assert ran.code == 0
    assert "bad                    guong-bad 1.0\n    TỪ CHỐI: SystemExit: hết\n" in ran.out
    assert "1 bị từ chối" in ran.err
    assert machine.run("--version").out.startswith("guong ")
    assert machine.run("--help").code == 0
    assert machine.run("-C", str(machine.book), "board").code == 0


def test_two_distributions_that_claim_one_key_both_lose_it_and_both_are_named(machine: Any, field_source: str) -> None:
    machine.install("guong-mot", "one_module", field_source.replace("KEY", "chung"), key="chung")
    machine.install("guong-hai", "two_module", field_source.replace("KEY", "chung"), key="chung", version="2.0")
    said = machine.plugins()["chung"]
    assert said["brings"] == []
    assert said["refused"].startswith("2 plugin cùng nhận khóa này: ")
    assert all(name in said["refused"] for name in ("guong-mot 1.0", "guong-hai 2.0"))


def test_a_stranger_that_claims_the_key_of_a_bundled_plugin_gets_it_no_more_than_the_bundled_one(
    machine: Any, field_source: str
) -> None:
    machine.install("guong-la", "la_module", field_source.replace("KEY", "nong-thon-moi"), key="nong-thon-moi")
    said = machine.plugins()["nong-thon-moi"]
    assert "guong-la 1.0" in said["refused"]
    assert "guong 0." in said["refused"]
    ran = record(machine, "nong-thon-moi", by="nnptnt-01")
    assert ran.code == 6
    assert "guong-la 1.0" in ran.err


def exemplar(machine: Any, field: str) -> str:
    """Return the short form of the first exemplar of a field."""
    with Book(machine.book) as book:
        return book.view.exemplars(field=field)[0].short


def record(machine: Any, field: str, *, by: str, **variables: str) -> Any:
    """Record support for the first exemplar of a field."""
    answers = ("--occurred-on", "20/12/2024", "--kind", "visit", "--what", "Thăm")
    return machine.run(
        "-C", str(machine.book), "--by", by, "record", "supported", exemplar(machine, field), *answers, **variables
    )


def test_the_allow_list_names_the_plugins_that_are_looked_at(machine: Any, field_source: str) -> None:
    machine.install("guong-bad", "bad_module", "raise SystemExit(3)", key="bad")
    commands = {"tui"}  # a command is there until somebody calls it
    assert set(machine.plugins(GUONG_PLUGINS="nong-thon-moi, van-quan-2024")) - commands == {
        "nong-thon-moi",
        "van-quan-2024",
    }
    assert set(machine.plugins(GUONG_PLUGINS="khong-co")) == commands
    assert set(machine.plugins(GUONG_PLUGINS="")) == commands
    assert set(machine.plugins()) == {*BUNDLED, "bad"} | (set(machine.plugins()) - BUNDLED)


def test_with_every_plugin_gone_the_book_is_read_as_before(machine: Any) -> None:
    book = ("-C", str(machine.book))
    for command in (("board", "--json"), ("list", "--json"), ("log", "--json"), ("replay",)):
        with_them, without = machine.run(*book, *command), machine.run(*book, *command, GUONG_PLUGINS="")
        assert (without.code, without.out) == (0, with_them.out), command


def test_with_every_plugin_gone_criteria_are_shown_word_for_word_and_missing_code_is_named(machine: Any) -> None:
    short = exemplar(machine, "nong-thon-moi")
    with_them = machine.run("-C", str(machine.book), "show", short).out
    without = machine.run("-C", str(machine.book), "show", short, GUONG_PLUGINS="").out
    missing = "  cần plugin nong-thon-moi để chạy quy tắc của lĩnh vực\n"
    assert missing in without
    assert without.replace(missing, "") == with_them
    assert "b.tt.01" in without
    assert (
        "là những xã đạt được các tiêu chí về xây dựng nông thôn mới, nông thôn mới nâng cao, "
        "theo Chương trình xây dựng nông thôn mới của tỉnh, của huyện (bắt buộc)" in without
    )
    board = machine.run("-C", str(machine.book), "board", GUONG_PLUGINS="").err
    assert all(f"cần plugin {key} để chạy quy tắc" in board for key in BUNDLED - {"van-quan-2024"})
    assert machine.run("-C", str(machine.book), "check", GUONG_PLUGINS="").code == 0


@pytest.mark.parametrize(
    ("allowed", "needed"),
    [
        ("", "van-quan-2024"),
        ("van-quan-2024,nong-thon-moi", "luat-tdkt"),
        ("van-quan-2024,luat-tdkt", "nong-thon-moi"),
        ("nong-thon-moi,luat-tdkt", "van-quan-2024"),
    ],
)
def test_a_step_is_refused_where_the_code_of_its_rules_is_gone(machine: Any, allowed: str, needed: str) -> None:
    before = machine.run("-C", str(machine.book), "log", "--json").out
    ran = record(machine, "nong-thon-moi", by="nnptnt-01", GUONG_PLUGINS=allowed)
    assert ran.code == 6
    assert f"cần plugin {needed}" in ran.err
    assert ran.out == ""
    assert machine.run("-C", str(machine.book), "log", "--json").out == before


def test_a_step_needs_only_the_plugins_of_plan_law_and_its_own_field(machine: Any) -> None:
    machine.install("guong-bad", "bad_module", "raise SystemExit(3)", key="bad")
    ran = record(machine, "nong-thon-moi", by="nnptnt-01", GUONG_PLUGINS="van-quan-2024,luat-tdkt,nong-thon-moi,bad")
    assert ran.code == 0, ran.err


def test_a_plan_that_names_a_missing_plugin_is_said_to_be_missing(machine: Any) -> None:
    ran = machine.run("demo", "so-moi", "--plan", "khong-co")
    assert ran.code == 6
    assert "cần plugin khong-co cho kế hoạch này" in ran.err
    assert not (machine.folder / "so-moi").exists()
    ran = machine.run("demo", "so-moi", GUONG_PLUGINS="")
    assert (ran.code, ran.out) == (6, "")


COMMAND = "import click\n\n@click.command()\ndef command():\n    click.echo('chào')\n"


def test_a_plugin_adds_a_command_that_help_lists_without_importing_it(machine: Any) -> None:
    machine.install("guong-chao", "chao_module:command", COMMAND, key="chao", group="guong.commands")
    machine.install(
        "guong-hong", "hong_module:command", "raise RuntimeError('hỏng')", key="hong", group="guong.commands"
    )
    help_ = machine.run("--help")
    assert help_.code == 0
    assert "chao" in help_.out
    assert "hong" in help_.out
    assert (machine.run("chao").code, machine.run("chao").out) == (0, "chào\n")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("raise RuntimeError('hỏng')", "RuntimeError: hỏng"),
        ("import sys; sys.exit(0)", "SystemExit: 0"),
        ("x = 1", "AttributeError"),
    ],
)
def test_a_broken_command_is_named_and_the_others_go_on(machine: Any, source: str, reason: str) -> None:
    machine.install("guong-hong", "hong_module:command", source, key="hong", group="guong.commands")
    ran = machine.run("hong")
    assert ran.code == 6
    assert f"lệnh hong của plugin guong-hong 1.0 không dùng được: {reason}" in ran.err
    assert machine.run("whoami", "--set", "nv-01").code == 0


def test_two_plugins_that_add_one_command_both_lose_it_and_both_are_named(machine: Any) -> None:
    for name in ("mot", "hai"):
        machine.install(f"guong-{name}", f"{name}_module:command", COMMAND, key="chao", group="guong.commands")
    ran = machine.run("chao")
    assert (ran.code, ran.out) == (6, "")
    assert all(f"guong-{name} 1.0" in ran.err for name in ("mot", "hai"))


def test_a_plugin_cannot_take_the_place_of_a_command_of_our_own(machine: Any) -> None:
    machine.install("guong-chao", "chao_module:command", COMMAND, key="board", group="guong.commands")
    assert "chào" not in machine.run("-C", str(machine.book), "board").out
    assert machine.plugins()["board"]["refused"] == "lệnh board là của chính guong"
    assert machine.run("--help").out.count("  board ") == 1


def test_commands_are_listed_with_plugins_and_a_broken_one_is_named(machine: Any) -> None:
    for name, source in (("chao", COMMAND), ("hong", "raise RuntimeError('hỏng')"), ("so", "command = 42")):
        machine.install(f"guong-{name}", f"{name}_module:command", source, key=name, group="guong.commands")
    said = machine.plugins()
    assert said["chao"] == {
        "key": "chao", "where": "guong-chao 1.0", "hooks": ["guong.commands"], "brings": ["guong chao"], "refused": "",
        "needed": "",
    }  # fmt: skip
    assert said["hong"]["refused"] == "lệnh hong của plugin guong-hong 1.0 không dùng được: RuntimeError: hỏng"
    assert said["so"]["refused"].endswith("TypeError: so_module:command không phải là một lệnh click")
    assert machine.run("so").code == 6


# ------------------------------------------------------------------ made for another version


def test_a_plugin_made_for_another_version_is_refused_before_anything_of_it_runs(
    machine: Any, field_source: str
) -> None:
    source = "raise SystemExit('đã chạy')"
    machine.install("guong-xa", "xa_module", source, key="xa", requires=("click>=8", "guong>=99"))
    machine.install("guong-cu", "cu_module:command", source, key="cu", group="guong.commands", requires=("guong<0.1",))
    machine.install("guong-gan", "gan_module", field_source.replace("KEY", "gan"), key="gan", requires=("guong>=0.1",))
    said = machine.plugins()
    assert said["xa"]["refused"] == f"cần guong >=99, mà đây là guong {__version__}"
    assert said["cu"]["refused"].endswith(f"không dùng được: cần guong <0.1, mà đây là guong {__version__}")
    assert said["gan"]["refused"] == ""
    assert machine.run("cu").code == 6


@pytest.mark.parametrize(
    ("required", "version", "missed"),
    [
        ("guong", "1.2", ""),
        ("guong>=1,<2", "1.2", ""),
        ("guong>=1,<2", "2.0", ">=1,<2"),
        ("guong (>=1.3)", "1.2.9", ">=1.3"),
        ("Guong[postgres] >= 1.2.0", "1.2", ""),
        ("guong~=1.2", "1.9", ""),
        ("guong~=1.2", "2.0", "~=1.2"),
        ("guong~=1.2.3", "1.3", "~=1.2.3"),
        ("guong==1.*", "1.9", ""),
        ("guong!=1.*", "1.9", "!=1.*"),
        ("guong==1.2", "1.2.0", ""),
        ("guong!=1.2", "1.2.0", "!=1.2"),
        ("guong>1.2", "1.2.0", ">1.2"),
        ("guong<=1.2", "1.2.1", "<=1.2"),
        ("guong>=1.10", "1.9", ">=1.10"),
        ("guong>=1.0", "1.0.dev3", ""),
        ("guong>=9 ; extra == 'new'", "1.2", ""),
        ("guong-ext>=9", "1.2", ""),
        ("guong.ext>=9", "1.2", ""),
        ("guong @ file:///x", "1.2", ""),
        ("click>=9", "1.2", ""),
    ],
)
def test_what_a_distribution_requires_of_guong_is_read_from_its_metadata(
    tmp_path: Path, required: str, version: str, missed: str
) -> None:
    info = tmp_path / "x-1.0.dist-info"
    info.mkdir()
    text = f"Metadata-Version: 2.1\nName: x\nRequires-Dist: {required}\nVersion: 1.0\n\nRequires-Dist: guong>=99\n"
    (info / "METADATA").write_text(text, encoding="utf-8")
    assert unmet(PathDistribution(info), version) == missed


# ------------------------------------------------------------------ what is missing, and what was run


def test_what_the_book_needs_and_is_not_here_is_named_by_plugins_and_check(machine: Any) -> None:
    book = ("-C", str(machine.book))
    allowed = "van-quan-2024,y-te"
    said = machine.plugins(*book, GUONG_PLUGINS=allowed)
    assert said["nong-thon-moi"]["refused"] == "GUONG_PLUGINS không nêu nó"
    assert said["nong-thon-moi"]["needed"].startswith("quy tắc của lĩnh vực, ")
    assert said["luat-tdkt"]["needed"] == "bộ quy tắc của kế hoạch van-quan-2024"
    assert (said["van-quan-2024"]["refused"], said["van-quan-2024"]["needed"]) == ("", "quy tắc của kế hoạch")
    assert said["y-te"]["refused"] == ""
    assert said["y-te"]["needed"].startswith("quy tắc của lĩnh vực, ")
    shown = machine.run(*book, "plugins", GUONG_PLUGINS=allowed)
    assert (
        "luat-tdkt\n    THIẾU: GUONG_PLUGINS không nêu nó\n    sổ cần nó: bộ quy tắc của kế hoạch van-quan-2024\n"
        in shown.out
    )
    assert shown.err.endswith(", thiếu 13\n")  # the law, and twelve of the thirteen fields
    checked = machine.run(*book, "check", GUONG_PLUGINS=allowed)
    assert checked.code == 0
    assert "cần plugin nong-thon-moi: quy tắc của lĩnh vực, " in checked.out
    assert "cần plugin luat-tdkt: bộ quy tắc của kế hoạch van-quan-2024\n" in checked.out
    assert "van-quan-2024: quy tắc của kế hoạch" not in checked.out
    assert "cần plugin" not in machine.run(*book, "check").out
    assert not any(one["refused"] for one in machine.plugins(*book).values())


def test_a_book_in_which_a_plugin_is_needed_that_breaks_says_for_what(machine: Any) -> None:
    machine.install("guong-kh", "kh_module", "raise RuntimeError('hỏng')", key="ngoai-so")
    machine.install("guong-la", "la_module", "raise RuntimeError('hỏng')", key="nong-thon-moi")
    ran = machine.run("-C", str(machine.book), "plugins")
    place = ran.out.partition("\nnong-thon-moi ")[2].splitlines()
    assert place[1].startswith("    TỪ CHỐI: 2 plugin cùng nhận khóa này: ")
    assert place[2].startswith("    sổ cần nó: quy tắc của lĩnh vực, ")
    assert "sổ cần" not in ran.out.partition("\nngoai-so ")[2].partition("\nnong-thon-moi ")[0]


def test_a_field_whose_key_two_plugins_claim_is_shown_as_refused(machine: Any, field_source: str) -> None:
    short = exemplar(machine, "nong-thon-moi")
    machine.install("guong-la", "la_module", field_source.replace("KEY", "nong-thon-moi"), key="nong-thon-moi")
    said = machine.run("-C", str(machine.book), "show", short).out
    assert "  cần plugin nong-thon-moi (bị từ chối: 2 plugin cùng nhận khóa này: " in said
    assert "b.tt.01" in said
    assert "cần plugin nong-thon-moi (bị từ chối: " in machine.run("-C", str(machine.book), "board").err
    assert machine.run("-C", str(machine.book), "check").code == 0


def test_a_damaged_book_does_not_keep_the_plugins_from_being_listed(machine: Any) -> None:
    (machine.book / "log.db").write_bytes(b"SQLite format 3\0")
    ran = machine.run("-C", str(machine.book), "plugins")
    assert ran.code == 0
    assert "chưa rõ sổ cần plugin nào: " in ran.err
    assert "nong-thon-moi" in ran.out


def test_tracing_tells_what_of_plugins_was_run_and_how_long_it_took(machine: Any) -> None:
    machine.install("guong-chao", "chao_module:command", COMMAND, key="chao", group="guong.commands")
    ran = machine.run("chao", GUONG_TRACE_PLUGINS="1")
    assert ran.out == "chào\n"
    assert re.fullmatch(r"plugin: nạp chao_module:command, \d+\.\d ms\n", ran.err)
    ran = record(machine, "nong-thon-moi", by="nnptnt-01", GUONG_TRACE_PLUGINS="1")
    told = re.findall(r"^plugin: (.+), \d+\.\d ms$", ran.err, re.MULTILINE)
    assert told == [
        "nạp guong_van_quan_2024", "gọi van-quan-2024.guong_register_plans",
        "nạp guong_luat_tdkt", "gọi luat-tdkt.guong_register_law",
        "nạp guong_nong_thon_moi", "gọi nong-thon-moi.guong_register_fields",
    ]  # fmt: skip
    machine.install("guong-bad", "bad_module", "raise RuntimeError('hỏng')", key="bad")
    assert "plugin: nạp bad_module, " in machine.run("plugins", GUONG_TRACE_PLUGINS="1").err
    assert "plugin: " not in machine.run("plugins").err
