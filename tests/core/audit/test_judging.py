"""The history judged again: the same words as on the day, whatever interrupted it, and nothing in silence where a plugin is gone."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from tests.core.audit.conftest import answered, positions
from tests.core.cases.conftest import HONOUR, LAST_YEAR, PAPER, Brought

from guong import PlanPack
from guong.audit.answer import Verdict
from guong.audit.asking import sources
from guong.audit.judge import Judge
from guong.audit.judging import LEFT_OUT, NEEDS_PLUGIN, Judging
from guong.book import Book
from guong.plugins import Plugins
from guong.recording import Order
from guong.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.audit.conftest import Questioned

    from guong.plugins import Source

_CLOCK = ("core.clock-back", "core.clock-ahead")


def content(path: Path, book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a file of problems holds."""
    with closing(Judging(path, book.log, book.view, book.plugins)) as made:
        made.catch_up()
        with made.datastore.transaction(commit=False) as cursor:
            tables = {}
            for table in ("problem", "later", "plugin"):
                cursor.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
                tables[table] = [tuple(row) for row in cursor.fetchall()]
            return tables


def said(book: Book) -> dict[int, Counter[str]]:
    """Return the codes of what rules say of each entry, those of checks left out."""
    with sources(book) as known:
        rows = known.database.execute("SELECT position, code FROM problem WHERE code NOT LIKE 'ask.%'").fetchall()
    found: dict[int, Counter[str]] = {}
    for row in rows:
        found.setdefault(row["position"], Counter())[row["code"]] += 1
    return found


def test_the_sample_year_is_judged_again_as_it_was_on_the_day(sample: Book) -> None:
    again = said(sample)
    first = {
        one.position: Counter(remark.code for remark in one.entry.remarks if remark.code not in (*LEFT_OUT, *_CLOCK))
        for one in sample.log.all()
        if one.entry
    }
    assert {position: codes for position, codes in first.items() if codes} == again
    assert len({code for codes in again.values() for code in codes}) >= 10, "a year without remarks would prove nothing"


@pytest.mark.parametrize("size", [1, 7, 64])
def test_a_file_made_in_pieces_by_one_process_after_another_holds_the_same(
    sample_year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    with Book(sample_year) as book:
        whole = content(tmp_path / "whole.db", book)
        head, path = (120 if size == 1 else book.log.head()), tmp_path / "pieces.db"
        at = 0
        while at < head:  # each piece by an object that knows nothing of the one before
            with closing(Judging(path, book.log, book.view, book.plugins)) as piece:
                batch = book.log.read(at, size)
                piece._apply(batch, at)
                at = piece.position()
                assert at == batch[-1].position
        assert content(path, book) == whole


def test_what_was_interrupted_within_a_batch_is_as_if_it_had_not_begun(
    sample_year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Book(sample_year) as book:
        whole = content(tmp_path / "whole.db", book)
        path, judge = tmp_path / "cut.db", Judge._judge
        left = iter(range(500))

        def stops(self: Any, stored: Any) -> Any:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return judge(self, stored)

        with monkeypatch.context() as patch, closing(Judging(path, book.log, book.view, book.plugins)) as cut:
            patch.setattr(Judge, "_judge", stops)
            with pytest.raises(KeyboardInterrupt):
                cut.catch_up()
            assert cut.position() == 0
        assert content(path, book) == whole


def test_only_what_is_new_is_judged(told: Questioned, monkeypatch: pytest.MonkeyPatch) -> None:
    told.story.passed()
    told("Q01")
    new = told.story.honoured()
    seen: list[int] = []
    judge = Judge._judge

    def watched(self: Any, stored: Any) -> Any:
        seen.append(stored.position)
        return judge(self, stored)

    monkeypatch.setattr(Judge, "_judge", watched)
    told("Q01")
    told("Q04")
    assert seen == [*range(new.position, told.story.book.log.head() + 1)]


def test_what_the_view_does_not_know_yet_waits_for_it(told: Questioned, tmp_path: Path) -> None:
    story = told.story
    story.passed()
    before = story.book.view
    head = before.head
    story.honoured()
    path = tmp_path / "so.db"
    with closing(Judging(path, story.book.log, before, story.book.plugins)) as behind:
        assert behind.catch_up() == head
    with closing(Judging(path, story.book.log, story.book.view, story.book.plugins)) as level:
        assert level.catch_up() == story.book.log.head()
    with closing(Judging(path, story.book.log, before, story.book.plugins)) as behind:
        assert behind.catch_up() == story.book.log.head(), "somebody else has come further: that is no damage"


def test_a_plan_that_is_copied_long_after_it_was_issued_is_not_held_to_be_late(
    told: Questioned, tmp_path: Path
) -> None:
    book = told.story.book
    declared = replace(LAST_YEAR.declared, late_after_days=30)  # issued on 10 January, copied on 1 March
    book.issue(PlanPack(declared), Order(by="nv-01"))
    assert "field_opened" in [one.entry.step for one in book.log.all(book.log.head() - 1) if one.entry]
    refused = [row for row in content(tmp_path / "whole.db", book)["problem"] if row[4]]
    assert refused == []
    path = tmp_path / "pieces.db"
    for at in range(book.log.head()):
        with closing(Judging(path, book.log, book.view, book.plugins)) as piece:
            piece._apply(book.log.read(at, 1), at)
    assert content(path, book) == content(tmp_path / "whole.db", book)
    late = {
        "step": "deadline_set",
        "key": "x",
        "of_step": "reviewed",
        "title": "x",
        "plan": "ke-hoach-cu",
        "occurred_on": "2024-01-10",
    }
    book.record({**late, "papers": [PAPER], "by": "nv-01"}, Order(waived=frozenset({"core.late-reason"})))
    assert positions(answered(book, "Q07", plan="ke-hoach-cu"))[:1] == [book.log.head()], (
        "what is no part of the copy is late"
    )


# ------------------------------------------------------------------ corrections


def test_what_a_correction_puts_right_counts_no_more_and_what_it_makes_wrong_does(told: Questioned) -> None:
    story = told.story
    story.passed()
    wrong = told.forced("honour_decided", "core.order", **HONOUR, exemplar="@e", occurred_on="2024-02-20")
    assert positions(told("Q04")) == [wrong.position]
    right = story.do("entry_corrected", entry=wrong.id, happened_on="2024-03-01")
    assert told("Q04").verdict is Verdict.MET
    assert told("Q04", at=f"#{right.position - 1}").verdict is Verdict.BREACH
    again = told.forced("entry_corrected", "core.order", entry=wrong.id, happened_on="2024-02-21")
    assert positions(told("Q04")) == [again.position], "the last correction is what counts"
    story.do("entry_voided", entry=again.id)
    assert told("Q04").verdict is Verdict.MET, "the first correction counts again"


def test_what_is_about_the_act_of_recording_stays_and_tells_of_the_correction(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    story.discovered()
    late = story.on("2024-08-01").do("supported", kind="visit", what="x", occurred_on="2024-04-01", reason="chờ")
    (plain,) = told("Q07", unit="phong-b", plan="ke-hoach").evidence
    fixed = story.do("entry_corrected", entry=late.id, set={"kind": "training"})
    (after,) = told("Q07", unit="phong-b", plan="ke-hoach").evidence
    assert (after.position, after.says) == (late.position, f"{plain.says} (đã đính chính bởi #{fixed.position})")


def test_a_voiding_that_is_voided_brings_the_problem_back(told: Questioned) -> None:
    story = told.story
    story.person("@nguoi")
    story.discovered()
    wrong = told.forced("honour_decided", "core.order", **HONOUR, exemplar="@e")
    void = story.do("entry_voided", entry=wrong.id)
    assert told("Q05").verdict is Verdict.UNKNOWN, "no honour counts"
    story.do("entry_voided", entry=void.id)
    assert positions(told("Q04")) == [wrong.position]
    assert positions(told("Q05")) == [wrong.position]


# ------------------------------------------------------------------ plugins


class Without(Brought):
    """The plugins of the story, but for some."""

    def __init__(self, *gone: str) -> None:
        super().__init__()
        self.gone = gone

    def sources(self) -> dict[str, Source]:
        """Return those that are left."""
        return {key: one for key, one in super().sources().items() if key not in self.gone}


class Newer(Brought):
    """The plugins of the story, in another version."""

    def sources(self) -> dict[str, Source]:
        """Return all of them."""
        return {key: one._replace(where=lambda: "thử 2.0") for key, one in super().sources().items()}


def reopened(told: Questioned, plugins: Plugins) -> None:
    """Open the book of a story with other plugins."""
    told.story.book.close()
    told.story.open(plugins)


def test_where_a_field_s_plugin_is_gone_nothing_is_met_and_it_is_named(told: Questioned) -> None:
    told.story.passed()
    assert told("Q15").verdict is Verdict.MET
    (told.story.folder / "audit.db").unlink()
    reopened(told, Without("linh-vuc-a"))
    answer = told("Q15")
    assert answer.verdict is Verdict.UNKNOWN
    assert [("linh-vuc-a" in one.what, one.who) for one in answer.missing] == [
        (True, "người quản trị máy này: cài plugin rồi hỏi lại")
    ]
    assert told("Q04").verdict is Verdict.MET, "rules of the core alone answer it"
    assert told("Q15", field="linh-vuc-b").missing[0].what == "sổ chưa có lần bình xét nào", (
        "that field's plugin is here"
    )
    with sources(told.story.book) as known:
        rows = known.database.execute(f"SELECT DISTINCT position FROM problem WHERE code='{NEEDS_PLUGIN}'").fetchall()
    exemplar = [one.position for one in told.story.book.log.all() if one.kind == "exemplar"]
    assert [row["position"] for row in rows] == exemplar
    reopened(told, Brought())
    assert told("Q15").verdict is Verdict.MET, "once it is back the history is judged anew"


def test_a_plugin_that_stays_away_does_not_have_the_history_judged_again_and_again(told: Questioned) -> None:
    told.story.passed()
    reopened(told, Without("linh-vuc-a", "ke-hoach"))
    told("Q15")
    reopened(told, Without("linh-vuc-a", "ke-hoach"))
    path = told.story.folder / "audit.db"
    with closing(Judging(path, told.story.book.log, told.story.book.view, told.story.book.plugins)) as made:
        assert made.position() == told.story.book.log.head()


def test_another_version_of_a_plugin_judges_the_history_anew(told: Questioned) -> None:
    told.story.passed()
    told("Q04")
    with sources(told.story.book) as known:
        assert {row["version"] for row in known.database.execute("SELECT version FROM problem")} <= {
            f"guong {__version__}",
            "thử 1.0",
        }
    reopened(told, Newer())
    path = told.story.folder / "audit.db"
    with closing(Judging(path, told.story.book.log, told.story.book.view, told.story.book.plugins)) as made:
        assert made.position() == 0, "the file was begun anew"


def test_the_same_plugins_go_on_where_they_were(told: Questioned) -> None:
    told.story.passed()
    told("Q04")
    reopened(told, Brought())
    path = told.story.folder / "audit.db"
    with closing(Judging(path, told.story.book.log, told.story.book.view, told.story.book.plugins)) as made:
        assert made.position() == told.story.book.log.head()


# ------------------------------------------------------------------ places


def test_a_damaged_file_is_made_anew(told: Questioned) -> None:
    told.story.passed()
    answer = told("Q04")
    (told.story.folder / "audit.db").write_bytes(b"khong phai la gi ca" * 400)
    for suffix in ("-wal", "-shm"):
        (told.story.folder / f"audit.db{suffix}").unlink(missing_ok=True)
    assert told("Q04") == answer


def test_nothing_under_seal_gets_into_the_file(told: Questioned) -> None:
    told.story.person("@nguoi", "Lường Thị Kín")
    told.story.discovered(achievement="Nuôi bò sinh sản")
    told("Q01")
    told.story.book.close()
    raw = b"".join(path.read_bytes() for path in told.story.folder.glob("audit.db*"))
    for secret in ("Lường", "Nuôi bò"):
        assert secret.encode() not in raw
    told.story.open(Brought())


def test_a_book_that_cannot_be_written_to_is_judged_beside_it(
    sample_year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(sample_year, tmp_path / "so")
    (tmp_path / "so" / "audit.db").unlink(missing_ok=True)
    monkeypatch.setattr("guong.places.writable", lambda _: False)
    with Book(tmp_path / "so") as book:
        assert answered(book, "Q04").verdict in Verdict
    assert not (tmp_path / "so" / "audit.db").exists()
