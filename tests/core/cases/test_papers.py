"""Edge cases of dossiers, dates, corrections, drafts, plugins, machines and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from guong import Criterion
from guong.domain.declarations import declaration_hash
from guong.log import codec

if TYPE_CHECKING:
    from tests.core.cases.conftest import Story

Row = dict[str, Any]
DRAFT = {"kind": "Tờ trình", "date": "2024-03-01"}
APPRAISED: Row = {"dossier": "@hs", "appraiser": "cb-02", "result": "eligible", "by": "cb-02"}


def test_case_08_a_returned_dossier_says_why_and_what_is_missing(story: Story) -> None:
    story.received()
    row: Row = {"dossier": "@hs", "by": "cb-02"}
    assert story.refused("dossier_returned", missing=["Biên bản"], reason=None, **row) == {"core.reason"}
    assert story.refused("dossier_returned", **row) == {"form.required"}
    returned = story.do("dossier_returned", missing=["Biên bản", "Báo cáo"], **row)
    assert story.told(returned.position)["Thành phần còn thiếu"] == "Biên bản; Báo cáo"
    assert story.refused("appraisal_recorded", **APPRAISED) == {"core.thread"}
    story.do("dossier_supplemented", dossier="@hs", added=["Biên bản", "Báo cáo"])
    story.do("appraisal_recorded", **APPRAISED)


@pytest.mark.parametrize(("returned", "codes"), [(True, []), (False, ["core.handling"])])
def test_case_08_the_clock_stands_still_while_the_dossier_is_away(
    story: Story, returned: bool, codes: list[str]
) -> None:
    story.received()
    if returned:
        story.on("2024-03-06").do("dossier_returned", dossier="@hs", missing=["Biên bản"], by="cb-02")
        story.on("2024-04-01").do("dossier_supplemented", dossier="@hs", added=["Biên bản"])
    appraised = story.on("2024-04-05").do("appraisal_recorded", **APPRAISED)
    assert [one.code for one in appraised.remarks] == codes


def test_case_08_a_second_return_needs_the_approval_of_somebody_else(story: Story) -> None:
    story.received()
    row: Row = {"dossier": "@hs", "missing": ["Biên bản"], "by": "cb-02"}
    story.do("dossier_returned", **row)
    story.do("dossier_supplemented", dossier="@hs", added=["Biên bản"])
    assert story.refused("dossier_returned", **row) == {"core.return-once"}
    assert story.refused("dossier_returned", approved_by="cb-02", **row) == {"core.approver"}
    story.do("dossier_returned", approved_by="cb-05", **row)
    assert story.exemplar().threads[story.ids["@hs"]].marks["dossier_returned"].count == 2


def late(story: Story) -> Any:
    """Let a dossier be sent off two days after the deadline and arrive; return the receipt of its sending."""
    story.on("2024-06-28").passed()
    story.do("dossier_opened", label="@hs", kind="reward", to="huyen")
    story.on("2024-07-02")
    sent = story.do("dossier_submitted", label="@gui", dossier="@hs", to="huyen")
    story.do("dossier_received", dossier="@hs", by="cb-02")
    return sent


def test_case_09_a_late_dossier_is_appraised_only_when_somebody_allowed_it_and_stays_red(story: Story) -> None:
    sent = late(story)
    assert "02/7/2024" in story.remarks(sent.position)["core.deadline"]
    assert story.refused("appraisal_recorded", **APPRAISED) == {"core.late-dossier"}
    row: Row = {"dossier": "@hs", "by": "cb-02"}
    assert story.refused("dossier_accepted_late", allowed_by="cb-02", **row) == {"core.approver"}
    assert story.refused("dossier_accepted_late", allowed_by="cb-05", reason=None, **row) == {"core.reason"}
    allowed = story.do("dossier_accepted_late", allowed_by="cb-05", **row)
    story.do("appraisal_recorded", **APPRAISED)
    assert story.told(allowed.position)["Người cho phép"] == "Em (cb-05)"
    assert list(story.remarks(sent.position)) == ["core.deadline"]


def test_case_09_nobody_dates_a_late_dossier_back_by_himself(story: Story) -> None:
    sent = late(story)
    back: Row = {"entry": "@gui", "happened_on": "2024-06-29"}
    assert story.refused("entry_corrected", **back) == {"core.approval"}
    assert story.refused("entry_corrected", approved_by="cb-01", **back) == {"core.approval"}
    corrected = story.do("entry_corrected", approved_by="cb-05", **back)  # a slip is one all the same, and shows
    assert list(story.remarks(corrected.position)) == ["core.behind-deadline"]
    assert story.stored(sent.position).entry.occurred_on == "2024-07-02"


def test_case_10_a_back_dated_entry_needs_a_reason_and_shows(story: Story) -> None:
    story.passed()
    story.do("dossier_opened", label="@hs", kind="reward", to="huyen")
    story.on("2024-07-20")
    row: Row = {"dossier": "@hs", "to": "huyen", "occurred_on": "2024-06-15"}
    assert story.refused("dossier_submitted", **row) == {"core.late-reason"}
    sent = story.do("dossier_submitted", reason="máy hỏng", **row)
    remarks = story.remarks(sent.position)
    assert list(remarks) == ["core.late", "core.behind-deadline"]  # the deadline lies between the two: for the auditor
    assert "35 ngày" in remarks["core.late"]
    entry = story.stored(sent.position).entry
    assert (entry.occurred_on, entry.recorded_at[:10]) == ("2024-06-15", "2024-07-20")
    assert story.refused("dossier_submitted", **{**row, "occurred_on": "2024-07-21"}) == {"core.future"}


def test_case_11_a_slip_is_corrected_and_the_original_stays_visible(story: Story) -> None:
    story.person("@nguoi")
    story.discovered()
    story.do("supported", label="@ht", kind="visit", what="Thăm", value=3, measure="buổi")
    written = story.bytes()
    row: Row = {"entry": "@ht", "set": {"value": 5}}
    assert story.refused("entry_corrected", **row, reason=None) == {"core.reason"}
    corrected = story.do("entry_corrected", **row)
    assert story.told(corrected.position) | {"": ""} == {"": "", "Sửa mục": f"#{len(written)}", "Giá trị": "5"}
    assert story.stored(len(written)).entry.data["value"] == 3
    counts = [one.entry.data.get("value") for one in story.book.world.effective(story.ids["@e"]) if one.entry]
    assert counts == [None, 5]
    assert {key: story.bytes()[key] for key in written} == written


def test_case_11_after_submission_somebody_else_approves_the_correction(story: Story) -> None:
    story.sent()
    first = story.book.world.entries(story.ids["@e"])[0].entry
    assert first is not None
    row: Row = {"entry": first.id, "set": {"source": "mass_media"}}
    assert story.refused("entry_corrected", **row) == {"core.approval"}
    assert story.refused("entry_corrected", approved_by="cb-01", **row) == {"core.approval"}
    assert story.refused("entry_voided", entry="@gui") == {"core.approval"}
    story.do("entry_corrected", approved_by="cb-05", **row)
    assert story.book.world.effective(story.ids["@e"])[0].entry.data["source"] == "mass_media"  # type: ignore[union-attr]


def test_case_28_a_draft_may_go_without_a_number_and_a_decision_may_not(story: Story) -> None:
    story.passed()
    story.do("dossier_opened", label="@hs", kind="reward", to="huyen")
    story.do("dossier_submitted", dossier="@hs", to="huyen", papers=[DRAFT])
    row: Row = {"kind": "praise", "authority": "huyen", "by": "cb-05", "signer": "cb-05"}
    complete = {"number": "9", "date": "2024-03-01", "issuer": "Huyện H"}
    for missing in complete:
        paper = {key: value for key, value in complete.items() if key != missing}
        assert story.refused("honour_decided", papers=[paper], **row) == {"core.decision"}
    story.do("honour_decided", papers=[complete], **row)
    assert story.board().honoured == 1


def test_case_28_a_decision_is_issued_with_number_date_and_signer(story: Story) -> None:
    row: Row = {"authority": "huyen", "notation": "QĐ-UBND", "year": 2024, "by": "cb-05"}
    assert story.refused("decision_issued", **row) == {"form.required"}
    late_signed: Row = {"number": "9", "signer": "cb-05", "signed_on": "2024-03-02", **row}
    story.on("2024-03-05")
    assert story.refused("decision_issued", **late_signed, occurred_on="2024-03-01") == {"core.signed"}
    assert story.refused("decision_issued", **{**row, "number": "9", "signer": "cb-01"}) == {"core.signer"}
    unsigned = story.do("decision_issued", number="8", **row)
    assert [one.code for one in unsigned.remarks] == ["core.unsigned"]
    assert story.do("decision_issued", **late_signed).remarks == ()


def test_case_30_what_was_judged_keeps_the_words_it_was_judged_by(story: Story) -> None:
    story.passed()
    (opened,) = story.plan().fields["linh-vuc-a"]
    old = opened.declaration
    reviewed = len(story.bytes())
    state = story.exemplar()
    story.opened_anew(Criterion(id="a.3", text="tiêu chí mới"))

    plan = story.plan()
    new = plan.fields["linh-vuc-a"][-1].declaration
    assert old != new
    assert {"a.1", "a.2"} == {one.id for one in plan.copies[old].criteria}
    assert story.stored(reviewed).entry.field.declaration == old
    assert plan.copies[old].version == "thử 1.0"
    assert declaration_hash(msgspec.to_builtins(plan.copies[old])) == old
    criteria = {"a.1": "met", "a.2": "met"}
    assert story.refused("reviewed", result="passed", criteria=criteria) == {"core.criteria"}

    story.book.projector.rebuild()  # replayed with the new plugin, the old review still counts
    assert story.exemplar() == state
    assert story.board().reached == 1
    again = story.reviewed()
    assert story.stored(again.position).entry.field.declaration == new


def test_case_31_what_a_commune_sends_later_keeps_its_own_time_beside_the_time_of_arrival(story: Story) -> None:
    story.passed()
    visit: Row = {"kind": "visit", "what": "Thăm", "occurred_on": "2024-02-20"}
    here = story.on("2024-03-20").do("supported", **{**visit, "occurred_on": "2024-03-19"})
    sent = story.do("supported", **visit)
    entry = msgspec.structs.replace(story.stored(sent.position).entry, device_at="2024-02-21T01:00:00.000000Z")
    arrived = codec.stored(9, sent.stream, 9, "exemplar.supported", codec.encode(entry)).entry
    assert arrived is not None
    assert (arrived.device_at, arrived.recorded_at[:10]) == ("2024-02-21T01:00:00.000000Z", "2024-03-20")
    mark = story.exemplar().mark("supported")
    assert (mark.first, mark.on) == ("2024-02-20", "2024-03-19")  # what is known is told by when things happened
    order = [one.position for one in story.book.world.entries(sent.stream)]
    assert order == sorted(order)
    assert order[-2:] == [here.position, sent.position]  # and kept in the order of arrival


def test_case_31_when_the_clock_of_another_machine_is_behind_time_never_runs_back(story: Story) -> None:
    story.passed()
    last = len(story.bytes())
    behind = story.at(3).do("supported", kind="visit", what="Thăm")
    before, entry = story.stored(last).entry, story.stored(behind.position).entry
    assert entry.recorded_at == before.recorded_at
    assert entry.clock_read < entry.recorded_at
    assert list(story.remarks(behind.position)) == ["core.clock-back"]


@pytest.mark.parametrize(("harm", "kind"), [("altered", "file-altered"), ("lost", "file-missing")])
def test_case_34_an_attachment_that_is_lost_or_altered_is_a_finding_and_no_error(
    story: Story, harm: str, kind: str
) -> None:
    story.sent()
    paper = story.folder.parent / "bao-cao.pdf"
    paper.write_bytes(b"%PDF-1.4 thu")
    attached = story.do("document_attached", label="@tl", dossier="@hs", document="Báo cáo", evidence=[str(paper)])
    assert story.faults() == []
    (kept,) = story.stored(attached.position).entry.evidence
    path = story.book.evidence.path(kept.sha256)
    path.chmod(0o600)
    path.unlink() if harm == "lost" else path.write_bytes(path.read_bytes() + b" ")

    (fault,) = story.faults()
    assert (fault.kind, fault.position, fault.serious) == (kind, attached.position, True)
    assert story.told(attached.position)["Tài liệu"] == "Báo cáo"  # the book can be read and written as before
    found = story.do(
        "finding_recorded", label="@ph", severity="breach", what=fault.message, entry="@tl", by="cb-02", exemplar=None
    )
    assert story.book.view.state(found.stream).entries == (attached.id,)
