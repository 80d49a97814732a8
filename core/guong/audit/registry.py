"""Which questions there are: our own by theme, each theme a module that is imported when asked for, then those of plugins."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from guong.errors import GuongError
from guong.forms import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from guong.audit.question import AuditQuestion
    from guong.plugins import Plugins
    from guong.view.queries import View

_THEMES = {
    "discovery": ("Phát hiện và bồi dưỡng", ("Q01", "Q02", "Q03")),
    "order": ("Trình tự và tiêu chí", ("Q04", "Q05", "Q14", "Q15", "Q16", "Q41")),
    "timing": ("Thời gian và thời hạn", ("Q06", "Q07", "Q08", "Q34")),
    "dossiers": ("Hồ sơ và quyết định", ("Q09", "Q22", "Q23")),
    "separation": ("Phân công và biểu quyết", ("Q10", "Q11", "Q12", "Q13")),
    "quotas": ("Chỉ tiêu và thành tích", ("Q17", "Q18", "Q19", "Q20")),
    "changes": ("Báo cáo và sửa đổi", ("Q36", "Q37", "Q38")),
    "honours": ("Tôn vinh, khen thưởng", ("Q21", "Q24", "Q25", "Q26", "Q27", "Q28", "Q47")),
    "publicity": ("Tuyên truyền", ("Q29",)),
    "replication": ("Nhân rộng", ("Q30", "Q31", "Q32")),
    "duties": ("Nhiệm vụ của các đơn vị", ("Q33", "Q35")),
    "integrity": ("Tính toàn vẹn của sổ, dữ liệu cá nhân", ("Q39", "Q40", "Q42", "Q43", "Q49", "Q50")),
    "people": ("Đơn vị, con người, khiếu nại", ("Q44", "Q45", "Q46", "Q48")),
}
"""Theme, a module of this package, to its title and its questions, in the order in which they are shown."""


class Theme(NamedTuple):
    """Questions under one heading; `key` is the theme's, or that of the plugin that brings them."""

    key: str
    title: str
    questions: tuple[AuditQuestion, ...]


def themes(plugins: Plugins) -> Iterator[Theme]:
    """Yield every theme, ours first, then one for each plugin that brings questions."""
    for key, (title, _) in _THEMES.items():
        yield Theme(key, title, _own(key))
    for key, brought in plugins.questions().items():
        yield Theme(key, f"Của plugin {key}", tuple(brought))


def agenda(plugins: Plugins, view: View, field: str = "") -> Iterator[Theme]:
    """Yield every theme with the questions that a book calls for: without those about fields that no plan of it binds.

    Args:
        field: Only questions about this field and those about any; empty for all fields of the book.
    """
    wanted = {"", *((field,) if field else fields(view))}
    for theme in themes(plugins):
        yield theme._replace(questions=tuple(one for one in theme.questions if one.field in wanted))


def fields(view: View) -> list[str]:
    """Return the fields that plans of the book bind."""
    return [one.field for plan in view.states("plan") for one in plan.declared.fields]


def question(id_: str, plugins: Plugins) -> AuditQuestion:
    """Return one question; only its theme, or the plugins, are loaded.

    Raises:
        GuongError: there is none of this id; the message says which may have been meant.
    """
    home = next((key for key, (_, ids) in _THEMES.items() if id_.upper() in ids), "")
    if home:
        return next(one for one in _own(home) if one.id == id_.upper())
    every = {one.id: one for theme in themes(plugins) for one in theme.questions}
    if id_ in every:
        return every[id_]
    near = nearest(id_.upper(), every) or nearest(id_, every)
    raise GuongError(f"không có câu hỏi {id_}", f"có phải là {near}?" if near else "xem mọi câu hỏi bằng guong ask")


def modules() -> list[ModuleType]:
    """Return the modules of our own themes; all of them are imported."""
    return [import_module(f"guong.audit.{theme}") for theme in _THEMES]


def _own(theme: str) -> tuple[AuditQuestion, ...]:
    questions: tuple[AuditQuestion, ...] = import_module(f"guong.audit.{theme}").QUESTIONS
    assert tuple(one.id for one in questions) == _THEMES[theme][1]  # noqa: S101 - the table finds them without importing
    return questions
