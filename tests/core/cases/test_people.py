"""Edge cases of people: who is put forward twice, is somebody else, leaves, declines or wants to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from guong.domain.subject import contact_owner

if TYPE_CHECKING:
    from tests.core.cases.conftest import Story

Row = dict[str, Any]
DECISION = {"number": "77", "date": "2024-04-01", "issuer": "Huyện H"}


def test_case_01_one_person_put_forward_by_two_units_counts_once_and_the_second_unit_is_told(story: Story) -> None:
    story.person("@nguoi")
    story.discovered(by="cb-01")
    second = story.on("2024-03-05").discovered(by="cb-03", achievement="Sửa cầu")
    assert second.stream == story.ids["@e"]
    assert {one.code for one in second.remarks} == {"core.second-unit"}
    assert "phong-b" in story.remarks(second.position)["core.second-unit"]
    assert "01/3/2024" in story.remarks(second.position)["core.second-unit"]
    steps = [(one.entry.step, one.entry.unit) for one in story.book.world.entries(second.stream) if one.entry]
    assert steps == [("discovered", "phong-b"), ("discovered", "xa-cu")]
    state = story.exemplar()
    assert (state.unit, state.lead, state.marks["discovered"].count) == ("phong-b", "phong-b", 2)
    story.reviewed()
    assert (story.board().discovered, story.board().reached) == (1, 1)


def test_case_01_the_second_unit_cannot_make_another_unit_the_lead(story: Story) -> None:
    story.person("@nguoi")
    story.discovered()
    row = {"subject": "@nguoi", "field": "linh-vuc-a", "source": "inspection", "achievement": "Khác"}
    assert story.refused("discovered", lead="phong-c", by="cb-02", **row) == {"core.lead-kept"}


def test_case_02_a_spelling_variant_is_only_a_candidate_and_a_merge_can_be_taken_back(story: Story) -> None:
    story.person("@nguoi", "Đỗ Văn Tốt")
    twin = story.person("@trung", "DO VAN  TOT")
    assert {one.code for one in twin.remarks} == {"core.alike"}
    for label, subject in (("@e", "@nguoi"), ("@f", "@trung")):
        story.discovered(label, subject)
        story.reviewed(label)
    assert story.board().reached == 2  # nobody has merged them yet

    story.do("subjects_merged", subject="@nguoi", other="@trung")
    assert (story.subject().absorbed, story.subject("@trung").into) == ((story.ids["@trung"],), story.ids["@nguoi"])
    assert (story.board().discovered, story.board().reached) == (1, 1)

    story.do("subject_unmerged", subject="@nguoi", other="@trung")
    assert (story.subject().absorbed, story.subject("@trung").into) == ((), None)
    assert (story.board().discovered, story.board().reached) == (2, 2)


def test_case_02_people_born_on_different_days_are_no_candidates(story: Story) -> None:
    story.person("@nguoi", born="1970-01-01")
    assert story.person("@khac", born="1980-01-01").remarks == ()


@pytest.mark.parametrize("whole", ["@mot", "@hai", "@ba"])
def test_case_02_three_spellings_of_one_person_count_once_whichever_is_kept(story: Story, whole: str) -> None:
    labels = ("@mot", "@hai", "@ba")
    for label in labels:
        story.person(label)
        story.discovered(f"{label}-e", label)
        story.reviewed(f"{label}-e")
    for other in labels:
        if other != whole:
            story.do("subjects_merged", subject=whole, other=other)
    assert story.board().reached == 1
    assert len(story.book.world.exemplars(story.ids[whole])) == 3


def test_case_02_who_has_taken_in_others_is_not_taken_in_itself(story: Story) -> None:
    """Else the first of the three would count as somebody who counts as somebody else, and so twice."""
    for label in ("@mot", "@hai", "@ba"):
        story.person(label)
    story.do("subjects_merged", subject="@hai", other="@mot")
    assert story.refused("subjects_merged", subject="@ba", other="@hai") == {"core.merge"}


def test_case_03_two_fields_are_two_enrolments_of_one_person_each_judged_by_its_own_criteria(story: Story) -> None:
    story.person("@nguoi")
    story.discovered("@e", field="linh-vuc-a")
    story.discovered("@f", field="linh-vuc-b")
    assert story.ids["@e"] != story.ids["@f"]
    criteria = {"a.1": "met", "a.2": "met"}
    assert story.refused("reviewed", exemplar="@f", result="passed", criteria=criteria) == {"core.criteria"}
    story.reviewed("@e")
    story.reviewed("@f")
    assert (story.board("q-a").reached, story.board("q-b").reached) == (1, 1)
    rows = story.book.view.exemplars(subject=story.ids["@nguoi"])
    assert (len(rows), len({row.subject for row in rows})) == (2, 1)


def test_case_04_a_household_is_the_subject_and_its_head_may_be_an_exemplar_too(story: Story) -> None:
    story.person("@nguoi")
    story.person("@ho", "Hộ ông Tốt", kind="household")
    story.do("subject_linked", subject="@nguoi", relation="head", to="@ho")
    assert story.subject().links == (("head", story.ids["@ho"]),)
    story.discovered("@e", "@ho", achievement="Hiến đất")
    story.discovered("@f", "@nguoi", achievement="Dạy nghề")
    assert story.board().discovered == 2
    assert story.refused("subject_linked", subject="@ho", relation="member", to="@nguoi") == {"core.link"}


def test_case_05_a_title_missing_for_one_year_fails_the_mandatory_criterion(story: Story) -> None:
    story.person("@ho", "Hộ bà Chăm", kind="household")
    for year in (2021, 2023):
        story.do("title_evidenced", subject="@ho", title="Gia đình văn hóa", year=year)
    assert list(story.subject("@ho").titles["Gia đình văn hóa"]) == [2021, 2023]
    assert story.refused("title_evidenced", subject="@ho", title="Gia đình văn hóa", year=2022, papers=None) == {
        "core.paper"
    }
    story.discovered(subject="@ho")
    found = {"a.1": "not_met", "a.2": "met"}
    row: Row = {"result": "passed", "criteria": found, "reason": "xin châm chước"}  # a reason does not override it
    assert story.refused("reviewed", **row) == {"core.mandatory"}
    story.reviewed(result="failed", criteria=found)
    assert (story.board().reached, story.board().short) == (0, 2)


def test_case_17_last_years_exemplar_is_linked_and_needs_a_new_achievement(story: Story) -> None:
    story.last_year()
    again = story.discovered("@e")
    assert {one.code for one in again.remarks} == {"core.earlier"}

    story.do("achievement_recorded", subject="@nguoi", what="Việc cũ", since="2023-01-01", until="2023-10-01")
    met = story.met("@e")
    assert story.refused("reviewed", result="passed", criteria=met) == {"core.renewed"}
    assert story.board().short == 2
    story.do("achievement_recorded", subject="@nguoi", what="Việc mới", since="2024-01-01", until="2024-02-20")
    story.reviewed()
    assert (story.board().reached, story.board().short) == (1, 1)


def test_case_17_an_exemplar_that_names_the_earlier_one_is_not_remarked_on(story: Story) -> None:
    story.last_year()
    linked = story.discovered("@e", earlier="@cu")
    assert linked.remarks == ()
    assert story.told(linked.position)["Điển hình năm trước"] == "Đỗ Văn Tốt"


def test_case_18_a_pending_complaint_freezes_the_honour_until_it_is_cleared(story: Story) -> None:
    story.passed()
    story.do("honour_proposed", label="@dn", kind="award", authority="huyen")
    story.on("2024-04-01").do("standing_flagged", label="@co", subject="@nguoi", kind="complaint", about="Đơn thư")
    decided: Row = {"kind": "award", "authority": "huyen", "proposal": "@dn", "papers": [DECISION], "by": "cb-05"}
    assert story.refused("honour_decided", **decided) == {"core.standing"}
    assert story.board().honoured == 0
    story.on("2024-05-01").do("standing_cleared", subject="@nguoi", flag="@co", outcome="cleared")
    story.do("honour_decided", **decided)
    assert story.board().honoured == 1


def test_case_18_achievements_count_from_the_end_of_the_discipline(story: Story) -> None:
    story.passed()
    story.do("standing_flagged", label="@co", subject="@nguoi", kind="discipline")
    story.do("standing_cleared", subject="@nguoi", flag="@co", outcome="disciplined", until="2024-06-30")
    for label, until in (("@truoc", "2024-06-01"), ("@sau", "2024-09-01")):
        story.on("2024-10-01").do(
            "achievement_recorded", label=label, subject="@nguoi", what="Việc", since="2024-05-01", until=until
        )
    row = {"kind": "award", "authority": "huyen", "by": "cb-05"}
    assert story.refused("honour_proposed", achievement="@truoc", **row) == {"core.after-discipline"}
    story.do("honour_proposed", achievement="@sau", **row)


@pytest.mark.parametrize(("flagged", "exemplar"), [("@nguoi", "@f"), ("@trung", "@e")])
def test_case_18_what_is_pending_against_a_person_holds_under_every_spelling(
    story: Story, flagged: str, exemplar: str
) -> None:
    story.passed()
    story.person("@trung")
    story.discovered("@f", "@trung")
    story.reviewed("@f")
    story.do("subjects_merged", subject="@nguoi", other="@trung")
    story.do("standing_flagged", subject=flagged, kind="complaint")
    row = {"kind": "award", "authority": "huyen", "by": "cb-05", "exemplar": exemplar}
    assert story.refused("honour_proposed", **row) == {"core.standing"}


def test_case_19_who_has_died_is_honoured_posthumously(story: Story) -> None:
    story.passed()
    story.on("2024-05-01").do("subject_changed", subject="@nguoi", change="died")
    story.on("2024-05-20")
    row = {"kind": "award", "authority": "huyen", "by": "cb-05"}
    assert story.refused("honour_proposed", **row) == {"core.posthumous"}
    story.do("honour_proposed", posthumous=True, **row)


def test_case_19_who_has_moved_needs_the_word_of_the_unit_he_left(story: Story) -> None:
    story.passed()
    story.on("2024-05-01").do("subject_changed", subject="@nguoi", change="moved", moved_to="xa-kia")
    proposed = story.do("honour_proposed", kind="award", authority="huyen", by="cb-05")
    assert "xa-cu" in story.remarks(proposed.position)["core.moved"]
    assert (story.subject().unit, story.exemplar().unit) == ("xa-kia", "phong-b")


def test_case_20_who_declines_the_honour_gets_none_and_the_review_stands(story: Story) -> None:
    story.passed()
    story.do("honour_declined", what="both")
    row = {"kind": "award", "authority": "huyen", "papers": [DECISION], "by": "cb-05"}
    assert story.refused("honour_decided", **row) == {"core.declined"}
    assert story.refused("publicised", channel="website", title="Tin") == {"core.publicity-declined"}
    assert (story.board().reached, story.exemplar().mark("reviewed").value) == (1, "passed")


def test_case_20_who_declines_publicity_is_honoured_and_never_made_public(story: Story) -> None:
    story.passed()
    story.do("honour_declined", what="publicity")
    story.honoured()
    assert story.refused("publicised", channel="website", title="Tin") == {"core.publicity-declined"}
    assert story.refused("honour_publicised", honour="@h", channel="Trang của huyện") == {"core.publicity-declined"}
    story.do("honour_presented", honour="@h")


def test_case_21_the_contact_data_is_erased_and_the_honour_stays(story: Story) -> None:
    story.person("@nguoi", phone="0900000001", address="Thôn 1")
    story.discovered()
    story.reviewed()
    honour = story.honoured()
    story.do("subject_changed", subject="@nguoi", change="renamed", name="Đỗ Văn Tốt Hơn", phone="0900000002")
    publication = story.do("publicised", label="@tin", channel="website", title="Tin")
    before, board = story.exemplar(), story.board()
    contact, log = contact_owner(story.ids["@nguoi"]), story.bytes()
    assert story.book.reveal(contact, story.subject().contact) == {"data": {"phone": "0900000002", "address": "Thôn 1"}}

    story.do("data_request_received", label="@yc", subject="@nguoi", right="erase", asked="Xin xóa")
    story.do("personal_data_erased", subject="@nguoi", scope="contact", basis="Điều 14", request="@yc")
    story.do("publicity_removed", publication="@tin")
    story.do("data_request_answered", subject="@nguoi", request="@yc", granted=True)

    assert contact not in story.book.vault.owners()
    assert story.book.reveal(contact, story.subject().contact) is None
    assert story.book.name(story.ids["@nguoi"]) == "Đỗ Văn Tốt Hơn"
    assert (story.exemplar().threads, story.board()) == (before.threads, board)
    assert story.stored(honour.position).entry.data["money"] == 1_000_000
    assert story.told(publication.position)["Tên tin, bài, buổi"] == "Tin"
    assert all(story.bytes()[position] == state for position, state in log.items())
    assert story.faults() == []


def test_case_21_when_all_is_erased_the_decision_is_still_told_and_the_book_is_still_whole(story: Story) -> None:
    story.passed()
    honour = story.honoured()
    story.do("personal_data_erased", subject="@nguoi", scope="all", basis="Điều 14")
    assert story.subject().erased == "all"
    assert story.book.name(story.ids["@nguoi"]) == "‹không còn khóa›"
    told = story.told(honour.position)
    assert (told["Cấp quyết định"], told["Tiền thưởng (đồng)"]) == ("Huyện H", "1.000.000")
    assert (story.board().honoured, story.board().reached) == (1, 1)
    assert [fault for fault in story.faults() if fault.serious] == []


def test_case_21_a_key_that_is_gone_without_an_erasure_is_damage(story: Story) -> None:
    story.passed()
    for owner in (contact_owner(story.ids["@nguoi"]), story.ids["@nguoi"]):
        story.book.vault.destroy(owner)
        assert [fault.kind for fault in story.faults()] == ["key-missing"]


def test_case_21_an_erasure_can_be_refused_with_its_reason_and_the_day_it_ends(story: Story) -> None:
    story.passed()
    story.do("data_request_received", label="@yc", subject="@nguoi", right="erase")
    row = {"subject": "@nguoi", "request": "@yc", "basis": "Luật lưu trữ", "kept_until": "2034-12-31"}
    assert story.refused("erasure_refused", **{**row, "reason": None}) == {"core.reason"}
    refused = story.do("erasure_refused", **row)
    assert story.told(refused.position)["Phải giữ đến"] == "31/12/2034"
    assert (story.subject().erased, story.book.name(story.ids["@nguoi"])) == ("", "Đỗ Văn Tốt")


def test_case_21_another_right_is_no_ground_for_erasure(story: Story) -> None:
    story.passed()
    story.do("data_request_received", label="@yc", subject="@nguoi", right="access")
    row = {"subject": "@nguoi", "scope": "all", "basis": "Điều 14", "request": "@yc"}
    assert story.refused("personal_data_erased", **row) == {"core.asked"}


def test_case_22_a_pupil_belongs_to_a_school_and_a_guardian_consents(story: Story) -> None:
    story.person("@nguoi", "Em Nguyễn Nhỏ", unit="truong")
    row = {"subject": "@nguoi", "scope": "publicity", "given_by": "guardian"}
    assert story.refused("consent_recorded", **row) == {"core.guardian"}
    consent = story.do("consent_recorded", label="@dy", guardian="Bà Nguyễn Lớn", **row)
    assert "Bà Nguyễn Lớn" not in story.bytes()[consent.position].decode("utf-8", "replace")
    assert story.told(consent.position)["Người giám hộ"] == "Bà Nguyễn Lớn"
    story.discovered()
    story.reviewed()
    story.honoured()
    story.do("publicised", channel="website", title="Gương tốt", consent=True)
    story.do("consent_withdrawn", subject="@nguoi", consent="@dy")
    assert story.refused("publicised", channel="website", title="Tin nữa") == {"core.consent-withdrawn"}
    assert story.refused("honour_publicised", honour="@h", channel="Trang của huyện") == {"core.consent-withdrawn"}


def test_case_29_a_group_without_legal_status_needs_no_id_and_is_reached_through_its_head(story: Story) -> None:
    registered = story.person("@nguoi", "Tổ Chung Tay", kind="collective", head="Bà Cả", phone="0900000003")
    assert registered.remarks == ()
    assert story.told(registered.position)["Chủ hộ hoặc người đứng đầu"] == "Bà Cả"
    story.discovered()
    story.reviewed()
    assert story.board().reached == 1


def test_case_29_a_person_without_papers_can_be_put_forward(story: Story) -> None:
    story.person("@nguoi", "John Nowhere")
    story.discovered()
    assert story.board().discovered == 1


def test_case_32_when_two_homonyms_were_merged_by_mistake_each_keeps_its_own_honours(story: Story) -> None:
    story.passed()
    story.person("@trung")
    story.discovered("@f", "@trung")
    story.reviewed("@f")
    story.honoured("@h", "@e")
    story.do("subjects_merged", subject="@nguoi", other="@trung")
    assert story.board().honoured == 1
    later = story.honoured("@k", "@f")  # decided while both were thought to be one
    story.do("subject_unmerged", subject="@nguoi", other="@trung")
    assert (story.board().honoured, story.board().reached) == (2, 2)
    assert [list(story.exemplar(one).of_kind("honour")) for one in ("@e", "@f")] == [
        [story.ids["@h"]],
        [story.ids["@k"]],
    ]
    assert story.stored(later.position).entry.id == story.ids["@k"]
    assert story.refused("subject_unmerged", subject="@nguoi", other="@trung") == {"core.unmerge"}


def test_case_32_an_achievement_of_the_whole_person_serves_under_every_spelling_while_the_merge_lasts(
    story: Story,
) -> None:
    story.passed()
    story.person("@trung")
    story.discovered("@f", "@trung")
    achieved = {"subject": "@nguoi", "what": "Việc", "since": "2024-01-01", "until": "2024-02-01"}
    story.do("achievement_recorded", label="@tt", **achieved)
    row = {"kind": "award", "authority": "huyen", "achievement": "@tt", "exemplar": "@f", "by": "cb-05"}
    assert story.refused("honour_proposed", **row) == {"core.achievement"}
    story.do("subjects_merged", subject="@nguoi", other="@trung")
    story.do("honour_proposed", **row)
    story.do("subject_unmerged", subject="@nguoi", other="@trung")
    assert story.refused("honour_proposed", **row) == {"core.achievement"}
