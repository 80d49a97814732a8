"""The plan of huyện Văn Quan for 2024: fields, quotas, order of steps, duties, units and a sample year."""

from __future__ import annotations

from pathlib import Path

from guong import PlanPack, hookimpl

_HERE = Path(__file__).parent


@hookimpl
def guong_register_plans() -> list[PlanPack]:
    """Return the plan with its sample year."""
    return [PlanPack.from_toml(_HERE / "plan.toml", sample=_HERE / "sample")]
