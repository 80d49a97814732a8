"""Edge cases of units, plans, quotas and officers: what merges, ends, falls short, is exceeded, leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.core.cases.conftest import Story

Row = dict[str, Any]
DECISION = {"number": "77", "date": "2025-07-15", "issuer": "Xã Lớn"}


def merged(story: Story) -> Story:
    """Let both communes go into the new one on 1 December 2024."""
    for unit in ("xa-cu", "xa-kia"):
        story.on("2024-12-02").do("unit_merged", unit=unit, into="xa-moi", effective_on="2024-12-01", by="nv-01")
    return story


def ended(story: Story) -> Story:
    """Let the district end on 1 July 2025, with a successor."""
    row = {"unit": "huyen", "effective_on": "2025-07-01", "by": "nv-01"}
    story.on("2025-07-02").do("unit_dissolved", **row)
    story.do("unit_succeeded", successor="xa-lon", **row)
    return story


def test_case_06_what_the_old_unit_did_is_told_under_its_name_of_that_day(story: Story) -> None:
    story.person("@nguoi")
    renamed = story.do("unit_renamed", unit="phong-b", name="Phòng B Mới", effective_on="2024-12-01", by="nv-01")
    discovered = story.on("2024-11-20").discovered(by="cb-03")
    merged(story)
    story.person("@sau", unit="xa-moi")
    after = story.discovered("@f", "@sau", by="cb-04")
    assert story.stored(discovered.position).entry.unit == "xa-cu"
    assert story.told(discovered.position)["Đơn vị chủ trì"] == "Phòng B"
    assert story.told(after.position)["Đơn vị chủ trì"] == "Phòng B Mới"
    assert story.told(renamed.position)[""] == "Phòng B: Phòng B Mới"
    assert "Xã Cũ" in story.told(1 + discovered.position)[""]  # the merger itself still names who merged


def test_case_06_after_the_merger_only_the_successor_signs(story: Story) -> None:
    story.passed()
    merged(story).on("2024-12-05")
    letter: Row = {"purpose": "publicity", "to": "huyen"}
    assert story.refused("introduced", by="cb-03", **letter) == {"core.alive"}
    story.do("introduced", by="cb-04", **letter)
    story.do("introduced", by="cb-03", occurred_on="2024-11-29", **letter)  # typed late, done in time


def test_case_06_the_successor_takes_over_the_open_duties_and_the_quota_stays_with_its_lead(story: Story) -> None:
    story.passed()
    before = story.board()
    merged(story)
    unit = story.book.world.unit("xa-cu")
    assert unit is not None
    assert (unit.heir("2024-11-30", "III.1"), unit.heir("2024-12-05", "III.1")) == (None, "xa-moi")
    assert (unit.alive("2024-11-30"), unit.alive("2024-12-01")) == (True, False)
    assert story.refused("duty_fulfilled", duty="III.1", body="xa-cu", plan="ke-hoach") == {"core.alive"}
    story.do("duty_fulfilled", duty="III.1", body="xa-moi", plan="ke-hoach")
    assert [(one.duty, one.body, one.what) for one in story.plan().done] == [("III.1", "xa-moi", "fulfilled")]
    assert story.board() == before


def test_case_07_the_plan_is_closed_with_what_is_handed_over_and_nobody_is_discovered_under_it_any_more(
    story: Story,
) -> None:
    story.person("@nguoi")
    ended(story)
    closed = story.do("plan_closed", plan="ke-hoach", handover=["Hồ sơ a", "Hồ sơ b"], successor="xa-lon", by="nv-01")
    assert story.told(closed.position)["Danh mục bàn giao"] == "Hồ sơ a; Hồ sơ b"
    assert story.plan().closed == "2025-07-02"
    row = {"subject": "@nguoi", "field": "linh-vuc-a", "source": "inspection", "achievement": "Việc", "lead": "phong-b"}
    assert story.refused("discovered", **row) == {"core.closed"}
    story.discovered(occurred_on="2025-06-20")  # what happened before is still taken in


def test_case_07_later_honours_are_decided_by_the_successor_only(story: Story) -> None:
    story.passed()
    ended(story).on("2025-07-15")
    row: Row = {"kind": "award", "papers": [DECISION]}
    assert story.refused("honour_decided", authority="huyen", by="cb-06", **row) == {"core.alive"}
    issued: Row = {"number": "77", "notation": "QĐ", "year": 2025, "signer": None}
    assert story.refused("decision_issued", authority="huyen", by="cb-06", **issued) == {"core.alive"}
    story.do("decision_issued", authority="xa-lon", by="cb-06", **issued)
    story.do("honour_decided", authority="xa-lon", signer="cb-06", by="cb-06", **row)
    assert story.board().honoured == 1


def test_case_07_an_old_honour_is_revoked_by_whoever_succeeded_even_twice(story: Story) -> None:
    story.passed()
    story.honoured()
    ended(story).on("2025-08-01")
    row: Row = {"honour": "@h", "ground": "a", "recover": ["object"]}
    assert story.refused("honour_revoked", authority="phong-c", by="cb-06", **row) == {"core.same-authority"}
    story.do("honour_revoked", label="@huy", authority="xa-lon", by="cb-06", **row)
    story.on("2026-01-02").do("unit_merged", unit="xa-lon", into="xa-moi", effective_on="2026-01-01", by="nv-01")
    again: Row = {"honour": "@h", "by": "cb-04"}
    assert story.refused("honour_reinstated", authority="phong-c", **again) == {"core.same-authority"}
    story.do("honour_reinstated", authority="xa-moi", **again)


def test_case_07_who_succeeded_the_successor_may_revoke_too(story: Story) -> None:
    story.passed()
    story.honoured()
    ended(story)
    story.on("2026-01-02").do("unit_merged", unit="xa-lon", into="xa-moi", effective_on="2026-01-01", by="nv-01")
    row: Row = {"honour": "@h", "ground": "a", "by": "cb-04"}
    assert story.refused("honour_revoked", authority="huyen", **row) >= {"core.alive"}
    story.do("honour_revoked", authority="xa-moi", **row)


def test_case_15_a_quota_that_is_not_met_shows_what_is_lacking_and_whether_it_was_only_requested(story: Story) -> None:
    story.passed()
    story.on("2025-01-05")
    missing = {key: (story.board(key).short, story.board(key).quota.mode) for key in ("q-a", "q-b")}
    assert missing == {"q-a": (1, "assigned"), "q-b": (1, "requested")}
    lapse = {"duty": "III.2", "body": "phong-c", "plan": "ke-hoach"}
    assert story.refused("duty_lapsed", reason=None, **lapse) == {"core.reason"}
    lapsed = story.do("duty_lapsed", reason="không có điển hình phù hợp", **lapse)
    assert lapsed.remarks == ()
    assert [one.what for one in story.plan().done] == ["lapsed"]


def test_case_15_last_years_exemplar_does_not_fill_the_gap(story: Story) -> None:
    story.last_year()
    assert (story.board().discovered, story.board().short) == (0, 2)
    story.discovered()
    assert story.refused("reviewed", result="passed", criteria=story.met("@e")) == {"core.renewed"}
    assert (story.board().discovered, story.board().short) == (1, 2)


def test_case_16_a_quota_may_be_exceeded(story: Story) -> None:
    for number, name in enumerate(("Nguyễn Một", "Nguyễn Hai", "Nguyễn Ba")):
        story.person(f"@{number}", name)
        story.discovered(f"@{number}-e", f"@{number}")
        assert story.reviewed(f"@{number}-e").remarks == ()
    assert (story.board().needed, story.board().reached, story.board().short) == (2, 3, 0)


def test_case_27_when_the_officer_leaves_the_gap_shows_until_another_one_follows(story: Story) -> None:
    story.passed()
    story.do("officer_assigned", officer="cb-01")
    story.on("2024-05-01").do("role_ended", officer="cb-01", role="theo-doi", unit="phong-b", by="nv-01")
    visit: Row = {"kind": "visit", "what": "Thăm", "by": "cb-03"}
    assert story.on("2024-05-20").do("supported", **visit).remarks == ()
    late = story.on("2024-06-10").do("supported", **visit)
    assert [one.code for one in late.remarks] == ["core.follower"]
    assert "40 ngày" in story.remarks(late.position)["core.follower"]
    story.do("officer_assigned", officer="cb-03", by="cb-03")
    assert story.exemplar().officer == "cb-03"
    assert story.on("2024-09-01").do("supported", **visit).remarks == ()
    assert story.refused("supported", **{**visit, "by": "cb-01"}) == {"core.acting"}


@pytest.mark.parametrize(("present", "codes"), [(["cb-05"], {"core.quorum"}), (["cb-05", "cb-01"], set())])
def test_case_26_a_review_needs_its_quorum(story: Story, present: list[str], codes: set[str]) -> None:
    called(story)
    story.do("minutes_signed", meeting="@hop", present=present)
    row: Row = {"result": "passed", "criteria": story.met("@e"), "meeting": "@hop"}
    if codes:
        assert story.refused("reviewed", **row) == codes
        assert story.board().reached == 0
    else:
        story.do("reviewed", **row)
        assert story.board().reached == 1


def called(story: Story, **subject: Any) -> Story:
    """Let a council of three be called to review somebody."""
    story.person("@nguoi", **subject)
    story.discovered()
    members = ["cb-01", "cb-02", "cb-05"]
    story.do("review_called", label="@hop", body="huyen", members=members, exemplars=["@e"])
    return story


def test_case_26_a_member_who_is_the_candidate_declares_it_keeps_out_and_does_not_vote(story: Story) -> None:
    called(story, officer="cb-02")
    vote: Row = {"meeting": "@hop", "vote": "for"}
    assert story.refused("vote_cast", member="cb-02", **vote) == {"core.conflict"}
    conflict: Row = {"meeting": "@hop", "member": "cb-02", "exemplar": "@e", "conflict": "self"}
    story.do("conflict_declared", label="@xd", recused=False, **conflict)
    row: Row = {"result": "passed", "criteria": story.met("@e"), "meeting": "@hop", "present": 2}
    assert story.refused("reviewed", **row) == {"core.recused"}
    story.do("entry_voided", entry="@xd")
    story.do("conflict_declared", recused=True, **conflict)
    assert story.refused("vote_cast", member="cb-02", **vote) == {"core.conflict"}
    assert story.refused("reviewed", chair="cb-02", **row) == {"core.own-chair"}
    story.do("vote_cast", member="cb-05", **vote)
    story.do("reviewed", **row)


def test_case_26_who_takes_in_and_leads_a_field_takes_in_with_a_second_person(story: Story) -> None:
    story.passed()
    story.do("dossier_opened", label="@hs", kind="reward", to="huyen", by="cb-03")
    story.do("dossier_submitted", dossier="@hs", to="huyen", by="cb-03")
    row = {"dossier": "@hs", "by": "cb-01"}
    assert story.refused("dossier_received", **row) == {"core.own-intake"}
    assert story.refused("dossier_received", second="cb-01", **row) == {"core.own-intake"}
    assert story.refused("dossier_received", dossier="@hs", by="cb-03") == {"core.separation"}
    received = story.do("dossier_received", second="cb-02", **row)
    assert story.told(received.position)["Người thứ hai cùng tiếp nhận"] == "Bình (cb-02)"
