"""Recording: the lock, the clock, and all or nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from guong.domain.entry import Remark
from guong.domain.problems import Problem, refusals
from guong.domain.streams import STEPS
from guong.domain.subject import erased_owners
from guong.errors import GuongError, RefusedError
from guong.log.faults import told
from guong.resolve import Context, Moment
from guong.rows import Line, Row
from guong.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guong.desk import Desk, Draft
    from guong.domain.ids import Found
    from guong.log.application import EventLog
    from guong.log.spool import Spool
    from guong.log.world import World
    from guong.vault import Vault

_BACK, _AHEAD = dt.timedelta(days=1), dt.timedelta(days=400)


class Receipt(msgspec.Struct, frozen=True):
    """What was recorded: where it stands, its id, its stream, and what was remarked."""

    position: int
    id: str
    stream: str
    kind: str
    step: str
    remarks: tuple[Problem, ...]


class Order(NamedTuple):
    """How a command wants its rows recorded.

    Attributes:
        channel: Where they come from: `cli`, `tui`, `import`, `sample`.
        by: The officer who acts, where a row does not say.
        dry_run: Judge only; nothing is stored, not even a key or a file.
        outside: Judge outside the lock first, so that a long import keeps nobody waiting.
        clock_reason: Why a great jump of the machine's clock is right.
        folder: What relative paths of files start from.
        keep: Whether to return a receipt for every row; without, memory does not grow with rows.
        own, waived: For the book's own steps (see `Context`).
        zone: The time zone, while the book has none yet.
    """

    channel: str = "cli"
    by: str = ""
    dry_run: bool = False
    outside: bool = False
    clock_reason: str = ""
    folder: Path = Path()
    keep: bool = True
    own: bool = False
    waived: frozenset[str] = frozenset()
    zone: str = ""


class Recording:
    """Takes rows to the log of one book."""

    def __init__(
        self, log: EventLog, spool: Spool, world: World, vault: Vault, desk: Desk, clock: Callable[[], dt.datetime],
        random: Callable[[int], bytes],
    ) -> None:  # fmt: skip
        self._log, self._spool, self._world, self._vault, self._desk = log, spool, world, vault, desk
        self._clock, self._random = clock, random
        self._erased: list[str] = []
        self.destroyed = False
        """Whether keys have been destroyed since somebody last looked."""

    def record(self, rows: Callable[[], Iterable[Row | Line]], order: Order) -> list[Receipt]:
        """Judge rows and append all of them in one transaction, or none.

        Args:
            rows: Gives the rows from the start each time it is called; it is called again when the log moved meanwhile.
            order: How.

        Returns:
            A receipt a row; only the last one where `order.keep` is False.

        Raises:
            RefusedError: with every refusal; in an import each with its line or row, counted from 1.
            GuongError: the book cannot be written to, is locked, damaged, or the disk is full.
        """
        with told():
            try:
                return self._dry(rows, order) if order.dry_run else self._record(rows, order)
            except BaseException:
                self._discard()
                raise

    def _dry(self, rows: Callable[[], Iterable[Row | Line]], order: Order) -> list[Receipt]:
        receipts = self._judge(rows(), order, self._random(16).hex(), self._log.head())
        self._discard()
        return receipts

    def _record(self, rows: Callable[[], Iterable[Row | Line]], order: Order) -> list[Receipt]:
        correlation = self._random(16).hex()
        receipts: list[Receipt] = []
        judged_at = -1
        if order.outside:
            judged_at = self._log.head()
            receipts = self._judge(rows(), order, correlation, judged_at)
        with self._log.locked() as head:
            if head != judged_at:
                if order.outside:
                    self._discard()
                receipts = self._judge(rows(), order, correlation, head)
            self._vault.flush()
            for batch in self._spool.batches():
                self._log.append(batch)
        self._spool.clear()
        for owner in self._erased:
            self._vault.destroy(owner)
            self.destroyed = True
        self._erased.clear()
        return receipts

    def _discard(self) -> None:
        """Forget what has been judged and not appended."""
        self._spool.clear()
        self._erased.clear()
        self._vault.drop()
        self._world.forget()

    def _judge(self, rows: Iterable[Row | Line], order: Order, correlation: str, head: int) -> list[Receipt]:
        self._world.refresh(head)
        zone = order.zone or (self._world.book.zone if self._world.book else "UTC")
        labels: dict[str, Found] = {}
        context = Context(
            self._moment(order, ZoneInfo(zone)), order.by, order.channel, __version__, correlation, labels, order.folder,
            write=not order.dry_run, own=order.own, waived=order.waived,
        )  # fmt: skip
        receipts: list[Receipt] = []
        wrong: list[tuple[int | None, Problem]] = []
        last: Draft | None = None
        for number, given in enumerate(rows, start=1):
            line = given if isinstance(given, Line) else Line(number, given)
            draft, problems = (
                (None, [line.row]) if isinstance(line.row, Problem) else self._desk.draft(line.row, context)
            )
            if draft is None:
                wrong += [(line.number if order.channel == "import" else None, one) for one in refusals(problems)]
                continue
            for one in self._keep(draft, context):
                last = one
                if order.keep:
                    receipts.append(_receipt(one))
        if wrong:
            raise RefusedError(wrong)
        if last is None:
            raise GuongError("không có dòng nào để ghi", "mỗi dòng là một bước")
        return receipts or [_receipt(last)]

    def _keep(self, draft: Draft, context: Context) -> Iterator[Draft]:
        """Take a draft, and what the book records with it in another stream."""
        stored, entry = draft.stored, draft.stored.entry
        self._spool.add(stored.position, stored.stream, stored.version, stored.topic, draft.body)
        self._world.take(stored)
        yield draft
        if entry is not None and entry.step == "personal_data_erased":
            self._erased += erased_owners(stored.stream, entry.data["scope"])
        echo = STEPS[entry.step].echo if entry is not None else None
        if entry is not None and echo is not None:
            key, named = echo
            row = {
                "step": key, STEPS[key].stream: entry.data[named], STEPS[key].questions[0].key: stored.stream, "by": entry.by,
                "as_role": entry.role, "in_unit": entry.unit, "occurred_on": entry.occurred_on,
            }  # fmt: skip
            echoed, problems = self._desk.draft(row, msgspec.structs.replace(context, own=True, causation=entry.id))
            if echoed is None:
                raise RefusedError([(None, one) for one in refusals(problems)])
            yield from self._keep(echoed, context)

    def _moment(self, order: Order, zone: ZoneInfo) -> Moment:
        """Read the clock once; what is recorded is never earlier than what was recorded before.

        Raises:
            RefusedError: the clock jumped by more than a day back or 400 days ahead, and no reason was given.
        """
        now = self._clock()
        last = dt.datetime.fromisoformat(self._world.recorded_at) if self._world.recorded_at else None
        sample = self._world.book is not None and self._world.book.sample
        remarks: tuple[Remark, ...] = ()
        recorded = now
        if last is not None and now < last:
            recorded = last
            remarks = (Remark(code="core.clock-back", figures={"seconds": int((last - now).total_seconds())}),)
        far = last is not None and (last - now > _BACK or (now - last > _AHEAD and not sample))
        if far and not order.clock_reason and last is not None:
            raise RefusedError([(None, _jump(now, last, zone))])
        if far and now > recorded - _BACK and last is not None and now > last:
            remarks = (Remark(code="core.clock-ahead", figures={"days": (now - last).days}),)
        return Moment(
            _stamp(recorded), recorded.astimezone(zone).date(), _stamp(now) if recorded is not now else None,
            order.clock_reason if far else None, remarks,
        )  # fmt: skip


def _jump(now: dt.datetime, last: dt.datetime, zone: ZoneInfo) -> Problem:
    clock, before = (f"{time.astimezone(zone):%d/%m/%Y %H:%M}" for time in (now, last))
    return Problem(
        code="core.clock", culprit="clock_reason", message=f"đồng hồ máy đang chỉ {clock}, mục trước được ghi lúc {before}",
        fix="chỉnh lại đồng hồ; nếu đồng hồ đúng, nêu lý do bằng --clock-reason",
    )  # fmt: skip


def _stamp(time: dt.datetime) -> str:
    return time.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _receipt(draft: Draft) -> Receipt:
    stored, entry = draft.stored, draft.stored.entry
    kind, _, step = stored.topic.partition(".")
    return Receipt(stored.position, entry.id if entry else "", stored.stream, kind, step, tuple(draft.problems))
