"""What the law demands of honours, read from the log's own copy of it.

A look yields what it finds, each time with whether that is sure. It is sure only where a clause speaks of the whole day and
somebody has checked it: then the rule of that look refuses. Everything else is a doubt, which one rule remarks on.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from guong import Rule, not_after, paper_date, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guong import Case, Clause, Exemplar, HonourForm, LawDeclaration, LawText, Thread

    C = TypeVar("C", bound=Clause)
    Figures = dict[str, Any]
    Look = Callable[[Case], Iterator[tuple[bool, Figures]]]

LAW = "luat-tdkt"
NO_UPWARD = "nd-152-2025"
"""The text that forbids to build a reward for merit on one for a movement or something sudden."""
NARROW = ("ad_hoc", "movement")
KINDS = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể", "model": "mô hình"}


# ------------------ the law on a day


def in_force(clause: Clause | LawText, day: str) -> bool | None:
    """Tell whether a clause or text holds on a day; None where the dates cannot tell."""
    ends = (not clause.since or not_after(clause.since, day), not clause.until or not_after(day, clause.until))
    return False if False in ends else None if None in ends else True


def sure(clause: Clause | LawText, day: str) -> bool:
    """Tell whether a clause surely holds on a day and somebody has checked it."""
    return clause.checked and in_force(clause, day) is True


def of_day(clauses: Iterable[C], day: str) -> list[C]:
    """Return the clauses that hold or may hold on a day."""
    return [one for one in clauses if in_force(one, day) is not False]


def allowed(clauses: list[C], day: str, fits: Callable[[C], bool]) -> tuple[bool | None, list[C]]:
    """Tell whether one of the clauses of a day fits, None where no sure clause says so; and the clauses that say it."""
    fitting = [one for one in clauses if fits(one)]
    saying = fitting or clauses
    return (bool(fitting) if any(sure(one, day) for one in saying) else None), saying


def _doubt(
    law: LawDeclaration | None, what: str, day: str, clauses: Iterable[Clause | LawText]
) -> tuple[bool, Figures]:
    """Return the remark that `what` hangs on clauses that are not sure, and why they are not."""
    said = sorted(clauses, key=lambda one: sure(one, day))
    why = "bộ quy tắc không có quy định cho ngày ấy"
    if said:
        why = "ngày ghi chưa đủ rõ để biết" if said[0].checked else "chưa kiểm tra"
    return False, {"what": what, "date": show(day), "source": _source(law, said), "why": why}


def _source(law: LawDeclaration | None, clauses: list[Clause | LawText]) -> str:
    """Return number and article of the first clause, as a remark names them."""
    key = getattr(clauses[0], "text", getattr(clauses[0], "key", "")) if clauses else ""
    number = next((one.number for one in (law.texts if law else ()) if one.key == key), "")
    article = getattr(clauses[0], "article", "") if clauses else ""
    return ", ".join(part for part in (number, article) if part) or "chưa rõ văn bản"


# ------------------ the case


def _law(case: Case) -> LawDeclaration | None:
    return case.plan.law(LAW) if case.plan else None


def _before(case: Case) -> Thread | None:
    """Return the honour that the step goes on with, None where it opens one."""
    named = case.data.get("honour") or case.data.get("proposal")
    return case.exemplar.threads.get(named) if case.exemplar and named else None


def _answer(case: Case, key: str) -> Any:
    before = _before(case)
    return case.data.get(key) or (before.answers.get(key) if before else None)


def _form(case: Case) -> HonourForm | None:
    """Return the form of an award; None for an honour of another kind and for a form that the law does not know."""
    law = _law(case)
    return law.form(_answer(case, "form") or "") if law and case.data["kind"] == "award" else None


def _awards(exemplars: Iterable[Exemplar]) -> Iterator[tuple[Exemplar, str, Thread]]:
    """Yield every award that stands, with its exemplar and the entry that opened it."""
    for exemplar in exemplars:
        for id_, thread in exemplar.of_kind("honour").items():
            if thread.answers["kind"] == "award" and thread.has("honoured"):
                yield exemplar, id_, thread


def _rewarded(case: Case) -> Iterator[tuple[Exemplar, Thread]]:
    """Yield every other standing award for the achievement of the case, in any field under any plan."""
    achievement, own = _answer(case, "achievement"), {case.data.get("proposal"), case.corrects}
    if achievement and case.subject:
        for exemplar, id_, thread in _awards(case.facts.exemplars(case.subject.id)):
            if id_ not in own and thread.answers.get("achievement") == achievement:
                yield exemplar, thread


def _decided(thread: Thread) -> str:
    mark = thread.mark("honoured")
    return mark.on if mark else thread.on


def _dong(value: int) -> str:
    return f"{value:,}".replace(",", ".")


# ------------------ plain rules


def _unknown_form(case: Case) -> Iterator[Figures]:
    law = _law(case)
    if law and case.data["kind"] == "award" and _form(case) is None:
        yield {"form": _answer(case, "form") or "chưa nêu", "known": ", ".join(one.code for one in law.forms)}


def _form_kind(case: Case) -> Iterator[Figures]:
    form, subject = _form(case), case.subject
    if form and subject and form.kinds and subject.kind not in form.kinds:
        kinds = ", ".join(KINDS.get(one, one) for one in form.kinds)
        yield {"form": form.code, "kind": KINDS.get(subject.kind, subject.kind), "kinds": kinds}


def _once(case: Case) -> Iterator[Figures]:
    for exemplar, thread in _rewarded(case) if case.data["kind"] == "award" else ():
        yield {"field": exemplar.field, "form": thread.answers.get("form", ""), "date": show(_decided(thread))}


def _twice_level(case: Case) -> Iterator[Figures]:
    for exemplar, thread in _rewarded(case) if case.data["kind"] == "proposal" else ():
        yield {"field": exemplar.field, "form": thread.answers.get("form", ""), "date": show(_decided(thread))}


def _money_missing(case: Case) -> Iterator[Figures]:
    form = _form(case)
    if form and form.sums and case.data.get("money") is None:
        yield {"form": form.code}


def _recover(case: Case) -> Iterator[Figures]:
    law, before = _law(case), _before(case)
    handed = before.mark("honour_presented") if before and before.answers["kind"] == "award" else None
    demanded = any(one.recover for one in law.grounds if one.key == case.data["ground"]) if law else False
    if handed and demanded and not case.data.get("recover"):
        yield {"date": show(handed.on)}


# ------------------ looks that may be in doubt


def _authority(case: Case) -> Iterator[tuple[bool, Figures]]:
    law, form, day = _law(case), _form(case), case.occurred_on
    unit = case.facts.unit(case.data["authority"])
    if case.data["kind"] == "award" and law is None:
        yield _doubt(law, "kế hoạch chưa áp dụng bộ quy tắc", day, ())
    if law is None or form is None or unit is None:
        return
    clauses = of_day(form.competences, day)
    may, saying = allowed(clauses, day, lambda one: not {*one.powers}.isdisjoint(unit.powers))
    if may is None:
        yield _doubt(law, f"thẩm quyền tặng {form.code} của {unit.key}", day, saying)
    elif not may:
        who = ", ".join(dict.fromkeys(law.powers.get(key, key) for one in clauses for key in one.powers))
        yield True, {"unit": unit.key, "form": form.code, "date": show(day), "who": who or "không còn ai"}


def _money(case: Case) -> Iterator[tuple[bool, Figures]]:
    law, form, day, money = _law(case), _form(case), case.occurred_on, case.data.get("money")
    kind = case.subject.kind if case.subject else ""
    if law is None or form is None or not form.sums or money is None:
        return
    pairs = [
        (factor, amount)
        for factor in of_day((one for one in form.sums if not one.kinds or kind in one.kinds), day)
        for amount in of_day((one for one in law.amounts if one.key == factor.base), day)
    ]
    due = {round(factor.factor * amount.value) for factor, amount in pairs}
    clauses = [clause for pair in pairs for clause in pair]
    if not due or not all(sure(one, day) for one in clauses):
        expected = f" (theo quy định: {' hoặc '.join(map(_dong, sorted(due)))})" if due - {money} else ""
        yield _doubt(law, f"tiền thưởng {_dong(money)} đồng{expected}", day, clauses)
    elif money not in due:
        yield True, {"money": _dong(money), "due": _dong(due.pop()), "date": show(day)}


def _upward(case: Case) -> Iterator[tuple[bool, Figures]]:
    law, day = _law(case), case.occurred_on
    if law is None or case.data["kind"] != "proposal" or _answer(case, "method") != "merit":
        return
    for text in law.texts:
        holds = text.key == NO_UPWARD and in_force(text, day) is not False
        for exemplar, thread in _rewarded(case) if holds else ():
            if thread.answers.get("method") in NARROW:
                found = {"field": exemplar.field, "date": show(_decided(thread))}
                yield (True, found) if sure(text, day) else _doubt(law, "căn cứ đề nghị cấp trên", day, (text,))


def _ground(case: Case) -> Iterator[tuple[bool, Figures]]:
    law, before, day, ground = _law(case), _before(case), case.occurred_on, case.data["ground"]
    if law is None or before is None or before.answers["kind"] != "award":
        return
    clauses = of_day(law.grounds, day)
    known, saying = allowed(clauses, day, lambda one: one.key == ground)
    if known is None:
        yield _doubt(law, f"căn cứ hủy {ground}", day, saying)
    elif not known:
        yield True, {"ground": ground, "known": "; ".join(f"{one.key}) {one.words}" for one in clauses)}


def _retention(case: Case) -> Iterator[tuple[bool, Figures]]:
    if case.data["scope"] != "all" or case.subject is None:
        return
    for exemplar, _, thread in _awards(case.facts.exemplars(case.subject.id)):
        plan = case.facts.plan(exemplar.plan)
        law, code, decided = plan.law(LAW) if plan else None, thread.answers.get("form", ""), _decided(thread)
        form = law.form(code) if law else None
        rows = of_day((one for one in law.retention if one.key == form.retention), decided) if law and form else []
        award = {"form": code, "decided": show(decided)}
        if not rows:
            yield _doubt(law, f"thời hạn giữ hồ sơ {code} ngày {show(decided)}", decided, ())
        for row in rows:
            until = _years_after(decided, row.years) if row.years is not None else ""
            over, kept = (not_after(until, case.occurred_on) if until else False), show(until) if until else "vĩnh viễn"
            if over is None or not sure(row, decided):
                yield _doubt(law, f"thời hạn giữ hồ sơ {code} ngày {show(decided)} ({kept})", decided, (row,))
            elif not over:
                yield True, {**award, "until": kept}


def _years_after(day: str, years: int) -> str:
    date = paper_date(day)
    later = date._replace(year=date.year + years)
    return str(later._replace(day=28) if later[1:] == (2, 29) else later)


# ------------------ the rules

_GIVES = ("honour_proposed", "honour_decided")
_LOOKS: dict[str, tuple[Look, ...]] = {
    "honour_proposed": (_authority, _upward),
    "honour_decided": (_authority, _money, _upward),
    "honour_revoked": (_ground,),
    "personal_data_erased": (_retention,),
}


def _found(look: Look, case: Case) -> Iterator[Figures]:
    yield from (figures for certain, figures in look(case) if certain)


def _unchecked(case: Case) -> Iterator[Figures]:
    for look in _LOOKS[case.step.key]:
        yield from (figures for certain, figures in look(case) if not certain)


RULES: tuple[Rule, ...] = (
    Rule("luat-tdkt.form", "Khen thưởng phải theo hình thức luật định", _unknown_form,
         source="06/2022/QH15", steps=_GIVES, culprit="form",
         says="không có hình thức khen thưởng {form}",
         fix="các hình thức: {known}"),
    Rule("luat-tdkt.form-kind", "Hình thức khen thưởng phải hợp với đối tượng", _form_kind,
         source="06/2022/QH15", steps=_GIVES, culprit="form",
         says="{form} không dành cho {kind}",
         fix="hình thức này dành cho: {kinds}"),
    Rule("luat-tdkt.authority", "Chỉ người có thẩm quyền vào ngày đó mới được quyết định khen thưởng", partial(_found, _authority),
         source="06/2022/QH15, Điều 80", steps=_GIVES, culprit="authority",
         says="ngày {date} {unit} không có thẩm quyền tặng {form}",
         fix="có thẩm quyền: {who}"),
    Rule("luat-tdkt.money", "Tiền thưởng bằng hệ số nhân mức lương cơ sở của ngày quyết định", partial(_found, _money),
         source="98/2023/NĐ-CP, Điều 54", steps=("honour_decided",), culprit="money",
         says="tiền thưởng {money} đồng, theo quy định ngày {date} là {due} đồng",
         fix="ghi {due} đồng, hoặc xem lại hình thức và ngày quyết định"),
    Rule("luat-tdkt.money-missing", "Quyết định khen thưởng nên nêu số tiền thưởng", _money_missing,
         source="98/2023/NĐ-CP, Điều 54", steps=("honour_decided",), culprit="money", refuses=False,
         says="chưa nêu tiền thưởng kèm {form}",
         fix="ghi số tiền thưởng; không có tiền thưởng thì ghi 0"),
    Rule("luat-tdkt.once", "Không khen thưởng nhiều lần, nhiều hình thức cho một thành tích", _once,
         source="06/2022/QH15, nguyên tắc khen thưởng", steps=_GIVES, culprit="achievement",
         says="thành tích này đã được khen thưởng {form} ở lĩnh vực {field} ngày {date}",
         fix="nêu một thành tích khác"),
    Rule("luat-tdkt.upward", "Kết quả khen thưởng đột xuất, chuyên đề không là căn cứ đề nghị cấp trên khen thưởng công trạng",
         partial(_found, _upward),
         source="152/2025/NĐ-CP", steps=_GIVES, culprit="achievement",
         says="thành tích này đã được khen thưởng đột xuất hoặc chuyên đề ở lĩnh vực {field} ngày {date}",
         fix="nêu một thành tích khác làm căn cứ"),
    Rule("luat-tdkt.twice-level", "Một thành tích không nên được hai cấp khen thưởng", _twice_level,
         source="06/2022/QH15, nguyên tắc khen thưởng", steps=_GIVES, culprit="achievement", refuses=False,
         says="thành tích đề nghị cấp trên khen đã được khen thưởng {form} ở lĩnh vực {field} ngày {date}",
         fix="xem lại cấp khen thưởng, hoặc nêu một thành tích khác"),
    Rule("luat-tdkt.ground", "Chỉ hủy quyết định khen thưởng theo căn cứ luật định", partial(_found, _ground),
         source="06/2022/QH15, Điều 93 khoản 2", steps=("honour_revoked",), culprit="ground",
         says="không có căn cứ hủy {ground}",
         fix="các căn cứ: {known}"),
    Rule("luat-tdkt.recover", "Hủy khen thưởng thì thu hồi hiện vật và tiền thưởng đã trao", _recover,
         source="06/2022/QH15, Điều 93 khoản 2", steps=("honour_revoked",), culprit="recover",
         says="đã trao ngày {date} nhưng chưa nêu phải thu hồi gì",
         fix="nêu phải thu hồi: object, money"),
    Rule("luat-tdkt.retention", "Không xóa dữ liệu khi hồ sơ khen thưởng còn phải giữ", partial(_found, _retention),
         source="10/2022/TT-BNV", steps=("personal_data_erased",), culprit="scope",
         says="hồ sơ {form} quyết định ngày {decided} phải giữ đến: {until}",
         fix="chỉ xóa dữ liệu liên lạc (contact), hoặc ghi bước erasure_refused"),
    Rule("luat-tdkt.unchecked", "Điều chưa ai đối chiếu với văn bản không được coi là đã đúng", _unchecked,
         source="sổ", steps=tuple(_LOOKS), refuses=False,
         says="{what}: {why} ({source})",
         fix="đối chiếu với văn bản"),
)  # fmt: skip
