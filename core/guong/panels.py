"""What a plugin shows of its own on a screen: plain data in, plain cells out; nothing of a screen is imported for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from guong.errors import PluginError
from guong.tracing import traced

if TYPE_CHECKING:
    from guong.domain.entry import Stored
    from guong.domain.exemplar import Exemplar
    from guong.domain.plan import Plan
    from guong.domain.quota import BoardRow
    from guong.domain.subject import Subject
    from guong.plugins import Plugins
    from guong.view.listing import ExemplarRow

PLACES = ("life", "moment")
"""Where a panel can stand: beside the life of an exemplar of the plugin's field, or beside the whole book."""
LOOKS = ("plain", "head", "good", "bad", "warn", "dim")
"""How a cell can look."""


class Cell(NamedTuple):
    """Some text and its look, one of `LOOKS`; a look never says what the text does not."""

    text: str
    look: str = "plain"


Line = str | Cell | Iterable["str | Cell"]
"""A line of text, or the cells of a line of a table: cells of the same place stand under each other."""


class LifeShown(NamedTuple):
    """An exemplar at a moment.

    Attributes:
        plan: Its plan.
        subject: Whom it is about; names are under seal and not told.
        state: What had become of it.
        entries: The entries that counted by then, in the order of the log, corrections laid over them.
            Details in `state` and `entries` are as the plugin's own form has them, however old they are; answers about a
            person are under seal and not among them.
    """

    plan: Plan
    subject: Subject | None
    state: Exemplar
    entries: tuple[Stored, ...]


class MomentShown(NamedTuple):
    """A field of a plan at a moment.

    Attributes:
        plan: The plan.
        board: The lines of the quota board that are the field's.
        stages: How many exemplars stood at each stage.
        exemplars: Each of them, read as they are asked for; there may be very many.
    """

    plan: Plan
    board: tuple[BoardRow, ...]
    stages: dict[str, int]
    exemplars: Iterable[ExemplarRow]


class Panel(NamedTuple):
    """A panel.

    Attributes:
        title: In Vietnamese.
        place: One of `PLACES`.
        show: Returns its lines from a `LifeShown` or a `MomentShown`, no lines where it has nothing to say.
    """

    title: str
    place: str
    show: Callable[[Any], Iterable[Line]]


def lived(
    plugins: Plugins, plan: Plan, subject: Subject | None, state: Exemplar, counted: Iterable[Stored]
) -> LifeShown:
    """Return a life for the panels of its field.

    Raises:
        PluginError: the plugin cannot read the details of an older form.
    """
    form = plugins.form(state.field)

    def as_known(step: str, details: dict[str, Any], declaration: str) -> dict[str, Any]:
        return plugins.upcast(state.field, step, details, plan.form(declaration), form)

    def readable(stored: Stored) -> Stored:
        entry = stored.entry
        if entry is None or entry.field is None:
            return stored
        part = replace(entry.field, details=as_known(entry.step, entry.field.details, entry.field.declaration))
        return replace(stored, entry=replace(entry, field=part))

    known = replace(state, details=as_known("discovered", state.details, state.declaration))
    return LifeShown(plan, subject, known, tuple(readable(one) for one in counted))


def drawn(panel: Panel, shown: LifeShown | MomentShown) -> list[tuple[Cell, ...]]:
    """Return the lines of a panel, each as its cells.

    Raises:
        PluginError: the panel failed, or gave something else than lines; the message says why.
    """
    try:
        with traced(f"vẽ khung {panel.title}"):
            return [_cells(line) for line in panel.show(shown)]
    except (Exception, SystemExit) as error:
        raise PluginError(f"{type(error).__name__}: {error}", "báo cho người viết plugin") from error


def _cells(line: Line) -> tuple[Cell, ...]:
    whole = (line,) if isinstance(line, str | Cell) else tuple(line)
    return tuple(_cell(one) for one in whole)


def _cell(given: object) -> Cell:
    cell = Cell(given) if isinstance(given, str) else given
    if not isinstance(cell, Cell) or not isinstance(cell.text, str) or cell.look not in LOOKS:
        raise TypeError(f"{given!r}")
    return cell
