"""What goes wrong underneath a log, told to the user."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from eventsourcing.persistence import IntegrityError, PersistenceError

from guong.errors import BookError, BusyError, DamagedError, GuongError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAYS: tuple[tuple[str, type[GuongError], str, str], ...] = (
    ("locked", BusyError, "sổ đang được chương trình khác ghi", "đợi một lát rồi làm lại"),
    ("busy", BusyError, "sổ đang được chương trình khác ghi", "đợi một lát rồi làm lại"),
    ("disk is full", BusyError, "đĩa đã đầy, không ghi được", "dọn chỗ trên đĩa rồi làm lại; chưa có gì được ghi"),
    ("lock timeout", BusyError, "sổ đang được chương trình khác ghi", "đợi một lát rồi làm lại"),
    ("connection", BusyError, "không nối được với máy chủ giữ nhật ký", "xem lại GUONG_LOG, mạng và máy chủ"),
    ("password", BookError, "máy chủ giữ nhật ký không nhận người dùng này", "xem lại GUONG_LOG"),
    ("readonly", BookError, "sổ chỉ đọc, không ghi được", "chép sổ sang nơi ghi được"),
    ("read-only", BookError, "sổ chỉ đọc, không ghi được", "chép sổ sang nơi ghi được"),
    ("unable to open", BookError, "không mở được tệp của sổ", "xem lại đường dẫn và quyền đọc"),
    ("not a database", DamagedError, "tệp của sổ không phải là một cuốn sổ", "khôi phục từ bản sao: guong restore"),
    ("malformed", DamagedError, "tệp của sổ bị hỏng", "khôi phục từ bản sao: guong restore"),
    ("never changed", DamagedError, "mục đã ghi không bao giờ được sửa hay xóa", "ghi một mục đính chính"),
    ("disk i/o", DamagedError, "đĩa đọc hoặc ghi lỗi", "kiểm tra đĩa; guong check cho biết còn gì"),
)


@contextmanager
def told() -> Iterator[None]:
    """Turn an error of the database into one for the user, the technical words kept in brackets."""
    try:
        yield
    except (sqlite3.Error, PersistenceError) as error:
        words = str(error).lower()
        for part, kind, message, fix in _SAYS:
            if part in words:
                raise kind(f"{message} ({error})", fix) from error
        if isinstance(error, IntegrityError):
            raise BusyError("một mục khác vừa được ghi vào cùng chỗ", "làm lại") from error
        raise DamagedError(f"cơ sở dữ liệu báo lỗi ({error})", "guong check cho biết thêm") from error
