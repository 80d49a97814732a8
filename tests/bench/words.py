"""What invented people, units and texts are made of. Nobody here is real."""

# ruff: noqa: SIM905 - lists of words are read more easily as text

from __future__ import annotations

FAMILY = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Triệu Lương Hứa Vi Chu Hà Mông Lộc Đàm Mai Tô "
    "Đinh Lành Lâm Trịnh Đoàn Tạ Quách Cao Phùng Thái Lã La"
).split()
MIDDLE = {
    "m": "Văn Hữu Đức Công Quang Minh Xuân Đình Thế Ngọc Thanh Trọng Quốc Bá Duy Viết Mạnh Hồng Việt Khắc".split(),
    "f": "Thị Thị Thị Ngọc Thu Thanh Kim Bích Hồng Minh Phương Mai Thúy Diệu Lan".split(),
}
GIVEN = {
    "m": (
        "An Bách Bình Cường Chiến Chung Dũng Duy Dương Đại Đạt Điều Định Đông Đồng Đức Giang Hải Hào Hiếu Hiệp Hòa Hoàn Hùng "
        "Huy Hưng Khải Khánh Khoa Kiên Lâm Lập Long Lộc Luân Lực Mạnh Minh Nam Nghĩa Nguyên Nhân Phong Phú Phúc Quân Quang Quý "
        "Quyết Sáng Sơn Tài Tâm Tân Thái Thành Thắng Thiện Thịnh Thọ Thuận Tiến Toàn Tráng Trung Trường Tuấn Tùng Uy Vinh Vũ Vượng"
    ).split(),
    "f": (
        "Anh Ánh Bích Châu Chi Cúc Dung Duyên Đào Giang Hà Hạnh Hằng Hiền Hoa Hồng Huệ Huyền Hương Khuyên Lan Lê Liên Linh Loan "
        "Mai May Mận Mây Minh Nga Ngân Ngọc Nhàn Nhung Oanh Phượng Quyên Sen Tâm Thảo Thoa Thơm Thu Thủy Thúy Tình Trang Trinh "
        "Tuyết Uyên Vân Xuân Yến"
    ).split(),
}
FIRST = (
    "An Bình Đại Đông Đồng Gia Hòa Hồng Hưng Khánh Lương Minh Nam Phú Phúc Quang Tân Thanh Trung Vĩnh Xuân Yên".split()
)
SECOND = (
    "An Bàn Cường Đoàn Đức Giang Hòa Hội Khê Lập Lễ Lợi Mỹ Ninh Phong Phúc Quan Sơn Tâm Thành Thịnh Thuận Tiến Trung Xá"
).split()

ACHIEVEMENTS = (
    "Hiến {n} m2 đất và góp {m} ngày công làm đường thôn",
    "Trồng {n} gốc hồi theo quy trình mới, giúp {m} hộ liền kề cùng làm",
    "Vận động {m} hộ chỉnh trang cổng, rào trên đoạn đường {n} m",
    "Nuôi {n} đàn ong lấy mật, giúp {m} hộ nghèo giống ban đầu",
    "Duy trì lớp học xóa mù chữ buổi tối với {m} học viên",
    "Rút ngắn {m} bước khi giải quyết thủ tục, {n} hồ sơ đúng hạn",
    "Giữ thôn {n} ngày liền không có vụ việc về an ninh trật tự",
    "Tổ chức {m} buổi khám chữa bệnh lưu động cho {n} lượt người",
)
SUPPORT = (
    "Đi cơ sở, hướng dẫn ghi chép sổ góp công",
    "Tập huấn cách vận động hộ liền kề",
    "Giúp viết lại kinh nghiệm theo mẫu",
    "Hỗ trợ cây giống, phân bón cho vụ xuân",
    "Giao nhiệm vụ làm điểm ở thôn",
    "Nghe báo cáo tiến độ, tháo gỡ vướng mắc về vốn vay",
    "Mời dự hội nghị chia sẻ cách làm",
)
TITLES = (
    "Tấm gương hiến đất làm đường",
    "Người giữ nghề trong thôn",
    "Cách làm hay ở cơ sở",
    "Hộ gia đình thoát nghèo bền vững",
    "Cô giáo của bản",
    "Tổ tự quản về đêm",
)
FINDINGS = (
    "Cách làm rõ, bà con tin và làm theo; cần ghi chép đều hơn",
    "Đạt phần lớn việc đã đăng ký, còn thiếu số liệu quý cuối",
    "Có sức lan tỏa trong thôn, chưa ra ngoài xã",
    "Kết quả vững sau hai vụ, giữ được cam kết",
)
REASONS = ("Hồ sơ ở xã gửi lên chậm", "Cán bộ đi tập huấn dài ngày", "Bản chính thất lạc, nay tìm thấy")
SLIPS = ("ghi nhầm ngày trên biên bản", "chọn nhầm khi nhập", "nhầm với đối tượng cùng tên")
