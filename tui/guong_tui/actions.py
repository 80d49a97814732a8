"""Every action a person can take, as data: keys, footer, help and palette are made from these tables.

Keys keep clear of what Vietnamese input methods eat: letter pairs, digits and Backspace.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding


class Action(NamedTuple):
    """An action.

    Attributes:
        id: How a keymap names it.
        keys: The keys it has where no keymap says otherwise, separated by commas.
        call: What it calls on its screen.
        title: In Vietnamese.
        group: The heading under which help shows it.
        foot: Its word in the footer, empty where it is not shown there; actions that follow each other with the same word
            share it.
    """

    id: str
    keys: str
    call: str
    title: str
    group: str
    foot: str = ""


APP = (
    Action("help", "question_mark,f1", "help", "Trợ giúp", "Chung", "trợ giúp"),
    Action("palette", "ctrl+p", "palette", "Tìm và chạy một lệnh", "Chung"),
    Action("quit", "q,ctrl+q", "quit", "Thoát", "Chung", "thoát"),
    Action("life", "enter,s", "life", "Vòng đời của điển hình ở mục này", "Màn hình", "đời"),
    Action("moment", "f5", "moment", "Cả sổ vào lúc này", "Màn hình", "lúc này"),
    Action("questions", "f6", "questions", "Các câu hỏi kiểm tra vào lúc này", "Màn hình", "câu hỏi"),
    Action("mark", "m", "mark", "Đánh dấu mục này, hoặc bỏ dấu", "Dấu trang", "đánh dấu"),
    Action("bookmarks", "apostrophe", "bookmarks", "Các mục đã đánh dấu", "Dấu trang"),
    Action("export", "f8", "export", "Lấy ra tệp: danh sách, vòng đời, bảng hoặc hình", "Chung", "lấy ra"),
    Action("theme", "f9", "next_theme", "Giao diện kế tiếp", "Chung"),
)
"""What can be done on every screen."""

OVER = tuple(one for one in APP if one.id not in ("quit", "life"))
"""What of it is told at the foot of a screen that has been opened over the replay."""

REPLAY = (
    Action("play", "space", "play", "Chạy hoặc dừng", "Phát lại", "chạy"),
    Action("slower", "less_than_sign", "speed(-1)", "Chậm lại", "Phát lại"),
    Action("faster", "greater_than_sign", "speed(1)", "Nhanh lên", "Phát lại"),
    Action("pace", "equals_sign", "pace", "Chạy theo số mục hoặc theo thời gian đã ghi", "Phát lại"),
    Action("previous", "comma", "step(-1)", "Mục trước", "Di chuyển"),
    Action("next", "full_stop", "step(1)", "Mục sau", "Di chuyển"),
    Action("same-previous", "left_curly_bracket", "same(-1)", "Mục trước của cùng điển hình", "Di chuyển", "điển hình"),
    Action("same-next", "right_curly_bracket", "same(1)", "Mục sau của cùng điển hình", "Di chuyển", "điển hình"),
    Action("sign-previous", "left_square_bracket", "sign(-1)", "Dấu mốc hoặc lưu ý trước", "Di chuyển", "mốc"),
    Action("sign-next", "right_square_bracket", "sign(1)", "Dấu mốc hoặc lưu ý sau", "Di chuyển", "mốc"),
    Action("day-back", "left", "days(-1)", "Lùi một ngày", "Di chuyển"),
    Action("day-forth", "right", "days(1)", "Tới một ngày", "Di chuyển"),
    Action("week-back", "shift+left", "days(-7)", "Lùi một tuần", "Di chuyển"),
    Action("week-forth", "shift+right", "days(7)", "Tới một tuần", "Di chuyển"),
    Action("first", "ctrl+home", "first", "Mục đầu tiên", "Di chuyển"),
    Action("last", "ctrl+end", "last", "Mục cuối cùng", "Di chuyển"),
    Action("goto", "g,colon", "goto", "Đi đến ngày hoặc mục", "Di chuyển", "đến"),
    Action("back", "left_parenthesis", "jump(-1)", "Về nơi vừa rời", "Di chuyển"),
    Action("forth", "right_parenthesis", "jump(1)", "Lại nơi vừa về", "Di chuyển"),
    Action("search", "slash", "search", "Tìm chữ", "Tìm và lọc", "tìm"),
    Action("hit-next", "n", "hit(1)", "Kết quả sau", "Tìm và lọc"),
    Action("hit-previous", "N", "hit(-1)", "Kết quả trước", "Tìm và lọc"),
    Action("search-stop", "escape", "leave", "Thôi tìm", "Tìm và lọc"),
    Action("filter", "f", "filter", "Lọc mục ghi", "Tìm và lọc", "lọc"),
    Action("filter-toggle", "F", "toggle_filter", "Tắt hoặc bật lại bộ lọc", "Tìm và lọc"),
    Action("pane-entry", "f2", "pane('entry')", "Mục đang chọn", "Khung"),
    Action("pane-change", "f3", "pane('change')", "Mục này làm đổi gì", "Khung"),
    Action("pane-moment", "f4", "pane('moment')", "Sổ vào lúc ấy", "Khung"),
    Action("grow", "underscore", "grow", "Phóng to khung đang chọn", "Khung"),
)
"""What can be done in the replay."""

PLAYING = tuple(
    one._replace(call=f'app.replay("{one.call}")', foot="") for one in REPLAY if one.group in ("Phát lại", "Di chuyển")
)
"""What of the replay can be done on the screens over it: they show the same moment."""

LIFE = (
    Action("life.leave", "escape,q,enter,s", "dismiss", "Về màn hình trước", "Vòng đời", "về"),
    Action("life.other", "backslash", "other", "Lĩnh vực khác của cùng đối tượng", "Vòng đời", "cùng đối tượng"),
    Action("life.graph", "f2", "pane('graph')", "Các bước của vòng đời", "Khung"),
    Action("life.entry", "f3", "pane('entry')", "Mục đang chọn", "Khung"),
    Action("life.panels", "f4", "pane('panels')", "Khung của plugin", "Khung"),
)
"""What can be done in a life."""

MOMENT = (
    Action("moment.leave", "escape,q", "dismiss", "Về màn hình trước", "Lúc này", "về"),
    Action("moment.open", "enter", "open", "Mở vòng đời, hoặc xem điển hình của lĩnh vực", "Lúc này", "mở"),
    Action("moment.board", "f2", "pane('board')", "Bảng chỉ tiêu", "Khung"),
    Action("moment.fields", "f3", "pane('fields')", "Điển hình theo lĩnh vực", "Khung"),
    Action("moment.panels", "f4", "pane('panels')", "Khung của plugin", "Khung"),
)
"""What can be done in the moment."""

QUESTIONS = (
    Action("questions.leave", "escape,q", "leave", "Về các câu hỏi, rồi về màn hình trước", "Câu hỏi", "về"),
    Action("questions.open", "enter", "open", "Xem các mục của câu này, rồi đến mục đang chọn", "Câu hỏi", "mục"),
    Action("questions.finding", "f", "finding", "Nêu phát hiện về câu này hoặc mục này", "Câu hỏi", "nêu phát hiện"),
)
"""What can be done among questions."""

BOOKMARKS = (
    Action("bookmarks.leave", "escape,q", "dismiss", "Về màn hình trước", "Dấu trang", "về"),
    Action("bookmarks.leap", "enter", "leap", "Đến mục này", "Dấu trang", "đến"),
    Action("bookmarks.note", "n", "note", "Ghi chú cho dấu này", "Dấu trang", "ghi chú"),
    Action("bookmarks.remove", "m,delete", "remove", "Bỏ dấu", "Dấu trang", "bỏ dấu"),
)
"""What can be done among bookmarks."""

LIST = (
    Action("list.down", "down,j", "move(1)", "Dòng dưới", "Danh sách"),
    Action("list.up", "up,k", "move(-1)", "Dòng trên", "Danh sách"),
    Action("list.page-down", "pagedown", "page(1)", "Trang sau", "Danh sách"),
    Action("list.page-up", "pageup", "page(-1)", "Trang trước", "Danh sách"),
    Action("list.home", "home", "end(-1)", "Dòng đầu", "Danh sách"),
    Action("list.end", "end", "end(1)", "Dòng cuối", "Danh sách"),
)
"""What can be done in any list."""

SCREENS = {
    "replay": REPLAY, "life": (*LIFE, *PLAYING), "moment": (*MOMENT, *PLAYING), "questions": (*QUESTIONS, *PLAYING),
    "bookmarks": BOOKMARKS,
}  # fmt: skip
"""Name of a screen to its own actions, those of the app and of lists aside."""


def bindings(actions: tuple[Action, ...]) -> list[Binding]:
    """Return the actions as bindings that a keymap can change by their id."""
    return [Binding(one.keys, one.call, one.title, show=False, id=one.id) for one in actions]
