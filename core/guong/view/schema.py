"""The tables of the view. Raise `VERSION` when they or what is written into them change: an older view is rebuilt."""

import datetime as dt

VERSION = 6

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""What times are counted from."""

OPEN = 1 << 40
"""`until` of an interval that has not ended: later than any position and any day."""

TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # One row a stream: `no` is the position of its first entry, `key` and `short` are how people name it.
    "CREATE TABLE stream (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, key TEXT NOT NULL, short TEXT NOT NULL)",
    "CREATE INDEX stream_short ON stream (kind, short)",
    "CREATE INDEX stream_key ON stream (kind, key)",
    # What a stream has come to (MessagePack); `latest` is the last day on which one of its entries counts, `flows` what an
    # exemplar adds to `flow`, to be taken back when its past is told anew.
    "CREATE TABLE state (no INTEGER PRIMARY KEY, version INTEGER NOT NULL, latest INTEGER NOT NULL, state BLOB, flows BLOB)",
    # Exemplars whose past must still be told anew, once the last entry has been taken in.
    "CREATE TABLE stale (no INTEGER PRIMARY KEY, id TEXT NOT NULL)",
    # What streams were at earlier positions, where folding their entries would take long or is asked for all of a kind at once.
    "CREATE TABLE past (no INTEGER NOT NULL, since INTEGER NOT NULL, state BLOB, PRIMARY KEY (no, since)) WITHOUT ROWID",
    # What the board reads of a plan, from a position on: `what` is an attribute of it, or `quota/` and the key of a quota, which
    # stands at `rank` among them; null where it is gone.
    "CREATE TABLE terms (no INTEGER NOT NULL, what TEXT NOT NULL, since INTEGER NOT NULL, rank INTEGER NOT NULL, state BLOB, "
    "PRIMARY KEY (no, what, since)) WITHOUT ROWID",
    # One row an exemplar: what names it; `whole` is the subject that `subject` counts as when it has been merged, `kind` what
    # that is, `born` the day on which it was discovered as known now, null where that was voided.
    "CREATE TABLE exemplar (no INTEGER PRIMARY KEY, id TEXT NOT NULL, plan TEXT NOT NULL, field TEXT NOT NULL, subject TEXT NOT NULL, "
    "whole TEXT NOT NULL, kind TEXT NOT NULL, born INTEGER)",
    "CREATE INDEX exemplar_field ON exemplar (field, plan)",
    "CREATE INDEX exemplar_plan ON exemplar (plan)",
    "CREATE INDEX exemplar_subject ON exemplar (subject)",
    "CREATE INDEX exemplar_whole ON exemplar (whole)",
    # Intervals of what may change of an exemplar (stage, lead, unit, officer, part), on two axes: positions (0), and days as
    # known now (1). `since` belongs to the interval, `until` does not.
    "CREATE TABLE held (axis INTEGER NOT NULL, no INTEGER NOT NULL, what TEXT NOT NULL, since INTEGER NOT NULL, "
    "until INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (axis, no, what, since)) WITHOUT ROWID",
    "CREATE INDEX held_value ON held (axis, what, value, no, since, until)",
    "CREATE INDEX held_since ON held (axis, since, no, until) WHERE what='stage'",
    # Numbers: cells of quota boards, and exemplars by stage. `total` is the sum after a position; `flow` what days, months (day
    # 0) and years (month 0) added, as known now, numbered as year, month, day.
    "CREATE TABLE cell (id INTEGER PRIMARY KEY, plan TEXT NOT NULL, quota TEXT NOT NULL, holder TEXT NOT NULL, part TEXT NOT NULL, "
    "figure TEXT NOT NULL)",
    "CREATE INDEX cell_plan ON cell (plan)",
    "CREATE TABLE total (cell INTEGER NOT NULL, since INTEGER NOT NULL, total INTEGER NOT NULL, PRIMARY KEY (cell, since)) WITHOUT ROWID",
    "CREATE TABLE flow (cell INTEGER NOT NULL, level INTEGER NOT NULL, bucket INTEGER NOT NULL, change INTEGER NOT NULL, "
    "PRIMARY KEY (cell, level, bucket)) WITHOUT ROWID",
    # One row an entry, to list, to count and to find without decoding the log. `recorded` is in milliseconds since 1970.
    "CREATE TABLE entry (position INTEGER PRIMARY KEY, id BLOB NOT NULL, recorded INTEGER NOT NULL, happened TEXT NOT NULL, "
    "delay INTEGER NOT NULL, no INTEGER NOT NULL, step TEXT NOT NULL, plan TEXT NOT NULL, field TEXT NOT NULL, unit TEXT NOT NULL, "
    "officer TEXT NOT NULL, remarks INTEGER NOT NULL, unread TEXT NOT NULL)",
    "CREATE INDEX entry_id ON entry (id)",
    "CREATE INDEX entry_recorded ON entry (recorded)",
    "CREATE INDEX entry_happened ON entry (happened)",
    "CREATE INDEX entry_no ON entry (no)",
    "CREATE INDEX entry_step ON entry (step)",
    "CREATE INDEX entry_field ON entry (field)",
    "CREATE INDEX entry_unit ON entry (unit)",
    "CREATE INDEX entry_officer ON entry (officer)",
    "CREATE INDEX entry_remarks ON entry (position) WHERE remarks>0",
    "CREATE INDEX entry_unread ON entry (position) WHERE unread<>''",
    # Words of entries as keyed hashes. A text is an entry's part: its position times 16, plus 0 for what stands in clear, or
    # the number of the owner under whose seal it stands; `sealed` tells which texts and words are whose, to forget them.
    "CREATE TABLE word (hash INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (hash, text)) WITHOUT ROWID",
    "CREATE TABLE sealed (owner TEXT NOT NULL, text INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (owner, text)) WITHOUT ROWID",
)
