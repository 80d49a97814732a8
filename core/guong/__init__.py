"""Guong: the book in which a place records how it discovers, supports, honours and replicates its exemplars.

What a plugin author imports, each loaded when first used; and `guong.ready`, rules made beforehand (`from guong import ready`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from guong.version import __version__

if TYPE_CHECKING:
    from guong.audit.answer import Answer, Evidence, Missing, Verdict, conclude
    from guong.audit.inquiry import Inquiry
    from guong.audit.judged import by_rules
    from guong.audit.question import AuditQuestion
    from guong.authoring import Field, LawBook, PlanPack
    from guong.book import Book
    from guong.domain.case import Case
    from guong.domain.dates import not_after, paper_date, show
    from guong.domain.declarations import Criterion, FieldDeclaration, PlanDeclaration, Quota
    from guong.domain.exemplar import Exemplar
    from guong.domain.law import Clause, HonourForm, LawDeclaration, LawText
    from guong.domain.life import Thread
    from guong.domain.problems import Problem
    from guong.domain.rules import Rule
    from guong.forms import ask
    from guong.hookspecs import hookimpl
    from guong.panels import Cell, LifeShown, MomentShown, Panel

__all__ = [
    "Answer", "AuditQuestion", "Book", "Case", "Cell", "Clause", "Criterion", "Evidence", "Exemplar", "Field", "FieldDeclaration",
    "HonourForm", "Inquiry", "LawBook", "LawDeclaration", "LawText", "LifeShown", "Missing", "MomentShown", "Panel", "PlanDeclaration",
    "PlanPack", "Problem", "Quota", "Rule", "Thread", "Verdict",
    "__version__", "ask", "by_rules", "conclude", "hookimpl", "not_after", "paper_date", "show",
]  # fmt: skip

_HOMES = {
    "Answer": "guong.audit.answer", "AuditQuestion": "guong.audit.question", "Evidence": "guong.audit.answer",
    "Inquiry": "guong.audit.inquiry", "Missing": "guong.audit.answer", "Verdict": "guong.audit.answer",
    "by_rules": "guong.audit.judged", "conclude": "guong.audit.answer",
    "Book": "guong.book", "Case": "guong.domain.case", "Cell": "guong.panels", "Clause": "guong.domain.law",
    "Criterion": "guong.domain.declarations", "Exemplar": "guong.domain.exemplar", "Field": "guong.authoring",
    "FieldDeclaration": "guong.domain.declarations", "HonourForm": "guong.domain.law", "LawBook": "guong.authoring",
    "LawDeclaration": "guong.domain.law", "LawText": "guong.domain.law",
    "LifeShown": "guong.panels", "MomentShown": "guong.panels", "Panel": "guong.panels",
    "PlanDeclaration": "guong.domain.declarations", "PlanPack": "guong.authoring", "Problem": "guong.domain.problems",
    "Quota": "guong.domain.declarations", "Rule": "guong.domain.rules", "Thread": "guong.domain.life", "ask": "guong.forms",
    "hookimpl": "guong.hookspecs", "not_after": "guong.domain.dates", "paper_date": "guong.domain.dates",
    "show": "guong.domain.dates",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load an exported name from its home, so that importing `guong` alone stays cheap."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(_HOMES[name]), name)
