"""The questions of auditors, answered beside while the person moves on, theme by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guong.book import Book

if TYPE_CHECKING:
    from collections.abc import Callable

    from guong.audit.asking import Asked
    from guong.audit.registry import Theme
    from guong.view.moments import Moment
    from guong_tui.reading import Reading


class Answers(NamedTuple):
    """What has been answered so far.

    Attributes:
        position: The entry up to which the book was asked.
        themes: Every theme with its questions.
        known: The answers, by the id of the question.
    """

    position: int
    themes: tuple[Theme, ...] = ()
    known: dict[str, Asked] = {}  # noqa: RUF012 - nobody changes it

    @property
    def whole(self) -> bool:
        """Whether every question has been answered."""
        return bool(self.themes) and len(self.known) == sum(len(theme.questions) for theme in self.themes)


class StoppedError(Exception):
    """Nobody wants it any more."""


def answers(
    reading: Reading, moment: Moment, field: str, told: Callable[[Answers], None], stopped: Callable[[], bool]
) -> None:
    """Ask every question through a book opened for this thread alone.

    Args:
        reading: Whose book.
        moment: When.
        field: What is asked about; empty for everything.
        told: Told which questions there are, then what has been answered after each theme.
        stopped: Asked before each question, and after each batch that is judged, whether to stop.

    Raises:
        GuongError: the book is damaged or held by another program.
    """
    from guong.audit.asking import ask, sources  # noqa: PLC0415 - not needed for the first paint
    from guong.audit.inquiry import Scope  # noqa: PLC0415
    from guong.audit.registry import agenda  # noqa: PLC0415

    def progress(_: int, __: int) -> None:
        if stopped():
            raise StoppedError

    with Book(reading.book.folder, plugins=reading.book.plugins) as book:
        book.progress = progress
        try:
            themes = tuple(theme for theme in agenda(book.plugins, book.view, field) if theme.questions)
            known: dict[str, Asked] = {}
            told(Answers(moment.position, themes))
            with sources(book) as read:
                for theme in themes:
                    for question in theme.questions:
                        progress(0, 0)
                        known[question.id] = ask(question, read, Scope(moment, field=field), {})
                    told(Answers(moment.position, themes, dict(known)))
        except StoppedError:
            return
