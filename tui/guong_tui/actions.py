"""Every action a person can take, as data: keys, footer, help and palette are made from this one table.

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
        foot: Its word in the footer, empty where it is not shown there.
        shown: How the footer writes its keys where one word stands for two actions.
    """

    id: str
    keys: str
    call: str
    title: str
    group: str
    foot: str = ""
    shown: str = ""


REPLAY = (
    Action("play", "space", "play", "Chạy hoặc dừng", "Phát lại", "chạy", "cách"),
    Action("slower", "less_than_sign", "speed(-1)", "Chậm lại", "Phát lại"),
    Action("faster", "greater_than_sign", "speed(1)", "Nhanh lên", "Phát lại", "tốc độ", "< >"),
    Action("pace", "equals_sign", "pace", "Chạy theo số mục hoặc theo thời gian đã ghi", "Phát lại"),
    Action("previous", "comma", "step(-1)", "Mục trước", "Di chuyển"),
    Action("next", "full_stop", "step(1)", "Mục sau", "Di chuyển"),
    Action("same-previous", "left_curly_bracket", "same(-1)", "Mục trước của cùng điển hình", "Di chuyển"),
    Action("same-next", "right_curly_bracket", "same(1)", "Mục sau của cùng điển hình", "Di chuyển", "cùng", "{ }"),
    Action("sign-previous", "left_square_bracket", "sign(-1)", "Dấu mốc hoặc lưu ý trước", "Di chuyển"),
    Action("sign-next", "right_square_bracket", "sign(1)", "Dấu mốc hoặc lưu ý sau", "Di chuyển", "mốc", "[ ]"),
    Action("day-back", "left", "days(-1)", "Lùi một ngày", "Di chuyển"),
    Action("day-forth", "right", "days(1)", "Tới một ngày", "Di chuyển"),
    Action("week-back", "shift+left", "days(-7)", "Lùi một tuần", "Di chuyển"),
    Action("week-forth", "shift+right", "days(7)", "Tới một tuần", "Di chuyển"),
    Action("first", "ctrl+home", "first", "Mục đầu tiên", "Di chuyển"),
    Action("last", "ctrl+end", "last", "Mục cuối cùng", "Di chuyển"),
    Action("goto", "g,colon", "goto", "Đi đến ngày hoặc mục", "Di chuyển", "đến", "g"),
    Action("back", "left_parenthesis", "jump(-1)", "Về nơi vừa rời", "Di chuyển"),
    Action("forth", "right_parenthesis", "jump(1)", "Lại nơi vừa về", "Di chuyển"),
    Action("search", "slash", "search", "Tìm chữ", "Tìm và lọc", "tìm", "/"),
    Action("hit-next", "n", "hit(1)", "Kết quả sau", "Tìm và lọc"),
    Action("hit-previous", "N", "hit(-1)", "Kết quả trước", "Tìm và lọc"),
    Action("stop-search", "escape", "leave", "Thôi tìm", "Tìm và lọc"),
    Action("filter", "f", "filter", "Lọc mục ghi", "Tìm và lọc", "lọc", "f"),
    Action("filter-toggle", "F", "toggle_filter", "Tắt hoặc bật lại bộ lọc", "Tìm và lọc"),
    Action("pane-entry", "f2", "pane('entry')", "Mục đang chọn", "Khung"),
    Action("pane-change", "f3", "pane('change')", "Mục này làm đổi gì", "Khung"),
    Action("pane-moment", "f4", "pane('moment')", "Sổ vào lúc ấy", "Khung"),
    Action("grow", "underscore", "grow", "Phóng to khung đang chọn", "Khung"),
    Action("help", "question_mark,f1", "help", "Trợ giúp", "Khung", "giúp", "?"),
)
"""What can be done in the replay."""


def bindings(actions: tuple[Action, ...]) -> list[Binding]:
    """Return the actions as bindings that a keymap can change by their id."""
    return [
        Binding(
            one.keys, one.call, one.foot or one.title, show=bool(one.foot), key_display=one.shown or None, id=one.id, tooltip=one.title,
        )
        for one in actions
    ]  # fmt: skip
