"""Q39, Q40, Q42, Q43, Q49 and Q50: a whole book, readers and actors, data requests, printing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from tests.core.audit.conftest import positions

from guong.audit.answer import Verdict
from guong.audit.asking import ask, sources
from guong.audit.inquiry import Scope
from guong.audit.registry import question
from guong.checking import check, rebuilt
from guong.domain.subject import contact_owner
from guong.view.moments import stood

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.audit.conftest import Questioned

    from guong.audit.answer import Answer


def deep(told: Questioned, id_: str, at: str = "") -> Answer:
    """Return the answer to a question after every entry and file was checked."""
    book = told.story.book
    with sources(book, [*check(book), *rebuilt(book)]) as known:
        return ask(question(id_, book.plugins), known, Scope(stood(book.view, at, book.zone)), {}).answer


def verified(told: Questioned, **answers: Any) -> Any:
    """Record that the log was verified up to here."""
    usual = {"until": told.story.book.view.head, "result": "sound", "by": "nv-01"}
    return told.story.do("log_verified", **{**usual, **answers})


# ------------------------------------------------------------------ Q39


def test_q39_a_book_that_was_verified_and_is_checked_again_is_met(told: Questioned) -> None:
    last = verified(told)
    answer = deep(told, "Q39")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [last.position])


def test_q39_a_verification_stands_for_nothing_until_all_is_checked(told: Questioned) -> None:
    last = verified(told)
    told.story.on("2024-03-05").person("@nguoi")
    answer = told("Q39")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [last.position])
    assert f"đến mục #{last.position - 1}, ngày 01/3/2024" in answer.says
    assert "sau đó 2 mục" in answer.evidence[0].says  # the verification itself and the person


def test_q39_nothing_is_known_to_be_whole_that_was_never_sealed_or_verified(told: Questioned) -> None:
    for answer in (told("Q39"), deep(told, "Q39")):
        assert answer.verdict is Verdict.UNKNOWN
        assert "niêm phong" in answer.missing[0].what


def test_q39_nobody_verified_what_was_not_there_yet(told: Questioned) -> None:
    last = verified(told, until=1000)
    assert f"đến mục #{last.position - 1}" in told("Q39").says


def test_q39_a_verification_that_found_faults_is_a_breach(told: Questioned) -> None:
    verified(told)
    last = verified(told, result="faulty", faults=2)
    answer = told("Q39")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [last.position])
    assert told("Q39", at=f"#{last.position - 1}").verdict is Verdict.UNCLEAR, "the one before found none"
    answer = deep(told, "Q39")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [last.position]), "where have the faults gone?"


def test_q39_a_key_that_is_gone_is_a_breach_once_all_is_checked(told: Questioned) -> None:
    story = told.story
    person = story.person("@nguoi")
    verified(told)
    for owner in (contact_owner(story.ids["@nguoi"]), story.ids["@nguoi"]):
        story.book.vault.destroy(owner)
    answer = deep(told, "Q39")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [person.position])
    assert deep(told, "Q39", at=f"#{person.position - 1}").verdict is Verdict.UNKNOWN, "the entry was not there yet"


def test_q39_a_view_that_is_not_what_the_log_comes_to_is_a_breach(told: Questioned) -> None:
    told.story.passed()
    verified(told)
    assert deep(told, "Q39").verdict is Verdict.MET
    with closing(sqlite3.connect(told.story.book.projector.path)) as database:
        database.execute("UPDATE entry SET officer='cb-02' WHERE step='discovered'")
        database.commit()
    answer = deep(told, "Q39")
    assert answer.verdict is Verdict.BREACH
    assert "ở bảng entry" in answer.evidence[0].says


# ------------------------------------------------------------------ Q40


@pytest.fixture
def paper(tmp_path: Path) -> str:
    """Return the path of a file."""
    (tmp_path / "bb.txt").write_text("biên bản", encoding="utf-8")
    return str(tmp_path / "bb.txt")


def test_q40_files_that_are_what_they_were_are_met_once_they_are_checked(told: Questioned, paper: str) -> None:
    told.story.person("@nguoi")
    found = told.story.discovered(evidence=[paper])
    told.story.reviewed()
    answer = told("Q40")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [found.position])
    answer = deep(told, "Q40")
    assert (answer.verdict, positions(answer)) == (Verdict.MET, [found.position])
    verified(told)
    assert told("Q40").verdict is Verdict.UNCLEAR, "an older verification does not look at the files of today"
    assert "ngày 01/3/2024" in told("Q40").says


def test_q40_a_file_that_is_gone_or_altered_is_a_breach(told: Questioned, paper: str) -> None:
    told.story.person("@nguoi")
    found = told.story.discovered(evidence=[paper])
    (file,) = told.story.book.evidence.files()
    whole = file.read_bytes()
    file.chmod(0o600)
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    answer = deep(told, "Q40")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [found.position])
    assert "đã bị sửa" in answer.evidence[0].says
    file.unlink()
    assert "thiếu" in deep(told, "Q40").evidence[0].says
    assert deep(told, "Q39").verdict is Verdict.UNKNOWN, "a file is no entry"


def test_q40_without_any_file_there_is_not_enough_data(told: Questioned) -> None:
    told.story.passed()
    assert told("Q40").verdict is Verdict.UNKNOWN
    assert deep(told, "Q40").verdict is Verdict.UNKNOWN


# ------------------------------------------------------------------ Q42, Q49


def test_q42_nobody_knows_who_read_the_book(told: Questioned) -> None:
    told.story.person("@nguoi")
    answer = told("Q42")
    assert (answer.verdict, answer.seen) == (Verdict.UNKNOWN, 1)
    assert "chưa có cơ chế" in answer.missing[0].what


def test_q49_entries_by_day_and_by_role_leave_open_which_account_it_was(told: Questioned) -> None:
    told.story.passed()
    answer = told("Q49", plan="ke-hoach")
    assert (answer.verdict, answer.count) == (Verdict.UNKNOWN, 0)
    assert "chưa có cơ chế" in answer.missing[0].what


def test_q49_an_entry_at_night_must_be_made_clear(told: Questioned) -> None:
    told.story.at(4)
    night = told.story.person("@nguoi")
    told.story.at(5)
    told.story.discovered()
    answer = told("Q49", unit="phong-b")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [night.position])
    assert told("Q49", unit="phong-b", morning="4").verdict is Verdict.UNKNOWN


def test_q49_acting_after_the_role_ended_is_a_breach(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    story.do("role_ended", officer="cb-01", role="theo-doi", unit="phong-b", by="nv-01")
    story.on("2024-03-02")
    wrong = told.forced(
        "discovered", "core.acting", label="@e", subject="@nguoi", field="linh-vuc-a", source="inspection", achievement="Sửa đường",
        lead="phong-b", plan="ke-hoach", as_role="theo-doi", in_unit="phong-b", exemplar=None,
    )  # fmt: skip
    answer = told("Q49")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


# ------------------------------------------------------------------ Q43


def requested(told: Questioned, right: str = "access", **answers: Any) -> Any:
    """Let somebody ask something about his data by 11 March."""
    told.story.person("@nguoi")
    usual = {"label": "@yc", "subject": "@nguoi", "due": "2024-03-11"}
    return told.story.do("data_request_received", right=right, **{**usual, **answers})


def test_q43_a_request_that_was_answered_on_its_last_day_is_met(told: Questioned) -> None:
    request = requested(told)
    assert told("Q43").verdict is Verdict.MET, "it is not due yet"
    told.story.on("2024-03-11").do("data_request_answered", subject="@nguoi", request="@yc", granted=True)
    answer = told("Q43", at="01/4/2024")
    assert (answer.verdict, answer.seen, positions(answer)) == (Verdict.MET, 1, [request.position])


def test_q43_a_request_that_was_answered_late_or_not_at_all_is_a_breach(told: Questioned) -> None:
    request = requested(told)
    told.story.on("2024-03-12")
    reply = told.story.do("data_request_answered", subject="@nguoi", request="@yc", granted=True)
    before, after = told("Q43", at=f"#{reply.position - 1}"), told("Q43")
    assert (before.verdict, after.verdict) == (Verdict.MET, Verdict.BREACH), "on the day itself nobody could tell"
    assert positions(after) == [request.position]
    assert "sau hạn" in after.evidence[0].says


def test_q43_a_request_that_nobody_answered_is_a_breach_after_its_day(told: Questioned) -> None:
    request = requested(told)
    told.story.on("2024-03-12").person("@nua", "Lò Văn Nữa")
    answer = told("Q43")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [request.position])
    assert "chưa trả lời" in answer.evidence[0].says


def test_q43_a_request_without_a_day_is_judged_by_the_parameter(told: Questioned) -> None:
    request = requested(told, due=None)
    told.story.on("2024-03-12").person("@nua", "Lò Văn Nữa")
    answer = told("Q43")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [request.position])
    assert told("Q43", days="11").verdict is Verdict.MET  # 1 March and eleven days: 12 March
    assert told("Q43", days="10").verdict is Verdict.BREACH


def test_q43_a_due_month_lasts_until_its_end(told: Questioned) -> None:
    requested(told, due="2024-03")
    told.story.on("2024-03-31").person("@nua", "Lò Văn Nữa")
    assert told("Q43").verdict is Verdict.MET
    told.story.on("2024-04-01").person("@ba", "Lò Văn Ba")
    assert told("Q43").verdict is Verdict.BREACH


def test_q43_a_request_keeps_its_answer_when_it_is_corrected(told: Questioned) -> None:
    requested(told, due="2024-03-02")
    told.story.do("data_request_answered", subject="@nguoi", request="@yc", granted=True)
    fixed = told.story.do("entry_corrected", entry="@yc", set={"due": "2024-03-05"}, papers=None)
    told.story.on("2024-06-01").person("@nua", "Lò Văn Nữa")
    answer = told("Q43")
    assert (answer.verdict, answer.seen, positions(answer)) == (Verdict.MET, 1, [fixed.position])


def test_q43_what_was_granted_must_be_erased_and_erased_by_what_was_asked(told: Questioned) -> None:
    request = requested(told, right="erase")
    told.story.do("data_request_answered", subject="@nguoi", request="@yc", granted=True)
    answer = told("Q43")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [request.position])
    told.story.do("personal_data_erased", subject="@nguoi", scope="contact", basis="Điều 14", request="@yc")
    assert told("Q43").verdict is Verdict.MET
    told.story.do("data_request_received", label="@xem", subject="@nguoi", right="access", due="2024-03-11")
    wrong = told.forced(
        "personal_data_erased", "core.asked", subject="@nguoi", scope="contact", basis="Điều 14", request="@xem"
    )
    answer = told("Q43")
    assert (answer.verdict, positions(answer)) == (Verdict.BREACH, [wrong.position])


def test_q43_without_any_request_there_is_not_enough_data(told: Questioned) -> None:
    told.story.person("@nguoi")
    assert told("Q43").verdict is Verdict.UNKNOWN


# ------------------------------------------------------------------ Q50


def test_q50_a_history_whose_days_are_known_is_met_and_told_entry_by_entry(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    found = story.discovered()
    story.person("@nua", "Lò Văn Nữa")
    story.discovered("@f", "@nua")
    visit = story.do("supported", kind="visit", what="xem")
    assert told("Q50").seen == 2
    answer = told("Q50", exemplar=story.ids["@e"])
    assert (answer.verdict, answer.seen, positions(answer)) == (Verdict.MET, 2, [found.position, visit.position])


def test_q50_what_cannot_be_put_in_order_must_be_made_clear(told: Questioned) -> None:
    story = told.story.on("2024-04-10")
    story.person("@nguoi")
    story.discovered(occurred_on="2024-04-01")
    vague = story.do("supported", kind="visit", what="xem", occurred_on="2024-04", reason="không nhớ ngày")
    answer = told("Q50")
    assert (answer.verdict, positions(answer)) == (Verdict.UNCLEAR, [vague.position])
    assert told("Q50", at=f"#{vague.position - 1}").verdict is Verdict.MET


def test_q50_a_month_in_which_nothing_else_happened_is_clear_enough(told: Questioned) -> None:
    story = told.story.on("2024-04-10")
    story.person("@nguoi")
    story.discovered(occurred_on="2024-03-20")
    story.do("supported", kind="visit", what="xem", occurred_on="2024-04", reason="không nhớ ngày")
    assert told("Q50").verdict is Verdict.MET


def test_q50_without_any_exemplar_there_is_not_enough_data(told: Questioned) -> None:
    assert told("Q50").verdict is Verdict.UNKNOWN
