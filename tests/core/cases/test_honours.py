"""Edge cases of honours and replications: put right, taken back, given again, paid, decided together, copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guong.domain.corrections import fold
from guong.domain.exemplar import evolve

if TYPE_CHECKING:
    from tests.core.cases.conftest import Story

Row = dict[str, Any]
NEW = {"number": "80", "date": "2024-05-01", "issuer": "Huyện H"}
REVOKED: Row = {
    "honour": "@h",
    "ground": "a",
    "authority": "huyen",
    "recover": ["object", "money"],
    "papers": [NEW],
    "by": "cb-05",
}


def presented(story: Story) -> Story:
    """Let a person be honoured and handed the certificate and the money."""
    story.passed()
    story.honoured()
    story.do("honour_presented", honour="@h", place="Nhà văn hóa", paid=1_000_000)
    return story


def test_case_12_a_slip_in_an_issued_decision_is_put_right_by_a_new_paper_and_the_number_stays(story: Story) -> None:
    presented(story)
    honour = story.book.view.entry(story.ids["@h"])
    assert honour is not None
    row: Row = {"honour": "@h", "wrong": "Đỗ Văn Tôt", "right": "Đỗ Văn Tốt", "by": "cb-05"}
    assert story.refused("honour_corrected", papers=None, **row) == {"core.paper"}
    corrected = story.do("honour_corrected", informed=True, papers=[NEW], **row)
    assert [paper.number for paper in story.stored(honour[0]).entry.basis] == ["05"]
    assert [paper.number for paper in story.stored(corrected.position).entry.basis] == ["80"]
    assert story.told(corrected.position)["Nay ghi là"] == "Đỗ Văn Tốt"
    assert story.told(corrected.position)["Đã báo cho người được tôn vinh"] == "có"
    assert story.board().honoured == 1


def test_case_13_a_revoked_honour_no_longer_counts_and_what_was_written_stays(story: Story) -> None:
    presented(story)
    publication = story.do("publicised", label="@tin", channel="website", title="Tin")
    written, stream = story.bytes(), story.ids["@e"]
    assert (story.board().honoured, story.board().reached) == (1, 1)

    story.on("2024-05-02")
    assert story.refused("honour_revoked", **{**REVOKED, "reason": None}) == {"core.reason"}
    assert story.refused("honour_revoked", **{**REVOKED, "papers": None}) >= {"core.paper"}
    assert story.refused("honour_revoked", **{**REVOKED, "authority": "phong-c"}) == {"core.same-authority"}
    story.do("honour_revoked", **REVOKED)
    assert (story.board().honoured, story.board().reached) == (0, 1)
    assert story.exemplar().mark("honoured") is None
    assert story.book.view.exemplars()[0].stage == "revoked"

    assert {position: story.bytes()[position] for position in written} == written
    then = fold(evolve, story.book.world.entries(stream)[:-1])
    assert then is not None  # as of the old position it was honoured, and a report of that day still says so
    assert then.mark("honoured") is not None

    assert story.refused("publicised", channel="website", title="Tin nữa") == {"core.publicity-revoked"}
    removed = story.do("publicity_removed", publication="@tin")
    assert story.told(removed.position)["Tin, bài bị gỡ"] == f"#{publication.position}"


def test_case_13_what_is_to_be_recovered_is_tracked_to_the_end(story: Story) -> None:
    presented(story)
    story.do("honour_revoked", **REVOKED)
    thread = story.exemplar().threads[story.ids["@h"]]
    assert thread.answers["recover"] == ["object", "money"]
    row: Row = {"honour": "@h", "by": "cb-05"}
    assert story.refused("award_recovered", what="money", amount=1, **row) == {"core.recovered"}
    story.on("2024-06-01").do("award_recovered", what="object", **row)
    story.on("2024-06-08").do("award_recovered", what="money", amount=1_000_000, **row)
    recovered = story.exemplar().threads[story.ids["@h"]].marks["award_recovered"]
    assert recovered.seen == {"object": "2024-06-01", "money": "2024-06-08"}


def test_case_13_only_what_the_decision_demands_is_recovered(story: Story) -> None:
    presented(story)
    row: Row = {"honour": "@h", "by": "cb-05"}
    assert story.refused("award_recovered", what="object", **row) >= {"core.thread"}
    story.do("honour_revoked", **{**REVOKED, "recover": ["object"]})
    assert story.refused("award_recovered", what="money", **row) == {"core.recovered"}


def test_case_14_a_reversed_revocation_is_a_new_decision_and_the_honour_counts_again(story: Story) -> None:
    presented(story)
    story.on("2024-05-02").do("honour_revoked", **REVOKED)
    row: Row = {"honour": "@h", "authority": "huyen", "by": "cb-05"}
    story.on("2024-08-01")
    assert story.refused("honour_reinstated", papers=None, **row) >= {"core.paper"}
    assert story.refused("honour_reinstated", papers=[{"kind": "dự thảo"}], **row) == {"core.decision"}
    story.do("honour_reinstated", papers=[{**NEW, "number": "99"}], **row)
    assert (story.board().honoured, story.exemplar().mark("revoked")) == (1, None)
    assert story.exemplar().marks["honoured"].on == "2024-03-01"
    assert story.refused("honour_reinstated", papers=[NEW], **row) == {"core.thread"}
    story.on("2024-09-01").do("honour_revoked", **REVOKED)
    assert story.board().honoured == 0


def test_case_23_a_failed_replication_is_kept_with_its_reason_and_does_not_count(story: Story) -> None:
    story.passed()
    for label, target in (("@n", "Xóm trên"), ("@m", "Xóm dưới")):
        story.do("replication_started", label=label, **copied(target), origin="spontaneous")
    story.do("replication_succeeded", start="@n", result="Chạy đều")
    assert story.board().replicated == 1
    assert story.refused("replication_failed", start="@m", reason=None) == {"core.reason"}
    failed = story.do("replication_failed", start="@m", version="lần 1", reason="thiếu nước")
    assert story.told(failed.position)["Tài liệu kinh nghiệm đã dùng"] == "lần 1"
    assert story.board().replicated == 1
    assert story.refused("replication_succeeded", start="@m", result="Được") == {"core.thread"}
    story.on("2024-06-01").do("replication_failed", start="@n", reason="bỏ nghề")  # what worked may fail later
    assert (story.board().replicated, len(story.exemplar().of_kind("replication"))) == (0, 2)


def copied(target: str) -> Row:
    """Return what is said of whoever does the same."""
    return {"target_kind": "area", "unit": "xa-kia", "target": target, "similar": "Cùng nghề"}


def test_case_24_who_copies_unasked_began_by_himself(story: Story) -> None:
    story.passed()
    assert story.refused("replication_started", **copied("Xóm trên"), origin="planned") == {"core.origin"}
    started = story.do("replication_started", label="@n", **copied("Xóm trên"), origin="spontaneous")
    assert story.told(started.position)["Do đâu"] == "tự phát"
    story.do("replication_succeeded", start="@n", result="Chạy đều")
    assert story.board().replicated == 1


def test_case_25_one_decision_carries_many_honours_and_stands_by_itself(story: Story) -> None:
    story.passed()
    story.person("@ba", "Nguyễn Thị Ba")
    story.discovered("@f", "@ba")
    story.reviewed("@f")
    row: Row = {"authority": "huyen", "number": "9", "notation": "QĐ-UBND", "year": 2024, "signer": "cb-05"}
    story.do("decision_issued", label="@qd", by="cb-05", **row)
    for label, exemplar in (("@h", "@e"), ("@k", "@f")):
        honour = story.honoured(label, exemplar, decision="@qd", papers=None)
        assert story.told(honour.position)["Quyết định"] == "9/QĐ-UBND"
    assert story.board().honoured == 2
    assert story.refused("decision_issued", by="cb-05", **row) == {"core.once"}
    story.do("honour_revoked", **REVOKED)  # of one; the other honour of the decision is untouched
    assert story.board().honoured == 1


def test_case_25_an_honour_rests_on_a_decision_of_the_authority_that_gives_it(story: Story) -> None:
    story.passed()
    row: Row = {"authority": "phong-c", "number": "9", "notation": "QĐ", "year": 2024}
    story.do("decision_issued", label="@qd", by="cb-02", **row)
    given: Row = {"kind": "award", "authority": "huyen", "decision": "@qd", "by": "cb-05"}
    assert story.refused("honour_decided", **given) == {"core.same-authority"}


def test_case_25_one_exemplar_honoured_by_two_levels_counts_once_and_each_decision_lives_its_own_life(
    story: Story,
) -> None:
    story.passed()
    story.honoured("@h")
    story.honoured("@k", authority="phong-c", signer=None, kind="praise", money=None)
    assert (story.board().honoured, len(story.exemplar().of_kind("honour"))) == (1, 2)
    story.do("honour_revoked", **REVOKED)
    assert story.board().honoured == 1  # the other decision still stands
    assert [thread.has("honoured") for thread in story.exemplar().of_kind("honour").values()] == [False, True]


def test_case_33_the_amount_is_fixed_on_the_day_of_the_decision(story: Story) -> None:
    story.passed()
    story.honoured(money=1_000_000)
    row: Row = {"honour": "@h"}
    story.on("2024-08-01")  # the base amount has been raised meanwhile
    assert story.refused("honour_presented", paid=1_300_000, **row) == {"core.paid"}
    story.do("honour_presented", paid=1_000_000, **row)


def test_case_33_an_honour_revoked_before_payment_is_neither_paid_nor_recovered(story: Story) -> None:
    story.passed()
    story.honoured(money=1_000_000)
    story.do("honour_revoked", **REVOKED)
    assert story.refused("honour_presented", honour="@h", paid=1_000_000) == {"core.thread"}
    assert story.refused("award_recovered", honour="@h", what="money", by="cb-05") == {"core.recovered"}
