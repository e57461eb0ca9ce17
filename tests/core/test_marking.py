"""On an English page Vietnamese is marked as Vietnamese, and nothing else is."""

from __future__ import annotations

import pytest

from feedback.core.marking import BEGIN, END, between, marked

WHOLE = "Đèn đường trước chợ Long Hoa hỏng"


def vi(text: str) -> str:
    return f'<span lang="vi">{text}</span>'


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("<p>Answered on time</p>", "<p>Answered on time</p>"),
        (f"<p> {WHOLE}\n</p>", f"<p> {vi(WHOLE)}\n</p>"),
        (
            "<b>Sở Tài chính: being worked on for some days</b>",
            f"<b>{vi('Sở Tài chính')}: being worked on for some days</b>",
        ),
        (
            f"<p>To {BEGIN}Sở Y tế{END}. An answer is due.</p>",
            f"<p>To {vi('Sở Y tế')}. An answer is due.</p>",
        ),
        (
            f'<p lang="vi"><i>{WHOLE}</i></p><i>Sở</i>',
            f'<p lang="vi"><i>{WHOLE}</i></p><i>{vi("Sở")}</i>',
        ),
        (f"<title>{WHOLE}</title>", f'<title lang="vi">{WHOLE}</title>'),
        (f"<option>{WHOLE}</option>", f'<option lang="vi">{WHOLE}</option>'),
        (f"<textarea>\n{WHOLE}</textarea>", f'<textarea lang="vi">\n{WHOLE}</textarea>'),
        ('<input name="a" value="Sở">', '<input lang="vi" name="a" value="Sở">'),
        (f'<a title="{BEGIN}Sở{END}">x</a>', '<a title="Sở">x</a>'),
        ("<script>let a = 'Sở'</script>", "<script>let a = 'Sở'</script>"),
        (
            '<div lang="vi"><div>Sở</div>Sở</div>Sở',
            f'<div lang="vi"><div>Sở</div>Sở</div>{vi("Sở")}',
        ),
    ],
)
def test_what_is_vietnamese_says_so(given: str, wanted: str) -> None:
    assert marked(given) == wanted


def test_only_text_with_letters_of_its_own_is_put_between_marks() -> None:
    assert between("Hoa") == "Hoa" and between(7) == 7
    assert between("Sở") == f"{BEGIN}Sở{END}"
