"""A browser that reads a page before it sends the form on it, as people do."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    def __init__(self, site: Flask, *, address: str = "203.0.113.7") -> None:
        self.client = site.test_client()
        self.address = address

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, environ_base={"REMOTE_ADDR": self.address}, **options)

    def send(self, path: str, *, page: str = "", **fields: Any) -> TestResponse:
        """Fill in the form of ``page`` (or of the path itself) and send it."""
        found = TOKEN.search(self.get(page or path).text)
        assert found, f"no form on {page or path}"
        data = {"csrf_token": found[1], **fields}
        return self.client.post(path, data=data, environ_base={"REMOTE_ADDR": self.address})

    def cookie(self, name: str) -> str:
        held = self.client.get_cookie(name)
        return held.value if held else ""

    def password(self, email: str, password: str, **fields: str) -> TestResponse:
        return self.send("/sign-in", email=email, password=password, **fields)

    def code(self, code: str, **fields: str) -> TestResponse:
        return self.send("/sign-in/code", code=code, **fields)

    def sign_out(self) -> TestResponse:
        return self.send("/sign-out", page="/track/email")


def replayed(site: Flask, path: str, cookie: str) -> TestResponse:
    """Ask with a cookie that somebody kept. The usual client would drop a header set by hand."""
    client = site.test_client(use_cookies=False)
    return client.get(path, headers={"Cookie": f"__Host-staff={cookie}"})
