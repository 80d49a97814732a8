"""What a good plugin holds to, as a table: `guong plugin check` and the contract suites of `guong.testing` look at it."""

from __future__ import annotations

import re
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from guong.audit.question import AuditQuestion
from guong.authoring import Field, LawBook, PlanPack
from guong.domain.declarations import as_data
from guong.domain.rules import Rule
from guong.domain.streams import EXEMPLAR_STEPS, STEPS, of_exemplar
from guong.domain.subject import KINDS
from guong.forms import nearest
from guong.panels import Panel
from guong.plugins import hooks_of, reason
from guong.rows import ENVELOPE
from guong.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from guong.domain.declarations import PlanDeclaration
    from guong.forms import Question

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_QUESTION = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_BOUNDED = re.compile(r"(?:<|==|~=)\s*\d")
_FREE = ("text", "texts", "json")


class Suspect:
    """A plugin that is looked at; what it brings is loaded when first asked for.

    Args:
        key: Its key: the name of its entry point.
        name: The name of its module.
        load: Imports and returns that module.
        needs: What its distribution depends on, None where that is not known or it comes with the platform itself.
        project: The folder of its project, None where it is looked at as it is installed.
    """

    def __init__(
        self, key: str, name: str, load: Callable[[], ModuleType], needs: tuple[str, ...] | None = None, project: Path | None = None
    ) -> None:  # fmt: skip
        self.key, self.name, self._load, self.needs, self.project = key, name, load, needs, project

    @cached_property
    def module(self) -> ModuleType:
        """Its module."""
        return self._load()

    @cached_property
    def brings(self) -> list[Any]:
        """All that its hooks return."""
        return [one for hook in hooks_of(self.module) for one in getattr(self.module, hook)()]

    @property
    def fields(self) -> list[Field]:
        """The fields it brings."""
        return [one for one in self.brings if isinstance(one, Field)]

    @property
    def plans(self) -> list[PlanPack]:
        """The plans it brings."""
        return [one for one in self.brings if isinstance(one, PlanPack)]

    @property
    def declared(self) -> list[Any]:
        """The declarations of everything it brings."""
        return [one.declared for one in self.brings if isinstance(one, Field | PlanPack | LawBook)]

    @property
    def rules(self) -> list[Rule]:
        """Every rule it brings."""
        own = [one for one in self.brings if isinstance(one, Rule)]
        return [
            *own,
            *(rule for one in self.brings if isinstance(one, Field | PlanPack | LawBook) for rule in one.rules),
        ]

    def questions(self) -> Iterator[tuple[str, Question]]:
        """Yield every question of its forms, with the step that it is asked at."""
        for field in self.fields:
            for step, asked in field.declared.forms.items():
                for question in asked:
                    yield step, question


class Check(NamedTuple):
    """One thing that is looked at.

    Attributes:
        code: Its name for ever.
        what: What holds of a good plugin.
        todo: What to do where it does not.
        faults: Yields what is wrong, each with its place.
        after: Checks that must have passed before this one can look.
    """

    code: str
    what: str
    todo: str
    faults: Callable[[Suspect], Iterable[str]]
    after: tuple[str, ...] = ("data",)


class Verdict(NamedTuple):
    """What came of a check: no fault, some, or None where it could not look."""

    code: str
    what: str
    todo: str
    faults: tuple[str, ...] | None


def examine(suspect: Suspect) -> list[Verdict]:
    """Return the verdict of every check, in the order of the table."""
    verdicts: dict[str, Verdict] = {}
    for check in CHECKS:
        faults: tuple[str, ...] | None = None
        if all(verdicts[code].faults == () for code in check.after):
            try:
                faults = tuple(check.faults(suspect))
            except (Exception, SystemExit) as error:  # noqa: BLE001 - the code is a plugin's
                faults = (reason(error),)
        verdicts[check.code] = Verdict(check.code, check.what, check.todo, faults)
    return list(verdicts.values())


# ------------------------------------------------------------------ the module


def _import(suspect: Suspect) -> Iterator[str]:
    if not isinstance(suspect.module, ModuleType):
        yield f"{suspect.name} không phải là một mô-đun"


def _hooks(suspect: Suspect) -> Iterator[str]:
    if not hooks_of(suspect.module):
        yield f"{suspect.name} không có hàm nào mang @hookimpl"
    elif not suspect.brings:
        yield f"các hook {', '.join(hooks_of(suspect.module))} không trả về gì"


def _data(suspect: Suspect) -> Iterator[str]:
    for one in suspect.brings:
        if not isinstance(one, Field | PlanPack | LawBook | Rule | AuditQuestion | Panel):
            known = "Field, PlanPack, LawBook, Rule, AuditQuestion hoặc Panel"
            yield f"hook trả về {type(one).__name__}; phải là {known}"
        elif isinstance(one, Field | PlanPack | LawBook) and one.declared is None:
            yield f"{one.key}: không có khai báo"


def _key(suspect: Suspect) -> Iterator[str]:
    if not KEY.fullmatch(suspect.key):
        yield f"mã {suspect.key}: chỉ chữ thường không dấu, số và gạch nối"
    module = f"guong_{suspect.key.replace('-', '_')}"
    if suspect.name != module:
        yield f"mô-đun {suspect.name}: mã {suspect.key} cần mô-đun {module}"
    for one in suspect.declared:
        if one.key != suspect.key:
            yield f"khai báo mang mã {one.key}, điểm vào (entry point) mang mã {suspect.key}"


# ------------------------------------------------------------------ the declaration


def _texts(suspect: Suspect) -> Iterator[str]:
    for declared in suspect.declared:
        for place, text in _strings(as_data(declared), ""):
            plain, fault = clean(text)
            if fault:
                yield f"{place}: {fault}"
            elif plain != text:
                yield f"{place}: {text[:40]!r} phải ở dạng NFC, không có khoảng trắng ở hai đầu"
        for title, texts in (("title", [("", declared.title)]), ("criteria", _criteria(declared))):
            yield from (f"{title} {name}: còn trống" for name, text in texts if not text.strip())


def _criteria(declared: Any) -> list[tuple[str, str]]:
    return [(one.id, one.text) for one in getattr(declared, "criteria", ())]


def _strings(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a declaration with its place; patterns are not for people."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, one in value.items():
            if key != "pattern":
                yield from _strings(one, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for number, one in enumerate(value, start=1):
            yield from _strings(one, f"{place} thứ {number}")


def _kinds(suspect: Suspect) -> Iterator[str]:
    for declared in suspect.declared:
        own = [("kinds", getattr(declared, "kinds", ()))]
        for place, kinds in (*own, *((f"tiêu chí {one.id}", one.kinds) for one in getattr(declared, "criteria", ()))):
            for kind in kinds:
                if kind not in KINDS:
                    yield f"{place}: không có loại đối tượng {kind}; các loại: {', '.join(KINDS)}"
                elif own[0][1] and kind not in own[0][1]:
                    yield f"{place}: loại {kind} không có trong kinds của lĩnh vực"


def _groups(suspect: Suspect) -> Iterator[str]:
    for field in suspect.fields:
        declared = field.declared
        asked = {one.key: one for one in declared.asks("discovered")}
        for name, key in (("part", declared.part), ("group", declared.group)):
            if key and (key not in asked or not asked[key].choices):
                near = nearest(key, asked)
                yield f"{name} = {key}: biểu của bước discovered không có câu hỏi chọn {key}" + (
                    f"; có phải là {near}?" if near else ""
                )
        groups = asked[declared.group].choices if declared.group in asked else {}
        for one in declared.criteria:
            if one.group and one.group not in groups:
                yield f"tiêu chí {one.id}: nhóm {one.group} không có trong câu hỏi {declared.group or '(chưa nêu group)'}"


def _alternatives(suspect: Suspect) -> Iterator[str]:
    for declared in suspect.declared:
        words = [one.any_of for one in getattr(declared, "criteria", ()) if one.any_of]
        for word in dict.fromkeys(words):
            if words.count(word) == 1:
                yield f"any_of = {word}: chỉ một tiêu chí có chữ này, không có gì để chọn"


def _roundtrip(suspect: Suspect) -> Iterator[str]:
    for declared in suspect.declared:
        if msgspec.convert(as_data(declared), type(declared)) != declared:
            yield f"{declared.key}: đọc lại từ nhật ký thì khác"


# ------------------------------------------------------------------ forms and rules


def _steps(suspect: Suspect) -> Iterator[str]:
    for field in suspect.fields:
        for step in field.declared.forms:
            if step not in EXEMPLAR_STEPS:
                near = nearest(step, EXEMPLAR_STEPS)
                yield f"biểu cho bước {step}: không có bước này của điển hình" + (
                    f"; có phải là {near}?" if near else ""
                )
    for rule in suspect.rules:
        for step in sorted(rule.steps - set(STEPS)):
            near = nearest(step, STEPS)
            yield f"quy tắc {rule.code}: không có bước {step}" + (f"; có phải là {near}?" if near else "")


def _questions(suspect: Suspect) -> Iterator[str]:
    for step, one in suspect.questions():
        place = f"biểu {step}, câu {one.key}"
        taken = {other.key for other in (*(STEPS[step].questions if step in STEPS else ()), *ENVELOPE)}
        if one.key in taken:
            yield f"{place}: bước này đã có câu hỏi mang mã đó; đặt mã khác"
        if not _QUESTION.fullmatch(one.key):
            yield f"{place}: mã câu hỏi gồm chữ thường không dấu, số và gạch dưới"
        if not one.title.strip():
            yield f"{place}: còn thiếu nhãn"
        for key in one.choices:
            if not KEY.fullmatch(key):
                yield f"{place}: mã lựa chọn {key} gồm chữ thường không dấu, số và gạch nối"
        if one.type in ("int", "number") and one.minimum is None:
            yield f"{place}: số chưa có mức thấp nhất (minimum)"
        if one.pattern and not one.help:
            yield f"{place}: có mẫu (pattern) mà không có lời giải thích (help)"


def _personal(suspect: Suspect) -> Iterator[str]:
    for step, one in suspect.questions():
        if one.type in _FREE and not (one.personal or one.pattern or one.ref):
            yield f"biểu {step}, câu {one.key} ({one.title}): chữ tự do mà không niêm phong"


def _rules(suspect: Suspect) -> Iterator[str]:
    seen: set[str] = set()
    for rule in suspect.rules:
        words = rule.words
        if not rule.code.startswith(f"{suspect.key}."):
            yield f"quy tắc {rule.code}: mã phải bắt đầu bằng {suspect.key}."
        if rule.code in seen:
            yield f"quy tắc {rule.code}: hai quy tắc cùng mã"
        seen.add(rule.code)
        missing = [name for name in ("text", "says", "fix", "source") if not getattr(words, name).strip()]
        if missing:
            yield f"quy tắc {rule.code}: còn thiếu {', '.join(missing)}"


# ------------------------------------------------------------------ plans


def _leads(suspect: Suspect) -> Iterator[str]:
    for pack in suspect.plans:
        units = {one.key for one in pack.units}
        named = [
            (f"lĩnh vực {one.field}", lead.unit) for one in pack.declared.fields for lead in one.leads if lead.unit
        ]
        named += [(f"chỉ tiêu {one.key}", one.holder) for one in pack.declared.quotas if one.holder]
        named += [(f"nhiệm vụ {one.id}", unit) for one in pack.declared.duties for unit in one.units]
        named += [(f"đơn vị {one.key}", one.parent) for one in pack.units if one.parent]
        for place, unit in named:
            if unit not in units:
                near = nearest(unit, units)
                yield f"{place}: không có đơn vị {unit} trong [[units]]" + (f"; có phải là {near}?" if near else "")


def _order(suspect: Suspect) -> Iterator[str]:
    steps, marks = {step.key: step for step in of_exemplar()}, {step.mark: step for step in of_exemplar()}
    for pack in suspect.plans:
        for number, need in enumerate(pack.declared.order, start=1):
            place = f"order thứ {number} ({need.step} cần {need.needs})"
            if need.step not in steps or need.needs not in marks:
                wrong, known = (need.step, steps) if need.step not in steps else (need.needs, marks)
                near = nearest(wrong, known)
                yield f"{place}: không có bước {wrong}" + (f"; có phải là {near}?" if near else "")
                continue
            asked = {one.key: one.choices for one in steps[need.step].questions}
            for key, value in need.when.items():
                if value not in asked.get(key, ()):
                    yield f"{place}: bước {need.step} không có câu trả lời {key} = {value}"
            needed = marks[need.needs]
            valued = next((one.choices for one in needed.questions if one.key == needed.value), {})
            for value in need.values:
                if value not in valued:
                    yield f"{place}: bước {needed.key} không có kết quả {value}; có: {', '.join(valued) or 'không kết quả nào'}"
        if ring := _ring(pack.declared):
            yield f"vòng tròn không bao giờ bắt đầu được: {' cần '.join(ring)}"


def _ring(plan: PlanDeclaration) -> list[str]:
    """Return steps each of which must wait for the next one, the last for the first; empty where there are none."""
    steps = {step.mark: step.key for step in of_exemplar()}
    needs: dict[str, list[str]] = {}
    for need in plan.order:
        if not need.when:
            needs.setdefault(need.step, []).append(steps.get(need.needs, need.needs))

    def follow(path: list[str]) -> list[str]:
        for following in needs.get(path[-1], ()):
            if following in path:
                return [*path[path.index(following) :], following]
            if found := follow([*path, following]):
                return found
        return []

    return next((found for step in needs if (found := follow([step]))), [])


# ------------------------------------------------------------------ the distribution


def _depends(suspect: Suspect) -> Iterator[str]:
    if suspect.needs is None:
        return
    ours = [one for one in suspect.needs if re.match(r"guong(?![\w.-])", one)]
    if not ours:
        yield "dependencies không nêu guong"
    elif not _BOUNDED.search(ours[0]):
        yield f"{ours[0]}: không có phiên bản cao nhất"


def _tests(suspect: Suspect) -> Iterator[str]:
    if suspect.project and not any((suspect.project / "tests").glob("test_*.py")):
        yield "không có tệp tests/test_*.py nào"


CHECKS = (
    Check("import", "mô-đun nạp được", "chạy python -c 'import MÔ_ĐUN' trong thư mục này để xem lỗi", _import, ()),
    Check("hooks", "hook đúng tên, mang @hookimpl, gọi được", "so với docs/hooks.md", _hooks, ("import",)),
    Check("data", "tệp TOML và biểu đọc được, không khóa lạ, không trùng mã", "sửa đúng chỗ đã nêu", _data, ("hooks",)),
    Check("key", "một mã: điểm vào, mô-đun và khai báo", "đặt lại tên cho khớp; mã ở trong sổ mãi mãi", _key),
    Check("texts", "lời không trống, đúng NFC", "chép nguyên văn từ văn bản, gõ bằng bộ gõ Unicode dựng sẵn", _texts),
    Check("kinds", "loại đối tượng có thật", "dùng person, household, collective, model", _kinds),
    Check("groups", "part, group và nhóm tiêu chí là câu hỏi lúc phát hiện", "thêm câu hỏi vào biểu discovered, hoặc sửa tên", _groups),
    Check("alternatives", "mỗi any_of có từ hai tiêu chí", "thêm tiêu chí cùng any_of, hoặc bỏ any_of", _alternatives),
    Check("roundtrip", "nhật ký giữ nguyên khai báo", "chỉ dùng chữ, số, có/không và bảng", _roundtrip),
    Check("steps", "biểu và quy tắc nêu bước có thật", "xem các bước trong docs/steps.md", _steps),
    Check("questions", "câu hỏi có mã, nhãn, mức thấp nhất", "sửa ask(...) của câu đó trong form.py", _questions),
    Check("personal", "chữ tự do về người được niêm phong", "thêm personal=True, hoặc choices, pattern, ref", _personal),
    Check("rules", "quy tắc có mã của plugin, lời, cách sửa, nguồn", "viết đủ text, says, fix, source", _rules, ("key",)),
    Check("leads", "đơn vị được nêu đều có trong kế hoạch", "thêm vào [[units]], hoặc sửa mã", _leads),
    Check("order", "trình tự nêu bước, kết quả có thật, không vòng tròn", "sửa [[plan.order]]", _order),
    Check("depends", "cần guong, có phiên bản cao nhất", 'viết như dependencies = ["guong>=0.1,<1"]', _depends, ()),
    Check("tests", "có kiểm thử", "viết tests/test_*.py; FieldContract của guong.testing chỉ cần sáu dòng", _tests, ()),
)  # fmt: skip
"""Every check, in the order in which they are told."""
