"""The pages that are measured, over a database that grows."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from benchmarks.parts.load import UNIQUE, Request
from benchmarks.parts.run import Run
from benchmarks.parts.stage import Stage
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
    narrowed = "/officer?commune=xa-tan-lap&kind=question"
    run.measure(f"queue of {files:,}, narrowed", Request(narrowed, cookie))


def submission(run: Run) -> None:
    """The last step of the form: petition, leg, event, outbox and figures in one durable commit."""
    name = f"submission over {run.stage.files():,} files"
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
        "email": f"{UNIQUE}@dan.example",  # an address may send ten an hour
    }
    asked = Request("/submit", {"Cookie": visitor.cookie}, urlencode(fields))
    run.measure(name, asked)


def go(run: Run) -> None:
    """Everything: pages over each number of files, then a small and a large desk and a submission."""
    sizes = run.sizes
    stages = _grown(run.stage, sizes.files)
    desks = stages[0].another("desks")
    desks.migrate()
    desks.grow(0, comments=COMMENTS[1])
    for agency, files in zip((SMALL_DESK, LARGE_DESK), sizes.queue, strict=True):
        print(f"{desks.engine}: {files:,} open files of {agency}", file=sys.stderr, flush=True)
        desks.fill_queue(agency, files)
    for step, (stage, files) in enumerate(zip(stages, sizes.files, strict=True)):
        run.stage = stage
        with run.serving():
            if step == 0:
                item_page(run, COMMENTS[0])
            public_pages(run, files)
            oversight(run, files)
    run.stage = desks
    with run.serving():
        item_page(run, COMMENTS[1])
        for agency, files in zip((SMALL_DESK, LARGE_DESK), sizes.queue, strict=True):
            queue(run, agency, files)
        submission(run)


def _grown(stage: Stage, sizes: Sequence[int]) -> list[Stage]:
    """A database for each number of files, each larger one begun as a copy of the one before."""
    stages: list[Stage] = []
    for files in sizes:
        print(f"{stage.engine}: {files:,} files", file=sys.stderr, flush=True)
        name = f"files_{files}"
        stage = stages[-1].another(name) if stages else replace(stage, name=name)
        stage.migrate()
        stage.grow(files, comments=COMMENTS[0])
        stages.append(stage)
    return stages
