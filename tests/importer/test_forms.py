"""Ways of giving a task that documents of other hands use, each in a few lines of our own."""

from __future__ import annotations

from typing import Any

from feedback.importer.agencies import split_agencies
from feedback.importer.parse import parse

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 31/KH-UBND\nAn Bình, ngày 3 tháng 2 năm 2025\nKẾ HOẠCH\nGiữ sạch bờ kênh\n\n"


def told(body: str, head: str = HEAD) -> dict[str, dict[str, Any]]:
    """Path → item."""
    found = parse((head + body).encode(), "a.txt").as_contract()
    return {item["path"]: item for item in found["items"]}


def who(item: dict[str, Any]) -> tuple[list[str], list[str], list[str], str | None]:
    return item["lead"], item["coordinating"], item["implementing"], item["deadline"]


def test_the_sentence_behind_the_task_says_whose_it_is_and_by_when() -> None:
    items = told(
        "II. VIỆC CẦN LÀM\n1. Nạo vét\na) Nạo vét kênh Bàu Sen.\n"
        "Giao Sở Xây dựng chủ trì, phối hợp với Công an tỉnh thực hiện thường xuyên.\n"
        "b) Trồng cây bên bờ kênh Bàu Sen và kênh Rạch Cùng đã nạo vét xong. Giao Sở Y tế chủ trì, "
        "phối hợp với Sở Nội vụ, Công an tỉnh hoàn thành trước ngày 31 tháng 12 năm 2025.\n"
    )
    assert who(items["II.1.a"]) == (["Sở Xây dựng"], ["Công an tỉnh"], [], "thường xuyên")
    by = "trước ngày 31 tháng 12 năm 2025"
    assert who(items["II.1.b"]) == (["Sở Y tế"], ["Sở Nội vụ", "Công an tỉnh"], [], by)


def test_bodies_in_a_sentence_end_where_the_verb_begins() -> None:
    for verb in ("tổng kiểm tra cống", "rà lại bờ kênh", "sửa bờ kè", "khắc phục chỗ sạt"):
        items = told(
            f"I. VIỆC\n1. Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ và các địa phương {verb}."
        )
        assert who(items["I.1"])[:2] == (["Sở Y tế"], ["Sở Nội vụ", "các địa phương"])


def test_names_may_end_with_a_word_that_is_a_verb_elsewhere() -> None:
    line = "Trung tâm Công nghệ thông tin, Trung tâm Xúc tiến đầu tư tỉnh; Quỹ Đầu tư phát triển."
    names = [
        "Trung tâm Công nghệ thông tin",
        "Trung tâm Xúc tiến đầu tư tỉnh",
        "Quỹ Đầu tư phát triển",
    ]
    assert split_agencies(line) == names
    assert split_agencies("Sở Nội vụ xây dựng kế hoạch") == ["Sở Nội vụ"]


def test_a_body_and_its_task_on_one_line_stand_beside_bodies_as_headings() -> None:
    items = told(
        "1. Sở Xây dựng:\na) Đo kênh.\n2. Sở Tài chính cấp tiền nạo vét; xong trước 15/6/2025.\n"
    )
    assert who(items["1.a"])[2] == ["Sở Xây dựng"]
    assert who(items["2"])[2:] == (["Sở Tài chính"], "trước 15/6/2025")


def test_lettered_fields_are_fields_of_the_item_above() -> None:
    items = told(
        "II. VIỆC\n1. Dựng rào chắn\na) Nội dung: dựng 20 m rào.\nb) Đơn vị chủ trì: Sở Xây dựng.\n"
        "c) Thời gian: Quý II/2025.\n2. Thả cá\na) Nội dung: thả cá giống.\nb) Đơn vị chủ trì: Sở Y tế.\n"
    )
    assert list(items) == ["II.1", "II.2"]
    assert items["II.1"]["text"] == "Dựng rào chắn Nội dung: dựng 20 m rào."
    assert who(items["II.1"]) == (["Sở Xây dựng"], [], [], "Quý II/2025")


def test_the_letterhead_may_stand_in_two_columns() -> None:
    head = (
        "ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH AN BÌNH                     Độc lập - Tự do - Hạnh phúc\n"
        "Số: 31/KH-UBND             An Bình, ngày 3 tháng 2 năm 2025\n\n"
        "KẾ HOẠCH\nGiữ sạch bờ kênh\n\nỦy ban nhân dân tỉnh ban hành như sau:\n"
    )
    document = parse(f"{head}I. VIỆC\n1. Đo.\n- Chủ trì: Sở Y tế.".encode(), "a.txt")
    assert (document.number, document.issued_on) == ("31/KH-UBND", "2025-02-03")
    assert document.issuer == "Ủy ban nhân dân tỉnh An Bình"
    short = head.replace("ỦY BAN NHÂN DÂN ", "UBND ", 1)
    document = parse(f"{short}I. VIỆC\n1. Đo.\n- Chủ trì: Sở Y tế.".encode(), "a.txt")
    assert document.issuer == "UBND tỉnh An Bình"


def test_rows_of_a_table_in_the_body_bear_their_own_numbers() -> None:
    table = "| TT | Nội dung | Chủ trì |\n|---|---|---|\n| 1 | Đo kênh | Sở Y tế |\n"
    assert list(told(table)) == ["1"]
    assert list(told(f"PHỤ LỤC\n{table}")) == ["PL.1"]


def test_an_article_lists_what_a_body_is_to_do_and_the_last_one_says_who_obeys() -> None:
    items = told(
        "Điều 1. Đo kênh.\nĐiều 2. Tổ chức thực hiện\n1. Cục Đường sông có trách nhiệm:\n"
        "a) Dựng cột mốc.\nb) Thả phao, xong trước ngày 15/7/2025;\n"
        "Điều 3. Chánh Văn phòng, Cục trưởng Cục Đường sông chịu trách nhiệm thi hành Quyết định này.\n"
    )
    assert list(items) == ["Điều 2.1.a", "Điều 2.1.b"]
    assert who(items["Điều 2.1.a"])[2] == ["Cục Đường sông"]


def test_one_office_of_two_bodies_is_one_name() -> None:
    names = ["Phòng Kinh tế", "Văn phòng HĐND và UBND xã", "các đảng ủy"]
    assert split_agencies("Phòng Kinh tế, Văn phòng HĐND và UBND xã, các đảng ủy") == names


def test_names_of_committees_end_where_words_begin_that_name_no_place() -> None:
    for tail in ("cắt giảm thời gian giải quyết", "ghép nhóm hộ vay", "lập danh sách hộ"):
        items = told(f"I. VIỆC\n1. Giao Sở Y tế chủ trì, phối hợp với UBND các xã, phường {tail}.")
        assert who(items["I.1"])[1] == ["UBND các xã, phường"]
    names = ["UBND các xã có làng nghề", "Chủ tịch UBND các xã, phường"]
    assert split_agencies("; ".join(names)) == names
    kept = "các chủ đầu tư hạ tầng, các đơn vị sự nghiệp công lập, Văn phòng Đăng ký đất đai"
    assert split_agencies(kept) == kept.split(", ")


def test_roles_may_stand_behind_names_in_every_place() -> None:
    line = "Sở Y tế chủ trì; Sở Nội vụ, Công an tỉnh phối hợp"
    wanted = (["Sở Y tế"], ["Sở Nội vụ", "Công an tỉnh"], [], "trong quý III/2026")
    table = f"| TT | Việc | Phân công | Hạn |\n|---|---|---|---|\n| 1 | Đo kênh | {line} | trong quý III/2026 |\n"
    for body in (
        f"1. Đo kênh.\n- Phân công: {line}.\n- Thời gian: trong quý III/2026.\n",
        f"1. Đo kênh ({line}; trong quý III/2026).\n",
        table,
    ):
        assert who(told(f"I. VIỆC\n{body}")["I.1"]) == wanted


def test_a_body_as_heading_row_has_the_rows_below_it() -> None:
    rows = "| I | Công an xã | |\n| 1 | Tuần tra đêm | Hằng tuần |\n| II | Trạm Y tế xã | |\n| 2 | Khám mắt | 5/5/2026 |\n"
    items = told(f"I. VIỆC\n| TT | Nội dung công việc | Thời hạn |\n|---|---|---|\n{rows}")
    assert [who(item)[2] for item in items.values()] == [["Công an xã"], ["Trạm Y tế xã"]]


def test_terms_counted_from_an_event_are_kept_as_words() -> None:
    items = told(
        "1. Sở Y tế:\na) Trả lời trong vòng 10 ngày kể từ ngày nhận đơn.\nb) Họp hằng quý.\n"
        "c) Báo cáo trước ngày 15 tháng 12 hằng năm.\n"
    )
    assert [item["deadline"] for item in items.values()] == [
        "trong vòng 10 ngày kể từ ngày nhận đơn",
        "hằng quý",
        "trước ngày 15 tháng 12 hằng năm",
    ]


def test_a_cell_over_several_rows_is_a_group_and_no_task_and_the_tables_name_no_heading() -> None:
    rows = (
        "<tr><td colspan=5>DANH MỤC NHIỆM VỤ NĂM 2026</td></tr>"
        "<tr><td>STT</td><td>Nhiệm vụ</td><td>Hoạt động</td><td>Chủ trì</td><td>Thời gian</td></tr>"
        "<tr><td>1</td><td rowspan=2>Thể chế</td><td>Rà soát quy định</td><td>Sở Y tế</td><td>5/2026</td></tr>"
        "<tr><td>2</td><td>Sửa quy định</td><td>Sở Nội vụ</td><td>6/2026</td></tr>"
    )
    items = told(f"I. VIỆC\n<table>{rows}</table>\n", HEAD)
    assert [(item["text"], item["lead"]) for item in items.values()] == [
        ("Rà soát quy định", ["Sở Y tế"]),
        ("Sửa quy định", ["Sở Nội vụ"]),
    ]


def test_words_that_seem_the_last_stay_with_a_task_whose_field_lines_follow() -> None:
    task = "1. Phổ biến\nPhổ biến Kế hoạch này đến từng ấp.\nCơ quan chủ trì: Sở Y tế.\nThời hạn: 5/2026.\n"
    last = "Giao Sở Nội vụ theo dõi việc thực hiện Kế hoạch này.\n"
    items = told(f"I. VIỆC\n{task}2. Đo kênh.\n- Chủ trì: Sở Y tế.\n{last}")
    assert items["I.1"]["text"].endswith("đến từng ấp.") and items["I.1"]["deadline"] == "5/2026"
    assert (items["I.2"]["text"], items["I.2"]["lead"]) == ("Đo kênh.", ["Sở Y tế"])
