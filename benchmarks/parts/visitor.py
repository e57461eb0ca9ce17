"""Somebody with a browser, as little of one as HTTP needs: cookies, forms, signing in with both factors."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def token(self) -> str:
        """The form's token on this page. Raises LookupError where there is no form."""
        found = TOKEN.search(self.text)
        if found is None:
            raise LookupError("no form on this page")
        return found[1]


@dataclass
class Visitor:
    """Talks to the site at ``port`` of this machine and keeps its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Answer:
        sent = dict(headers)
        if self.cookies and "Cookie" not in sent:
            sent["Cookie"] = self.cookie
        if body:
            sent["Content-Type"] = FORM
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body or None, sent)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.split(";", 1)[0].partition("=")
                self.cookies[name] = value
            named = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status, named, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def send(self, path: str, **fields: str) -> Answer:
        """Fill in the form that stands at a path."""
        fields["csrf_token"] = self.get(path).token
        return self.ask("POST", path, urlencode(fields))

    def sign_in(self, email: str, password: str, code: str) -> None:
        """Raises PermissionError when the site does not let her in."""
        self.send("/sign-in", email=email, password=password)
        if self.send("/sign-in/code", code=code).status != 303:
            raise PermissionError(email)
