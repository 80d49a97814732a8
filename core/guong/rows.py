"""A row: one step as the user gave it, whatever the channel; and its parts that every step shares."""

# No `from __future__ import annotations` here: forms are read from the annotations, and text would have to be evaluated.

from functools import cache
from typing import Annotated, Any, NamedTuple

import msgspec

from guong.domain.corrections import ANY
from guong.domain.problems import Problem
from guong.domain.steps import Step
from guong.domain.streams import KINDS, STEPS
from guong.forms import ask, nearest, pick, questions, read, schema, unknown

Row = dict[str, Any]
"""One step: `step`, the questions of `Envelope` and of the step, `details`, `papers`, `evidence`, `label`, and the target."""


class Line(NamedTuple):
    """A row as it stands in a file, or why it could not be read.

    Attributes:
        number: The line of the file, from 1.
        row: The row, or what is wrong with it.
    """

    number: int
    row: Row | Problem


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of every step."""

    occurred_on: Annotated[str, ask("Ngày xảy ra", type="date", help="theo văn bản: 31/12/2024, 12/2024 hoặc 2024")]
    by: Annotated[str, ask("Người ghi", help="mã cán bộ; mặc định lấy từ GUONG_OFFICER hoặc cài đặt của bạn")] = ""
    as_role: Annotated[str, ask("Với vai trò")] = ""
    in_unit: Annotated[str, ask("Nhân danh đơn vị")] = ""
    entered_for: Annotated[str, ask("Ghi thay cho", ref="officer")] = ""
    plan: Annotated[str, ask("Kế hoạch", help="để trống khi sổ chỉ có một kế hoạch")] = ""
    effective_on: Annotated[str, ask("Ngày có hiệu lực", type="date")] = ""
    reason: Annotated[str, ask("Lý do", personal=True)] = ""
    note: Annotated[str, ask("Ghi chú", personal=True)] = ""


class PaperForm(msgspec.Struct, frozen=True, kw_only=True):
    """A paper the step rests on."""

    kind: Annotated[str, ask("Loại văn bản")] = ""
    number: Annotated[str, ask("Số")] = ""
    notation: Annotated[str, ask("Ký hiệu")] = ""
    date: Annotated[str, ask("Ngày văn bản", type="date")] = ""
    issuer: Annotated[str, ask("Cơ quan ban hành")] = ""
    title: Annotated[str, ask("Trích yếu", personal=True)] = ""
    file: Annotated[str, ask("Tệp", personal=True)] = ""


ENVELOPE = questions(Envelope)
PAPER = questions(PaperForm)


def target_key(step: Step) -> str:
    """Return the key under which a row names the stream it goes to; empty for steps that start one, and corrections."""
    return "" if step.starts or step.stream in (ANY, "plan", "book") else step.stream


class Parts(msgspec.Struct, frozen=True):
    """A row taken apart and read; dates and numbers are in stored form."""

    step: Step
    envelope: dict[str, Any]
    target: str
    answers: dict[str, Any]
    details: dict[str, Any]
    papers: list[dict[str, Any]]
    evidence: list[str]
    label: str


def take_apart(row: Row, *, own: bool = False) -> tuple[Parts | None, list[Problem]]:
    """Read everything of a row that needs no look at the book; the field's details are read later.

    Args:
        row: The row.
        own: Whether steps that only the book itself takes are allowed.

    Returns:
        The parts (None when not even the step is known) and all problems.
    """
    step = STEPS.get(str(row.get("step", "")))
    if step is None or not (step.by_hand or own):
        return None, [_no_step(str(row.get("step", "")))]
    target = target_key(step)
    envelope, problems = pick(ENVELOPE, row)
    answers, wrong = pick(step.questions, row)
    problems += wrong
    known = _known(step)
    problems += [unknown(key, keys_of(step)) for key in row if key not in known]
    papers: list[dict[str, Any]] = []
    for number, given in enumerate(_listed(row.get("papers"))):
        if isinstance(given, dict):
            paper, wrong = read(PAPER, given, prefix=f"papers.{number}.")
            papers.append(paper)
            problems += wrong
        else:
            problems.append(
                Problem(code="form.wrong", culprit="papers", message="Văn bản: mỗi văn bản là một đối tượng JSON")
            )
    details = row.get("details") or {}
    if not isinstance(details, dict):
        problems.append(Problem(code="form.wrong", culprit="details", message="details: phải là một đối tượng JSON"))
        details = {}
    evidence = [str(one) for one in _listed(row.get("evidence"))]
    named = str(row.get(target) or "") if target else ""
    if target and not named:
        problems.append(
            Problem(
                code="form.required",
                culprit=target,
                message=f"{KINDS[target].title.capitalize()}: còn thiếu",
                fix="mã ngắn hoặc mã đầy đủ",
            )
        )
    return Parts(step, envelope, named, answers, details, papers, evidence, str(row.get("label") or "")), problems


def keys_of(step: Step) -> list[str]:
    """Return every key that a row of `step` may have."""
    asked = [question.key for question in (*step.questions, *ENVELOPE)]
    return [key for key in ("step", target_key(step), *asked, "details", "papers", "evidence", "label") if key]


@cache
def _known(step: Step) -> frozenset[str]:
    return frozenset(keys_of(step))


def row_schema(step: Step, details: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the JSON Schema of a whole row of `step`; `details` is that of the field's part, where the field is known."""
    whole = schema(step.title, [*step.questions, *ENVELOPE])
    target, text = target_key(step), {"type": "string", "minLength": 1}
    whole["properties"] |= {
        "step": {"const": step.key},
        **({target: text} if target else {}),
        "details": details or {"type": "object"},
        "papers": {"type": "array", "items": schema("Văn bản", PAPER)},
        "evidence": {"type": "array", "items": text},
        "label": text,
    }
    needs = ["details"] if details and details["required"] else []
    return {**whole, "required": ["step", *([target] if target else []), *whole["required"], *needs]}


def _listed(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _no_step(key: str) -> Problem:
    offered = [step.key for step in STEPS.values() if step.by_hand]
    near = nearest(key, offered)
    fix = f"có phải là {near}?" if near else "các bước: " + ", ".join(offered)
    return Problem(code="form.step", culprit="step", message=f"không có bước {key or '(để trống)'}", fix=fix)
