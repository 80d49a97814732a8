"""Every rule of the core, once where it speaks and once where it does not, on a real book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from guong.domain.core_rules import all_core_rules
from guong.errors import RefusedError

if TYPE_CHECKING:
    from guong.domain.problems import Problem

Row = dict[str, Any]


class Scene(NamedTuple):
    """A row, what was recorded before it, and the day on which it comes; a given row may come on a day `at` of its own."""

    when: Row
    given: tuple[Row, ...] = ()
    at: str = "2024-04-15"


def step(key: str, /, **answers: Any) -> Row:
    """Return a row of officer `nv-02`, five days ago."""
    return {"step": key, "occurred_on": "2024-04-10", "by": "nv-02", **answers}


def supported(**answers: Any) -> Row:
    """Return a row of support for `@e`."""
    return step("supported", exemplar="@e", kind="visit", what="Thăm nhà", **answers)


def discovered(**answers: Any) -> Row:
    """Return a row that discovers the household in the open field."""
    return step(
        "discovered",
        **{
            "subject": "@ho",
            "field": "linh-vuc-a",
            "source": "inspection",
            "achievement": "Chăm",
            "lead": "phong-b",
            **answers,
        },
    )


def unit(**answers: Any) -> Row:
    """Return a row that registers a unit."""
    return step("unit_registered", **{"key": "phong-d", "name": "Phòng D", **answers})


PAPER = {"number": "05", "date": "2024-04-10", "issuer": "Nơi A"}
ALL = {"a.1": "met", "a.2": "met", "a.3": "met", "a.4": "not_applicable", "chung.1": "met"}


def reviewed(result: str = "passed", found: dict[str, str] | None = None, **answers: Any) -> Row:
    """Return a row that reviews `@e`, by default as passed with every criterion looked at."""
    return step(
        "reviewed", exemplar="@e", result=result, criteria=ALL if found is None else found, papers=[PAPER], **answers
    )


def but(**findings: str) -> dict[str, str]:
    """Return every finding, some changed; an empty one is left out."""
    changed = {key.replace("_", "."): finding for key, finding in findings.items()}
    return {key: finding for key, finding in {**ALL, **changed}.items() if finding}


def honoured(**paper: str) -> Row:
    """Return a row that honours `@e` on a paper."""
    return step("honour_decided", exemplar="@e", kind="praise", authority="phong-b", papers=[paper])


def assessed(**answers: Any) -> Row:
    """Return a row that assesses `@e`."""
    return step("assessed", exemplar="@e", effect="clear", findings="Tốt", **answers)


def voids(entry: str, **answers: Any) -> Row:
    """Return a row that voids an entry."""
    return step("entry_voided", entry=entry, reason="ghi nhầm", **answers)


STARTED = step(
    "replication_started",
    exemplar="@e",
    target_kind="area",
    unit="phong-b",
    target="Xóm dưới",
    similar="Cùng nghề",
    label="@n",
)


def succeeded(start: str, **answers: Any) -> Row:
    """Return a row that says a replication works."""
    return step("replication_succeeded", exemplar="@e", start=start, result="Chạy đều", **answers)


def quota(field: str = "linh-vuc-a", **answers: Any) -> Row:
    """Return a row that sets a quota."""
    return step("quota_set", **{"key": "q-moi", "field": field, "holder": "phong-b", "number": 1, **answers})


KILOMETRES = quota(counts="measure", measure="supported.value", unit="km", mark="supported")
LATE = "chờ văn bản"
"""A reason for recording late."""


def of_nguoi(key: str, /, **answers: Any) -> Row:
    """Return a row about the person `@nguoi`."""
    return step(key, **{"subject": "@nguoi", **answers})


def of_e(key: str, /, **answers: Any) -> Row:
    """Return a row of the exemplar `@e`."""
    return step(key, **{"exemplar": "@e", **answers})


def of_officer(key: str, officer: str = "nv-03", /, **answers: Any) -> Row:
    """Return a row about an officer at `phong-b`, with a paper."""
    return step(key, **{"officer": officer, "unit": "phong-b", "papers": [PAPER], **answers})


def of_unit(key: str, unit: str = "phong-d", /, **answers: Any) -> Row:
    """Return a row about a unit, with a paper, on the day after that unit began."""
    return step(key, **{"unit": unit, "papers": [PAPER], "occurred_on": "2024-04-11", **answers})


def of_plan(key: str, /, **answers: Any) -> Row:
    """Return a row about the plan, with a paper and a reason."""
    return step(key, papers=[PAPER], reason="theo văn bản", **answers)


def person(label: str, name: str = "Lý Thị Khác", **answers: Any) -> Row:
    """Return a row that registers another person."""
    return step("subject_registered", **{"kind": "person", "name": name, "unit": "phong-b", "label": label, **answers})


def merged(other: str, subject: str = "@nguoi") -> Row:
    """Return a row that says two subjects are one."""
    return step("subjects_merged", subject=subject, other=other, reason="trùng")


def split(other: str) -> Row:
    """Return a row that takes a merge with `@nguoi` back."""
    return of_nguoi("subject_unmerged", other=other, reason="nhầm")


def introduced(purpose: str = "reward", **answers: Any) -> Row:
    """Return a row that introduces `@e` by letter."""
    return of_e("introduced", **{"purpose": purpose, "to": "phong-b", "papers": [PAPER], **answers})


def publicised(**answers: Any) -> Row:
    """Return a row that tells the public of `@e`."""
    return of_e("publicised", channel="website", title="Bài về điển hình", **answers)


def declined(what: str, **answers: Any) -> Row:
    """Return a row by which `@e` declines something."""
    return of_e("honour_declined", what=what, **answers)


def achieved(until: str, label: str = "@t", subject: str = "@nguoi", **answers: Any) -> Row:
    """Return a row that records what was achieved up to a day."""
    return step(
        "achievement_recorded",
        **{"subject": subject, "what": "Sửa đường", "since": "2024-01-01", "until": until, "label": label, **answers},
    )


def flagged(**answers: Any) -> Row:
    """Return a row that says something is pending against `@nguoi`."""
    return of_nguoi("standing_flagged", **{"kind": "complaint", "label": "@co", "occurred_on": "2024-04-01", **answers})


def cleared(outcome: str = "cleared", **answers: Any) -> Row:
    """Return a row that says it has ended."""
    return of_nguoi("standing_cleared", flag="@co", outcome=outcome, **{"occurred_on": "2024-04-08", **answers})


def consented(label: str = "@dy", **answers: Any) -> Row:
    """Return a row by which `@nguoi` agrees to publicity."""
    return of_nguoi(
        "consent_recorded",
        **{"scope": "publicity", "given_by": "self", "label": label, "occurred_on": "2024-04-01", **answers},
    )


def taken_back(consent: str = "@dy", **answers: Any) -> Row:
    """Return a row that takes a consent back."""
    return of_nguoi("consent_withdrawn", consent=consent, **{"occurred_on": "2024-04-05", **answers})


def asked(right: str) -> Row:
    """Return a row by which `@nguoi` asks something about his data."""
    return of_nguoi("data_request_received", right=right, label="@yc")


def erased(scope: str = "all", **answers: Any) -> Row:
    """Return a row that erases what is known of `@nguoi`."""
    return of_nguoi("personal_data_erased", scope=scope, basis="Điều 1", papers=[PAPER], **answers)


def called(**answers: Any) -> Row:
    """Return a row that calls officers 1 to 3 to a meeting on 8 April."""
    return step(
        "review_called",
        **{
            "body": "phong-b",
            "members": ["nv-01", "nv-02", "nv-03"],
            "on": "2024-04-08",
            "occurred_on": "2024-04-05",
            "label": "@hop",
            **answers,
        },
    )


def minutes(*present: str) -> Row:
    """Return a row that signs the minutes."""
    return step("minutes_signed", meeting="@hop", present=list(present), papers=[PAPER], occurred_on="2024-04-08")


def conflict(member: str = "nv-03", *, recused: bool = True, exemplar: str = "@e") -> Row:
    """Return a row by which a member declares an interest."""
    return step(
        "conflict_declared", meeting="@hop", member=member, exemplar=exemplar, conflict="family", recused=recused
    )


def voted(member: str, **answers: Any) -> Row:
    """Return a row by which a member votes."""
    return step("vote_cast", **{"exemplar": "@e", "meeting": "@hop", "member": member, "vote": "for", **answers})


OFFICER_SUBJECT = (
    person("@canbo", "Phan Thị Ba", officer="nv-03"),
    step(
        "discovered", subject="@canbo", field="linh-vuc-a", source="inspection", achievement="Dạy nghề", lead="phong-b",
        label="@c", occurred_on="2024-04-01",
    ),
)  # fmt: skip
"""An exemplar `@c` who is the officer `nv-03`."""


def opened(**answers: Any) -> Row:
    """Return a row that begins a dossier of `@e`."""
    return of_e(
        "dossier_opened",
        **{"kind": "reward", "to": "phong-b", "label": "@hs", "occurred_on": "2024-04-01", **answers},
    )


def dossier(key: str, on: str, /, **answers: Any) -> Row:
    """Return a row of that dossier."""
    return of_e(key, **{"dossier": "@hs", "occurred_on": on, **answers})


def sent(on: str = "2024-04-02") -> Row:
    """Return a row that sends the dossier off."""
    return dossier("dossier_submitted", on, to="phong-b", papers=[PAPER])


def received(on: str = "2024-04-03", **answers: Any) -> Row:
    """Return a row that receives the dossier, with a second officer."""
    return dossier("dossier_received", on, **{"second": "nv-03", "complete": True, **answers})


def returned(on: str = "2024-04-04", **answers: Any) -> Row:
    """Return a row that sends the dossier back."""
    return dossier("dossier_returned", on, missing=["Biên bản"], reason="thiếu biên bản", **answers)


def supplemented(on: str = "2024-04-09") -> Row:
    """Return a row that completes the dossier."""
    return dossier("dossier_supplemented", on, added=["Biên bản"])


def appraised(on: str = "2024-04-10", **answers: Any) -> Row:
    """Return a row by which the other officer appraises the dossier."""
    return dossier("appraisal_recorded", on, **{"appraiser": "nv-03", "result": "eligible", "by": "nv-03", **answers})


def let_in(allowed_by: str) -> Row:
    """Return a row that lets a late dossier in."""
    return dossier("dossier_accepted_late", "2024-04-10", allowed_by=allowed_by, reason="lũ lụt")


RECEIVED = (opened(), sent(), received())
COMPLETED = (*RECEIVED, returned(), supplemented())


def proposed(**answers: Any) -> Row:
    """Return a row that proposes to honour `@e`."""
    return of_e(
        "honour_proposed",
        **{"kind": "award", "authority": "phong-b", "papers": [PAPER], "label": "@dn", **answers},
    )


def decided(**answers: Any) -> Row:
    """Return a row that decides to honour `@e`, complete but for a signer."""
    return of_e(
        "honour_decided",
        **{"kind": "praise", "authority": "phong-b", "papers": [PAPER], "label": "@tv", **answers},
    )


def issued(**answers: Any) -> Row:
    """Return a row that issues a decision."""
    return step(
        "decision_issued",
        **{"authority": "phong-b", "number": "7", "notation": "QĐ-B", "year": 2024, "label": "@qd", **answers},
    )


def presented(**answers: Any) -> Row:
    """Return a row that hands the honour over."""
    return of_e("honour_presented", **{"honour": "@tv", "occurred_on": "2024-04-11", **answers})


def revoked(*recover: str, **answers: Any) -> Row:
    """Return a row that takes the honour back."""
    return of_e(
        "honour_revoked",
        **{
            "honour": "@tv",
            "ground": "gian-doi",
            "authority": "phong-b",
            "recover": list(recover),
            "papers": [PAPER],
            "reason": "khai gian",
            "occurred_on": "2024-04-12",
            **answers,
        },
    )


def reinstated(**answers: Any) -> Row:
    """Return a row that gives the honour back."""
    return of_e(
        "honour_reinstated",
        **{
            "honour": "@tv",
            "authority": "phong-b",
            "papers": [PAPER],
            "reason": "theo bản án",
            "occurred_on": "2024-04-13",
            **answers,
        },
    )


def recovered(what: str, **answers: Any) -> Row:
    """Return a row by which something comes back."""
    return of_e("award_recovered", honour="@tv", what=what, **{"occurred_on": "2024-04-13", **answers})


def objected(*, objects: bool = True) -> Row:
    """Return a row by which somebody says what he thinks of `@e`."""
    return of_e("opinion_received", objects=objects, content="Chưa đúng", label="@yk")


def office(officer: str = "nv-03", **answers: Any) -> Row:
    """Return a row by which an officer holds a post at `phong-b` since January."""
    return of_officer("office_held", officer, **{"post": "Trưởng phòng", "occurred_on": "2024-01-10", **answers})


def delegated(officer: str = "nv-02", giver: str = "nv-03", **answers: Any) -> Row:
    """Return a row by which the holder of a post lets another officer sign."""
    return of_officer(
        "delegation_given", officer, giver=giver, manner="deputy", **{"occurred_on": "2024-02-01", **answers}
    )


YEAR_AFTER: Row = {"issue": "second", "at": "2025-02-01"}
"""Stands among given rows for issuing the plan of the year after."""


def after(row: Row, **answers: Any) -> Row:
    """Return a row as officer `nv-03` records it under that plan on 5 February 2025."""
    return {**row, "by": "nv-03", "occurred_on": "2025-02-03", "at": "2025-02-05", **answers}


def found_again(**answers: Any) -> Row:
    """Return a row that discovers `@nguoi` anew the year after."""
    return after(discovered(subject="@nguoi", plan="ke-hoach-sau", label="@f", **answers))


DIED = of_nguoi("subject_changed", change="died", occurred_on="2024-04-08")
DISCIPLINED = (
    flagged(kind="discipline", occurred_on="2024-02-01"),
    cleared("disciplined", occurred_on="2024-02-20", until="2024-03-20"),
)
"""Disciplined until 20 March."""
ASSIGNED = of_plan("duty_assigned", duty="nv.2", body="phong-b", text="Tổng hợp")
PLANNED = {**STARTED, "step": "replication_planned", "label": "@kh"}
REVIEWED_AFTER = after({**reviewed("passed", but(chung_1="")), "exemplar": "@f"})
"""The review of the year after, whose plan has no general criteria."""


def taken_down(publication: str) -> Row:
    """Return a row that takes something published down."""
    return of_e("publicity_removed", publication=publication, reason="sai")


def corrected(entry: str, **answers: Any) -> Row:
    """Return a row that corrects an entry of support."""
    return step("entry_corrected", entry=entry, set={"kind": "task"}, reason="nhầm", **answers)


SPEAKS, SILENT = "speaks", "is silent"
TABLE: dict[str, dict[str, list[Scene]]] = {
    "core.acting": {
        SPEAKS: [
            Scene(supported(by="la-01")),
            Scene(supported(by="")),
            Scene(supported(as_role="quan-tri")),
            Scene(supported(in_unit="phong-a")),
            Scene(supported(occurred_on="2024-12-31"), at="2025-01-01"),
        ],
        SILENT: [
            Scene(supported()),
            Scene(supported(as_role="theo-doi", in_unit="phong-b")),
            Scene(supported(occurred_on="2024-12-31"), at="2024-12-31"),
        ],
    },
    "core.future": {
        SPEAKS: [
            Scene(supported(occurred_on="2024-04-16")),
            Scene(supported(occurred_on="2024-05")),
            Scene(supported(occurred_on="2025")),
        ],
        SILENT: [Scene(supported(occurred_on="2024-04-15")), Scene(supported(occurred_on="2024-04"))],
    },
    "core.once": {
        SPEAKS: [
            Scene(unit(key="phong-b")),
            Scene(step("officer_enrolled", key="nv-01", name="Lê Ba", unit="phong-b")),
        ],
        SILENT: [Scene(unit()), Scene(discovered(subject="@nguoi"))],
    },
    "core.stream": {
        SPEAKS: [Scene(step("role_granted", officer="nv-99", role="theo-doi", unit="phong-b"))],
        SILENT: [Scene(step("role_granted", officer="nv-01", role="theo-doi", unit="phong-b"))],
    },
    "core.reference": {
        SPEAKS: [
            Scene(step("officer_assigned", exemplar="@e", officer="nv-99")),
            Scene(supported(entered_for="nv-99")),
            Scene(unit(parent="khong-co")),
            Scene(step("officer_enrolled", key="nv-03", name="Lê Ba", unit="khong-co")),
        ],
        SILENT: [
            Scene(supported(entered_for="nv-01")),
            Scene(step("officer_assigned", exemplar="@e", officer="nv-01")),
            Scene(unit(parent="phong-b")),
        ],
    },
    "core.alive": {
        SPEAKS: [
            Scene(
                step(
                    "introduced",
                    exemplar="@e",
                    purpose="publicity",
                    to="phong-d",
                    occurred_on="2024-04-09",
                    papers=[PAPER],
                ),
                (unit(),),
            ),
            Scene(discovered(lead="phong-c", occurred_on="2024-02-29", reason=LATE)),
        ],
        SILENT: [
            Scene(step("introduced", exemplar="@e", purpose="publicity", to="phong-d", papers=[PAPER]), (unit(),)),
            Scene(discovered(lead="phong-c", occurred_on="2024-03-01", reason=LATE)),
        ],
    },
    "core.officer-key": {
        SPEAKS: [
            Scene(step("officer_enrolled", key="nguyen-van-an", name="Nguyễn Văn An", unit="phong-b")),
            Scene(step("officer_enrolled", key="an-nguyen", name="Nguyễn Văn An", unit="phong-b")),
        ],
        SILENT: [Scene(step("officer_enrolled", key="phong-b-07", name="Nguyễn Văn An", unit="phong-b"))],
    },
    "core.paper": {
        SPEAKS: [Scene({**reviewed(), "papers": []})],
        SILENT: [Scene(reviewed()), Scene(supported())],
    },
    "core.decision": {
        SPEAKS: [
            Scene(honoured(number="05", date="2024-04-10")),
            Scene(honoured(issuer="Nơi A", date="2024-04-10")),
            Scene(honoured(number="05", issuer="Nơi A")),
        ],
        SILENT: [Scene(honoured(**PAPER))],
    },
    "core.reason": {
        SPEAKS: [
            Scene({**voids("@s"), "reason": ""}, (supported(label="@s"),)),
            Scene({**voids("@s"), "reason": "  "}, (supported(label="@s"),)),
        ],
        SILENT: [Scene(voids("@s"), (supported(label="@s"),))],
    },
    "core.open": {
        SPEAKS: [Scene(discovered(field="linh-vuc-b")), Scene(discovered(field="khong-co"))],
        SILENT: [Scene(discovered())],
    },
    "core.kind": {
        SPEAKS: [Scene(discovered(subject="@to"))],
        SILENT: [Scene(discovered(subject="@ho"))],
    },
    "core.lead": {
        SPEAKS: [Scene(discovered(lead="")), Scene(discovered(lead="phong-a"))],
        SILENT: [Scene(discovered(lead="phong-b")), Scene(discovered(lead="phong-c"))],
    },
    "core.lead-kept": {
        SPEAKS: [Scene(discovered(subject="@nguoi", lead="phong-c"))],
        SILENT: [Scene(discovered(subject="@nguoi")), Scene(discovered(lead="phong-c"))],
    },
    "core.criteria": {
        SPEAKS: [
            Scene(reviewed("failed", but(a_2=""))),
            Scene(reviewed("failed", {**ALL, "a.5": "met"})),
            Scene(reviewed("failed", {**ALL, "a.6": "met"})),
            Scene(reviewed("failed", {**ALL, "z.9": "met"})),
            Scene(reviewed("failed", {})),
        ],
        SILENT: [Scene(reviewed("failed", but(a_1="not_met")))],
    },
    "core.mandatory": {
        SPEAKS: [
            Scene(reviewed("passed", but(a_1="not_met"))),
            Scene(reviewed("passed", but(a_1="not_applicable"))),
            Scene(reviewed("passed", but(a_3="not_met", a_4="not_met"))),
        ],
        SILENT: [
            Scene(reviewed("failed", but(a_1="not_met"))),
            Scene(reviewed("passed", but(a_3="not_met", a_4="met"))),
        ],
    },
    "core.criteria-unmet": {
        SPEAKS: [Scene(reviewed("passed", but(a_2="not_met")))],
        SILENT: [Scene(reviewed("passed", but(a_2="not_applicable"))), Scene(reviewed("failed", but(a_2="not_met")))],
    },
    "core.criteria-general": {
        SPEAKS: [Scene(reviewed("passed", but(chung_1="")))],
        SILENT: [Scene(reviewed("passed", but(chung_1="not_met")))],
    },
    "core.votes": {
        SPEAKS: [Scene(reviewed(present=9, votes_for=9, votes_against=1)), Scene(reviewed(present=0, votes_for=1))],
        SILENT: [
            Scene(reviewed(present=9, votes_for=8, votes_against=1)),
            Scene(reviewed(votes_for=9)),
            Scene(reviewed(present=3)),
        ],
    },
    "core.deadline": {
        SPEAKS: [Scene(assessed(occurred_on="2024-07-01"), at="2024-07-01")],
        SILENT: [
            Scene(assessed(occurred_on="2024-06-30"), at="2024-07-01"),
            Scene(supported(occurred_on="2024-07-01"), at="2024-07-01"),
        ],
    },
    "core.behind-deadline": {
        SPEAKS: [Scene(assessed(occurred_on="2024-06-30"), at="2024-07-01")],
        SILENT: [
            Scene(assessed(occurred_on="2024-06-30"), at="2024-06-30"),
            Scene(assessed(occurred_on="2024-07-01"), at="2024-07-01"),
        ],
    },
    "core.target": {
        SPEAKS: [
            Scene(voids("@s"), (supported(label="@s"), voids("@s"))),
            Scene(
                step("entry_corrected", entry="@s", set={"kind": "task"}, reason="nhầm"),
                (supported(label="@s"), voids("@s")),
            ),
            Scene(
                step("entry_corrected", entry="@v", set={"entry": "@e"}, reason="nhầm"),
                (supported(label="@s"), voids("@s", label="@v")),
            ),
            Scene(
                step("entry_corrected", entry="@c", set={"kind": "means"}, reason="nhầm"),
                (
                    supported(label="@s"),
                    step("entry_corrected", entry="@s", set={"kind": "task"}, reason="nhầm", label="@c"),
                ),
            ),
        ],
        SILENT: [
            Scene(voids("@s"), (supported(label="@s"),)),
            Scene(voids("@v"), (supported(label="@s"), voids("@s", label="@v"))),
            Scene(voids("@s"), (supported(label="@s"), voids("@s", label="@v"), voids("@v"))),
            Scene(
                voids("@c"),
                (
                    supported(label="@s"),
                    step("entry_corrected", entry="@s", set={"kind": "task"}, reason="nhầm", label="@c"),
                ),
            ),
        ],
    },
    "core.first": {
        SPEAKS: [Scene(voids("@d"), (discovered(label="@h"), supported()))],
        SILENT: [Scene(voids("@s"), (supported(label="@s"),))],
    },
    "core.identity": {
        SPEAKS: [Scene(step("entry_corrected", entry="@d", set={"field": "linh-vuc-b"}, reason="nhầm"))],
        SILENT: [
            Scene(step("entry_corrected", entry="@s", set={"kind": "task"}, reason="nhầm"), (supported(label="@s"),))
        ],
    },
    "core.bound": {
        SPEAKS: [Scene(quota("khong-co"))],
        SILENT: [Scene(quota("linh-vuc-b")), Scene(quota(""))],
    },
    "core.quota": {
        SPEAKS: [
            Scene(quota(number="1,5")),
            Scene(quota(holder="phong-a")),
            Scene(quota(mark="review")),
            Scene(quota(values=["tot"])),
            Scene(quota(counts="measure", measure="supported.so_gio", unit="giờ")),
            Scene(quota(parts={"lon": "nhóm lớn"})),
            Scene(quota(since="2024-06-01", until="2024-05-31")),
        ],
        SILENT: [
            Scene(quota(counts="measure", measure="supported.so_buoi", unit="buổi", number="1,5")),
            Scene(quota("linh-vuc-b", parts={"gi-cung-duoc": "không ai biết lĩnh vực chưa mở hỏi gì"})),
        ],
    },
    "core.measure": {
        SPEAKS: [Scene(supported(measure="đồng", value=5), (KILOMETRES,))],
        SILENT: [
            Scene(supported(measure="Km", value=5), (KILOMETRES,)),
            Scene(supported(measure="đồng"), (KILOMETRES,)),
            Scene(supported(value=5), (KILOMETRES,)),
            Scene(supported(measure="đồng", value=5)),
        ],
    },
    "core.order": {
        SPEAKS: [
            Scene(supported(occurred_on="2024-03-09", reason=LATE)),
            Scene(supported(occurred_on="2024-02", reason=LATE)),
            Scene(introduced()),
            Scene(introduced(), (reviewed("failed"),)),
            Scene(introduced(), (reviewed(), reviewed("failed"))),
            Scene(introduced(occurred_on="2024-04-09"), (reviewed(),)),
            Scene(of_e("experience_documented", title="Cách làm"), (reviewed("failed"),)),
            Scene(of_e("experience_documented", title="Cách làm", occurred_on="2024-04-09"), (reviewed(),)),
        ],
        SILENT: [
            Scene(supported(occurred_on="2024-03-10", reason=LATE)),
            Scene(introduced("publicity")),
            Scene(introduced(), (reviewed(),)),
            Scene(of_e("experience_documented", title="Cách làm"), (reviewed(),)),
            Scene(of_e("experience_documented", title="Cách làm"), (reviewed(), reviewed("failed"))),
        ],
    },
    "core.order-unclear": {
        SPEAKS: [
            Scene(supported(occurred_on="2024-03", reason=LATE)),
            Scene(supported(occurred_on="2024", reason=LATE)),
        ],
        SILENT: [Scene(supported(occurred_on="2024-04")), Scene(supported())],
    },
    "core.late": {
        SPEAKS: [
            Scene(supported(occurred_on="2024-03-15", reason=LATE)),
            Scene(supported(occurred_on="2024-03", reason=LATE), at="2024-04-01"),
        ],
        SILENT: [Scene(supported(occurred_on="2024-03-16")), Scene(supported(occurred_on="2024-04"))],
    },
    "core.late-reason": {
        SPEAKS: [
            Scene(supported(occurred_on="2024-03-15")),
            Scene(supported(occurred_on="2024-03-15", reason=" ")),
            Scene(supported(occurred_on="2024-03"), at="2024-04-01"),
        ],
        SILENT: [
            Scene(supported(occurred_on="2024-03-15", reason=LATE)),
            Scene(supported(occurred_on="2024-03-16")),
            Scene(person("@x", occurred_on="2024-01-05")),
        ],
    },
    "core.role": {
        SPEAKS: [
            Scene(of_e("withdrawn", by="nv-01", reason="chuyển đi")),
            Scene(of_e("withdrawn", by="nv-03", reason="chuyển đi")),
        ],
        SILENT: [Scene(of_e("withdrawn", reason="chuyển đi")), Scene(supported(by="nv-01"))],
    },
    "core.thread": {
        SPEAKS: [
            Scene(succeeded("@s"), (supported(label="@s"),)),
            Scene(
                succeeded("@n", occurred_on="2024-04-12"),
                (STARTED, of_e("replication_failed", start="@n", reason="hạn hán", occurred_on="2024-04-11")),
            ),
            Scene(received(), (opened(),)),
            Scene(sent("2024-04-04"), (opened(), sent(), dossier("dossier_withdrawn", "2024-04-03", reason="xin lại"))),
            Scene(appraised(), (*RECEIVED, returned())),
            Scene(presented(honour="@dn"), (proposed(),)),
            Scene(decided(proposal="@dn"), (proposed(), decided(proposal="@dn"))),
            Scene(reinstated(), (decided(),)),
            Scene(presented(occurred_on="2024-04-13"), (decided(), revoked())),
            Scene(taken_back(occurred_on="2024-04-06"), (consented(), taken_back())),
            # what is said to have happened before the thread began, or before the step it follows, is not of this thread
            Scene(sent("2024-03-31"), (opened(),)),
            Scene(presented(occurred_on="2024-04-09"), (decided(),)),
            Scene(
                presented(occurred_on="2024-04-09"),
                (proposed(occurred_on="2024-04-08"), decided(proposal="@dn")),
            ),
        ],
        SILENT: [
            Scene(succeeded("@n"), (STARTED,)),
            Scene(presented(), (proposed(), decided(proposal="@dn"))),
            Scene(presented(honour="@dn"), (proposed(), decided(proposal="@dn"))),
            Scene(presented(), (decided(), revoked(occurred_on="2024-04-10"), reinstated(occurred_on="2024-04-10"))),
            Scene(appraised(), COMPLETED),
            Scene(of_e("opinion_answered", opinion="@yk", answer="Đã xem lại"), (objected(),)),
            Scene(presented(occurred_on="2024-04"), (decided(),)),
        ],
    },
    "core.deadline-unclear": {
        SPEAKS: [
            Scene(assessed(occurred_on="2024", reason=LATE), at="2024-07-01"),
            Scene(of_e("opinion_invited", of="Dân trong xóm")),
        ],
        SILENT: [
            Scene(assessed(occurred_on="2024-06"), at="2024-07-01"),
            Scene(assessed(occurred_on="2024-07"), at="2024-07-01"),
            Scene(supported()),
        ],
    },
    "core.held": {
        SPEAKS: [
            Scene(of_officer("role_ended", role="quan-tri")),
            Scene(of_officer("role_ended", role="tham-dinh", unit="phong-a")),
            Scene(
                of_officer("role_ended", role="tham-dinh", occurred_on="2024-04-12"),
                (of_officer("role_ended", role="tham-dinh"),),
            ),
            Scene(of_officer("role_ended", role="tham-dinh", occurred_on="2024-01-02")),
            Scene(of_officer("office_ended")),
            Scene(of_officer("office_ended"), (office(until="2024-03-31"),)),
        ],
        SILENT: [
            Scene(of_officer("role_ended", role="tham-dinh", by="nv-01")),
            Scene(of_officer("office_ended"), (office(),)),
        ],
    },
    "core.giver": {
        SPEAKS: [
            Scene(delegated()),
            Scene(delegated(), (office(occurred_on="2024-03-01"),)),
            Scene(delegated(), (office(unit="phong-a"),)),
            Scene(
                delegated("nv-01", "nv-02", occurred_on="2024-03-01"),
                (office(), delegated("nv-02", "nv-03")),
            ),
        ],
        SILENT: [Scene(delegated(), (office(),))],
    },
    "core.unit-ended": {
        SPEAKS: [
            Scene(of_unit(key, occurred_on="2024-04-13", **answers), (unit(), of_unit("unit_dissolved")))
            for key, answers in (
                ("unit_renamed", {"name": "Phòng Mới"}),
                ("unit_merged", {"into": "phong-b"}),
                ("unit_dissolved", {}),
            )
        ],
        SILENT: [
            Scene(of_unit("unit_renamed", name="Phòng Mới"), (unit(),)),
            Scene(of_unit("unit_dissolved"), (unit(),)),
            Scene(
                of_unit("unit_succeeded", successor="phong-b", occurred_on="2024-04-13"),
                (unit(), of_unit("unit_dissolved")),
            ),
        ],
    },
    "core.heir-other": {
        SPEAKS: [
            Scene(of_unit("unit_merged", into="phong-d"), (unit(),)),
            Scene(of_unit("unit_succeeded", successor="phong-d"), (unit(),)),
        ],
        SILENT: [
            Scene(of_unit("unit_merged", into="phong-b"), (unit(),)),
            Scene(of_unit("unit_succeeded", successor="phong-b"), (unit(),)),
        ],
    },
    "core.heir-alive": {
        SPEAKS: [
            Scene(of_unit("unit_merged", "phong-c", into="phong-d", occurred_on="2024-04-09"), (unit(),)),
            Scene(of_unit("unit_succeeded", "phong-c", successor="phong-d", occurred_on="2024-04-09"), (unit(),)),
            Scene(of_unit("unit_merged", "phong-c", into="phong-d"), (unit(), of_unit("unit_dissolved"))),
        ],
        SILENT: [
            Scene(of_unit("unit_merged", "phong-c", into="phong-d", occurred_on="2024-04-10"), (unit(),)),
            Scene(of_unit("unit_succeeded", "phong-c", successor="phong-d"), (unit(),)),
        ],
    },
    "core.merged": {
        SPEAKS: [Scene(discovered(subject="@hai"), (person("@hai"), merged("@hai")))],
        SILENT: [
            Scene(discovered(subject="@nguoi"), (person("@hai"), merged("@hai"))),
            Scene(discovered(subject="@hai"), (person("@hai"), merged("@hai"), split("@hai"))),
        ],
    },
    "core.second-unit": {
        SPEAKS: [Scene(discovered(subject="@nguoi", by="nv-01"))],
        SILENT: [Scene(discovered(subject="@nguoi")), Scene(discovered(by="nv-01"))],
    },
    "core.earlier": {
        SPEAKS: [Scene(found_again(), (reviewed(), YEAR_AFTER), "2025-02-05")],
        SILENT: [
            Scene(found_again(earlier="@e"), (reviewed(), YEAR_AFTER), "2025-02-05"),
            Scene(found_again(), (YEAR_AFTER,), "2025-02-05"),
            Scene(after(discovered(plan="ke-hoach-sau")), (reviewed(), YEAR_AFTER), "2025-02-05"),
        ],
    },
    "core.over": {
        SPEAKS: [
            Scene(supported(), (of_e("withdrawn", reason="chuyển đi", occurred_on="2024-04-09"),)),
            Scene(supported(), (of_e("discovery_rejected", reason="chưa rõ", occurred_on="2024-04-09"),)),
        ],
        SILENT: [
            Scene(supported(), (of_e("withdrawn", reason="chuyển đi"),)),
            Scene(supported(occurred_on="2024-04-08"), (of_e("withdrawn", reason="chuyển đi"),)),
            Scene(discovered(subject="@nguoi"), (of_e("withdrawn", reason="chuyển đi", occurred_on="2024-04-09"),)),
            Scene(
                supported(occurred_on="2024-04-12"),
                (
                    of_e("withdrawn", reason="chuyển đi", occurred_on="2024-04-09"),
                    discovered(subject="@nguoi", occurred_on="2024-04-11"),
                ),
            ),
        ],
    },
    "core.closed": {
        SPEAKS: [
            Scene(discovered(), (of_plan("plan_closed"),)),
            Scene(discovered(subject="@nguoi", occurred_on="2024-04-11"), (of_plan("plan_closed"),)),
        ],
        SILENT: [
            Scene(discovered(occurred_on="2024-04-09"), (of_plan("plan_closed"),)),
            Scene(supported(), (of_plan("plan_closed"),)),
        ],
    },
    "core.separation": {
        SPEAKS: [Scene(appraised(by="nv-02"), RECEIVED)],
        SILENT: [
            Scene(appraised(by="nv-03"), RECEIVED),
            Scene(
                appraised(by="nv-02"),
                (opened(), sent(), received(label="@nhan"), voids("@nhan", approved_by="nv-03"), received(by="nv-01")),
            ),
        ],
    },
    "core.follower": {
        SPEAKS: [
            Scene(
                supported(occurred_on="2024-04-02"),
                (
                    of_officer("role_ended", role="tham-dinh", occurred_on="2024-03-22"),
                    of_e("officer_assigned", officer="nv-03", occurred_on="2024-03-20"),
                ),
            ),
            Scene(
                supported(occurred_on="2025-01-11", by="nv-01"),
                (of_e("officer_assigned", officer="nv-02"),),
                at="2025-01-12",
            ),
        ],
        SILENT: [
            Scene(
                supported(occurred_on="2024-04-01"),
                (
                    of_officer("role_ended", role="tham-dinh", occurred_on="2024-03-22"),
                    of_e("officer_assigned", officer="nv-03", occurred_on="2024-03-20"),
                ),
            ),
            Scene(supported(), (of_e("officer_assigned", officer="nv-03", occurred_on="2024-03-20"),)),
            Scene(
                of_e("officer_assigned", officer="nv-02"),
                (
                    of_officer("role_ended", role="tham-dinh", occurred_on="2024-03-22"),
                    of_e("officer_assigned", officer="nv-03", occurred_on="2024-03-20"),
                ),
            ),
        ],
    },
    "core.origin": {
        SPEAKS: [Scene({**STARTED, "origin": "planned"})],
        SILENT: [
            Scene({**STARTED, "origin": "spontaneous"}),
            Scene(STARTED),
            Scene({**STARTED, "origin": "planned", "planned": "@kh"}, (PLANNED,)),
        ],
    },
    "core.criterion": {
        SPEAKS: [
            Scene(of_e("criterion_assessed", criterion="z.9", finding="met")),
            Scene(of_e("criterion_assessed", criterion="a.5", finding="met")),
        ],
        SILENT: [
            Scene(of_e("criterion_assessed", criterion="a.1", finding="not_met")),
            Scene(of_e("criterion_assessed", criterion="chung.1", finding="met")),
        ],
    },
    "core.quorum": {
        SPEAKS: [
            Scene(reviewed(meeting="@hop", present=1), (called(),)),
            Scene(reviewed(meeting="@hop"), (called(), minutes("nv-01"))),
            Scene(reviewed(meeting="@hop"), (called(), minutes("nv-01", "nv-01"))),
            Scene(reviewed(meeting="@hop", present=3), (called(), minutes("nv-01"))),
        ],
        SILENT: [
            Scene(reviewed(meeting="@hop", present=2), (called(),)),
            Scene(reviewed(meeting="@hop"), (called(), minutes("nv-01", "nv-02"))),
            Scene(reviewed(present=1)),
        ],
    },
    "core.minutes": {
        SPEAKS: [Scene(reviewed(meeting="@hop", present=3), (called(), minutes("nv-01", "nv-02")))],
        SILENT: [
            Scene(reviewed(meeting="@hop", present=2), (called(), minutes("nv-01", "nv-02"))),
            Scene(reviewed(meeting="@hop"), (called(), minutes("nv-01", "nv-02"))),
            Scene(reviewed(meeting="@hop", present=3), (called(),)),
        ],
    },
    "core.meeting-day": {
        SPEAKS: [
            Scene(reviewed(meeting="@hop"), (called(on="2024-04-11"),)),
            Scene(voted("nv-01", occurred_on="2024-04-07"), (called(),)),
        ],
        SILENT: [
            Scene(reviewed(meeting="@hop"), (called(on="2024-04-10"),)),
            Scene(voted("nv-01", occurred_on="2024-04-08"), (called(),)),
        ],
    },
    "core.voter": {
        SPEAKS: [
            Scene(voted("nv-03"), (called(members=["nv-01", "nv-02"]),)),
            Scene(voted("nv-03"), (called(), minutes("nv-01", "nv-02"))),
            Scene(voted("nv-01", vote="against"), (called(), voted("nv-01"))),
        ],
        SILENT: [
            Scene(voted("nv-01"), (called(), minutes("nv-01", "nv-02"))),
            Scene(voted("nv-01"), (called(), voted("nv-02"))),
            Scene(voted("nv-01"), (called(), voted("nv-01", label="@phieu"), voids("@phieu"))),
            Scene(voted("nv-01"), (called(), voted("nv-01"), called())),
        ],
    },
    "core.conflict": {
        SPEAKS: [
            Scene(voted("nv-03"), (called(), conflict())),
            Scene(voted("nv-03"), (called(), conflict(recused=False))),
            Scene(voted("nv-03", exemplar="@c"), (*OFFICER_SUBJECT, called())),
        ],
        SILENT: [
            Scene(voted("nv-01"), (called(), conflict())),
            Scene(voted("nv-03"), (*OFFICER_SUBJECT, called(), conflict(exemplar="@c"))),
            Scene(voted("nv-01", exemplar="@c"), (*OFFICER_SUBJECT, called())),
        ],
    },
    "core.conflict-undeclared": {
        SPEAKS: [Scene(voted("nv-03"), (called(),))],
        SILENT: [Scene(voted("nv-01"), (called(),))],
    },
    "core.recused": {
        SPEAKS: [Scene(reviewed(meeting="@hop"), (called(), conflict(recused=False)))],
        SILENT: [
            Scene(reviewed(meeting="@hop"), (called(), conflict())),
            Scene(reviewed(meeting="@hop"), (*OFFICER_SUBJECT, called(), conflict(recused=False, exemplar="@c"))),
            Scene(reviewed(), (called(), conflict(recused=False))),
        ],
    },
    "core.own-chair": {
        SPEAKS: [
            Scene({**reviewed(chair="nv-03"), "exemplar": "@c"}, OFFICER_SUBJECT),
            Scene({**reviewed(meeting="@hop"), "exemplar": "@c"}, (*OFFICER_SUBJECT, called(chair="nv-03"))),
        ],
        SILENT: [
            Scene({**reviewed(chair="nv-01"), "exemplar": "@c"}, OFFICER_SUBJECT),
            Scene({**reviewed(meeting="@hop"), "exemplar": "@c"}, (*OFFICER_SUBJECT, called(chair="nv-01"))),
            Scene(reviewed(chair="nv-03"), OFFICER_SUBJECT),
        ],
    },
    "core.called": {
        SPEAKS: [
            Scene(minutes("nv-01", "nv-03"), (called(members=["nv-01", "nv-02"]),)),
            Scene(conflict("nv-03"), (called(members=["nv-01", "nv-02"]),)),
        ],
        SILENT: [
            Scene(minutes("nv-01", "nv-02"), (called(members=["nv-01", "nv-02"]),)),
            Scene(conflict("nv-02"), (called(members=["nv-01", "nv-02"]),)),
        ],
    },
    "core.renewed": {
        SPEAKS: [
            Scene(REVIEWED_AFTER, (reviewed(), YEAR_AFTER, found_again(earlier="@e")), "2025-02-05"),
            Scene(
                REVIEWED_AFTER,
                (
                    reviewed(),
                    achieved("2024-12-31", at="2025-01-10", occurred_on="2025-01-10", by="nv-03"),
                    YEAR_AFTER,
                    found_again(earlier="@e"),
                ),
                "2025-02-05",
            ),
        ],
        SILENT: [
            Scene(
                REVIEWED_AFTER,
                (reviewed(), YEAR_AFTER, found_again(earlier="@e"), after(achieved("2025-01-20"))),
                "2025-02-05",
            ),
            Scene(
                REVIEWED_AFTER,
                (
                    reviewed(),
                    person("@hai"),
                    merged("@hai"),
                    YEAR_AFTER,
                    found_again(earlier="@e"),
                    after(achieved("2025-01-20", subject="@hai")),
                ),
                "2025-02-05",
            ),
            Scene({**REVIEWED_AFTER, "result": "failed"}, (reviewed(), YEAR_AFTER, found_again()), "2025-02-05"),
            Scene(REVIEWED_AFTER, (YEAR_AFTER, found_again()), "2025-02-05"),
        ],
    },
    "core.return-once": {
        SPEAKS: [Scene(returned("2024-04-10"), COMPLETED)],
        SILENT: [Scene(returned(), RECEIVED), Scene(returned("2024-04-10", approved_by="nv-03"), COMPLETED)],
    },
    "core.approver": {
        SPEAKS: [
            Scene(returned("2024-04-10", approved_by="nv-02"), COMPLETED),
            Scene(let_in("nv-02"), (opened(), sent("2024-04-06"))),
        ],
        SILENT: [
            Scene(returned("2024-04-10", approved_by="nv-03"), COMPLETED),
            Scene(returned(), RECEIVED),
            Scene(let_in("nv-03"), (opened(), sent("2024-04-06"))),
        ],
    },
    "core.late-dossier": {
        SPEAKS: [Scene(appraised(), (opened(), sent("2024-04-06"), received("2024-04-08")))],
        SILENT: [
            Scene(appraised(), (opened(), sent("2024-04-06"), received("2024-04-08"), let_in("nv-03"))),
            Scene(appraised(), (opened(), sent("2024-04-05"), received("2024-04-08"))),
            Scene(appraised(), (opened(), sent("2024-04-05"), received("2024-04-08"), sent("2024-04-09"))),
        ],
    },
    "core.own-intake": {
        SPEAKS: [
            Scene(received(second=""), (opened(), sent())),
            Scene(received(second="nv-02"), (opened(), sent())),
        ],
        SILENT: [
            Scene(received(), (opened(), sent())),
            Scene(received(second="", by="nv-01"), (opened(), sent())),
        ],
    },
    "core.incomplete": {
        SPEAKS: [
            Scene(appraised(), (opened(), sent(), received(complete=False))),
            Scene(appraised(), (*COMPLETED, received("2024-04-10", complete=False))),
        ],
        SILENT: [
            Scene(appraised(), (opened(), sent(), received(complete=False), returned(), supplemented())),
            Scene(appraised(), RECEIVED),
            Scene(appraised(), (*COMPLETED, received("2024-04-10", complete=True))),
        ],
    },
    "core.report": {
        SPEAKS: [Scene(introduced(), (reviewed(),)), Scene(introduced(report=False), (reviewed(),))],
        SILENT: [Scene(introduced(report=True), (reviewed(),)), Scene(introduced("publicity"))],
    },
    "core.handling": {
        SPEAKS: [
            Scene(appraised("2024-04-11"), RECEIVED),
            Scene(appraised("2024-04-16"), COMPLETED, "2024-04-16"),
            # arriving a second time does not set the clock back
            Scene(appraised("2024-04-16"), (*COMPLETED, received("2024-04-10")), "2024-04-16"),
        ],
        SILENT: [
            Scene(appraised("2024-04-10"), RECEIVED),
            Scene(appraised("2024-04-15"), COMPLETED),
        ],
    },
    "core.signed": {
        SPEAKS: [Scene(issued(signed_on="2024-04-11"))],
        SILENT: [Scene(issued(signed_on="2024-04-10")), Scene(issued(signed_on="2024-04-09")), Scene(issued())],
    },
    "core.numbered": {
        SPEAKS: [Scene(issued(signer="nv-03", numbered_by="nv-03"), (office(),))],
        SILENT: [Scene(issued(signer="nv-03", numbered_by="nv-02"), (office(),)), Scene(issued(numbered_by="nv-02"))],
    },
    "core.signer": {
        SPEAKS: [
            Scene(decided(signer="nv-03")),
            Scene(issued(signer="nv-03")),
            Scene(decided(signer="nv-03"), (office(occurred_on="2024-04-11"),)),
            Scene(decided(signer="nv-03"), (office(until="2024-04-09"),)),
            Scene(decided(signer="nv-03"), (office(unit="phong-a"),)),
            Scene(decided(signer="nv-03"), (office(), of_officer("office_ended"))),
            Scene(
                decided(signer="nv-02"), (office(), delegated(), of_officer("office_ended", occurred_on="2024-04-01"))
            ),
        ],
        SILENT: [
            Scene(decided(signer="nv-03"), (office(),)),
            Scene(issued(signer="nv-03"), (office(),)),
            Scene(decided(signer="nv-02"), (office(), delegated())),
            # whoever holds a post himself may sign, whatever became of what somebody once delegated to him
            Scene(
                decided(signer="nv-02"),
                (
                    office(),
                    delegated(),
                    of_officer("office_ended", occurred_on="2024-04-01"),
                    office("nv-02", occurred_on="2024-04-02"),
                ),
            ),
        ],
    },
    "core.unsigned": {
        SPEAKS: [Scene(decided()), Scene(decided(papers=[], decision="@qd"), (issued(),))],
        SILENT: [
            Scene(decided(signer="nv-03"), (office(),)),
            Scene(decided(papers=[], decision="@qd"), (office(), issued(signer="nv-03"))),
        ],
    },
    "core.standing": {
        SPEAKS: [
            Scene(decided(), (flagged(),)),
            Scene(proposed(), (flagged(),)),
            Scene(decided(), (person("@hai"), flagged(subject="@hai"), merged("@hai"))),
            # cleared by now, but not yet on the day of the decision
            Scene(decided(occurred_on="2024-04-07"), (flagged(), cleared())),
        ],
        SILENT: [
            Scene(decided(), (flagged(), cleared())),
            Scene(decided(), (flagged(occurred_on="2024-04-11"),)),
            Scene(decided(), (person("@hai"), flagged(subject="@hai"))),
        ],
    },
    "core.achievement": {
        SPEAKS: [
            Scene(decided(achievement="@t"), (achieved("2024-03-31", subject="@ho"),)),
            Scene(proposed(achievement="@s"), (supported(label="@s"),)),
        ],
        SILENT: [
            Scene(decided(achievement="@t"), (achieved("2024-03-31"),)),
            Scene(proposed(achievement="@t"), (person("@hai"), achieved("2024-03-31", subject="@hai"), merged("@hai"))),
            Scene(decided()),
        ],
    },
    "core.after-discipline": {
        SPEAKS: [
            Scene(decided(achievement="@t"), (*DISCIPLINED, achieved("2024-03-20"))),
            Scene(proposed(achievement="@t"), (*DISCIPLINED, achieved("2024-03-19"))),
            Scene(
                decided(achievement="@t"),
                (*DISCIPLINED, person("@hai"), achieved("2024-03-19", subject="@hai"), merged("@hai")),
            ),
        ],
        SILENT: [
            Scene(decided(achievement="@t"), (*DISCIPLINED, achieved("2024-03-21"))),
            Scene(decided(achievement="@t"), (flagged(), cleared(), achieved("2024-03-20"))),
            Scene(decided(), DISCIPLINED),
        ],
    },
    "core.achievement-unnamed": {
        SPEAKS: [
            Scene(decided(kind="award")),
            Scene(decided(kind="award", proposal="@dn"), (proposed(),)),
        ],
        SILENT: [
            Scene(decided(kind="praise")),
            Scene(decided(kind="award", achievement="@t"), (achieved("2024-03-31"),)),
            Scene(decided(kind="award", proposal="@dn"), (achieved("2024-03-31"), proposed(achievement="@t"))),
        ],
    },
    "core.posthumous": {
        SPEAKS: [
            Scene(decided(), (DIED,)),
            Scene(proposed(posthumous=False), (DIED,)),
        ],
        SILENT: [
            Scene(decided(posthumous=True), (DIED,)),
            Scene(decided(occurred_on="2024-04-07"), (DIED,)),
            Scene(decided()),
        ],
    },
    "core.moved": {
        SPEAKS: [
            Scene(decided(), (of_nguoi("subject_changed", change="moved", moved_to="phong-c"),)),
            Scene(proposed(), (of_nguoi("subject_changed", change="left"),)),
        ],
        SILENT: [
            Scene(
                decided(), (of_nguoi("subject_changed", change="moved", moved_to="phong-c", occurred_on="2024-04-11"),)
            ),
            Scene(decided(), (of_nguoi("subject_changed", change="renamed", name="Đỗ Văn Tốt Hơn"),)),
        ],
    },
    "core.declined": {
        SPEAKS: [
            Scene(decided(), (declined("honour"),)),
            Scene(decided(), (declined("both"),)),
            Scene(presented(), (decided(), declined("honour"))),
            Scene(of_e("honour_publicised", honour="@tv", channel="bảng tin"), (decided(), declined("both"))),
            # declining one thing more does not take back what was declined before
            Scene(decided(), (declined("honour", occurred_on="2024-04-08"), declined("publicity"))),
        ],
        SILENT: [
            Scene(decided(), (declined("publicity"),)),
            Scene(decided(occurred_on="2024-04-09"), (declined("honour"),)),
            Scene(proposed()),
        ],
    },
    "core.same-authority": {
        SPEAKS: [
            Scene(revoked(authority="phong-a"), (decided(),)),
            Scene(revoked(authority="phong-b"), (unit(), decided(authority="phong-d"))),
            Scene(reinstated(authority="phong-a"), (decided(), revoked())),
            Scene(
                revoked(authority="phong-a"),
                (unit(), decided(authority="phong-d"), of_unit("unit_merged", into="phong-b")),
            ),
        ],
        SILENT: [
            Scene(revoked(), (decided(),)),
            Scene(reinstated(), (decided(), revoked())),
            Scene(
                revoked(authority="phong-b"),
                (unit(), decided(authority="phong-d"), of_unit("unit_merged", into="phong-b")),
            ),
        ],
    },
    "core.objections": {
        SPEAKS: [Scene(decided(), (objected(),))],
        SILENT: [
            Scene(decided(), (objected(), of_e("opinion_answered", opinion="@yk", answer="Đã xem lại"))),
            Scene(decided(), (objected(objects=False),)),
        ],
    },
    "core.paid": {
        SPEAKS: [
            Scene(presented(paid=500_000), (decided(money=600_000),)),
            Scene(presented(paid=0), (decided(money=600_000),)),
        ],
        SILENT: [
            Scene(presented(paid=600_000), (decided(money=600_000),)),
            Scene(presented(), (decided(money=600_000),)),
        ],
    },
    "core.recovered": {
        SPEAKS: [
            Scene(recovered("money"), (decided(), presented(), revoked())),
            Scene(recovered("money"), (decided(), presented(), revoked("object"))),
            Scene(recovered("money"), (decided(money=600_000), revoked("money"))),
            Scene(recovered("object"), (decided(), revoked("object"))),
            Scene(
                recovered("money", amount=700_000),
                (decided(money=600_000), presented(paid=600_000), revoked("money")),
            ),
        ],
        SILENT: [
            Scene(recovered("object"), (decided(), presented(), revoked("object", "money"))),
            Scene(
                recovered("money", amount=600_000),
                (decided(money=600_000), presented(paid=600_000), revoked("money")),
            ),
        ],
    },
    "core.publicity-declined": {
        SPEAKS: [
            Scene(publicised(), (declined("publicity"),)),
            Scene(publicised(), (declined("both"),)),
            Scene(publicised(), (declined("publicity", occurred_on="2024-04-08"), declined("honour"))),
        ],
        SILENT: [
            Scene(publicised(), (declined("honour"),)),
            Scene(publicised(occurred_on="2024-04-09"), (declined("publicity"),)),
        ],
    },
    "core.consent-withdrawn": {
        SPEAKS: [
            Scene(publicised(), (consented(), taken_back())),
            Scene(
                publicised(occurred_on="2024-04-06"),
                (consented(), taken_back(), consented("@lai", occurred_on="2024-04-07")),
            ),
        ],
        SILENT: [
            Scene(publicised(), (consented(),)),
            Scene(publicised()),
            Scene(publicised(), (consented(), taken_back(), consented("@lai", occurred_on="2024-04-07"))),
            Scene(publicised(), (consented(scope="name"), taken_back())),
            # told while the consent stood, written down after it had been taken back
            Scene(publicised(occurred_on="2024-04-03"), (consented(), taken_back())),
        ],
    },
    "core.publicity-revoked": {
        SPEAKS: [Scene(publicised(occurred_on="2024-04-13"), (decided(), revoked()))],
        SILENT: [
            Scene(publicised(occurred_on="2024-04-11"), (decided(), revoked())),
            Scene(publicised(occurred_on="2024-04-14"), (decided(), revoked(), reinstated())),
            Scene(publicised(), (decided(),)),
        ],
    },
    "core.publication": {
        SPEAKS: [
            Scene(taken_down("@s"), (supported(label="@s"),)),
            Scene(taken_down("@tin"), (publicised(label="@tin"), voids("@tin"))),
        ],
        SILENT: [Scene(taken_down("@tin"), (publicised(label="@tin"),))],
    },
    "core.merge": {
        SPEAKS: [
            Scene(merged("@nguoi")),
            Scene(merged("@ho")),
            Scene(merged("@hai"), (person("@hai"), merged("@hai"))),
            Scene(merged("@ba"), (person("@hai"), person("@ba", "Lò Văn Ba"), merged("@ba", "@hai"))),
            Scene(merged("@ba", "@hai"), (person("@hai"), person("@ba", "Lò Văn Ba"), merged("@hai"))),
        ],
        SILENT: [
            Scene(merged("@hai"), (person("@hai"),)),
            Scene(merged("@hai"), (person("@hai"), merged("@hai"), split("@hai"))),
        ],
    },
    "core.unmerge": {
        SPEAKS: [
            Scene(split("@hai"), (person("@hai"),)),
            Scene(split("@hai"), (person("@hai"), merged("@hai"), split("@hai"))),
        ],
        SILENT: [Scene(split("@hai"), (person("@hai"), merged("@hai")))],
    },
    "core.alike": {
        SPEAKS: [
            Scene(person("@hai", "Đỗ Văn Tốt")),
            Scene(person("@hai", "do  van tot")),
        ],
        SILENT: [
            Scene(person("@hai")),
            Scene(person("@hai", "Đỗ Văn Tốt", kind="household")),
            Scene(
                person("@ba", "Lý Thị Khác", born="1990"),
                (person("@hai", "Lý Thị Khác", born="1980"),),
            ),
        ],
    },
    "core.link": {
        SPEAKS: [
            Scene(step("subject_linked", subject="@ho", relation="head", to="@ho")),
            Scene(of_nguoi("subject_linked", relation="model_of", to="@to")),
            Scene(of_nguoi("subject_linked", relation="member", to="@nguoi")),
            Scene(step("subject_linked", subject="@to", relation="represents", to="@ho")),
        ],
        SILENT: [
            Scene(of_nguoi("subject_linked", relation="head", to="@ho")),
            Scene(of_nguoi("subject_linked", relation="represents", to="@to")),
        ],
    },
    "core.period": {
        SPEAKS: [Scene(achieved("2023-12-31")), Scene(achieved("2023"))],
        SILENT: [Scene(achieved("2024-01-01")), Scene(achieved("2024"))],
    },
    "core.guardian": {
        SPEAKS: [Scene(consented(given_by="guardian"))],
        SILENT: [Scene(consented(given_by="guardian", guardian="Đỗ Thị Mẹ")), Scene(consented())],
    },
    "core.erased": {
        SPEAKS: [Scene(erased(), (erased(),)), Scene(erased("contact"), (erased(),))],
        SILENT: [Scene(erased()), Scene(erased(), (erased("contact"),))],
    },
    "core.asked": {
        SPEAKS: [
            Scene(erased(request="@yc"), (asked("access"),)),
            Scene(erased(request="@dy"), (consented(),)),
            Scene(erased(request="@co"), (consented(label="@dy"), taken_back(label="@co"))),
        ],
        SILENT: [
            Scene(erased(request="@yc"), (asked("erase"),)),
            Scene(erased(request="@yc"), (asked("withdraw"),)),
            Scene(erased(), (asked("access"),)),
        ],
    },
    "core.deadline-known": {
        SPEAKS: [Scene(of_plan("deadline_extended", key="khong-co", due="2024-07-31"))],
        SILENT: [Scene(of_plan("deadline_extended", key="ho-so", due="2024-07-31"))],
    },
    "core.deadline-later": {
        SPEAKS: [
            Scene(of_plan("deadline_extended", key="ho-so", due="2024-06-30")),
            Scene(of_plan("deadline_extended", key="ho-so", due="2024-05-31")),
            Scene(
                of_plan("deadline_extended", key="ho-so", due="2024-07-15"),
                (of_plan("deadline_extended", key="ho-so", due="2024-07-31"),),
            ),
        ],
        SILENT: [
            Scene(of_plan("deadline_extended", key="ho-so", due="2024-07-01")),
            Scene(of_plan("deadline_extended", key="gioi-thieu", due="2024-05-01")),
        ],
    },
    "core.duty": {
        SPEAKS: [
            Scene(of_plan("duty_reminded", duty="nv.9", body="phong-b")),
            Scene(of_plan("report_issued", duty="nv.9", body="phong-b", title="Báo cáo quý")),
        ],
        SILENT: [
            Scene(of_plan("duty_fulfilled", duty="nv.1", body="phong-b")),
            Scene(of_plan("report_issued", body="phong-b", title="Báo cáo quý")),
            Scene(of_plan("duty_lapsed", duty="nv.2", body="phong-b"), (ASSIGNED,)),
        ],
    },
    "core.duty-new": {
        SPEAKS: [Scene({**ASSIGNED, "duty": "nv.1"}), Scene(ASSIGNED, (ASSIGNED,))],
        SILENT: [Scene(ASSIGNED), Scene({**ASSIGNED, "body": "phong-c"}, (ASSIGNED,))],
    },
    "core.plan-closed": {
        SPEAKS: [
            Scene(quota("linh-vuc-b"), (of_plan("plan_closed"),)),
            Scene(of_plan("plan_closed", occurred_on="2024-04-11"), (of_plan("plan_closed"),)),
            Scene(ASSIGNED, (of_plan("plan_closed"),)),
        ],
        SILENT: [
            Scene({**quota("linh-vuc-b"), "occurred_on": "2024-04-09"}, (of_plan("plan_closed"),)),
            Scene(of_plan("duty_fulfilled", duty="nv.1", body="phong-b"), (of_plan("plan_closed"),)),
        ],
    },
    "core.approval": {
        SPEAKS: [
            Scene(voids("@s"), (supported(label="@s"), introduced("publicity"))),
            Scene(voids("@s", approved_by="nv-02"), (supported(label="@s"), introduced("publicity"))),
            Scene(corrected("@s"), (supported(label="@s"), introduced("publicity"))),
            Scene(voids("@s"), (supported(label="@s"), opened(), sent())),
            # taking a correction or a voiding back changes what was sent off just as much
            Scene(voids("@c"), (supported(label="@s"), corrected("@s", label="@c"), introduced("publicity"))),
            Scene(voids("@v"), (supported(label="@s"), voids("@s", label="@v"), introduced("publicity"))),
            Scene(
                voids("@c"),
                (supported(label="@s"), introduced("publicity"), corrected("@s", approved_by="nv-03", label="@c")),
            ),
        ],
        SILENT: [
            Scene(voids("@s", approved_by="nv-03"), (supported(label="@s"), introduced("publicity"))),
            Scene(corrected("@s", approved_by="nv-03"), (supported(label="@s"), introduced("publicity"))),
            Scene(voids("@s"), (introduced("publicity"), supported(label="@s"))),
            Scene(
                voids("@s"),
                (
                    supported(label="@s"),
                    introduced("publicity", label="@thu"),
                    voids("@thu", approved_by="nv-03"),
                ),
            ),
            Scene(
                voids("@c", approved_by="nv-03"),
                (supported(label="@s"), corrected("@s", label="@c"), introduced("publicity")),
            ),
        ],
    },
}
RULES = {rule.code: rule for rule in all_core_rules()}


def test_every_rule_of_the_core_is_tried_where_it_speaks_and_where_it_does_not() -> None:
    assert sorted(TABLE) == sorted(RULES)
    assert len(RULES) == len(all_core_rules()), "two rules share a code"
    assert all(sides.keys() == {SPEAKS, SILENT} and all(sides.values()) for sides in TABLE.values())


def play(small: Any, scene: Scene) -> tuple[list[Problem], bool]:
    """Record what was given, judge the row, and return what the rules say and whether it would be recorded."""
    for given in scene.given:
        row = {**given}
        day = row.pop("at", "")
        if "issue" in row:
            small.issue_second(day)
        else:
            small.record(row, at=day)
    small.ids.setdefault("@d", small.book.log.stream(small.ids["@e"])[0].entry.id)
    try:
        when = {key: value for key, value in scene.when.items() if key != "at"}
        receipt = small.record(when, at=scene.at, dry_run=True)
    except RefusedError as error:
        return [problem for _, problem in error.problems], False
    return list(receipt.remarks), True


@pytest.mark.parametrize(
    ("code", "scene"),
    [
        pytest.param(code, scene, id=f"{code}-{number}")
        for code, sides in TABLE.items()
        for number, scene in enumerate(sides[SPEAKS])
    ],
)
def test_a_rule_speaks_where_it_must(small: Any, code: str, scene: Scene) -> None:
    problems, recorded = play(small, scene)
    said = [problem for problem in problems if problem.code == code]
    assert said, [problem.message for problem in problems]
    assert recorded is not RULES[code].refuses
    for problem in said:
        assert problem.refusal is RULES[code].refuses
        assert "‹" not in f"{problem}".replace("‹chưa rõ›", ""), "a figure is missing from the words"
        assert not [name for name in ("Đỗ Văn Tốt", "Vũ Thị Chăm", "Nguyễn") if name in str(problem.figures)]


@pytest.mark.parametrize(
    ("code", "scene"),
    [
        pytest.param(code, scene, id=f"{code}-{number}")
        for code, sides in TABLE.items()
        for number, scene in enumerate(sides[SILENT])
    ],
)
def test_a_rule_is_silent_where_all_is_well(small: Any, code: str, scene: Scene) -> None:
    problems, recorded = play(small, scene)
    assert [problem for problem in problems if problem.code == code] == []
    assert recorded, [problem.message for problem in problems]


def test_all_rules_that_refuse_are_told_at_once(small: Any) -> None:
    row = {
        **reviewed("passed", {"a.1": "not_met", "z.9": "met"}, present=1, votes_for=2),
        "papers": [],
        "by": "la-01",
        "occurred_on": "2025-01-01",
    }
    problems, _ = play(small, Scene(row))
    assert {problem.code for problem in problems} >= {
        "core.acting",
        "core.future",
        "core.paper",
        "core.criteria",
        "core.mandatory",
        "core.votes",
    }
    assert all(problem.refusal for problem in problems), "what is only remarked would hide what must be put right"


def test_a_rule_of_the_field_judges_beside_those_of_the_core(small: Any) -> None:
    assert play(small, Scene(supported(details={"so_buoi": 100}))) == ([], True)
    problems, recorded = play(small, Scene(supported(details={"so_buoi": 101})))
    assert [(one.code, one.message) for one in problems] == [("linh-vuc-a.many", "101 buổi là quá nhiều")]
    assert not recorded


def test_a_field_s_answers_are_read_by_its_form(small: Any) -> None:
    problems, _ = play(small, Scene(supported(details={"so_buoi": "-1", "so_bui": 2})))
    assert [(one.culprit, str(one)) for one in problems] == [
        ("details.so_buoi", "Số buổi: phải là số nguyên từ 0"),
        ("details.so_bui", "details.so_bui: không có mục này trong biểu; có phải là so_buoi?"),
    ]


def test_every_rule_says_what_it_demands_and_where_it_speaks() -> None:
    for rule in all_core_rules():
        assert rule.code.startswith("core.")
        assert rule.words.text
        assert rule.words.says
