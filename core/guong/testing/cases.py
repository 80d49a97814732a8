"""One case for one rule, without a book: what the rule is given, and what it says."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from guong.domain.case import Case
from guong.domain.exemplar import Exemplar
from guong.domain.officer import Officer
from guong.domain.rules import judge
from guong.domain.streams import STEPS
from guong.domain.subject import Subject
from guong.domain.unit import Unit
from guong.rows import ENVELOPE
from guong.testing.answers import DAY, required

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guong.authoring import Field
    from guong.domain.problems import Problem

_SUBJECT, _EXEMPLAR, _UNIT, _OFFICER = "1" * 32, "3" * 32, "don-vi", "can-bo-01"


class _Facts:
    """A book that knows one subject, one exemplar, one unit and one officer."""

    def __init__(self, subject: Subject, exemplar: Exemplar | None, unit_kind: str) -> None:
        self._subject, self._exemplar = subject, exemplar
        self._unit = Unit(id="2" * 32, key=_UNIT, kind=unit_kind, parent="", names=(("2020-01-01", "Đơn vị thử"),))

    def unit(self, key: str) -> Unit | None:
        return self._unit if key == _UNIT else None

    def officer(self, key: str) -> Officer | None:
        return (
            Officer(id="4" * 32, key=key, unit=_UNIT, post="", since="2020-01-01", commitment="")
            if key == _OFFICER
            else None
        )

    def subject(self, id_: str) -> Subject | None:
        return self._subject if id_ == _SUBJECT else None

    def exemplar(self, id_: str) -> Exemplar | None:
        return self._exemplar if id_ == _EXEMPLAR else None

    def plan(self, _: str) -> None:
        return None

    meeting = decision = plan

    def exemplars(self, subject: str) -> list[Exemplar]:
        return [self._exemplar] if self._exemplar and subject == _SUBJECT else []

    def alike(self, _: str, __: dict[str, Any], /) -> list[str]:
        return []

    def entries(self, _: str) -> list[Any]:
        return []

    effective = entries


def case(
    field: Field, step: str, answers: Mapping[str, Any] | None = None, *, kind: str = "person", unit_kind: str = "",
    discovered: dict[str, Any] | None = None,
) -> Case:  # fmt: skip
    """Return a step about to be recorded in a field.

    Args:
        field: The field.
        step: The key of the step.
        answers: Answers in stored form, to the step's own questions and to the field's.
        kind: The kind of the subject.
        unit_kind: The kind of the subject's unit.
        discovered: What the field was told when the subject was discovered.
    """
    declared, table = field.declared, STEPS[step]
    own = {question.key: question for question in table.questions}
    data = {key: one for key, one in (answers or {}).items() if key in own}
    details = {key: one for key, one in (answers or {}).items() if key not in own}
    unknown = details.keys() - {question.key for question in (*declared.asks(step), *ENVELOPE)}
    assert not unknown, f"neither {step} nor the field asks for {', '.join(sorted(unknown))}"  # noqa: S101 - made for tests
    subject = Subject(id=_SUBJECT, kind=kind, unit=_UNIT, commitment="")
    state = Exemplar(
        id=_EXEMPLAR, plan="ke-hoach-thu", field=declared.key, declaration="", subject=_SUBJECT, lead=_UNIT, unit=_UNIT,
        details=discovered or {},
    )  # fmt: skip
    told = {key: one for key, one in {**required(table.questions), **data}.items() if key in own}
    told |= {"subject": _SUBJECT, "lead": _UNIT} if step == "discovered" else {}
    begun = step != "discovered" and table.stream == "exemplar"
    return Case(
        step=table, state=state if begun else None,
        data={key: one for key, one in told.items() if not own[key].personal},
        personal={key: one for key, one in told.items() if own[key].personal},
        details=details, occurred_on=DAY, effective_on=None, today=dt.date.fromisoformat(DAY), by=_OFFICER, role="quan-tri",
        unit=_UNIT, entered_for=None, papers=(), reason=None, plan=None, field=declared, stream=_EXEMPLAR,
        facts=_Facts(subject, state if begun else None, unit_kind),
    )  # fmt: skip


def said(field: Field, of: Case) -> list[Problem]:
    """Return everything that the rules of a field say about a case."""
    return judge(field.rules, of)
