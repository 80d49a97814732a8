"""What goes wrong underneath a log, told to the user."""

from __future__ import annotations

import sqlite3

from eventsourcing.persistence import IntegrityError, PersistenceError

from guong.errors import BookError, BusyError, DamagedError, GuongError

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


class told:  # noqa: N801 - reads as a verb where it is used: `with told():`
    """Turn an error of the database into one for the user, the technical words kept in brackets."""

    def __enter__(self) -> None:
        """Nothing needs to be made ready."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Raise what the user is told, where it is the database that went wrong.

        Raises:
            GuongError: of the kind that fits.
        """
        if isinstance(error, sqlite3.Error | PersistenceError):
            raise _worded(error) from error


def _worded(error: Exception) -> GuongError:
    words = str(error).lower()
    for part, kind, message, fix in _SAYS:
        if part in words:
            return kind(f"{message} ({error})", fix)
    if isinstance(error, IntegrityError):
        return BusyError("một mục khác vừa được ghi vào cùng chỗ", "làm lại")
    return DamagedError(f"cơ sở dữ liệu báo lỗi ({error})", "guong check cho biết thêm")
