"""The measure of all pages: a bare Flask view that returns as many bytes as it is asked for."""

from __future__ import annotations

from flask import Flask, Response


def make() -> Flask:
    """``GET`` or ``POST /bytes/20000`` answers with 20,000 bytes of text."""
    app = Flask("bare")

    @app.route("/bytes/<int:number>", methods=["GET", "POST"])
    def some(number: int) -> Response:
        return Response("x" * number, mimetype="text/html")

    return app


app = make()
