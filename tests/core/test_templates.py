"""Words of templates: looked up instead of called, and still in the reader's language and escaped."""

from __future__ import annotations

from flask import Flask, render_template

from feedback.core import words
from feedback.core.templating import Templates


def said(app: Flask, source: str, language: str, **values: object) -> str:
    env = app.jinja_env
    assert isinstance(env, Templates)
    code = env.compile(source, name="one.html")
    template = env.template_class.from_code(env, code, env.make_globals(None))
    with app.app_context(), words.speaking(language):
        return template.render(**values)


def test_the_same_template_speaks_each_readers_language(app: Flask) -> None:
    source = '{{ _("Privacy") }}'
    assert said(app, source, "vi") == "Quyền riêng tư"
    assert said(app, source, "en") == "Privacy"


def test_a_page_is_compiled_for_each_language_and_so_are_its_parents_and_macros(app: Flask) -> None:
    env = app.jinja_env
    with app.test_request_context("/"):
        with words.speaking("en"):
            english = env.get_template("pages/offline.html")
            assert "No connection" in render_template("pages/offline.html")
        vietnamese = env.get_template("pages/offline.html")
        assert "Mất kết nối" in render_template("pages/offline.html")
    assert (english.environment.language, vietnamese.environment.language) == ("en", "vi")


def test_a_word_with_values_is_still_a_format_and_escaped(app: Flask) -> None:
    source = '{{ _("Call %(number)s", number=number) }}'
    assert said(app, source, "en", number="<1022>") == "Call &lt;1022&gt;"


def test_what_is_no_plain_word_is_called_as_before(app: Flask) -> None:
    assert said(app, "{{ _(word) }}", "vi", word="Privacy") == "Quyền riêng tư"
    assert said(app, '{{ _("Privacy")|length }}', "en") == "7"
