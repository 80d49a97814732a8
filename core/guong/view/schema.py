"""The tables of the view. Raise `VERSION` when they or what is written into them change: an older view is rebuilt."""

VERSION = 5

TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # One row a stream: how people name it (`key`, `short`), and its state as JSON.
    "CREATE TABLE stream (id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, short TEXT NOT NULL, version INTEGER NOT NULL, "
    "position INTEGER NOT NULL, state BLOB) WITHOUT ROWID",
    "CREATE INDEX stream_short ON stream (kind, short)",
    "CREATE INDEX stream_key ON stream (kind, key)",
    # Exemplars and their marks, as quotas count them; `day` is the earliest day of the mark's date,
    # `whole` the subject that `subject` counts as when it has been merged.
    "CREATE TABLE exemplar (stream TEXT PRIMARY KEY, plan TEXT NOT NULL, field TEXT NOT NULL, lead TEXT NOT NULL, part TEXT NOT NULL, "
    "subject TEXT NOT NULL, whole TEXT NOT NULL, unit TEXT NOT NULL, stage TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX exemplar_field ON exemplar (plan, field, lead, part)",
    "CREATE INDEX exemplar_subject ON exemplar (subject)",
    "CREATE TABLE mark (stream TEXT NOT NULL, mark TEXT NOT NULL, value TEXT, day TEXT NOT NULL, PRIMARY KEY (stream, mark)) WITHOUT ROWID",
    # One row an entry, to list and to find without decoding the log.
    "CREATE TABLE entry (position INTEGER PRIMARY KEY, id TEXT NOT NULL, short TEXT NOT NULL, stream TEXT NOT NULL, kind TEXT NOT NULL, "
    "step TEXT NOT NULL, field TEXT, occurred_on TEXT, remarks INTEGER NOT NULL, unread TEXT NOT NULL)",
    "CREATE INDEX entry_short ON entry (short)",
    "CREATE INDEX entry_field ON entry (field)",
)
