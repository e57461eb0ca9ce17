"""The style page shows every component: whoever adds one sees it there, or this fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import Environment, nodes
from jinja2.runtime import Macro

from feedback.core import templating
from feedback.core.config import ROOT

COMPONENTS = ROOT / "templates" / "components"


def written() -> set[tuple[str, str]]:
    """Every macro of every component, those that only other ones call as well."""
    return {
        (path.name, macro.name)
        for path in COMPONENTS.glob("*.html")
        for macro in Environment().parse(path.read_text(encoding="utf-8")).find_all(nodes.Macro)  # noqa: S701
    }


def shown(site: Flask, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Every macro that ran while the style page was made."""
    ran: set[tuple[str, str]] = set()
    run, short = Macro._invoke, templating._macro

    def note(macro: Macro) -> None:
        ran.add((Path(macro._func.__code__.co_filename).name, macro.name))

    def noted(self: Macro, arguments: Any, autoescape: bool) -> str:
        note(self)
        return run(self, arguments, autoescape)

    def noted_short(called: Macro, *rest: Any) -> Any:
        note(called)
        return short(called, *rest)

    monkeypatch.setattr(Macro, "_invoke", noted)
    monkeypatch.setattr(templating, "_macro", noted_short)  # what is given nothing by name
    site.config["DEMO"] = True
    answer = site.test_client().get("/kieu-mau", base_url="https://localhost")
    assert answer.status_code == 200
    return ran


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_every_component_is_shown(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = written() - shown(site, monkeypatch)
    assert not missing, f"the style page does not show {sorted(missing)}"
