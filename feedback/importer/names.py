"""Words that names of Vietnamese public bodies are made of. No list of bodies: a name is known by its
first words, as a reader knows it; only names of departments' fields of work are listed, to part
"Sở Y tế, Giáo dục và Đào tạo" rightly."""

from __future__ import annotations


def _list(words: str) -> tuple[str, ...]:
    """Entries parted by semicolons."""
    return tuple(" ".join(word.split()) for word in words.split(";") if word.strip())


# The first words of a body's name, as written with a capital letter.
HEADS = _list(
    """
    trạm; khu phố; ấp; thôn; chi đoàn; chi hội; chi bộ; đảng bộ; hạt kiểm lâm; đội; ban chỉ huy; câu lạc bộ; huyện đoàn; bộ phận; công chức;
    sở; bộ; ubnd; ủy ban; uỷ ban; hđnd; hội đồng; ban; văn phòng; vp ubnd; công an; đài; báo;
    thông tấn xã; trung tâm; trường; viện; cục; tổng cục; chi cục; vụ; kho bạc; ngân hàng; bảo
    hiểm; thanh tra; tòa án; toà án; viện kiểm sát; mặt trận; mttq; ubmttq; hội; liên đoàn; liên
    minh; liên hiệp; đoàn; tỉnh đoàn; thành đoàn; bưu điện; tập đoàn; tổng công ty; công ty;
    phòng; chính phủ; quân khu; bộ đội; hiệp hội; quỹ; học viện; đại học; cổng; tổ; đảng ủy; đảng
    uỷ; tỉnh ủy; tỉnh uỷ; thành ủy; thành uỷ; huyện ủy; chi nhánh; cảng; bệnh viện; thư viện; bảo
    tàng; thuế; hải quan; kiểm toán; quốc hội; điện lực; viễn thông; cơ quan; đồn biên phòng; lực
    lượng; bchqs; bch; thống kê; doanh nghiệp; hợp tác xã; tiểu ban; vcci; tạp chí; nhà xuất bản;
    lãnh đạo; thường trực; người đứng đầu; chính quyền; viettel; vnpt; mobifone; vinaphone; evn; agribank
    """
)
# Words that begin like one and are none.
NOT_HEADS = _list(
    """
    tổ chức; hội nghị; hội thảo; hội họp; hội chợ; hội thi; ban hành; báo cáo; trường hợp; đoàn
    kết; bộ tiêu chí; bộ chỉ số; bộ thủ tục; viện dẫn; phòng, chống; phòng chống; phòng ngừa; vụ
    việc; chính quyền số; chính quyền điện tử; thanh tra,; thanh tra việc; lãnh đạo,; lãnh đạo
    chỉ; thống kê,; thống kê số; chính phủ số; chính phủ điện tử; hội nhập; trưởng thành; quỹ đất;
    báo động; cổng thông tin điện tử là; đoàn công tác; cục bộ; trường học số; thuế thu nhập; bộ
    máy; cơ quan chủ trì; cơ quan phối hợp; thường trực hội nghị; hội viên; đài tưởng niệm; bảo
    hiểm cho; ban đầu; bộ công cụ; bộ dữ liệu; bộ tài liệu; bộ câu hỏi; bộ quy tắc; phòng cháy;
    hội đồng thi; bà rịa; bà đen; bà nà; bà con; ông bà
    """
)
# People who help: each a name of its own in a list.
PEOPLE = _list(
    """
    dân quân; dân phòng; thanh niên; tình nguyện viên; cộng tác viên; già làng; người có uy tín; mạnh thường quân;
    nhà hảo tâm; trưởng ấp; trưởng khu phố; trưởng thôn; hộ kinh doanh; tiểu thương
    """
)
# Collectives that may stand without "các".
LOOSE = _list(
    """
    người dân; nhân dân; hộ gia đình; hộ dân; dân quân; dân phòng; thanh niên; hội viên; đoàn viên; học sinh; giáo
    viên; tiểu thương; hộ kinh doanh; chủ hộ; tình nguyện viên; cộng tác viên; già làng; người có uy tín; mạnh thường
    quân; nhà hảo tâm; phụ huynh; trưởng ấp; trưởng khu phố; trưởng thôn; cựu chiến binh; công chức;
    cơ quan; đơn vị; địa phương; sở,; ban,; bộ,; ngành,; ubnd; ủy ban nhân dân; uỷ ban nhân dân;
    doanh nghiệp; đoàn thể; tổ chức chính trị; tổ chức xã hội; tổ chức khác; tổ chức,; sở ban
    ngành; tổ chức có; tổ chức liên quan; chủ đầu tư
    """
)
# People who answer for a body.
PERSONS = _list(
    """
    chủ tịch; phó chủ tịch; giám đốc; thủ trưởng; trưởng; bộ trưởng; tổng giám đốc; chánh văn
    phòng; chánh thanh tra; chỉ huy trưởng; tư lệnh; chánh án; viện trưởng; vụ trưởng; trạm trưởng; phó giám đốc; hạt
    trưởng; cục trưởng; hiệu trưởng; bí thư; thống đốc; đồng chí; đ/c; ông; bà
    """
)
# Nouns that make a collective: các sở, ban, ngành; các cơ quan, đơn vị liên quan.
COLLECTIVE = _list(
    """
    sở; ban; ngành; bộ; cơ quan; đơn vị; địa phương; tổ chức; đoàn thể; hội; phòng; doanh nghiệp;
    trường; huyện; thành phố; thị xã; xã; phường; đặc khu; tỉnh; cấp; cục; chi cục; trung tâm;
    công ty; hiệp hội; tập đoàn; ubnd; ủy ban; chủ đầu tư; cơ sở; thành viên; đối tượng; nhà
    trường; lực lượng; thôn; viện; báo; học viện; chủ tịch; giám đốc; thủ trưởng; ngân hàng; hợp
    tác xã; cán bộ; đảng ủy; đảng uỷ; cấp ủy; cấp uỷ; chi bộ; tổng công ty; tổ; bệnh viện; trạm y tế; uỷ ban; vụ; tổng cục; khu phố; ấp; cơ
    sở giáo dục; khối; chuyên gia; cá nhân; chủ rừng; chủ hồ; nhà thầu; đài
    """
)
# Kinds of place that go on after a committee: UBND các huyện, thị xã, thành phố.
AREAS = _list(
    """
    huyện; thị xã; thành phố; thị trấn; xã; phường; đặc khu; quận; khu phố
    """
)
# A name that ends so asks for another word.
OPEN_ENDED = _list(
    """
    văn phòng; ban thường trực; thường trực; ban quản lý; lãnh đạo; chủ tịch; giám đốc; thủ
    trưởng; ban chấp hành; đảng ủy; ủy viên; trưởng; đại diện; phó chủ tịch; trung ương hội; ban
    thường vụ; ban chỉ đạo; các
    """
)
# Kinds of body: alone they are no name yet.
KINDS = frozenset(
    _list(
        """
        trường; sở; bộ; ban; cục; chi cục; công ty; tổng công ty; trung tâm; viện; phòng; hội; hiệp hội; liên đoàn;
        liên minh; quỹ; báo; đài; ngân hàng; kho bạc; bệnh viện; trạm; đoàn; tập đoàn; hợp tác xã; tổ; khoa
        """
    )
)
# Verbs in small letters that end a name and begin what its bearer does.
NARRATIVE = frozenset(
    _list(
        """
        cắt giảm; cải tạo; di dời; ra quân; phát dọn; phát hiện; phát hành; phát tờ; diễn tập; ứng dụng; ứng phó;
        kêu gọi; thu hút; tháo gỡ; bảo trì; tôn tạo; trùng tu; tích hợp; chia sẻ; vận hành; vận dụng; áp dụng; xây
        mới; xây thêm; xử phạt; hòa giải; quy hoạch; phục dựng; khôi phục; sắp xếp; bình ổn; chăm lo; quảng bá;
        giới thiệu; mua sắm; thí điểm; chuyển giao; hình thành; tính toán; đối chiếu; xác minh; thay thế; lưu giữ;
        yêu cầu; nhắc nhở; khuyến cáo; kiên quyết; siết chặt; đưa tin; cảnh báo; phát sóng; viết tin; mở chuyên; giám định; niêm yết; trang bị; tạo lập; bàn giao;
        đối thoại; cấp kinh; lập quỹ; thực thi; mời nghệ; vệ sinh; phân luồng; tiếp thu; trả lời; rút ngắn;
        nghiêm túc; đồng thời; kịp thời; nhanh chóng; cùng với; giữ gìn; tạo thuận; tư vấn; phê duyệt; trình cơ;
        tính toán; làm việc; giao nhiệm; bồi dưỡng; đào tạo; tuyển dụng; tuyển chọn; khuyến khích; xúc tiến;
        in ấn; cấp phát; chi trả; mua sắm; tiếp cận; liên hệ; nhập liệu; gửi báo; gửi danh; gửi hồ; gửi sở;
        ban hành; biên soạn; báo cáo; bảo đảm; bố trí; bổ sung; chuẩn bị; chấp hành; chỉ đạo; chịu
        trách; chủ trì; chủ động; cung cấp; cân nhắc; cân đối; có trách; công bố; công khai; căn cứ;
        cập nhật; cử cán; cử công; duy trì; giám sát; giúp ubnd; giúp ủy; giải quyết; giữ vai; gương
        mẫu; gửi kết; gửi về; hoàn thành; huy động; hàng năm; hướng dẫn; hằng năm; hỗ trợ; khai thác;
        khảo sát; khẩn trương; kiểm tra; kiện toàn; ký kết; kết nối; kịp thời; là cơ; là đơn; làm đầu;
        lãnh đạo; lập dự; lập kế; lồng ghép; lựa chọn; mở rộng; nghiên cứu; nâng cao; nắm bắt; phát
        huy; phát triển; phát động; phân bổ; phân công; phối hợp; phổ biến; quan tâm; quán triệt; quản
        lý; rà soát; rà soát; sơ kết; số hóa; sửa đổi; tham gia; tham mưu; thanh tra; theo chức; theo
        dõi; theo lĩnh; theo nhiệm; theo phạm; theo thẩm; thu thập; thành lập; thông tin; thường
        xuyên; thẩm định; thống kê; thống nhất; thực hiện; tiến hành; tiếp nhận; tiếp tục; triển khai;
        niêm phong; trong việc; trách nhiệm; trình chính; trình cấp; trình hđnd; trình hội; trình quốc; trình thủ;
        trình ubnd; trình ủy; trước ngày; tuyên truyền; tăng cường; tạo điều; tập huấn; tập trung; tổ
        chức; tổng hợp; tổng kết; vận động; xem xét; xác định; xây dựng; xử lý; đánh giá; đôn đốc;
        đăng ký; đăng tải; đưa nội; đảm bảo; đầu tư; đẩy mạnh; đề nghị; đề xuất; để báo; để tổng; để
        xem; định kỳ; ưu tiên
        """
    )
)
# Words that begin a verb whatever follows, and the nouns that begin like one.
VERBS = frozenset(
    _list(
        """
        tổng; kiểm; rà; soạn; khẩn; đẩy; tuyên; đôn; sửa; lắp; khắc; ngăn; tháo; nâng; truy; tuần; trồng;
        gắn; chấm; xóa; xoá; phấn; hoàn; cắt; lập; kẻ; gỡ; đắp; mở; trao; tặng; thăm; quét; dọn; nạo; khơi; lấy;
        đưa; nêu; ký; mời; nhắn; nhắc; đo; giữ; trả; thay; treo; đặt; đóng; ghi; chụp; quay; vớt; phun; kéo; vẽ;
        viết; dán; rút; cấm; phạt; tạo; gửi; vá; tìm; chọn; họp; dừng; bỏ; tăng
        """
    )
)
NO_VERBS = frozenset(
    _list(
        """
        tổng công; tổng cục; tổng giám; tổng biên; tổng thư; tổng lãnh; kiểm toán; kiểm lâm; kiểm sát;
        lập pháp; cắt may; đo lường; giữ trẻ; đóng tàu; tạo hình;
        kiểm ngư; kiểm dịch; kiểm nghiệm; kiểm định; trồng trọt; trồng rừng; tuyên giáo; hoàn kiếm; hoàn cảnh
        """
    )
)
# Words before which such a word is the end of another one: công lập, thành lập, báo giữ.
HALVES = frozenset(
    _list(
        "công; độc; thành; ngoài; tự; đối; phi; việc; cá; chế; sáng; đào; cán; quyền; người; hộ; nghề; ăn; pháp; đăng; tiền; tiêu; cải; gia"
    )
)
# Whoever is called after what is done: chủ đầu tư, cơ sở đào tạo.
CALLED = frozenset(
    _list(
        "quan tham; ban tham; chủ đầu; án đầu; lý đầu; nhà đầu; sở đào; sở giáo; vị tư; chức tư; nhà tư; phòng tư"
    )
)
# Verbs that names end with: Trung tâm Công nghệ thông tin, Trung tâm Xúc tiến đầu tư, Quỹ Đầu tư phát triển.
NOUNS = frozenset(
    _list(
        "thông tin; đầu tư; phát triển; đào tạo; quản lý; nghiên cứu; bồi dưỡng; xây dựng; tư vấn; tuyên truyền"
    )
)
# Fields of work of ministries and departments, past and present, longest first.
FIELDS_OF_WORK = tuple(
    sorted(
        _list(
            """
            an toàn thực phẩm; công an; công nghiệp và thương mại; công thương; du lịch; dân tộc; dân tộc
            và tôn giáo; giao thông vận tải; giáo dục; giáo dục và đào tạo; khoa học và công nghệ; kế
            hoạch và đầu tư; lao động - thương binh và xã hội; lao động – thương binh và xã hội; lao động,
            thương binh và xã hội; ngoại giao; ngoại vụ; nông nghiệp; nông nghiệp và môi trường; nông
            nghiệp và phát triển nông thôn; nội vụ; quy hoạch - kiến trúc; quốc phòng; thông tin và truyền
            thông; tài chính; tài nguyên và môi trường; tư pháp; văn hoá và thể thao; văn hoá, thể thao và
            du lịch; văn hóa; văn hóa và thể thao; văn hóa, thể thao và du lịch; xây dựng; y tế
            """
        ),
        key=len,
        reverse=True,
    )
)
# The same by their first word: one look instead of forty.
FIELDS_BY_FIRST: dict[str, list[str]] = {}
for _field in FIELDS_OF_WORK:
    FIELDS_BY_FIRST.setdefault(_field.split(" ")[0].rstrip(","), []).append(_field)
