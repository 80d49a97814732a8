"""A struct becomes questions, and questions read answers: all errors at once, in Vietnamese, with what would have worked."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.forms import Question, ask, questions, read, render
from guong.text import MAX_NOTE, clean, fold, safe, slug

LEVELS = {"high": "Mức cao", "low": "Mức thấp"}


class Everything(msgspec.Struct, frozen=True, kw_only=True):
    """A field of every type that a form knows."""

    text: Annotated[str, ask("Chữ")]
    level: Annotated[int, ask("Mức", minimum=1, maximum=5)]
    share: Annotated[float, ask("Tỷ lệ", minimum=0)]
    agreed: Annotated[bool, ask("Đồng ý")]
    choice: Annotated[str, ask("Bậc", choices=LEVELS)]
    literal: Annotated[Literal["a", "b"], ask("Loại", choices={"a": "Loại A"})]
    day: Annotated[str, ask("Ngày", type="date")]
    found: Annotated[dict[str, str], ask("Đối chiếu", choices=LEVELS)]
    anything: Annotated[dict[str, Any], ask("Tự do")]
    maybe: Annotated[int | None, ask("Có thể", personal=True)] = None
    words: Annotated[list[str], ask("Nhiều chữ")] = msgspec.field(default_factory=list)
    pair: Annotated[tuple[int, ...], ask("Nhiều số")] = ()
    unit: Annotated[str, ask("Đơn vị", ref="unit", help="mã đơn vị")] = ""
    usual: Annotated[str, ask("Thường", choices=LEVELS)] = "low"


ASKED = {question.key: question for question in questions(Everything)}


def problems_of(key: str, answer: Any) -> list[str]:
    """Return what is said of one answer to one question."""
    return [str(problem) for problem in read([ASKED[key]], {key: answer})[1]]


def answer_to(key: str, answer: Any) -> Any:
    """Return the stored form of one answer, which must be readable."""
    answers, problems = read([ASKED[key]], {key: answer})
    assert problems == []
    return answers[key]


@pytest.mark.parametrize(
    ("key", "kind", "required", "many"),
    [
        ("text", "text", True, False),
        ("level", "int", True, False),
        ("share", "number", True, False),
        ("agreed", "bool", True, False),
        ("choice", "choice", True, False),
        ("literal", "choice", True, False),
        ("day", "date", True, False),
        ("found", "map", True, False),
        ("anything", "json", True, False),
        ("maybe", "int", False, False),
        ("words", "text", False, True),
        ("pair", "int", False, True),
        ("unit", "text", False, False),
        ("usual", "choice", False, False),
    ],
)
def test_every_python_type_becomes_its_kind_of_question(key: str, kind: str, required: bool, many: bool) -> None:
    question = ASKED[key]
    assert (question.type, question.required, question.many) == (kind, required, many)


def test_questions_come_in_the_order_of_the_struct_with_their_facts() -> None:
    assert list(ASKED) == [field.name for field in msgspec.structs.fields(Everything)]
    assert (ASKED["level"].title, ASKED["level"].minimum, ASKED["level"].maximum) == ("Mức", 1, 5)
    assert ASKED["maybe"].personal
    assert not ASKED["text"].personal
    assert (ASKED["unit"].ref, ASKED["unit"].help) == ("unit", "mã đơn vị")
    assert ASKED["literal"].choices == {"a": "Loại A", "b": "b"}
    assert ASKED["usual"].default == "low"


class Bare(msgspec.Struct):
    """A form whose author forgot the label."""

    name: str


class Odd(msgspec.Struct):
    """A form with a type that no form knows."""

    name: Annotated[complex, ask("Số phức")]


class Misnamed(msgspec.Struct):
    """A form with a kind of question that does not exist."""

    name: Annotated[str, ask("Chữ", type="txet")]


@pytest.mark.parametrize("form", [Bare, Odd, Misnamed])
def test_a_field_that_cannot_be_asked_is_an_error_that_names_it(form: type[msgspec.Struct]) -> None:
    with pytest.raises(TypeError, match=rf"{form.__name__}\.name"):
        questions(form)


def test_all_errors_come_at_once_each_with_its_label_and_culprit() -> None:
    row = {
        "level": "7",
        "share": "nhiều",
        "agreed": "có lẽ",
        "choice": "giữa",
        "literal": "a",
        "levle": 3,
        "day": "32/1/2024",
    }
    answers, problems = read(questions(Everything), row)
    assert [(one.culprit, one.message) for one in problems] == [
        ("text", "Chữ: còn thiếu"),
        ("level", "Mức: phải là số nguyên từ 1 đến 5"),
        ("share", "Tỷ lệ: phải là số từ 0"),
        ("agreed", "Đồng ý: phải là có hoặc không"),
        ("choice", "Bậc: phải là một trong: high (Mức cao); low (Mức thấp)"),
        ("day", "Ngày: phải là ngày, viết như 31/12/2024, 2024-12-31, 12/2024 hoặc 2024"),
        ("found", "Đối chiếu: còn thiếu"),
        ("anything", "Tự do: còn thiếu"),
        ("levle", "levle: không có mục này trong biểu"),
    ]
    assert problems[-1].fix == "có phải là level?"
    assert answers == {"literal": "a", "usual": "low"}


def test_an_unknown_key_that_looks_like_nothing_is_told_what_there_is() -> None:
    problems = read([ASKED["level"], ASKED["day"]], {"level": 1, "day": "2024", "zzzz": 1}, prefix="details.")[1]
    assert [str(one) for one in problems] == ["details.zzzz: không có mục này trong biểu; các mục có: level, day"]


@pytest.mark.parametrize("blank", [None, "", "   ", "\t\n", "\u00a0"])
@pytest.mark.parametrize("key", ["text", "level", "choice", "day", "found"])
def test_blank_is_no_answer(key: str, blank: str | None) -> None:
    assert problems_of(key, blank)[0].startswith(f"{ASKED[key].title}: còn thiếu")
    assert read([ASKED["usual"], ASKED["unit"]], {"usual": blank, "unit": blank}) == ({"usual": "low"}, [])


@pytest.mark.parametrize("blank", [[], [""], ["  ", None]])
def test_a_list_of_blanks_is_no_answer(blank: list[Any]) -> None:
    assert read([ASKED["words"]], {"words": blank}) == ({}, [])


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("31/12/2024", "2024-12-31"),
        ("5/3/2024", "2024-03-05"),
        ("05/03/2024", "2024-03-05"),
        (" 2024-12-31 ", "2024-12-31"),
        ("3/2024", "2024-03"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        (2024, "2024"),
        ("29/02/2024", "2024-02-29"),
    ],
)
def test_dates_are_read_as_offices_and_machines_write_them(typed: Any, stored: str) -> None:
    assert answer_to("day", typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "29/02/2023",
        "31/04/2024",
        "2024-13",
        "13/2024",
        "0/2024",
        "2024-00-01",
        "1899",
        "2201",
        "24",
        "hôm qua",
        True,
        {},
    ],
)
def test_what_is_no_date_is_refused(typed: Any) -> None:
    assert problems_of("day", typed) == ["Ngày: phải là ngày, viết như 31/12/2024, 2024-12-31, 12/2024 hoặc 2024"]


@pytest.mark.parametrize(("typed", "stored"), [("5", 5), (" 3 ", 3), (4.0, 4), ("+2", 2), (1, 1)])
def test_whole_numbers_are_read(typed: Any, stored: int) -> None:
    assert answer_to("level", typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"), [("1.800.000", 1800000), ("1 800", 1800), ("-12.000", -12000), ("007", 7)]
)
def test_whole_numbers_may_be_grouped_as_offices_write_them(typed: str, stored: int) -> None:
    assert read([Question(key="n", title="N", type="int")], {"n": typed}) == ({"n": stored}, [])


@pytest.mark.parametrize(
    "typed", ["0", "6", "2,5", "1e0", "0x1", "²", "một", True, [1], {"a": 1}, 2.5, float("inf"), "9" * 5000]
)
def test_what_is_no_whole_number_in_range_is_refused(typed: Any) -> None:
    assert problems_of("level", typed) == ["Mức: phải là số nguyên từ 1 đến 5"]


@pytest.mark.parametrize("typed", [10**18, "1" + "0" * 18, -(10**18)])
def test_a_whole_number_that_some_reader_of_the_log_could_not_hold_is_refused(typed: Any) -> None:
    assert read([Question(key="n", title="N", type="int")], {"n": typed})[1][0].message == "N: phải là số nguyên"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0,5", 0.5), ("0.5", 0.5), ("1800", 1800), ("1.800.000", 1800000), ("1.800,25", 1800.25), ("1 800", 1800), ("12.5", 12.5),
        ("0.125", 0.125), ("12,125", 12.125), (2, 2.0), (1.125, 1.125),
    ],
)  # fmt: skip
def test_numbers_are_read_with_a_comma_or_a_point(typed: Any, stored: float) -> None:
    assert answer_to("share", typed) == stored


def test_a_number_that_can_be_read_in_two_ways_is_not_guessed() -> None:
    assert problems_of("share", "1.800") == ["Tỷ lệ: phải là số viết rõ hơn, 1800 hoặc 1,800"]


@pytest.mark.parametrize(
    "typed", ["NaN", float("nan"), float("inf"), "1e5", "1,2,3", "1.80.000", True, "9" * 400, [], "-1"]
)
def test_what_is_no_number_is_refused(typed: Any) -> None:
    expected = "Tỷ lệ: còn thiếu" if typed == [] else "Tỷ lệ: phải là số từ 0"
    assert problems_of("share", typed) == [expected]


@pytest.mark.parametrize(
    "typed", ["có", "CÓ", "co", "x", "1", "yes", True, 1, "Đúng", unicodedata.normalize("NFD", "có")]
)
def test_yes_is_read(typed: Any) -> None:
    assert answer_to("agreed", typed) is True


@pytest.mark.parametrize("typed", ["không", "Khong", "0", "no", False, 0, "sai", unicodedata.normalize("NFD", "KHÔNG")])
def test_no_is_read(typed: Any) -> None:
    assert answer_to("agreed", typed) is False


@pytest.mark.parametrize(
    "typed", ["high", "HIGH", "Mức cao", "muc cao", " MỨC CAO ", unicodedata.normalize("NFD", "Mức cao")]
)
def test_a_choice_is_taken_by_key_or_title_with_or_without_diacritics(typed: str) -> None:
    assert answer_to("choice", typed) == "high"


@pytest.mark.parametrize("typed", ["", "cao", "high low", ["high"], {"high": 1}, True, 0])
def test_any_other_choice_is_refused_and_told_the_choices(typed: Any) -> None:
    (said,) = problems_of("choice", typed)
    assert "high (Mức cao)" in said
    assert "low (Mức thấp)" in said


@pytest.mark.parametrize(
    "typed",
    [
        {"a": "high", "b": "Mức thấp"},
        "a=high; b=low",
        "a=high\nb=low\n",
        ["a=high", "b=muc thap"],
        ("a=high", "b=low", " "),
    ],
)
def test_a_map_is_read_from_json_from_one_text_and_from_many_options(typed: Any) -> None:
    assert answer_to("found", typed) == {"a": "high", "b": "low"}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("a=high;a=low", "các cặp khóa=giá trị, mỗi khóa một lần"),
        ("a", "các cặp khóa=giá trị, mỗi khóa một lần"),
        (["a=high", "a=low"], "các cặp khóa=giá trị, mỗi khóa một lần"),
        (5, "các cặp khóa=giá trị"),
        ({"a": ["high"]}, "một trong: high (Mức cao); low (Mức thấp)"),
        ({"a": None}, "một trong: high (Mức cao); low (Mức thấp)"),
        ("a=giữa", "một trong: high (Mức cao); low (Mức thấp)"),
    ],
)
def test_a_map_with_a_slip_is_refused(typed: Any, says: str) -> None:
    assert problems_of("found", typed) == [f"Đối chiếu: phải là {says}"]


@pytest.mark.parametrize("typed", ["[1]", '"chữ"', "5", "{", [1], 5, True])
def test_a_free_answer_is_a_json_object_or_refused(typed: Any) -> None:
    assert problems_of("anything", typed) == ["Tự do: phải là một đối tượng JSON"]
    assert answer_to("anything", '{"a": [1, null]}') == {"a": [1, None]}


def test_several_answers_are_parted_by_semicolons_and_each_is_checked() -> None:
    assert answer_to("words", "một; hai ;") == ["một", "hai"]
    assert answer_to("pair", ["1", 2]) == [1, 2]
    assert problems_of("pair", "1;x") == ["Nhiều số: phải là số nguyên"]
    assert problems_of("pair", {"a": 1}) == ["Nhiều số: phải là một danh sách"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("a\x00b", "có ký tự điều khiển U+0000 ở vị trí 2"),
        ("Điềm\x1b[31m", "có ký tự điều khiển U+001B ở vị trí 5"),
        ("ab\u202ecd", "có dấu đổi chiều chữ U+202E ở vị trí 3"),
        ("\u2066a", "có dấu đổi chiều chữ U+2066 ở vị trí 1"),
        ("abc\udcff", "có nửa ký tự hỏng U+DCFF ở vị trí 4"),
        ("a\rb", "có ký tự điều khiển U+000D ở vị trí 2"),
        ("ă\u0085b", "có ký tự điều khiển U+0085 ở vị trí 2"),
    ],
)
def test_characters_that_act_on_a_screen_are_refused_with_code_point_and_position(typed: str, says: str) -> None:
    assert problems_of("text", typed) == [f"Chữ: phải là chữ in được ({says})"]


def test_lines_tabs_and_windows_line_ends_are_text() -> None:
    assert answer_to("text", " một\r\nhai\tba ") == "một\nhai\tba"


def test_a_text_of_16_kib_is_taken_and_one_byte_more_is_refused() -> None:
    assert answer_to("text", "a" * MAX_NOTE) == "a" * MAX_NOTE
    assert answer_to("text", "ă" * (MAX_NOTE // 2))
    assert problems_of("text", "a" * (MAX_NOTE + 1)) == ["Chữ: phải là chữ không quá 16 KiB (đang có 16.0 KiB)"]
    assert problems_of("text", "ắ" * (MAX_NOTE // 3 + 1)) == ["Chữ: phải là chữ không quá 16 KiB (đang có 16.0 KiB)"]


@pytest.mark.parametrize("typed", [True, {"a": 1}, ["a"]])
def test_a_text_is_no_other_json_value(typed: Any) -> None:
    assert problems_of("text", typed) == ["Chữ: phải là chữ"]


def test_a_pattern_must_match_as_a_whole_and_its_help_is_the_message() -> None:
    question = Question(key="k", title="Mã", pattern=r"[a-z]+", help="chữ thường")
    assert read([question], {"k": "abc"}) == ({"k": "abc"}, [])
    assert [str(one) for one in read([question], {"k": "abc\nd"})[1]] == ["Mã: phải là chữ thường"]


VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ ĐĂÂÊÔƠƯ,.-“”", min_size=1
)


@given(VIETNAMESE.filter(str.strip))
def test_however_letters_are_composed_one_text_is_stored(text: str) -> None:
    assert answer_to("text", unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFC", text).strip()


@given(VIETNAMESE)
def test_folding_forgets_how_letters_are_composed_and_marked(text: str) -> None:
    folded = fold(text)
    assert folded == fold(unicodedata.normalize("NFD", text)) == fold(folded) == fold(text.upper())
    assert folded.isascii() or "“" in folded or "”" in folded


@given(st.text())
def test_what_is_cleaned_is_clean_and_what_is_safe_is_inert(text: str) -> None:
    cleaned, fault = clean(text)
    if fault is None:
        assert clean(cleaned) == (cleaned, None)
        assert safe(cleaned) == cleaned
    assert safe(safe(text)) == safe(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n" for char in safe(text))
    assert not any(
        unicodedata.bidirectional(char) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        for char in safe(text)
    )


@given(st.dictionaries(st.sampled_from([*ASKED, "lạ"]), st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
       lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=6)))  # fmt: skip
def test_whatever_json_comes_in_is_answered_with_problems_and_never_with_an_exception(row: dict[str, Any]) -> None:
    answers, problems = read(questions(Everything), row)
    assert all(one.message and one.culprit for one in problems)
    again, none = read(
        questions(Everything), {**answers, **{one.culprit: None for one in problems if one.code != "form.unknown"}}
    )
    assert again == {"usual": "low", **answers}
    assert {one.code for one in none} <= {"form.required"}
    assert all(isinstance(render(ASKED[key], answer), str) for key, answer in answers.items())


@pytest.mark.parametrize(
    ("key", "stored", "told"),
    [
        ("choice", "high", "Mức cao"), ("day", "2024-03-05", "05/3/2024"), ("agreed", True, "có"), ("agreed", False, "không"),
        ("found", {"a": "low"}, "a: Mức thấp"), ("words", ["a", "b"], "a; b"), ("share", 1800.25, "1.800,25"),
        ("pair", [1000000, 2], "1.000.000; 2"), ("text", "chữ", "chữ"), ("text", None, "‹chưa rõ›"), ("choice", "gone", "gone"),
    ],
)  # fmt: skip
def test_stored_answers_are_told_in_vietnamese(key: str, stored: Any, told: str) -> None:
    assert render(ASKED[key], stored) == told


@pytest.mark.parametrize(("bounds", "told"), [({"minimum": 1900, "maximum": 2200}, "2023"), ({"minimum": 0}, "2.023")])
def test_a_whole_number_that_can_only_be_a_year_is_told_without_a_separator(bounds: dict[str, Any], told: str) -> None:
    assert render(Question(key="nam", title="Năm", type="int", **bounds), 2023) == told


@pytest.mark.parametrize(("text", "key"), [("Đơn vị Một", "don-vi-mot"), ("  Ổ  Ỷ--x ", "o-y-x"), ("!!!", "")])
def test_a_slug_is_a_key(text: str, key: str) -> None:
    assert slug(text) == key
