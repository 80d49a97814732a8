"""Rules made beforehand, which a field composes: each function returns one `Rule` of the code, words and source it is given.

They know no field: what is asked, which criteria and which answers are meant, the field says. Where a message names a question,
an answer, a unit kind or a group, the words are those that the log copied. A rule about a review that was passed looks at the
result `passed` alone. An answer that was not given is unknown, never nought; a rule that must compare says nothing then. Answers
about a person are seen in the step that gives them, and not in earlier ones, where they lie under seal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from guong.domain.dates import not_after, order, paper_date, show
from guong.domain.rules import Rule
from guong.forms import render
from guong.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from guong.domain.case import Case
    from guong.domain.entry import Entry
    from guong.domain.subject import Subject
    from guong.forms import Question

    Figures = dict[str, Any]


# ------------------ what the case says, and in which words


def _question(case: Case, key: str, steps: tuple[str, ...] = ()) -> Question | None:
    """Return the question `key` of the field, as this step asks it or, where it does not, the first of `steps` that does."""
    asks = (case.field.asks(step) for step in (case.step.key, *steps)) if case.field else ()
    return next((one for asked in asks for one in asked if one.key == key), None)


def _titles(case: Case, keys: tuple[str, ...], steps: tuple[str, ...] = ()) -> str:
    found = ((key, _question(case, key, steps)) for key in keys)
    return ", ".join(one.title if one else key for key, one in found)


def _answer(question: Question | None, answer: Any) -> str:
    """Return an answer in words; one about a person stays under seal, since figures are kept in clear."""
    if question is None:
        return str(answer)
    return "câu trả lời được niêm phong" if question.personal else render(question, answer)


def _kinds(kinds: tuple[str, ...]) -> str:
    return ", ".join(_kind(one) for one in kinds)


def _kind(kind: str) -> str:
    from guong.domain.subject import KINDS  # noqa: PLC0415 - only a fault is worth the words

    return KINDS.get(kind, kind)


def _group(case: Case) -> str:
    """Return the field's group of the exemplar, empty where it has none."""
    details = case.exemplar.details if case.exemplar else case.details
    return str(details.get(case.field.group, "")) if case.field and case.field.group else ""


def _is(case: Case, kinds: tuple[str, ...], group: str = "") -> bool:
    """Tell whether the subject is of one of these kinds (any, where none is named) and of the group that is named."""
    subject = case.subject
    return subject is not None and (not kinds or subject.kind in kinds) and (not group or _group(case) == group)


def _passed(case: Case) -> bool:
    return case.data.get("result") == "passed"


def _met(case: Case, criteria: tuple[str, ...]) -> list[str]:
    found = case.findings()
    return [id_ for id_ in criteria if found.get(id_) == "met"]


def _entries(case: Case, *steps: str) -> list[Entry]:
    """Return the entries of these steps that happened, or may have, by the day of the case; the latest comes first."""
    if not steps:
        return []
    known = ((one.entry, one.position) for one in case.history())
    same = [(entry, position) for entry, position in known if entry is not None and entry.step in steps]
    by_now = [one for one in same if not_after(one[0].occurred_on, case.occurred_on) is not False]
    return [entry for entry, _ in sorted(by_now, key=lambda one: (order(one[0].occurred_on), one[1]), reverse=True)]


def _told(case: Case, keys: tuple[str, ...], steps: tuple[str, ...]) -> dict[str, Any]:
    """Return what was answered to `keys`: in this step or, where it says nothing of them, the last of `steps` that does."""
    earlier = (entry.field.details for entry in _entries(case, *steps) if entry.field)
    for details in (case.details, *earlier):
        told = {key: details[key] for key in keys if details.get(key) is not None}
        if told:
            return told
    return {}


# ------------------ who may be an exemplar of the field


def unit_kind(code: str, text: str, source: str, *, kinds: tuple[str, ...], of: tuple[str, ...]) -> Rule:
    """Refuse the discovery of a subject of `kinds` whose unit is of no kind named in `of`."""

    def check(case: Case) -> Iterator[Figures]:
        subject = case.subject
        if subject is None or not _is(case, kinds):
            return
        unit = case.facts.unit(subject.unit)
        if unit is None or unit.kind not in of:
            titles = case.plan.declared.unit_kinds if case.plan else {}
            yield {
                "unit": unit.name_on(case.occurred_on) if unit else subject.unit, "kind": _kind(subject.kind),
                "of": ", ".join(titles.get(one, one).lower() for one in of),
            }  # fmt: skip

    return Rule(code, text, check, source=source, steps=("discovered",), culprit="subject",
                says="{unit} không phải là {of}", fix="chọn đối tượng khác; {kind} trong lĩnh vực này phải là {of}")  # fmt: skip


def answer_of_kind(code: str, text: str, source: str, *, key: str, allowed: Mapping[str, tuple[str, ...]]) -> Rule:
    """Refuse the discovery of a subject whose answer to `key` is not `allowed` for its kind; kinds not named may answer anything."""

    def check(case: Case) -> Iterator[Figures]:
        kind, given = case.subject.kind if case.subject else "", case.details.get(key)
        if kind in allowed and given is not None and given not in allowed[kind]:
            question = _question(case, key)
            yield {
                "title": _titles(case, (key,)), "answer": _answer(question, given), "kind": _kind(kind),
                "allowed": ", ".join(_answer(question, one) for one in allowed[kind]),
            }  # fmt: skip

    return Rule(code, text, check, source=source, steps=("discovered",), culprit=f"details.{key}",
                says="{title}: {answer} không dành cho {kind}", fix="đối với {kind}: {allowed}")  # fmt: skip


def answer_of_lead(code: str, text: str, source: str, *, key: str, allowed: Mapping[str, tuple[str, ...]]) -> Rule:
    """Refuse a discovery whose answer to `key` its lead does not answer for.

    `allowed` names leads by how their keys begin, since the field does not know the units of a plan; of others nothing is said.
    """

    def check(case: Case) -> Iterator[Figures]:
        lead, given = case.data.get("lead") or "", case.details.get(key)
        for start, answers in allowed.items():
            if lead.startswith(start) and given not in answers:
                unit, question = case.facts.unit(lead), _question(case, key)
                yield {
                    "lead": unit.name_on(case.occurred_on) if unit else lead, "title": _titles(case, (key,)),
                    "answer": _answer(question, given), "allowed": ", ".join(_answer(question, one) for one in answers),
                }  # fmt: skip

    return Rule(code, text, check, source=source, steps=("discovered",), culprit=f"details.{key}",
                says="{title}: {lead} không chủ trì {answer}", fix="đơn vị này chủ trì: {allowed}")  # fmt: skip


def linked(code: str, text: str, source: str, *, to: str, step: str, refuses: bool) -> Rule:
    """Demand at `step` that the subject is linked to a subject of kind `to`; of a review only where it was passed.

    The links of every subject that is merged with it count. They are looked at from its own side: the other side has none, as
    `core.link` lets nothing but a person be the head or a member.
    """

    def check(case: Case) -> Iterator[Figures]:
        if case.subject and (step != "reviewed" or _passed(case)) and not _linked(case, to):
            yield {"kind": _kind(to)}

    return Rule(code, text, check, source=source, steps=(step,), culprit="" if step == "reviewed" else "subject", refuses=refuses,
                says="đối tượng chưa được liên kết với {kind} nào trong sổ", fix="liên kết trước (subject_linked)")  # fmt: skip


def _linked(case: Case, kind: str) -> list[Subject]:
    """Return the subjects of a kind to which the case's subject is linked, with those that are merged with them."""
    ends = (case.facts.subject(to) for person in case.persons() for _, to in person.links)
    same = [one for one in ends if one is not None and one.kind == kind]
    return [other for one in same for other in case.merged(one)]


# ------------------ questions that are asked of some and not of others


def only_for(
    code: str, text: str, source: str, *, keys: tuple[str, ...], steps: tuple[str, ...], kinds: tuple[str, ...] = (), group: str = ""
) -> Rule:  # fmt: skip
    """Refuse answers to `keys` about a subject that is not of one of these `kinds`, or not of this `group`."""

    def check(case: Case) -> Iterator[Figures]:
        given = tuple(key for key in keys if case.details.get(key) is not None)
        if given and case.subject and not _is(case, kinds, group):
            yield {"titles": _titles(case, given), "whom": _whom(case, kinds, group)}

    return Rule(code, text, check, source=source, steps=steps, culprit=f"details.{keys[0]}" if len(keys) == 1 else "details",
                says="{titles}: chỉ hỏi đối với {whom}", fix="để trống đối với đối tượng khác")  # fmt: skip


def _whom(case: Case, kinds: tuple[str, ...], group: str) -> str:
    asked = _question(case, case.field.group, ("discovered",)) if case.field and group else None
    return asked.choices.get(group, group) if asked else group or _kinds(kinds)


def asked_of(code: str, text: str, source: str, *, key: str, kinds: tuple[str, ...]) -> Rule:
    """Refuse the discovery of a subject of `kinds` without an answer to `key`, and that of any other subject with one."""

    def check(case: Case) -> Iterator[Figures]:
        if case.subject and _is(case, kinds) is not bool(case.details.get(key)):
            title, question = _titles(case, (key,)), _question(case, key)
            fault = "chưa nêu" if _is(case, kinds) else f"chỉ hỏi đối với {_kinds(kinds)}"
            choices = "; ".join(question.choices.values()) if question else ""
            yield {"title": title, "fault": fault, "kinds": _kinds(kinds), "choices": choices}

    return Rule(code, text, check, source=source, steps=("discovered",), culprit=f"details.{key}",
                says="{title}: {fault}", fix="đối với {kinds} chọn: {choices}; đối tượng khác để trống")  # fmt: skip


def needed(
    code: str, text: str, source: str, *, keys: tuple[str, ...], steps: tuple[str, ...], kinds: tuple[str, ...] = (),
    refuses: bool = False,
) -> Rule:  # fmt: skip
    """Demand of subjects of `kinds` that at least one of `keys` is answered."""

    def check(case: Case) -> Iterator[Figures]:
        if _is(case, kinds) and all(case.details.get(key) is None for key in keys):
            yield {"titles": _titles(case, keys)}

    one = len(keys) == 1
    return Rule(code, text, check, source=source, steps=steps, culprit=f"details.{keys[0]}" if one else "details", refuses=refuses,
                says="chưa nêu: {titles}", fix="nêu câu trả lời" if one else "nêu ít nhất một trong số đó")  # fmt: skip


# ------------------ figures by themselves


def told_with(code: str, text: str, source: str, *, keys: tuple[str, ...], needs: str, steps: tuple[str, ...]) -> Rule:
    """Remark where one of `keys` is answered and `needs`, without which it says little, is not."""

    def check(case: Case) -> Iterator[Figures]:
        given = tuple(key for key in keys if case.details.get(key) is not None)
        if given and case.details.get(needs) is None:
            yield {"titles": _titles(case, given), "needs": _titles(case, (needs,))}

    return Rule(code, text, check, source=source, steps=steps, culprit=f"details.{needs}", refuses=False,
                says="{titles}: chưa nêu {needs}", fix="nêu {needs}")  # fmt: skip


def not_above(code: str, text: str, source: str, *, key: str, limit: str, steps: tuple[str, ...]) -> Rule:
    """Refuse a figure `key` that is greater than the figure `limit` beside it."""

    def check(case: Case) -> Iterator[Figures]:
        figure, most = case.details.get(key), case.details.get(limit)
        if figure is not None and most is not None and figure > most:
            yield {
                "title": _titles(case, (key,)), "figure": _answer(_question(case, key), figure),
                "limit": _titles(case, (limit,)), "most": _answer(_question(case, limit), most),
            }  # fmt: skip

    return Rule(code, text, check, source=source, steps=steps, culprit=f"details.{key}",
                says="{title}: {figure}, nhiều hơn {limit}: {most}", fix="xem lại hai số liệu")  # fmt: skip


def years_begun(code: str, text: str, source: str, *, key: str, steps: tuple[str, ...]) -> Rule:
    """Refuse a year, or one among several, that begins after the day of the step; the form sees to it that they are years."""

    def check(case: Case) -> Iterator[Figures]:
        given = case.details.get(key) or ()
        years = [given] if isinstance(given, str) else given
        ahead = [year for year in years if int(year) > paper_date(case.occurred_on).year]
        if ahead:
            yield {"title": _titles(case, (key,)), "years": ", ".join(ahead), "date": show(case.occurred_on)}

    return Rule(code, text, check, source=source, steps=steps, culprit=f"details.{key}",
                says="{title}: ngày {date} chưa đến năm {years}", fix="chỉ nêu năm đã đến")  # fmt: skip


# ------------------ findings, held against what the form was told


def met_against(
    code: str, text: str, source: str, *, criteria: tuple[str, ...], keys: tuple[str, ...], wrong: Callable[..., bool],
    steps: tuple[str, ...] = (), least: int = 0, refuses: bool = True,
) -> Rule:  # fmt: skip
    """Refuse, or remark, that one of `criteria` is found met though the form was told otherwise.

    Args:
        code, text, source: As `Rule`.
        criteria: Ids of criteria.
        keys: Questions whose answers are given to `wrong`, in this order.
        wrong: Whether these answers speak against the finding.
        steps: Where an answer may stand that the review itself does not give: the last of these steps before it counts.
        least: How many of the answers must be known; 0 for all. Those that are unknown are not given to `wrong`.
        refuses: As `Rule`.
    """

    def check(case: Case) -> Iterator[Figures]:
        met = _met(case, criteria)
        told = _told(case, keys, steps) if met else {}
        if told and len(told) >= (least or len(keys)) and wrong(*told.values()):
            answers = ((_question(case, key, steps), key, one) for key, one in told.items())
            said = "; ".join(f"{asked.title if asked else key}: {_answer(asked, one)}" for asked, key, one in answers)
            yield from ({"id": id_, "told": said} for id_ in met)

    return Rule(code, text, check, source=source, steps=("reviewed",), culprit="criteria", refuses=refuses,
                says="{id} ghi là đạt nhưng {told}", fix="đối chiếu lại tiêu chí, hoặc xem lại câu trả lời")  # fmt: skip


def met_without(
    code: str, text: str, source: str, *, criteria: tuple[str, ...], keys: tuple[str, ...], steps: tuple[str, ...] = (), least: int = 0
) -> Rule:  # fmt: skip
    """Remark that one of `criteria` is found met on fewer than `least` answers to `keys` (0: on less than all of them).

    They may stand in the review or, where that says nothing of them, in the last of `steps` before it that does.
    """

    def check(case: Case) -> Iterator[Figures]:
        met = _met(case, criteria)
        told = _told(case, keys, steps) if met else {}
        if len(told) < (least or len(keys)):
            titles = _titles(case, tuple(key for key in keys if key not in told), steps)
            yield from ({"id": id_, "titles": titles} for id_ in met)

    one = not steps and len(keys) == 1
    return Rule(code, text, check, source=source, steps=("reviewed",), culprit=f"details.{keys[0]}" if one else "criteria", refuses=False,
                says="{id} ghi là đạt nhưng chưa nêu: {titles}", fix="nêu câu trả lời làm căn cứ")  # fmt: skip


def met_without_years(
    code: str, text: str, source: str, *, criteria: tuple[str, ...], key: str, step: str, years: int
) -> Rule:  # fmt: skip
    """Remark that one of `criteria` is found met before `step` has told the figures of as many `years`, each named by `key`."""

    def check(case: Case) -> Iterator[Figures]:
        met = _met(case, criteria)
        entries = _entries(case, step) if met else []
        told = sorted({one.field.details[key] for one in entries if one.field and one.field.details.get(key)})
        if len(told) < years:
            yield from ({"id": id_, "told": ", ".join(told) or "chưa năm nào", "years": years} for id_ in met)

    return Rule(code, text, check, source=source, steps=("reviewed",), culprit="criteria", refuses=False,
                says="{id} ghi là đạt nhưng mới có số liệu của: {told}", fix="ghi số liệu của ít nhất {years} năm")  # fmt: skip


def of_profile(code: str, text: str, source: str, *, key: str, criteria: Mapping[str, str]) -> Rule:
    """Remark a review passed without the criterion of the profile that the discovery answered to `key`."""

    def check(case: Case) -> Iterator[Figures]:
        profile = case.exemplar.details.get(key, "") if case.exemplar else ""
        id_ = criteria.get(profile, "")
        if id_ and _passed(case) and not _met(case, (id_,)):
            from guong.domain.review import FINDINGS  # noqa: PLC0415 - only a fault is worth the words

            finding = FINDINGS.get(case.findings().get(id_, ""), "chưa đối chiếu")
            question = _question(case, key, ("discovered",))
            yield {"id": id_, "profile": _answer(question, profile), "finding": finding}

    return Rule(code, text, check, source=source, steps=("reviewed",), culprit="criteria", refuses=False,
                says="kết luận đạt ở diện {profile} dù {id}: {finding}",
                fix="đối chiếu lại, hoặc đính chính diện đã ghi khi phát hiện")  # fmt: skip


# ------------------ a title that must be held year after year


class Title(msgspec.Struct, frozen=True, kw_only=True):
    """A title that is given for a year and must be held every year.

    The reading of “every year”: the `years` whole years just before the review must be among those known, else it is refused. A
    year missing between the first one known and these is remarked on, and so is one that the form names but no paper shows.

    Attributes:
        name: What it is called; `title_evidenced` may write it with other marks and capitals.
        key: The question whose answer lists the years, each in four digits, as its form sees to.
        kinds: The kinds of subject that are bound; empty for any.
        held_by: Whose title it is: empty for the subject's own, a kind for that of a subject of this kind to which it is linked.
        years: How many whole years before the review must be there.
    """

    name: str
    key: str
    kinds: tuple[str, ...] = ()
    held_by: str = ""
    years: int = 1

    def binds(self, case: Case) -> bool:
        """Tell whether a review is passed of a subject that must hold it."""
        return _passed(case) and _is(case, self.kinds)

    def last(self, case: Case) -> int:
        """Return the last whole year before the review."""
        return paper_date(case.occurred_on).year - 1

    def named(self, case: Case) -> set[int]:
        """Return the years that the form names."""
        return {int(year) for year in case.details.get(self.key) or ()}

    def shown(self, case: Case) -> set[int]:
        """Return the years that papers show, of whoever's title it is and of everybody merged with him."""
        holders = _linked(case, self.held_by) if self.held_by else case.persons()
        wanted = fold(self.name)
        return {year for one in holders for name, years in one.titles.items() if fold(name) == wanted for year in years}

    def known(self, case: Case) -> set[int]:
        """Return the years that are named or shown."""
        return self.named(case) | self.shown(case)


def title_held(code: str, text: str, source: str, *, title: Title) -> Rule:
    """Refuse a review passed while one of the whole years just before it lacks the title."""

    def check(case: Case) -> Iterator[Figures]:
        if title.binds(case):
            last = title.last(case)
            yield from _lacking(title, set(range(last - title.years + 1, last + 1)) - title.known(case))

    return Rule(code, text, check, source=source, steps=("reviewed",), culprit=f"details.{title.key}",
                says="năm {years} chưa có danh hiệu {title}", fix="nêu năm đạt danh hiệu, và ghi minh chứng (title_evidenced)")  # fmt: skip


def title_gap(code: str, text: str, source: str, *, title: Title) -> Rule:
    """Remark that the title is missing in a year between the first one known and those that `title_held` demands."""

    def check(case: Case) -> Iterator[Figures]:
        known = title.known(case) if title.binds(case) else set()
        if known:
            yield from _lacking(title, set(range(min(known), title.last(case) - title.years + 1)) - known)

    return Rule(code, text, check, source=source, steps=("reviewed",), culprit=f"details.{title.key}", refuses=False,
                says="không liên tục: năm {years} chưa có danh hiệu {title}", fix="nêu đủ các năm đạt danh hiệu")  # fmt: skip


def title_unproven(code: str, text: str, source: str, *, title: Title) -> Rule:
    """Remark that the form names a year of which no paper shows the title."""

    def check(case: Case) -> Iterator[Figures]:
        if title.binds(case):
            yield from _lacking(title, title.named(case) - title.shown(case))

    return Rule(code, text, check, source=source, steps=("reviewed",), culprit=f"details.{title.key}", refuses=False,
                says="danh hiệu {title} năm {years} chưa có minh chứng", fix="ghi minh chứng kèm quyết định (title_evidenced)")  # fmt: skip


def _lacking(title: Title, years: set[int]) -> Iterator[Figures]:
    if years:
        yield {"title": f"“{title.name}”", "years": ", ".join(map(str, sorted(years)))}


# ------------------ what must have been done before


def publicised(
    code: str, text: str, source: str, *, key: str, answers: tuple[Any, ...], kinds: tuple[str, ...] = (),
    criteria: tuple[str, ...] = (), refuses: bool = True,
) -> Rule:  # fmt: skip
    """Demand a publication that answered `key` with one of `answers`, made by the review and not taken down by then.

    It is demanded of subjects of `kinds`, where the review was passed or one of `criteria` was found met.
    """

    def check(case: Case) -> Iterator[Figures]:
        met = _met(case, criteria)
        if not _is(case, kinds) or not (met or _passed(case)):
            return
        down = [one for one in _entries(case, "publicity_removed") if not_after(one.occurred_on, case.occurred_on)]
        removed = {one.data["publication"] for one in down}
        told = [one for one in _entries(case, "publicised") if one.id not in removed and one.field]
        if not any(one.field and one.field.details.get(key) in answers for one in told):
            question = _question(case, key, ("publicised",))
            yield {
                "what": " và ".join([*(["kết luận đạt"] if _passed(case) else []), *(f"{id_} ghi là đạt" for id_ in met)]),
                "title": question.title if question else key, "answers": ", ".join(_answer(question, one) for one in answers),
                "date": show(case.occurred_on),
            }  # fmt: skip

    return Rule(code, text, check, source=source, steps=("reviewed",), culprit="criteria", refuses=refuses,
                says="{what} nhưng đến ngày {date} chưa có tin, bài nào còn đăng với {title}: {answers}",
                fix="ghi việc tuyên truyền trước (publicised)")  # fmt: skip


def sub_plan(code: str, text: str, source: str) -> Rule:
    """Remark that the lead reviews before it has issued a plan of its own, as it must: a duty, no condition of the review."""

    def check(case: Case) -> Iterator[Figures]:
        if case.plan is None or case.exemplar is None:
            return
        lead = case.exemplar.lead
        issued = (day for body, day in case.plan.sub_plans if body == lead)
        if all(not_after(day, case.occurred_on) is False for day in issued):
            unit = case.facts.unit(lead)
            yield {"lead": unit.name_on(case.occurred_on) if unit else lead, "date": show(case.occurred_on)}

    return Rule(code, text, check, source=source, steps=("reviewed",), refuses=False,
                says="đến ngày {date} {lead} chưa ban hành kế hoạch của mình", fix="ban hành, rồi ghi bước sub_plan_filed")  # fmt: skip
