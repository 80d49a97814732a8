"""One declaration, many faces: what a step or a field asks, read from whatever the user gave, all errors at once.

A form is a `msgspec.Struct` whose fields are annotated with `ask(...)`. `questions` turns it into plain data; options,
prompts, sheet columns, JSON Schema, error messages and the log's own copy of a form are all made from that data, so an
answer can be read and shown where the code that declared it is gone.
"""

from __future__ import annotations

import math
import re
import types
import typing
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from guong.domain.dates import show, stored_date
from guong.domain.problems import Problem
from guong.strictjson import strict
from guong.text import MAX_NOTE, clean, fold

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


class Question(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question of a form, as data; this is what the log keeps of a plugin's form.

    Attributes:
        key: Its name in stored data and in rows, for ever.
        title: The Vietnamese label.
        type: `text`, `int`, `number`, `bool`, `choice`, `date`, `map` (key to choice), `texts` (key to text) or `json`.
        required: Whether an answer must be given.
        personal: Whether the answer is about a person and is therefore sealed under his key.
        contact: Whether it only tells how to reach somebody: sealed under a key that can be destroyed alone.
        many: Whether several answers may be given.
        choices: For `choice` and `map`: stored key to Vietnamese title.
        minimum, maximum: For numbers, both included.
        pattern: What a text must match as a whole; `help` says it in words.
        ref: What a text refers to: a kind of stream (`unit`, `officer`, `subject`, `exemplar`, ...), `entry` or `field`.
        help: More words for the person who answers.
        default: The answer when none is given.
    """

    key: str
    title: str
    type: str = "text"
    required: bool = False
    personal: bool = False
    contact: bool = False
    many: bool = False
    choices: dict[str, str] = msgspec.field(default_factory=dict)
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    ref: str | None = None
    help: str = ""
    default: Any = None


def ask(title: str, *, type: str | None = None, **facts: Any) -> msgspec.Meta:  # noqa: A002 - the word authors expect
    """Return the annotation of one form field: its Vietnamese title and any other attribute of `Question`."""
    return msgspec.Meta(title=title, extra={**facts, **({"type": type} if type else {})})


@cache
def questions(form: type[msgspec.Struct]) -> tuple[Question, ...]:
    """Return what `form` asks, in the order of its fields.

    Raises:
        TypeError: a field has no `ask(...)`, one with an attribute that no question has, or a type no form knows.
    """
    hints = form.__annotations__
    if any(isinstance(hint, str) for hint in hints.values()) or form.__base__ is not msgspec.Struct:
        hints = get_type_hints(form, include_extras=True)
    return tuple(_question(form, field, hints[field.name]) for field in msgspec.structs.fields(form))


_TYPES = {str: "text", int: "int", float: "number", bool: "bool"}


def _question(form: type[msgspec.Struct], field: msgspec.structs.FieldInfo, hint: Any) -> Question:
    where = f"{form.__name__}.{field.name}"
    metas = [meta for meta in getattr(hint, "__metadata__", ()) if isinstance(meta, msgspec.Meta)]
    if not metas or not metas[0].title:
        raise TypeError(f"{where}: còn thiếu nhãn; viết Annotated[..., ask('Nhãn')]")
    base = get_args(hint)[0]
    if get_origin(base) in (typing.Union, types.UnionType):
        base = next(arg for arg in get_args(base) if arg is not type(None))
    facts: dict[str, Any] = {"choices": {}, **(metas[0].extra or {})}
    if get_origin(base) in (tuple, list):
        facts["many"] = True
        base = get_args(base)[0]
    if get_origin(base) is Literal:
        titles = facts["choices"]
        facts["choices"] = {str(key): titles.get(key, str(key)) for key in get_args(base)}
        facts.setdefault("type", "choice")
    elif get_origin(base) is dict:
        facts.setdefault("type", "map" if facts["choices"] else "json")
    elif facts["choices"]:
        facts.setdefault("type", "choice")
    kind = facts.pop("type", None) or _TYPES.get(base)
    if kind is None or kind not in _READERS:
        raise TypeError(f"{where}: biểu không nhận kiểu {base!r}; các kiểu: {', '.join(_READERS)}")
    default = None if field.default is msgspec.NODEFAULT else field.default
    required = field.required and not facts.get("many")
    required = facts.pop("required", required)
    try:
        return Question(
            key=field.name, title=metas[0].title, type=kind, required=required, default=default or None, **facts
        )
    except TypeError as error:
        known = [one for one in Question.__struct_fields__ if one not in ("key", "title", "default")]
        wrong = next(fact for fact in facts if fact not in known)
        near = nearest(wrong, known)
        fix = f"có phải là {near}?" if near else f"chỉ nhận {', '.join(known)}"
        raise TypeError(f"{where}: ask(...) không nhận {wrong}; {fix}") from error


class AnswerError(ValueError):
    """An answer of the wrong kind; the text is what it must be, after `phải là `."""


def _text(question: Question, answer: Any) -> str:
    if not isinstance(answer, str):
        if isinstance(answer, bool | dict | list) or answer is None:
            raise AnswerError("chữ")
        answer = str(answer)
    text, fault = clean(answer)
    if fault:
        raise AnswerError(f"chữ in được ({fault})")
    if len(text) * 4 > MAX_NOTE and len(text.encode()) > MAX_NOTE:
        raise AnswerError(f"chữ không quá {MAX_NOTE // 1024} KiB (đang có {len(text.encode()) / 1024:.1f} KiB)")
    if question.pattern and not re.fullmatch(question.pattern, text):
        raise AnswerError(question.help or f"chữ theo mẫu {question.pattern}")
    return text


_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[. ]\d{3})+")
MAX_DIGITS = 18
"""Digits a whole number may have: what every reader of the log can hold."""


def _int(question: Question, answer: Any) -> int:
    if isinstance(answer, str):
        answer = answer.strip()
        if _GROUPED.fullmatch(answer):  # 1.800.000 as offices write it
            answer = answer.replace(".", "").replace(" ", "")
        if re.fullmatch(rf"[+-]?[0-9]{{1,{MAX_DIGITS}}}", answer):
            answer = int(answer)
    if isinstance(answer, float) and answer.is_integer():
        answer = int(answer)
    if not isinstance(answer, int) or isinstance(answer, bool) or abs(answer) >= 10**MAX_DIGITS:
        raise AnswerError("số nguyên" + _range(question))
    return int(_within(question, answer, "số nguyên"))


_TWO_WAYS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
"""1.800: a thousand and more as offices write it, not quite two as machines do; nobody can tell, so nobody guesses."""
_THOUSANDS = re.compile(
    r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]{1,15}|[+-]?[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?: [0-9]{3})+)"
)
_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")


def _number(question: Question, answer: Any) -> float:
    if isinstance(answer, str):
        answer = answer.strip()
        if _TWO_WAYS.fullmatch(answer):
            raise AnswerError(f"số viết rõ hơn, {answer.replace('.', '')} hoặc {answer.replace('.', ',')}")
        if _THOUSANDS.fullmatch(answer):
            answer = answer.replace(".", "").replace(" ", "")
        if _PLAIN.fullmatch(answer):
            answer = float(answer.replace(",", "."))
    if isinstance(answer, bool) or not isinstance(answer, int | float) or not math.isfinite(answer):
        raise AnswerError("số" + _range(question))
    return float(_within(question, answer, "số"))


def _range(question: Question) -> str:
    low = "" if question.minimum is None else f" từ {question.minimum:g}"
    return low + ("" if question.maximum is None else f" đến {question.maximum:g}")


def _within(question: Question, number: Any, kind: str) -> Any:
    below = question.minimum is not None and number < question.minimum
    if below or (question.maximum is not None and number > question.maximum):
        raise AnswerError(kind + _range(question))
    return number


_YES = {"co", "yes", "true", "1", "x", "dung"}
_NO = {"khong", "no", "false", "0", "sai"}


def _bool(_: Question, answer: Any) -> bool:
    word = fold(str(answer).strip())
    if word not in _YES | _NO:
        raise AnswerError("có hoặc không")
    return word in _YES


def _choice(question: Question, answer: Any) -> str:
    if isinstance(answer, str) and answer in question.choices:
        return answer
    typed = fold(str(answer).strip())
    for key, title in question.choices.items():
        if typed in (fold(key), fold(title)):
            return key
    raise AnswerError("một trong: " + "; ".join(f"{key} ({title})" for key, title in question.choices.items()))


def _date(_: Question, answer: Any) -> str:
    try:
        return stored_date(answer if isinstance(answer, str) else str(answer))
    except ValueError:
        raise AnswerError("ngày, viết như 31/12/2024, 2024-12-31, 12/2024 hoặc 2024") from None


def _map(question: Question, answer: Any) -> dict[str, str]:
    if isinstance(answer, str):
        answer = re.split(r"[;\n]", answer)
    if isinstance(answer, list | tuple):
        answer = [part for part in answer if not _blank(part)]
        pairs = [str(part).partition("=") for part in answer]
        answer = {key.strip(): value.strip() for key, mark, value in pairs if mark}
        if len(answer) != len(pairs):
            raise AnswerError("các cặp khóa=giá trị, mỗi khóa một lần")
    if not isinstance(answer, dict):
        raise AnswerError("các cặp khóa=giá trị")
    return {_text(question, key): _choice(question, value) for key, value in answer.items()}


def _json(_: Question, answer: Any) -> Any:
    if isinstance(answer, str):
        try:
            answer = strict(answer.encode())
        except (ValueError, RecursionError):
            raise AnswerError("một đối tượng JSON") from None
    if not isinstance(answer, dict):
        raise AnswerError("một đối tượng JSON")
    return answer


def _texts(question: Question, answer: Any) -> dict[str, str]:
    pairs = _json(question, answer)
    return {_text(question, key): _text(question, value) for key, value in pairs.items()}


_READERS: dict[str, Callable[[Question, Any], Any]] = {
    "text": _text, "int": _int, "number": _number, "bool": _bool,
    "choice": _choice, "date": _date, "map": _map, "texts": _texts, "json": _json,
}  # fmt: skip


def read(
    asked: Sequence[Question], given: Mapping[str, Any], *, prefix: str = "", partial: bool = False
) -> tuple[dict[str, Any], list[Problem]]:
    """Read the answers of one form; whatever else is given is a problem.

    Args:
        asked: The questions.
        given: Answer by question key, as text or as JSON values; blank text counts as no answer.
        prefix: Put before the culprit's key in problems (`details.`).
        partial: Whether only some questions are answered: none is missing, none gets its default.

    Returns:
        The answers that were given or have a default, in stored form; and every problem, not only the first.
    """
    answers, problems = pick(asked, given, prefix=prefix, partial=partial)
    if given:
        keys = [question.key for question in asked]
        problems += [unknown(prefix + key, keys) for key in given if key not in keys]
    return answers, problems


def pick(
    asked: Iterable[Question], given: Mapping[str, Any], *, prefix: str = "", partial: bool = False
) -> tuple[dict[str, Any], list[Problem]]:
    """Read the answers of one form and leave alone whatever else is given; otherwise as `read`."""
    answers: dict[str, Any] = {}
    problems: list[Problem] = []
    for question in asked:
        answer = given.get(question.key)
        if answer is None or _blank(answer):
            answer = None if partial else question.default
            if answer is None:
                if question.required and not partial:
                    problems.append(_problem("form.required", question, prefix, "còn thiếu", _advice(question)))
                continue
        try:
            answers[question.key] = (
                _many(question, answer) if question.many else _READERS[question.type](question, answer)
            )
        except AnswerError as wrong:
            problems.append(_problem("form.wrong", question, prefix, f"phải là {wrong}", ""))
    return answers, problems


def _blank(answer: Any) -> bool:
    if answer is None or isinstance(answer, str):
        return not answer or answer.isspace()
    return isinstance(answer, list | tuple) and all(_blank(part) for part in answer)


def _many(question: Question, answer: Any) -> list[Any]:
    if isinstance(answer, str):
        answer = [part for part in answer.split(";") if part.strip()]
    if not isinstance(answer, list | tuple):
        raise AnswerError("một danh sách")
    return [_READERS[question.type](question, part) for part in answer if not _blank(part)]


def _advice(question: Question) -> str:
    if question.choices and question.type == "choice":
        return "chọn " + ", ".join(f"{key} ({title})" for key, title in question.choices.items())
    return question.help


def _problem(code: str, question: Question, prefix: str, says: str, fix: str) -> Problem:
    return Problem(code=code, culprit=prefix + question.key, message=f"{question.title}: {says}", fix=fix)


def unknown(key: str, known: Iterable[str]) -> Problem:
    """Return what is said of an answer to a question that nobody asks."""
    near = nearest(key.rpartition(".")[2], known)
    fix = f"có phải là {near}?" if near else "các mục có: " + ", ".join(known)
    return Problem(code="form.unknown", culprit=key, message=f"{key}: không có mục này trong biểu", fix=fix)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of `known` that `word` looks most like, empty when none does."""
    import difflib  # noqa: PLC0415 - only needed when something was mistyped

    return next(iter(difflib.get_close_matches(word, list(known), 1)), "")


def render(question: Question, answer: Any) -> str:
    """Return a stored answer as Vietnamese text."""
    if answer is None:
        return "‹chưa rõ›"
    if question.many and isinstance(answer, list):
        return "; ".join(render(msgspec.structs.replace(question, many=False), part) for part in answer)
    if question.type == "choice":
        return question.choices.get(answer, str(answer))
    if question.type == "date":
        return show(answer)
    if question.type == "bool":
        return "có" if answer else "không"
    if question.type == "map" and isinstance(answer, dict):
        return "; ".join(f"{key}: {question.choices.get(value, value)}" for key, value in answer.items())
    if question.type in ("int", "number") and not isinstance(answer, str):
        whole = int(answer) if float(answer).is_integer() else answer
        year = (question.minimum or 0) >= 1000 and (question.maximum or 10_000) < 10_000  # it can only have four digits
        return str(whole) if year else f"{whole:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return answer if isinstance(answer, str) else msgspec.json.encode(answer).decode()


_SCHEMA: dict[str, dict[str, Any]] = {
    "text": {"type": "string"}, "int": {"type": "integer"}, "number": {"type": "number"}, "bool": {"type": "boolean"},
    "choice": {"type": "string"}, "map": {"type": "object"}, "json": {"type": "object"},
    "texts": {"type": "object", "additionalProperties": {"type": "string"}},
    "date": {"type": "string", "pattern": r"^(19|20|21|22)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"},
}  # fmt: skip


def schema(title: str, asked: Sequence[Question]) -> dict[str, Any]:
    """Return the JSON Schema of a form: labels as `title`, sealed questions marked `x-personal`."""
    properties: dict[str, Any] = {}
    for question in asked:
        one = dict(_SCHEMA[question.type])
        if question.type == "choice":
            one["enum"] = list(question.choices)
        if question.type == "map":
            one["additionalProperties"] = {"enum": list(question.choices)}
        one |= {
            name: value
            for name, value in (("minimum", question.minimum), ("maximum", question.maximum))
            if value is not None
        }
        if question.pattern:
            one["pattern"] = f"^(?:{question.pattern})$"
        if question.type == "text":
            one |= {"maxLength": MAX_NOTE, **({"minLength": 1} if question.required else {})}
        whole = {"type": "array", "items": one} if question.many else one
        whole |= {"title": question.title} | ({"description": question.help} if question.help else {})
        properties[question.key] = whole | ({"x-personal": True} if question.personal else {})
    required = [question.key for question in asked if question.required]
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
