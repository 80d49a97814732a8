"""The log on a PostgreSQL server, where many write: one lock a book, positions without gaps, nothing updated or deleted."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from eventsourcing.persistence import Notification, OperationalError
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore, PostgresFactory
from psycopg.sql import SQL, Identifier

from guong.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventsourcing.persistence import StoredEvent
    from psycopg import Cursor
    from psycopg.rows import DictRow


class Address(NamedTuple):
    """Where a log lies on a server; every book has a schema of its own."""

    host: str
    port: str
    database: str
    user: str
    password: str
    schema: str

    @classmethod
    def parse(cls, url: str) -> Address:
        """Read `postgresql://user:password@host:port/database?schema=name`.

        Raises:
            UsageError: a part that is needed is missing.
        """
        parts = urlsplit(url)
        schema = parse_qs(parts.query).get("schema", [""])[0]
        database = parts.path.strip("/")
        if parts.scheme not in ("postgresql", "postgres") or not (
            parts.hostname and parts.username and database and schema
        ):
            raise UsageError(
                "địa chỉ nhật ký phải có dạng postgresql://người_dùng:mật_khẩu@máy:cổng/cơ_sở_dữ_liệu?schema=tên",
                "sửa GUONG_LOG",
            )
        return cls(
            parts.hostname,
            str(parts.port or 5432),
            database,
            unquote(parts.username),
            unquote(parts.password or ""),
            schema,
        )

    @property
    def public(self) -> str:
        """The address without its password: what a book's own settings may hold."""
        return f"postgresql://{self.user}@{self.host}:{self.port}/{self.database}?schema={self.schema}"

    def settings(self, lock_timeout: int) -> dict[str, str]:
        """Return the library's keys for this address."""
        return {
            "LOG": "postgres", "POSTGRES_HOST": self.host, "POSTGRES_PORT": self.port, "POSTGRES_DBNAME": self.database,
            "POSTGRES_USER": self.user, "POSTGRES_PASSWORD": self.password, "POSTGRES_SCHEMA": self.schema,
            "POSTGRES_POOL_SIZE": "2", "POSTGRES_MAX_OVERFLOW": "8", "POSTGRES_LOCK_TIMEOUT": str(lock_timeout),
            "POSTGRES_CONNECT_TIMEOUT": "10",
        }  # fmt: skip


class PostgresBookRecorder(PostgresApplicationRecorder):
    """The library's recorder with positions that have no gaps, and a lock that spans reading, judging and appending."""

    def __init__(self, datastore: PostgresDatastore, *, events_table_name: str = "stored_events") -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        names = {
            "schema": Identifier(datastore.schema),
            "table": Identifier(events_table_name),
            "next": Identifier(f"{events_table_name}_next"),
            "never": Identifier(f"{events_table_name}_never"),
        }
        self.sql_create_statements[self.create_table_statement_index] = SQL(
            "CREATE TABLE IF NOT EXISTS {schema}.{table} (originator_id uuid NOT NULL, originator_version bigint NOT NULL, "
            "topic text NOT NULL, state bytea NOT NULL, notification_id bigint NOT NULL, "
            "PRIMARY KEY (originator_id, originator_version))"
        ).format(**names)
        # A sequence would leave a gap behind every transaction that fails; under the lock the next number is simply one more.
        self.sql_create_statements += [
            SQL(
                "CREATE OR REPLACE FUNCTION {schema}.{next}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "SELECT coalesce(max(notification_id), 0) + 1 INTO NEW.notification_id FROM {schema}.{table}; RETURN NEW; END $$"
            ).format(**names),
            SQL(
                "CREATE OR REPLACE TRIGGER {next} BEFORE INSERT ON {schema}.{table} FOR EACH ROW EXECUTE FUNCTION {schema}.{next}()"
            ).format(**names),
            SQL(
                "CREATE OR REPLACE FUNCTION {schema}.{never}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'an entry is never changed'; END $$"
            ).format(**names),
            SQL(
                "CREATE OR REPLACE TRIGGER {never} BEFORE UPDATE OR DELETE OR TRUNCATE ON {schema}.{table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION {schema}.{never}()"
            ).format(**names),
        ]
        self._select_stream = SQL(
            "SELECT * FROM {schema}.{table} WHERE originator_id = %s ORDER BY originator_version"
        ).format(**names)
        self._writer: Cursor[DictRow] | None = None
        self._last: StoredEvent | None = None

    def create_table(self) -> None:
        """Make the schema, then what the library makes; one at a time, since the server lets two who do it deadlock."""
        with self.datastore.transaction(commit=False) as holder:
            self._take_lock(holder, "making")  # not the lock of writers: a long import keeps nobody from reading
            with self.datastore.transaction(commit=True) as cursor:
                cursor.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(self.datastore.schema)))
            super().create_table()

    @contextmanager
    def locked(self) -> Iterator[int]:
        """Hold the book's advisory lock and give the last position; what is inserted is one transaction, undone if anything raises.

        A connection that breaks while committing leaves open whether the entries are there; they are looked up, and bytes
        that are there count as appended.
        """
        self._last = None
        try:
            with self.datastore.get_connection() as connection, connection.transaction(), connection.cursor() as cursor:
                self._take_lock(cursor)
                self._writer = cursor
                cursor.execute(self.max_notification_id_statement)
                row = cursor.fetchone()
                yield (row["max"] if row else None) or 0
        except OperationalError:
            if self._last is None or not self._arrived(self._last):
                raise
        finally:
            self._writer = None

    def _take_lock(self, cursor: Cursor[DictRow], purpose: str = "writing") -> None:
        cursor.execute(SQL("SET LOCAL lock_timeout = '{0}s'").format(self.datastore.lock_timeout))
        key = f"{self.datastore.schema}.{self.events_table_name}/{purpose}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])

    def _arrived(self, event: StoredEvent) -> bool:
        """Tell whether an entry is there, once the transaction that was to bring it has surely ended."""
        with self.datastore.transaction(commit=False) as cursor:
            self._take_lock(cursor)
            there = self.select_events(event.originator_id, gt=event.originator_version - 1, limit=1)
        return bool(there) and there[0].state == event.state

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Insert inside the lock where it is held, in a transaction of its own otherwise."""
        if self._writer is None:
            positions: Sequence[int] | None = super().insert_events(stored_events, **kwargs)
            return positions
        self._insert_stored_events(self._writer, stored_events, **kwargs)
        self._last = stored_events[-1]
        return self._fetch_ids_after_insert_events(self._writer, stored_events, **kwargs)

    def select_stream(self, stream: str) -> Sequence[Notification]:
        """Return the rows of one stream with their positions, in order of version."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(self._select_stream, [stream])
            return [
                Notification(
                    id=row["notification_id"], originator_id=row["originator_id"], originator_version=row["originator_version"],
                    topic=row["topic"], state=bytes(row["state"]),
                )
                for row in cursor.fetchall()
            ]  # fmt: skip

    def faults(self) -> list[str]:
        """Return what the database itself finds wrong with its table."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(
                SQL("SELECT count(*) AS n, coalesce(max(notification_id), 0) AS last FROM {}.{}").format(
                    Identifier(self.datastore.schema), Identifier(self.events_table_name)
                )
            )
            row = cursor.fetchone()
        return [] if row is None or row["n"] == row["last"] else [f"{row['n']} rows, last position {row['last']}"]


class PostgresBookFactory(PostgresFactory):
    """Makes the recorder above, whatever the environment says."""

    application_recorder_class = PostgresBookRecorder
