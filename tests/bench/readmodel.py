"""The read model that a user of another library would write by hand: a list of exemplars, and counters for the board.

It is the same for every library that is compared, and knows nothing of this project. It leaves out what only our view has:
corrections and voidings, merged subjects, the state at any moment, search, lists of entries.
"""

from __future__ import annotations

from typing import Any

TABLES = (
    "CREATE TABLE exemplar (id TEXT PRIMARY KEY, plan TEXT, field TEXT, lead TEXT, part TEXT, subject TEXT, unit TEXT, officer TEXT, "
    "stage TEXT, moved TEXT)",
    "CREATE INDEX exemplar_field ON exemplar (plan, field, stage)",
    "CREATE TABLE mark (exemplar TEXT, mark TEXT, PRIMARY KEY (exemplar, mark)) WITHOUT ROWID",
    "CREATE TABLE counter (plan TEXT, field TEXT, lead TEXT, part TEXT, mark TEXT, number INTEGER NOT NULL, "
    "PRIMARY KEY (plan, field, lead, part, mark)) WITHOUT ROWID",
    "CREATE TRIGGER counted AFTER INSERT ON mark BEGIN "
    "INSERT INTO counter SELECT plan, field, lead, part, new.mark, 1 FROM exemplar WHERE id=new.exemplar "
    "ON CONFLICT DO UPDATE SET number=number+1; END",
)
"""A mark counts once an exemplar, when it is first left."""

Statement = tuple[str, dict[str, Any]]
_DISCOVERED = (
    "INSERT INTO exemplar VALUES (:id, :plan, :field, :lead, :part, :subject, :unit, '', 'discovered', :on_day)"
)
_MOVED = "UPDATE exemplar SET stage=:stage, moved=:on_day WHERE id=:id"
_ASSIGNED = "UPDATE exemplar SET officer=:officer WHERE id=:id"
_MARKED = "INSERT INTO mark VALUES (:id, :mark) ON CONFLICT DO NOTHING"
_MARKS = {
    "discovered": "discovered", "reviewed": "reviewed", "honour_decided": "honoured", "replication_succeeded": "replicated",
}  # fmt: skip


def statements(stream: str, kind: str, entry: dict[str, Any]) -> list[Statement]:
    """Return what an entry changes in the read model."""
    if kind != "exemplar":
        return []
    step, data, day = entry["step"], entry["data"], entry["occurred_on"]
    done: list[Statement] = []
    if step == "discovered":
        told = {
            "id": stream, "plan": entry["plan"], "field": data["field"], "lead": data["lead"], "part": data.get("part", ""),
            "subject": data["subject"], "unit": entry["unit"], "on_day": day,
        }  # fmt: skip
        done.append((_DISCOVERED, told))
    elif not step.startswith("entry_"):
        done.append((_MOVED, {"id": stream, "stage": step, "on_day": day}))
    if step == "officer_assigned":
        done.append((_ASSIGNED, {"id": stream, "officer": data["officer"]}))
    if step in _MARKS and (step != "reviewed" or data["result"] == "passed"):
        done.append((_MARKED, {"id": stream, "mark": _MARKS[step]}))
    return done
