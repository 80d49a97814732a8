"""What a plugin's TOML file may say, to the letter; and that a copy in a log may say more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from guong import Criterion, Field, FieldDeclaration, LawBook, PlanPack
from guong.domain.declarations import PlanDeclaration, as_data
from guong.errors import PluginError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'key = "a"\ntitle = "Lĩnh vực A"\n'
CRITERIA = '[[criteria]]\nid = "a.1"\ntext = "một"\n[[criteria]]\nid = "a.2"\n'
PLAN = '[plan]\nkey = "p"\ntitle = "Kế hoạch"\n'

FIELDS = {
    "no TOML": ('key = "a"\ntitle = \n', ["dòng 2, cột 9: không đúng cú pháp TOML"]),
    "no end": ('key = "a"\ntitle = "', ["không đúng cú pháp TOML"]),
    "not UTF-8": ("key = 'a'\ntitle = '\udcff'\n", ["không phải UTF-8 ở byte thứ 20"]),
    "an unknown key": (HEAD + "kindz = []\n", ["không có khóa kindz; có phải là kinds?"]),
    "a key like no other": (HEAD + "xyz = 1\n", ["không có khóa xyz; các khóa: key, title, campaign, letter, kinds,"]),
    "a key that code fills in": (HEAD + "rules = []\n", ["không có khóa rules"]),
    "a missing title": ('key = "a"\n', ["còn thiếu khóa title"]),
    "a number for a title": ('key = "a"\ntitle = 5\n', ["title: phải là chữ trong ngoặc kép, không phải 5"]),
    "one kind alone": (HEAD + 'kinds = "person"\n', ["kinds: phải là một danh sách [...], không phải 'person'"]),
    "a number among kinds": (HEAD + 'kinds = ["person", 2]\n', ["kinds thứ 2: phải là chữ trong ngoặc kép, không phải 2"]),
    "criteria that are a table": (HEAD + "[criteria]\n", ["criteria: phải là một danh sách [...], không phải một bảng"]),
    "a criterion that is a word": (HEAD + 'criteria = ["x"]\n', ["criteria thứ 1: phải là một bảng, không phải 'x'"]),
    "everything at once": (
        HEAD + CRITERIA + 'txt = "hai"\nmandatory = "có"\n',
        [
            "criteria thứ 2 (a.2): không có khóa txt; có phải là text?",
            "criteria thứ 2 (a.2): còn thiếu khóa text",
            "criteria thứ 2 (a.2).mandatory: phải là true hoặc false, không phải 'có'",
        ],
    ),
    "two criteria with one id": (
        HEAD + (CRITERIA + 'text = "hai"\n').replace("a.2", "a.1"),
        ["criteria thứ 1 và thứ 2 cùng có id = a.1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FIELDS)
def test_a_field_file_that_does_not_fit_is_named_with_the_place_and_what_would_have_worked(
    tmp_path: Path, case: str
) -> None:
    text, said = FIELDS[case]
    path = tmp_path / "field.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(PluginError) as refused:
        _ = Field.from_toml(path).declared
    assert refused.value.message.startswith("field.toml: ")
    assert [one for one in said if one not in refused.value.message] == []
    assert "Traceback" not in refused.value.message


def test_of_many_faults_some_are_told_and_the_others_counted(tmp_path: Path) -> None:
    path = tmp_path / "field.toml"
    path.write_text(HEAD + "".join(f"x{number} = 1\n" for number in range(9)), encoding="utf-8")
    with pytest.raises(PluginError, match=r"x4; .*\(và 4 lỗi khác\)") as refused:
        _ = Field.from_toml(path).declared
    assert "x5" not in refused.value.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PLAN + "[[unit]]\n", "không có khóa unit; có phải là units?"),
        (PLAN + "issued = 2024-01-01\n", "plan.issued: phải là chữ trong ngoặc kép, không phải 2024-01-01"),
        (PLAN + "quorum = 'nửa'\n", "plan.quorum: phải là số, không phải 'nửa'"),
        (PLAN + "[[plan.fields]]\nfield='a'\ntitle='A'\n[[plan.fields.leads]]\nunits='x'\n",
         "plan.fields thứ 1 (a).leads thứ 1: không có khóa units; có phải là unit?"),
        (PLAN + "[plan.roles]\nx = 1\n", "plan.roles.x: phải là chữ trong ngoặc kép, không phải 1"),
        (PLAN + "[[units]]\nkey='u'\nname='U'\n[[units]]\nkey='u'\nname='V'\n", "units thứ 1 và thứ 2 cùng có key = u"),
        (PLAN + "[[plan.duties]]\nid='d'\nwho=['A']\ntext='t'\n[[plan.duties]]\nid='d'\nwho=[]\ntext='t'\n",
         "duties thứ 1 và thứ 2 cùng có id = d"),
    ],
)  # fmt: skip
def test_a_plan_file_is_held_to_the_letter_too(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PluginError) as refused:
        _ = PlanPack.from_toml(path).declared
    assert said in refused.value.message


def test_a_law_file_is_held_to_the_letter_too(tmp_path: Path) -> None:
    path = tmp_path / "law.toml"
    path.write_text('key = "l"\ntitle = "L"\n[[forms]]\ncod = "x"\n', encoding="utf-8")
    with pytest.raises(PluginError, match=r"forms thứ 1: không có khóa cod; có phải là code\?"):
        _ = LawBook(path).declared


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match=r"^field\.toml: không đọc được"):
        _ = Field.from_toml(tmp_path / "field.toml").declared


def test_what_is_declared_in_code_has_no_two_of_one_name_either() -> None:
    twice = (Criterion(id="a.1", text="một"), Criterion(id="a.1", text="hai"))
    with pytest.raises(PluginError, match=r"criteria thứ 1 và thứ 2 cùng có id = a\.1"):
        _ = Field(FieldDeclaration(key="a", title="A", criteria=twice)).declared


def test_a_copy_that_a_newer_version_wrote_is_still_read() -> None:
    newer = {**as_data(FieldDeclaration(key="a", title="A")), "colour": "red"}
    assert msgspec.convert(newer, FieldDeclaration).title == "A"
    assert msgspec.convert({"key": "p", "title": "P", "colour": "red"}, PlanDeclaration).title == "P"


def test_whole_numbers_do_where_a_number_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN + "quorum = 1\n", encoding="utf-8")
    assert PlanPack.from_toml(path).declared.quorum == 1.0
