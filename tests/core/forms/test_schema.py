"""The JSON Schema of a form takes what the reader takes, in stored form, and refuses what it refuses."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from guong.domain.declarations import FieldDeclaration, PlanDeclaration, as_data, declaration_hash
from guong.domain.streams import STEPS
from guong.forms import Question, read, render, schema
from guong.plugins import Plugins
from guong.rows import row_schema, take_apart

if TYPE_CHECKING:
    from collections.abc import Callable

CHOICES = {"a": "Loại A", "b": "Loại B"}
FORM = (
    Question(key="text", title="Chữ", required=True),
    Question(key="key", title="Mã", pattern="[a-z]+|[0-9]+", help="chữ thường"),
    Question(key="level", title="Mức", type="int", minimum=1, maximum=5),
    Question(key="share", title="Tỷ lệ", type="number", minimum=0),
    Question(key="agreed", title="Đồng ý", type="bool"),
    Question(key="choice", title="Bậc", type="choice", choices=CHOICES),
    Question(key="day", title="Ngày", type="date"),
    Question(key="found", title="Đối chiếu", type="map", choices=CHOICES),
    Question(key="free", title="Tự do", type="json"),
    Question(key="many", title="Nhiều", type="choice", choices=CHOICES, many=True, personal=True),
)


_KINDS: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}
_CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "type": lambda value, kind: _KINDS[kind](value),
    "const": lambda value, constant: value == constant,
    "enum": lambda value, choices: value in choices,
    "minimum": lambda value, low: not _KINDS["number"](value) or value >= low,
    "maximum": lambda value, high: not _KINDS["number"](value) or value <= high,
    "minLength": lambda value, low: not isinstance(value, str) or len(value) >= low,
    "maxLength": lambda value, high: not isinstance(value, str) or len(value) <= high,
    "pattern": lambda value, pattern: not isinstance(value, str) or re.search(pattern, value) is not None,
    "required": lambda value, keys: not isinstance(value, dict) or set(keys) <= value.keys(),
    "items": lambda value, one: not isinstance(value, list) or all(fits(part, one) for part in value),
}
_SAID_ELSEWHERE = {"title", "description", "x-personal", "properties", "additionalProperties"}


def fits(value: Any, rules: dict[str, Any]) -> bool:
    """Tell whether a JSON value fits a schema; a word of the schema that this check does not know is an error."""
    known = rules.get("properties", {})
    if isinstance(value, dict):
        others = rules.get("additionalProperties", {})
        for key, one in value.items():
            inner = known.get(key, others)
            if inner is False or not fits(one, inner):
                return False
    return all(_CHECKS[word](value, told) for word, told in rules.items() if word not in _SAID_ELSEWHERE)


GOOD: dict[str, list[Any]] = {
    "text": ["chữ", "x" * 16384],
    "key": ["abc", "12"],
    "level": [1, 5],
    "share": [0, 0.5, 7],
    "agreed": [True, False],
    "choice": ["a", "b"],
    "day": ["2024", "2024-03", "2024-12-31"],
    "found": [{"x": "a", "y": "b"}, {}],
    "free": [{"a": [1, None]}, {}],
    "many": [["a"], ["a", "b"]],
}
BAD: dict[str, list[Any]] = {
    "text": ["", "x" * 16385, True, {}],
    "key": ["ABC", "abc12", "a b"],
    "level": [0, 6, 2.5, "x"],
    "share": [-1, "x"],
    "agreed": ["có lẽ"],
    "choice": ["c", ["a"]],
    "day": ["2024-13", "2024-00", "1850", "2024-03-40", "hôm qua"],
    "found": [{"x": "c"}, "x"],
    "free": [[1], "chữ"],
    "many": [["c"], {"a": 1}],
}


@pytest.mark.parametrize(("key", "answer"), [(key, answer) for key, answers in GOOD.items() for answer in answers])
def test_a_row_that_is_read_fits_the_schema(key: str, answer: Any) -> None:
    answers, problems = read(FORM, {"text": "chữ", key: answer})
    assert problems == []
    assert fits(answers, schema("Biểu", FORM))
    assert fits({"text": "chữ", key: answer}, schema("Biểu", FORM))


@pytest.mark.parametrize(("key", "answer"), [(key, answer) for key, answers in BAD.items() for answer in answers])
def test_a_row_that_is_refused_does_not_fit_the_schema(key: str, answer: Any) -> None:
    assert read(FORM, {"text": "chữ", key: answer})[1]
    assert not fits({"text": "chữ", key: answer}, schema("Biểu", FORM))


def test_missing_and_unknown_answers_do_not_fit() -> None:
    whole = schema("Biểu", FORM)
    assert not fits({"level": 3}, whole)
    assert not fits({"text": "chữ", "lạ": 1}, whole)
    assert whole["properties"]["text"]["title"] == "Chữ"
    assert [key for key, one in whole["properties"].items() if one.get("x-personal")] == ["many"]
    assert whole["properties"]["key"]["description"] == "chữ thường"


def example_of(question: Question) -> Any:
    """Return an answer that a question takes."""
    one: Any = {
        "text": "abc",
        "int": 3 if question.minimum is None or question.minimum <= 3 else int(question.minimum),
        "number": 1.5,
        "bool": True,
        "date": "2024-03-05",
        "choice": next(iter(question.choices), ""),
        "map": {"x": next(iter(question.choices), "")},
        "json": {"a": 1},
        "texts": {"a": "b"},
    }[question.type]
    return [one] if question.many else one


@pytest.mark.parametrize("step", [step.key for step in STEPS.values() if step.by_hand])
def test_a_whole_row_of_every_step_fits_the_schema_that_the_step_prints(step: str) -> None:
    rules = row_schema(STEPS[step])
    row = {
        "step": step,
        "occurred_on": "2024-03",
        "by": "nv-01",
        "note": "ghi chú",
        "evidence": ["a.pdf"],
        "label": "@a",
        "papers": [{"number": "01", "date": "2024-03-01", "issuer": "Nơi A", "title": "Tên", "file": "b.pdf"}],
        **{question.key: example_of(question) for question in STEPS[step].questions},
        **({STEPS[step].stream: "7q3k"} if STEPS[step].stream in rules["properties"] else {}),
    }
    assert take_apart(row)[1] == []
    assert fits(row, rules)
    for key in rules["required"]:
        less = {name: one for name, one in row.items() if name != key}
        assert not fits(less, rules)
        assert take_apart(less)[1], key
    assert not fits({**row, "lạ": 1}, rules)
    assert take_apart({**row, "lạ": 1})[1]


FIELDS = [report.key for report in Plugins().report() if "guong_register_fields" in report.hooks]


@pytest.mark.parametrize("key", FIELDS)
def test_a_form_read_from_the_log_s_copy_behaves_as_the_plugin_s_own(key: str) -> None:
    own = Plugins().field(key).declared
    data = as_data(own)
    copied = msgspec.json.decode(json.dumps(data), type=FieldDeclaration)
    assert copied == own
    assert as_data(copied) == data
    for step, asked in own.forms.items():
        row = {question.key: example_of(question) for question in asked}
        bad = {**dict.fromkeys(row, "không hợp lệ"), "lạ": 1}
        assert read(copied.asks(step), row) == read(asked, row)
        assert read(copied.asks(step), bad) == read(asked, bad)
        assert schema("Biểu", copied.asks(step)) == schema("Biểu", asked)
        pairs = zip(copied.asks(step), asked, strict=True)
        assert all(render(one, row[one.key]) == render(other, row[other.key]) for one, other in pairs)


PLANS = [report.key for report in Plugins().report() if "guong_register_plans" in report.hooks]


@pytest.mark.parametrize("key", PLANS)
def test_a_plan_goes_to_json_and_back_unchanged_and_its_hash_is_that_of_what_it_says(key: str) -> None:
    plan = Plugins().plan(key).declared
    again = msgspec.json.decode(json.dumps(as_data(plan), ensure_ascii=False), type=PlanDeclaration)
    assert again == plan
    shuffled = dict(reversed(as_data(plan).items()))
    assert declaration_hash(shuffled) == declaration_hash(as_data(plan))
    assert declaration_hash({**shuffled, "title": plan.title + "."}) != declaration_hash(shuffled)
