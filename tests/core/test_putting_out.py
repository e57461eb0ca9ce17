"""What templates put out: our quicker ways must say what Jinja's own would."""

from __future__ import annotations

from flask import Flask
from jinja2 import Undefined
from markupsafe import Markup, escape

from feedback.core.templating import shown


def test_a_value_is_shown_as_jinja_would() -> None:
    class Name(str):
        def __html__(self) -> str:
            return "<i>own</i>"

    values = (
        "<b>&'\"</b>",
        Markup("<b>"),
        5,
        None,
        True,
        Name("<x>"),
        Undefined(name="x"),
        b"<",
        "",
    )
    for value in values:
        assert str(shown(value)) == str(escape(value)), value


def test_a_template_escapes_in_loops_blocks_macros_and_calls(site: Flask) -> None:
    template = site.jinja_env.from_string(
        "{% macro m(x) %}<i>{{ x }}{{ caller() if caller else '' }}</i>{% endmacro %}"
        "{% block b %}{{ bad }}{% for one in [bad] %}{% set two = one ~ '<' %}{{ m(two) }}"
        "{{ loop.index }}{% endfor %}{% call m(1) %}{{ bad }}{% endcall %}{{ missing }}{% endblock %}"
    )
    with site.app_context():
        assert template.render(bad="<&") == ("&lt;&amp;<i>&lt;&amp;&lt;</i>1<i>1&lt;&amp;</i>")
