"""What can go wrong, as the user is told it: what, whose fault, what would have worked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from guong.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guong.domain.problems import Problem


class GuongError(Exception):
    """An error for the user.

    Args:
        message: One Vietnamese sentence that names the culprit.
        fix: What would have worked, in Vietnamese; empty when there is no advice.
    """

    exit: ClassVar[Exit] = Exit.REFUSED

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class UsageError(GuongError):
    """The command line or a settings file is wrong."""

    exit = Exit.USAGE


class BookError(GuongError):
    """No book here, a newer book, or one that cannot be written to."""

    exit = Exit.NO_BOOK


class DamagedError(GuongError):
    """Stored bytes are not what they were."""

    exit = Exit.DAMAGED


class PluginError(GuongError):
    """A plugin is missing, refused or not trusted."""

    exit = Exit.PLUGIN


class BusyError(GuongError):
    """Another program holds the book, or there is no room on the disk."""

    exit = Exit.BUSY


_SAID = 5
"""Problems that a refusal puts into its own one-line message; all of them are in `problems`."""


class RefusedError(GuongError):
    """A step was refused; nothing was recorded.

    Args:
        problems: All refusals, each with the row it belongs to (from 1) when there are rows.
    """

    def __init__(self, problems: Sequence[tuple[int | None, Problem]]) -> None:
        self.problems = tuple(problems)
        more = f" (và {len(self.problems) - _SAID} điều khác)" if len(self.problems) > _SAID else ""
        super().__init__("; ".join(problem.message for _, problem in self.problems[:_SAID]) + more)
