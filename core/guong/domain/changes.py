"""What a new declaration of a field changes against the one before, told in a few words each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guong.domain.declarations import FieldDeclaration

_PLAIN = {
    "title": "tên", "campaign": "phong trào", "kinds": "loại đối tượng", "form": "phiên bản của biểu",
    "part": "câu hỏi chia phần", "group": "câu hỏi chia nhóm",
}  # fmt: skip
"""Attribute to its Vietnamese name; which plugin declared it, at which version, is no change of what is declared."""


def changes(old: FieldDeclaration, new: FieldDeclaration) -> list[str]:
    """Return what is added, left out and changed, each as one Vietnamese phrase that names the keys; nothing for no change."""
    said: list[str] = []
    for title, before, after in zip(("tiêu chí", "câu hỏi", "quy tắc"), _keyed(old), _keyed(new), strict=True):
        groups = {
            "thêm": [key for key in after if key not in before],
            "bỏ": [key for key in before if key not in after],
            "đổi": [key for key in after if key in before and after[key] != before[key]],
        }
        said += [f"{verb} {title} {', '.join(keys)}" for verb, keys in groups.items() if keys]
    plain = [words for name, words in _PLAIN.items() if getattr(old, name) != getattr(new, name)]
    return [*said, *([f"đổi {', '.join(plain)}"] if plain else [])]


def _keyed(one: FieldDeclaration) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return criteria by id, questions by step and key, rules by code."""
    questions = {f"{step}.{asked.key}": asked for step, form in one.forms.items() for asked in form}
    return {each.id: each for each in one.criteria}, questions, {each.code: each for each in one.rules}
