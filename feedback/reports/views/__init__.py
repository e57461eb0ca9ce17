"""Documents to print: an A4 sheet for the noticeboard, of an item, a plan, an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from tempfile import TemporaryFile

from flask import Blueprint, Response, abort, current_app, request, send_file
from flask_babel import gettext as _

from feedback.agencies import queries as agencies
from feedback.agencies.queries import focal_agency
from feedback.core import clock
from feedback.core.headers import file_named
from feedback.core.permissions import allow, current_person, public
from feedback.core.words import language
from feedback.monitoring.documents import as_csv
from feedback.pagecache.cache import cached
from feedback.pagecache.memory import remembered
from feedback.pagecache.queries import EVENT, REFERENCE
from feedback.petitions import queries as petitions
from feedback.petitions.queries import term_on
from feedback.petitions.queries.desk import TABS
from feedback.petitions.rules.filters import EVERYWHERE, SOON_DAYS
from feedback.plans import queries as plans
from feedback.publication import queries as register
from feedback.publication.kinds import FORM_NAMES
from feedback.publication.rules import terms
from feedback.reports.documents import publications, queue, sheets, staff
from feedback.reports.writers.lists import Cell, Listing, write_docx, write_xlsx
from feedback.reports.writers.sheet import Sheet, write
from feedback.workdays.queries import load_calendar
from feedback.workdays.rules import add_working_days

bp = Blueprint("reports", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/items/<int:item_id>/sheet.pdf")
@public
@cached(lambda item_id: (REFERENCE,))
def item_sheet(item_id: int) -> Response:
    """A plan item on one sheet."""
    day = clock.today()
    item = plans.item_now(item_id, day) or abort(404)
    return _pdf(sheets.item_sheet(item, plans.done_now(item.duty, day), _site(day)), item.number)


@bp.get("/plans/<int:plan_id>/sheet.pdf")
@public
@cached(lambda plan_id: (REFERENCE,))
def plan_sheet(plan_id: int) -> Response:
    """A plan on one sheet."""
    day = clock.today()
    plan = plans.plan(plan_id) or abort(404)
    sheet = sheets.plan_sheet(plan, plans.board(plan_id, day), _site(day))
    return _pdf(sheet, plan.number.replace("/", "-"))


@bp.get("/petitions/<public_id>/sheet.pdf")
@public
@cached(lambda public_id: (REFERENCE, f"{EVENT}petition:{public_id}"))
def answer_sheet(public_id: str) -> Response:
    """A public petition with its answer on one sheet."""
    petition = petitions.public_petition(public_id) or abort(404)
    given = [answer.published for answer in petition.answers if answer.published]
    if not given:
        abort(404)
    sheet = sheets.answer_sheet(petition, given[-1].text, _site(clock.today()))
    return _pdf(sheet, petition.reference)


def _pdf(sheet: Sheet, name: str) -> Response:
    answer = Response(write(sheet, language()), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = file_named("inline", f"niem-yet-{name}.pdf")
    return answer


def _site(day: date) -> sheets.Site:
    config = current_app.config
    return sheets.Site(
        province=config["PROVINCE"],
        focal=remembered("focal name", lambda: focal_agency().name),
        hotline=config["HOTLINE"],
        base_url=config["BASE_URL"],
        day=day,
        term=term_on("NOTICEBOARD", day),
        calendar=load_calendar(),
    )


@bp.get("/publications/list.xlsx")
@public
def publications_xlsx() -> Response:
    """What was published in a quarter, as a table: written row by row, whatever its length."""
    listing, rows = _publications()
    return as_table(listing, rows, f"cong-khai-{listing.sheet}.xlsx")


@bp.get("/officer/list.xlsx")
@allow("petitions:read")
def queue_xlsx() -> Response:
    """What the list of one's desk shows, all of its pages, as a table."""
    person, day, calendar = current_person(), clock.today(), load_calendar()
    asked, _officers = petitions.asked_by(person, request.args, on=day)
    if asked.state == EVERYWHERE:
        abort(404)  # a table of the whole province is the supervision's: /oversight
    tab, soon = request.args.get("tab", ""), add_working_days(day, SOON_DAYS, calendar)
    found = petitions.on_desk(
        person, asked, tab=tab if tab in TABS else "open", today=day, soon=soon
    )
    heads = queue.listing(petitions.agency_of(person).name, current_app.config["PROVINCE"], day)
    rows = queue.rows(petitions.table_of(found, asked.words, ended_too=asked.whole), calendar, day)
    return as_table(heads, rows, f"ho-so-{day:%Y-%m-%d}.xlsx")


@bp.get("/admin/people.xlsx")
@allow("people:manage")
def people_xlsx() -> Response:
    """Everybody who works on the site, found and sorted as the administrator's page has them."""
    day = clock.today()
    heads = staff.listing(current_app.config["PROVINCE"], day)
    return as_table(heads, staff.rows(_people()), f"nguoi-dung-{day:%Y-%m-%d}.xlsx")


@bp.get("/admin/people.csv")
@allow("people:manage")
def people_csv() -> Response:
    """The same as text."""
    day = clock.today()
    heads = staff.listing(current_app.config["PROVINCE"], day)
    return as_text(heads, staff.rows(_people()), f"nguoi-dung-{day:%Y-%m-%d}.csv")


def _people() -> list[agencies.Member]:
    return agencies.staff(request.args.get("q", ""), request.args.get("sort", "agency"))


def as_text(listing: Listing, rows: Iterator[tuple[Cell, ...]], name: str) -> Response:
    said = as_csv([[column.title for column in listing.columns], *rows])
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(said, mimetype="text/csv", headers=headers)


def as_table(listing: Listing, rows: Iterator[tuple[Cell, ...]], name: str) -> Response:
    out = TemporaryFile()  # noqa: SIM115 - closed by the server once it is sent
    write_xlsx(listing, rows, out)
    out.seek(0)
    return send_file(out, XLSX, as_attachment=True, download_name=name)


@bp.get("/publications/list.docx")
@public
def publications_docx() -> Response:
    """The same as a document with the heads of an official list."""
    listing, rows = _publications()
    out = BytesIO(write_docx(listing, rows))
    return send_file(out, DOCX, as_attachment=True, download_name=f"cong-khai-{listing.sheet}.docx")


def _publications() -> tuple[Listing, Iterator[tuple[Cell, ...]]]:
    day, calendar = clock.today(), load_calendar()
    quarter = terms.read_quarter(request.args.get("quarter", ""), day)
    code = request.args.get("agency", "")
    body = next((one for one in register.bodies() if one[0] == code), None)
    heads = publications.listing(
        quarter, body[1] if body else _("All agencies"), current_app.config["PROVINCE"], day
    )
    entries = register.whole_quarter(quarter, agency_id=body[2] if body else None)
    return heads, publications.rows(entries, FORM_NAMES, calendar, day)


from feedback.reports.views import figures  # noqa: E402, F401
