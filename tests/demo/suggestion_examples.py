"""Texts as residents write them, made by hand beside the sample's own, and what each should be offered."""

# (path of the item that fits, title, text)
ITEMS = (
    (
        "III.2.2.c",
        "Muốn vay tiền mở rộng tiệm tạp hóa",
        "Tôi bán tạp hóa nhỏ, muốn vay thêm vốn để nhập hàng mà không biết thủ tục thế nào.",
    ),
    (
        "III.2.2.c",
        "Gia đình làm bánh tráng cần tìm đầu ra",
        "Nhà tôi có cơ sở sản xuất bánh tráng phơi sương, làm ra nhiều mà bán không được, xin tư vấn.",
    ),
    (
        "III.2.2.c",
        "Xin hướng dẫn giấy phép cho xuong may nho",
        "toi mo xuong may nho muoi nguoi, doanh nghiep nho thi duoc ho tro gi",
    ),
    (
        "III.2.2.b",
        "Công ty chậm trả lương hai tháng",
        "Tụi em làm công nhân giày da, tháng rồi chưa có lương, bảo hiểm cũng không đóng.",
    ),
    (
        "III.2.2.b",
        "Bữa ăn giữa ca quá ít",
        "Công nhân xưởng em ăn giữa ca chỉ có rau, người lao động đuối sức.",
    ),
    (
        "III.2.2.d",
        "Hàng xóm hay đánh vợ con",
        "Gần nhà tôi có người say rượu đánh đập vợ và trẻ em, xin được bảo vệ.",
    ),
    (
        "III.2.2.d",
        "Xin học nghề cho phụ nữ đơn thân",
        "Chị em phụ nữ khó khăn ở ấp muốn học nghề uốn tóc.",
    ),
    (
        "III.2.2.e",
        "Cụ già neo đơn không ai chăm",
        "Ở xóm tôi có một bà cụ 85 tuổi sống một mình, cần người thăm hỏi.",
    ),
    ("III.2.2.e", "Hội cựu chiến binh muốn vay vốn nuôi cá", ""),
    (
        "III.2.2.f",
        "Trẻ em Khmer bỏ học",
        "Con em đồng bào dân tộc thiểu số ở ấp biên giới bỏ học nhiều.",
    ),
    (
        "III.2.2.g",
        "Chùa muốn sửa lại mái",
        "Chùa ở xã tôi xuống cấp, phật tử muốn sửa thì xin phép ở đâu?",
    ),
    (
        "III.2.2.h",
        "Anh tôi là Việt kiều muốn về đầu tư",
        "Anh tôi sống ở nước ngoài muốn về quê đầu tư thì cần thủ tục gì?",
    ),
    (
        "III.2.2.i",
        "Bác sĩ trẻ về tỉnh làm việc được đãi ngộ gì",
        "Con tôi học giỏi, sinh viên ra trường muốn về làm ở tỉnh.",
    ),
    (
        "III.2.2.k",
        "Cán bộ ở phường nói chuyện nạt nộ dân",
        "Tôi đi làm giấy, cán bộ thái độ khó chịu, dân không hài lòng.",
    ),
    (
        "III.3.3",
        "Đi lại bốn lần chưa xong một tờ giấy",
        "Thủ tục chuyển quyền sử dụng đất hẹn hoài, một cửa trả kết quả trễ hẹn.",
    ),
    (
        "III.3.3",
        "ho so dat dai tre hen",
        "toi nop ho so da ba thang chua co ket qua, thu tuc cham qua",
    ),
    (
        "III.2.1",
        "Xã thu tiền làm đường mà không công khai",
        "Mỗi hộ góp hai triệu, không thấy niêm yết thu chi.",
    ),
    (
        "III.2.2.a",
        "Bao giờ chủ tịch gặp dân?",
        "Tôi muốn biết lịch đối thoại của lãnh đạo xã, năm ngoái hứa rồi không làm.",
    ),
    ("III.1.2", "Loa phát thanh của ấp không nghe được", "Loa rè, tin tức không nghe rõ."),
    (
        "III.3.2",
        "Nhà tôi nghèo mà không được xét hộ nghèo",
        "Nhà ở vùng biên giới, khó khăn, chưa được trợ giúp.",
    ),
    (
        "III.4.1",
        "Trường tiểu học thiếu phòng học",
        "Lớp đông quá, học hành không được. Mong xây thêm trường lớp.",
    ),
    ("III.4.1", "Trạm y tế không có bác sĩ", "Khám chữa bệnh bảo hiểm y tế ở trạm phải chờ lâu."),
    (
        "III.4.2",
        "Làm đường mới mà không hỏi ý kiến dân",
        "Quy hoạch đường qua nhà tôi, dân không được lấy ý kiến.",
    ),
    (
        "III.3.4",
        "Hội phụ nữ giám sát trường học được không",
        "Đoàn thể muốn giám sát bếp ăn bán trú.",
    ),
    ("III.5.1", "Phong trào trồng hoa chỉ hình thức", "Thi đua cho có, dân không tham gia."),
    (
        "III.5.2",
        "Tổ tự quản an ninh cần đèn pin",
        "Tổ tự quản ở khu phố đi tuần đêm, xin hỗ trợ dụng cụ.",
    ),
    (
        "III.5.3",
        "Đề nghị khen anh thợ sửa xe giúp người nghèo",
        "Anh sửa xe miễn phí, là tấm gương tốt.",
    ),
    ("III.1.1", "Buổi học về Bác Hồ ở khu phố", "Nên kể chuyện đoàn kết cho dễ hiểu."),
)

# (title, text, title of the sample's petition that is the same matter, or nothing)
PETITIONS = (
    (
        "Hẻm sau chợ Gò Dầu ngập nước mỗi khi mưa",
        "Mưa một chút là hẻm sau chợ ngập, nước tràn vô nhà, cống nghẹt rác.",
        "Hẻm sau chợ ngập tới đầu gối mỗi trận mưa",
    ),
    (
        "Trạm y tế xã hết thuốc huyết áp",
        "Má tôi ra trạm lãnh thuốc huyết áp bảo hiểm mà trạm hết thuốc.",
        "Trạm y tế hết thuốc huyết áp cả tuần",
    ),
    (
        "Xin mở một cửa sáng thứ Bảy",
        "Công nhân tụi em đi làm cả tuần, xin mở quầy một cửa sáng thứ Bảy để làm giấy tờ.",
        "Mở quầy một cửa thêm sáng thứ Bảy cho công nhân",
    ),
    ("Điện yếu mỗi tối, cháy máy bơm", "Bảy giờ tối điện chập chờn, máy bơm nước cháy.", ""),
    (
        "Loa ấp mở năm giờ sáng",
        "Loa đầu ấp mở sớm quá, năm giờ sáng, nghe không rõ",
        "Loa ấp nói lúc năm giờ sáng, nghe tiếng được tiếng mất",
    ),
    (
        "Lớp học quá đông",
        "Lớp một của con tôi năm mươi em, ba đứa ngồi một bàn",
        "Lớp một năm mươi hai em, cô giáo lo không xuể",
    ),
    (
        "Khen mấy chú xe ôm vá đường",
        "Các chú chạy xe ôm trộn xi măng vá ổ gà buổi tối",
        "Đề nghị khen tổ vá đường của mấy chú xe ôm",
    ),
    ("Đèn đường trước chợ Long Hoa hỏng", "Đèn đường hỏng một tuần nay, tối đi lại nguy hiểm", ""),
    ("Cầu qua kênh bị sụt", "Cầu qua kênh bị sụt từ tuần trước, xe máy không qua được", ""),
    ("Chó thả rông cắn người", "Ở khu phố có nhiều chó thả rông, hôm qua cắn một cháu nhỏ", ""),
)

# (title, text) of matters that no task of the plan is about: nothing is offered
ELSEWHERE = (
    ("Ổ gà trên đường tỉnh 782", "Đường đầy ổ gà, mưa xuống ngập nước. Đề nghị sửa đường."),
    ("Mùi hôi từ trại heo", "Trại heo xả thải hôi thối cả ngày lẫn đêm, kiến nghị kiểm tra."),
    ("Hàng xóm hát karaoke ồn", "Nhà bên hát loa kẹo kéo tới nửa đêm, cả xóm không ngủ được."),
    ("Xin đặt biển báo gần trường", "Xe chạy nhanh trước cổng trường, xin đặt gờ giảm tốc."),
    ("Cúp điện liên tục", "Tuần này cúp điện năm lần không báo trước, đồ đông lạnh hư hết."),
    ("Kẹt xe giờ tan tầm", "Ngã tư trước khu công nghiệp kẹt xe mỗi chiều, xin phân luồng."),
    ("Lấn chiếm vỉa hè", "Quán nhậu chiếm hết vỉa hè, người đi bộ phải xuống lòng đường."),
    ("Thuốc trừ sâu bay vào nhà", "Máy bay phun thuốc ở ruộng kế bên, con tôi bị ngộp."),
    ("den duong hu", "den duong hu ca thang nay toi om, xin sua som giup dan"),
)
