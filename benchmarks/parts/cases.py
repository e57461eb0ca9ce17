"""The pages that are measured, over a database that grows."""

from __future__ import annotations

import sys
from urllib.parse import urlencode

from benchmarks.parts.load import UNIQUE, Request
from benchmarks.parts.run import Run
from benchmarks.parts.visitor import Visitor

SMALL_DESK, LARGE_DESK = "so-y-te", "so-xay-dung"
FRONT = "dung@demo.example"
SEARCHED = "/search?q=den+duong+tat"
COMMENTS = (20, 2000)


def public_pages(run: Run, files: int) -> None:
    """Home, figures, search: pages that everybody opens, over so many files."""
    over = f" over {files:,} files"
    for name, path in (("home", "/"), ("transparency", "/transparency")):
        run.measure(f"{name}{over}, cold", Request(path))
        run.measure(f"{name}{over}, warm", Request(path), where="warm")
    run.measure(f"search{over}", Request(SEARCHED))


def item_page(run: Run, comments: int) -> None:
    path = run.stage.item_address()
    name = f"item, {comments:,} comments, 20 petitions"
    run.measure(f"{name}, cold", Request(path))
    run.measure(f"{name}, warm", Request(path), where="warm")
    etag = Visitor(run.servers["warm"].port).get(path).headers.get("etag", "")
    if etag and comments == COMMENTS[0]:
        asked = Request(path, {"If-None-Match": etag})
        run.measure(f"{name}, 304", asked, where="warm")


def oversight(run: Run, files: int) -> None:
    cookie = {"Cookie": run.visitor(FRONT).cookie}
    run.measure(f"oversight over {files:,} files", Request("/oversight", cookie))


def queue(run: Run, agency: str, files: int) -> None:
    cookie = {"Cookie": run.visitor(f"clerk.{agency}@demo.example").cookie}
    run.measure(f"queue of {files:,}, first page", Request("/officer", cookie))
    skipped, cursor = run.stage.deep_cursor(agency)
    name = f"queue of {files:,}, after {skipped:,}"
    run.measure(name, Request(f"/officer?after={cursor}", cookie))


def submission(run: Run) -> None:
    """The last step of the form: petition, leg, event, outbox and figures in one durable commit."""
    visitor = run.visitor()
    fields = {
        "csrf_token": visitor.get("/submit").token,
        "step": "review",
        "go": "next",
        "key": f"bench-{UNIQUE}",
        "kind": "concern",
        "title": "Đèn đường tắt ở đầu hẻm",
        "text": "Cả đoạn đường có bảy cột đèn mà chỉ còn hai cột sáng, tối đến rất nguy hiểm.",
        "commune": "xa-tan-lap",
        "place": "đầu hẻm lớn",
        "email": "hoa@dan.example",
    }
    asked = Request("/submit", {"Cookie": visitor.cookie}, urlencode(fields))
    run.measure("submission", asked)


def go(run: Run) -> None:
    """Everything, on a database that grows."""
    sizes, stage = run.sizes, run.stage
    stage.migrate()
    for step, files in enumerate(sizes.files):
        print(f"{stage.engine}: {files:,} files", file=sys.stderr, flush=True)
        stage.grow(files, comments=COMMENTS[0])
        with run.serving():
            if step == 0:
                item_page(run, COMMENTS[0])
            public_pages(run, files)
            oversight(run, files)
    stage.grow(0, comments=COMMENTS[1])
    for agency, files in zip((SMALL_DESK, LARGE_DESK), sizes.queue, strict=True):
        print(f"{stage.engine}: {files:,} open files of {agency}", file=sys.stderr, flush=True)
        stage.fill_queue(agency, files)
    with run.serving():
        item_page(run, COMMENTS[1])
        for agency, files in zip((SMALL_DESK, LARGE_DESK), sizes.queue, strict=True):
            queue(run, agency, files)
        submission(run)
