"""What the field checks in code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong import Rule
from guong_quoc_phong_an_ninh.form import FORCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guong import Case

SOURCE = "Kế hoạch, II.3.2.g"
LEADS = {"cong-an": ("cong-an",), "ban-chqs": ("quan-doi", "dan-quan")}
"""How the key of a lead begins, and the forces it answers for."""
HOT_SPOTS = "g.tt.05"


def _force(case: Case) -> Iterator[dict[str, Any]]:
    lead, force = case.data.get("lead") or "", case.details.get("luc_luong")
    for start, forces in LEADS.items():
        if lead.startswith(start) and force not in forces:
            yield {
                "lead": lead, "force": FORCES.get(str(force), str(force)),
                "forces": ", ".join(FORCES[one] for one in forces),
            }  # fmt: skip


def _hot_spots(case: Case) -> Iterator[dict[str, Any]]:
    count = case.details.get("diem_nong") or 0
    if count and case.data.get("criteria", {}).get(HOT_SPOTS) == "met":
        yield {"id": HOT_SPOTS, "count": count}


def _unasked(case: Case) -> Iterator[dict[str, Any]]:
    if case.data.get("criteria", {}).get(HOT_SPOTS) == "met" and case.details.get("diem_nong") is None:
        yield {"id": HOT_SPOTS}


RULES: tuple[Rule, ...] = (
    Rule("quoc-phong-an-ninh.force", "Lực lượng phải thuộc đơn vị chủ trì", _force,
         source=SOURCE, steps=("discovered",), culprit="details.luc_luong",
         says="{lead} không chủ trì lực lượng {force}",
         fix="đơn vị này chủ trì: {forces}"),
    Rule("quoc-phong-an-ninh.hot-spots", "Không để xảy ra các “Điểm nóng”, vụ việc phức tạp", _hot_spots,
         source=SOURCE, steps=("reviewed",), culprit="criteria",
         says="{id} ghi là đạt dù đã xảy ra {count} điểm nóng, vụ việc phức tạp",
         fix="đối chiếu lại tiêu chí, hoặc xem lại số vụ việc"),
    Rule("quoc-phong-an-ninh.hot-spots-unasked", "Tiêu chí về “Điểm nóng” nên có số vụ việc", _unasked,
         source=SOURCE, steps=("reviewed",), culprit="details.diem_nong", refuses=False,
         says="{id} ghi là đạt nhưng chưa nêu số vụ việc",
         fix="ghi 0 khi không có vụ việc nào"),
)  # fmt: skip
