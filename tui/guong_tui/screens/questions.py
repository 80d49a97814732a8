"""The questions of auditors by theme, each with its verdict as of the cursor, and the entries it rests on."""

from __future__ import annotations

import asyncio
from functools import cached_property
from pathlib import PurePath
from string import ascii_letters
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from guong.audit.answer import VERDICTS
from guong.errors import GuongError
from guong_tui.actions import APP, LIST, OVER, PLAYING, QUESTIONS, bindings
from guong_tui.answer_rows import LOOKS, answer_rows, counts, theme_rows, worded
from guong_tui.asking import Answers, answers
from guong_tui.inert import fit, inert
from guong_tui.keymap import keys_of
from guong_tui.widgets.key_bar import KeyBar
from guong_tui.widgets.row_list import RowList
from guong_tui.widgets.sheet import Piece, Row, Sheet, labelled
from guong_tui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from guong.audit.answer import Evidence
    from guong.audit.asking import Asked
    from guong.audit.question import AuditQuestion
    from guong.audit.registry import Theme
    from guong_tui.lines import Line
    from guong_tui.reading import Reading

PAUSE = 0.3
"""Seconds without a move after which the questions are asked again."""


class Told(Message):
    """Some questions have been answered."""

    def __init__(self, answered: Answers) -> None:
        super().__init__()
        self.answered = answered


_SIGNS = "!@#$%^&*+-;~|"
"""Signs that go to a question where there are more questions than letters; no screen binds them."""


class QuestionScreen(Screen[None]):
    """Shows what auditors ask at the position that all screens share; a letter goes straight to a question.

    Args:
        reading: The book.
        field: The field that is asked about; empty for everything.
    """

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = ["life.tcss", "questions.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*QUESTIONS, *PLAYING))]

    def __init__(self, reading: Reading, field: str = "") -> None:
        super().__init__(name="questions")
        self.reading, self._field = reading, field
        self.answered = Answers(0)
        self._fault = ""
        self._rows: list[tuple[Theme, AuditQuestion | None]] = []
        self._letters: dict[str, str] = {}
        self._evidence: tuple[tuple[Evidence, Line], ...] = ()

    def compose(self) -> ComposeResult:
        """Make the parts."""
        yield Static(id="head", markup=False)
        yield Static(id="where", markup=False)
        with Horizontal(id="body"):
            yield RowList(self._chosen, title="Câu hỏi", empty="đang hỏi", id="questions")
            with Vertical(id="side"):
                yield Sheet(title="Trả lời", id="answer")
                yield RowList(lambda _: self._show(), title="Mục ghi", empty="không có mục nào", id="evidence")
        yield KeyBar((*QUESTIONS, *OVER))

    def on_mount(self) -> None:
        """Follow the position, whoever moves it."""
        self.query_one("#questions").focus()
        self.watch(self.app.replay, "position", self._follow, init=False)  # type: ignore[attr-defined]
        self._ask(self.position, 0)
        self.call_after_refresh(self._draw_head)

    @property
    def position(self) -> int:
        """The position that all screens share."""
        return int(self.app.position)  # type: ignore[attr-defined]

    # ------------------------------------------------------------------ asking

    def _follow(self, position: int) -> None:
        self._ask(position, PAUSE)
        self._draw_head()

    @work(exclusive=True, group="questions")
    async def _ask(self, position: int, pause: float) -> None:
        """Ask beside; whoever moves on meanwhile ends it."""
        await asyncio.sleep(pause)
        left, self._fault = Event(), ""
        moment = self.reading.moment(position)
        try:
            await asyncio.to_thread(answers, self.reading, moment, self._field, self._told, left.is_set)
        except GuongError as error:
            self._fault = f"{error.message}; {error.fix}" if error.fix else error.message
            self._draw_head()
        finally:
            left.set()

    def _told(self, answered: Answers) -> None:
        self.post_message(Told(answered))

    def on_told(self, message: Told) -> None:
        """Show what has come, unless it is about another moment than the one that is shown."""
        if message.answered.position != self.position:
            return
        first, self.answered = not self._rows, message.answered
        self._rows = [(theme, one) for theme in self.answered.themes for one in (None, *theme.questions)]
        asked = [one.id for _, one in self._rows if one is not None]
        self._letters = dict(zip(self._free, asked, strict=False))
        questions = self.query_one("#questions", RowList)
        questions.show(len(self._rows), self._question_row, 1 if first else questions.cursor)
        self._show()
        self._draw_head()

    @cached_property
    def _free(self) -> list[str]:
        """The letters and signs that no key of this screen has; `w` alone is a letter of its own to Vietnamese input methods."""
        own = self.app.own_keys  # type: ignore[attr-defined]
        taken = {key for one in (*QUESTIONS, *PLAYING, *APP, *LIST) for key in keys_of(one, own)}
        letters = ascii_letters[26:] + ascii_letters[:26]
        return [*(one for one in letters if one not in taken and one.lower() != "w"), *_SIGNS]

    # ------------------------------------------------------------------ what is seen

    def _draw_head(self) -> None:
        reading, position, answered = self.reading, self.position, self.answered
        recorded = reading.view.recorded(position)
        when = reading.clock(recorded) if recorded else "–"
        name = reading.book.folder.absolute().name
        head = f" {name}: {tr('sổ như đã ghi đến mục')} #{position}, {tr('ghi lúc')} {when}"
        self._say("#head", head)
        if self._fault:
            said = self._fault
        elif answered.position != position or not answered.whole:
            of = (
                f" ({tr('đang hiện câu trả lời cho mục')} #{answered.position})"
                if answered.position != position
                else ""
            )
            said = f"{tr('đang hỏi về lúc mục')} #{position} {tr('được ghi')}…{of if answered.position else ''}"
        else:
            said = f"{tr('trả lời cho lúc mục')} #{position} {tr('được ghi')}: {counts(answered.known.values())}"
        self._say("#where", f" {said}")

    def _say(self, part: str, text: str) -> None:
        self.query_one(part, Static).update(Text(inert(text), no_wrap=True, overflow="ellipsis"), layout=False)

    def _question_row(self, index: int, width: int) -> Row:
        theme, question = self._rows[index]
        if question is None:
            return [Piece(fit(inert(theme.title), width), "head")]
        letter = next((key for key, id_ in self._letters.items() if id_ == question.id), " ")
        answered = self.answered.known.get(question.id)
        verdict = answered.answer.verdict if answered else None
        count = str(answered.answer.count or "") if answered else ""
        return [
            Piece(f"{letter} ", "label"),
            Piece(fit(tr(VERDICTS[verdict]) if verdict else "…", 16), LOOKS[verdict] if verdict else "dim"),
            Piece(f"{count:>4} "),
            Piece(fit(inert(worded(question)), max(1, width - 23))),
        ]

    @property
    def _question(self) -> tuple[Theme, AuditQuestion | None] | None:
        cursor = self.query_one("#questions", RowList).cursor
        return self._rows[cursor] if self._rows else None

    def _chosen(self, _: int) -> None:
        self.query_one("#evidence", RowList).cursor = 0
        self._show()

    def _show(self) -> None:
        """Show the answer to the question at the cursor, and its entries."""
        if self._question is None:
            return
        theme, question = self._question
        asked = self.answered.known.get(question.id) if question else None
        named = asked.answer.evidence if asked else ()
        self._evidence = tuple(zip(named, self.reading.lines([one.position for one in named]), strict=True))
        evidence = self.query_one("#evidence", RowList)
        more = max(0, asked.answer.count - len(named)) if asked else 0
        left = f", {tr('còn')} {more} {tr('mục nữa')}" if more else ""
        evidence.border_title = f"{tr('Mục ghi')} ({len(named)}{left})"
        evidence.show(len(named), self._evidence_row, evidence.cursor)
        self.query_one("#answer", Sheet).show(lambda width: self._answer_rows(theme, question, asked, width))

    def on_descendant_focus(self) -> None:
        """Say more of what the keys go to: the question, or one of its entries."""
        self._show()

    def _answer_rows(
        self, theme: Theme, question: AuditQuestion | None, asked: Asked | None, width: int
    ) -> Iterator[Row]:
        evidence = self.query_one("#evidence", RowList)
        if self.focused is evidence and self._evidence:
            shown, line = self._evidence[evidence.cursor]
            yield from labelled("Mục ghi", inert(f"{line.texts[0]} {shown.says or line.texts[4]}"), width)
            yield from labelled("Ai, cái gì", line.texts[5], width)
        yield from answer_rows(question, asked, width) if question else theme_rows(theme, self.answered.known, width)

    def _evidence_row(self, index: int, width: int) -> Row:
        evidence, line = self._evidence[index]
        number, _, occurred, _, step, who, *_ = line.texts
        return [
            Piece(f"{number:>8} ", "label"), Piece(f"{line.signs[:1]} ", "warn"), Piece(fit(occurred, 11), "dim"),
            Piece(fit(inert(evidence.says) if evidence.says else f"{step}, {who}", max(1, width - 22))),
        ]  # fmt: skip

    # ------------------------------------------------------------------ what can be done

    def on_key(self, event: events.Key) -> None:
        """Go to the question that has this letter."""
        wanted = self._letters.get(event.character or "")
        index = next((at for at, (_, one) in enumerate(self._rows) if one and one.id == wanted), None)
        if index is not None:
            event.stop()
            event.prevent_default()
            questions = self.query_one("#questions", RowList)
            questions.choose(index)
            questions.focus()

    def action_open(self) -> None:
        """Go from a question to its entries, from an entry to the replay."""
        evidence = self.query_one("#evidence", RowList)
        if self.focused is not evidence:
            evidence.focus()
        elif self._evidence:
            self.app.show_entry(self._evidence[evidence.cursor][0].position)  # type: ignore[attr-defined]

    def action_leave(self) -> None:
        """Go back to the questions, or to the screen before."""
        if self.focused is self.query_one("#evidence"):
            self.query_one("#questions").focus()
        else:
            self.dismiss()

    def action_finding(self) -> None:
        """Ask what was found: about the entry at the cursor, or about all that the answer names."""
        from guong_tui.screens.finding import FindingScreen  # noqa: PLC0415 - rarely needed

        question = self._question[1] if self._question else None
        if question is None:
            self.notify(tr("Chọn một câu hỏi rồi nêu phát hiện"), severity="warning")
        elif self.reading.book.readonly:
            self.notify(tr("Sổ chỉ đọc, không ghi được: chép sổ sang nơi ghi được"), severity="error")
        else:
            evidence = self.query_one("#evidence", RowList)
            places = [one.position for one, _ in self._evidence]  # an entry stands there once for each thing it shows
            about = [places[evidence.cursor]] if places and self.focused is evidence else list(dict.fromkeys(places))
            self.app.push_screen(FindingScreen(self.reading, question.id, about), self._raised)

    def _raised(self, position: int | None) -> None:
        if position:
            self.notify(f"{tr('đã ghi phát hiện')}: #{position}")
            self.app.replay.look()  # type: ignore[attr-defined]
