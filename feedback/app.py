"""``create_app``: the only file that knows every feature."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from feedback import audit
from feedback.accounts.actions import forgetting, noticing, residents
from feedback.agencies import movers as body_movers
from feedback.agencies.actions import carry_out_due
from feedback.agencies.rules.moving import Mover, add_mover
from feedback.comments.actions import forget_traces
from feedback.core import clock, commands, forms, headers, ids, logs, maps, permissions, templating
from feedback.core.config import ROOT, BadSettings, Settings
from feedback.core.db import db, engine_options, set_reading
from feedback.core.reading import LANGUAGE
from feedback.files.actions import forget_drafts
from feedback.importer import actions as readings
from feedback.monitoring import actions as figures
from feedback.notifications.actions import forget_sent
from feedback.notifications.jobs import DAILY, MORNING, add_job
from feedback.pagecache import cache as pagecache
from feedback.pagecache.queries import REFERENCE_TAGS
from feedback.pages import errors, freshness, navigation
from feedback.pages.finding import followers as finding
from feedback.pages.finding.sources import SOURCES
from feedback.petitions import movers as petition_movers
from feedback.petitions.actions import holding, judging, succeeding
from feedback.petitions.actions.forgetting import also_forget
from feedback.petitions.tasks import remind_of_held
from feedback.plans import movers as plan_movers
from feedback.plans.tasks import remind_reporters
from feedback.search.actions import sources
from feedback.supports import actions as supports

BLUEPRINTS = (
    "accounts.views",
    "agencies.views",
    "plans.views",
    "comments.views",
    "petitions.views",
    "supports.views",
    "monitoring.views",
    "importer.views",
    "notifications.views",
    "publication.views",
    "reports.views",
    "pages.views",
)
COMMANDS = {
    "workdays.commands": "workdays",
    "audit.commands": "log",
    "files.commands": "files",
    "importer.commands": "plans",
    "accounts.commands": "people",
    "agencies.commands": "agencies",
    "petitions.commands": "petitions",
    "supports.commands": "supports",
    "notifications.commands": "worker",
    "monitoring.commands": "monitoring",
    "search.commands": "search",
    "pages.commands": "backup",
    "demo.commands": "demo",
    "core.messages": "messages",
}
MODELS = (
    "audit",
    "workdays",
    "files",
    "notifications",
    "search",
    "pagecache",
    "accounts",
    "agencies",
    "plans",
    "comments",
    "petitions",
    "supports",
    "publication",
    "importer",
    "monitoring",
)
# in this order, so that two transactions lock rows alike
FOLLOWERS: tuple[tuple[str, audit.Follower], ...] = (
    # first of all: it locks a second file, which no transaction may do that holds the rows below
    ("petition:merged", supports.join),
    ("agency:wording_decided", readings.follow_wording),
    ("petition:", figures.keep),
    ("petition:", freshness.petition_changed),
    ("comment:", freshness.comment_changed),
    ("publication:registered", freshness.publication_registered),
    *((tag, freshness.something_changed) for tag in REFERENCE_TAGS),
    ("petition:", finding.petition_changed),
    ("comment:", finding.comment_changed),
    ("plan:", finding.plan_changed),
    ("agency:", finding.agency_changed),
)
# what a reorganisation moves, in this order: people first, so that files know whose officer came along
MOVERS: tuple[Mover, ...] = (
    body_movers.People(),
    plan_movers.Lines(),
    plan_movers.Focal(),
    petition_movers.Parts(),
    petition_movers.Files(),
    body_movers.Groups(),
    body_movers.Contacts(),
)
HERE = {"localhost", "127.0.0.1"}
BUILT = r"^.+\.[0-9a-f]{8}\.[a-z0-9]+$"  # the content's hash in the name: kept for years, never asked for again
# one run takes a bounded batch of files, so that its transaction stays short; the next takes the rest
TEN_MINUTES, SOME_SECONDS = timedelta(minutes=10), timedelta(seconds=10)


def create_app(settings: Settings | None = None) -> Flask:
    """A ready application. Raises BadSettings on settings that must not run."""
    settings = settings or Settings.from_env()
    app = Flask(
        "feedback",
        instance_path=str(settings.instance_dir),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.jinja_environment = templating.Templates
    # no view of ours is a coroutine, and to ask so of each function of each request is a thirtieth of a page
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]
    _configure(app, settings)
    logs.init(settings.log_level)
    clock.rehearse(settings.today)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=False)
    Babel(app, default_locale="vi", locale_selector=_locale)
    forms.init()
    app.url_map.converters["int"] = ids.KeyConverter
    headers.init(app)
    maps.init(app, settings)
    templating.init(app, _locale)
    app.before_request(_only_here)
    app.before_request(_intent)
    app.teardown_request(_forget_intent)
    errors.init(app)
    navigation.init(app)
    audit.init(synthetic=settings.testing)
    for feature in MODELS:
        _room(f"{feature}.models")
        _room(f"{feature}.events")
    _register(app)
    _jobs()
    for mover in MOVERS:
        add_mover(mover)
    _followers(app)
    permissions.check_declared(app)
    return _behind(app, settings)


def _configure(app: Flask, settings: Settings) -> None:
    # pages find each setting under its own name
    app.config.update({f.name.upper(): getattr(settings, f.name) for f in fields(settings)})
    app.config.update(
        PRODUCTION=settings.production,
        DEMO_PASSWORD="ydan-tayninh-demo",  # noqa: S106 - printed on the demo's own sign-in page
        INSTANCE_DIR=str(settings.instance_dir),
        SQLALCHEMY_DATABASE_URI=settings.url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.url),
        SESSION_COOKIE_NAME="__Host-session",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=1),
        WTF_CSRF_TIME_LIMIT=None,  # an idle form must not lose what was typed
        MAX_CONTENT_LENGTH=25 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "feedback" / "translations"),
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
    )
    try:
        settings.instance_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSettings(f"FEEDBACK_INSTANCE_DIR cannot be used: {error}") from error


def _locale() -> str:
    return LANGUAGE.of(request.environ) if request else LANGUAGE.words[0]


def _only_here() -> None:
    """A demonstration shows its passwords and codes, so it answers to nobody but this machine."""
    if current_app.config["DEMO"] and urlsplit(f"//{request.host}").hostname not in HERE:
        abort(503)


def _intent() -> None:
    """A GET begins transactions without SQLite's write lock; anything else takes it at once."""
    set_reading(request.method in {"GET", "HEAD", "OPTIONS"})


def _forget_intent(_error: BaseException | None) -> None:
    """What the same thread does next may write."""
    set_reading(False)


def _room(name: str) -> Any:
    """A room of a feature; None for a feature that has no such room."""
    try:
        return import_module(f"feedback.{name}")
    except ModuleNotFoundError as error:
        if error.name == f"feedback.{name}":
            return None
        raise


def _register(app: Flask) -> None:
    session = _room("accounts.session")
    if session:
        session.init(app)
    for name in BLUEPRINTS:
        module = _room(name)
        if module:
            app.register_blueprint(module.bp)
    # after all that says whose request it is: what is refused here is told under its own name
    CSRFProtect(app)
    for name, group in COMMANDS.items():
        module = _room(name)
        if module:
            commands.speak_plainly(getattr(module, group))
            app.cli.add_command(getattr(module, group))


def _static_headers(found: Any, path: str, url: str) -> None:
    for name, value in headers.STATIC.items():  # wsgiref's Headers knows no update
        found[name] = value


def _jobs() -> None:
    """What the worker does by the clock."""
    add_job("agencies.carry_out_due", every=DAILY, run=carry_out_due)
    add_job("petitions.follow_bodies", every=TEN_MINUTES, run=succeeding.follow_bodies)
    add_job("petitions.run_clock", every=TEN_MINUTES, run=judging.run_clock)
    add_job("petitions.seal_held", every=SOME_SECONDS, run=holding.seal_held)
    add_job("petitions.remind_of_held", every=DAILY, run=remind_of_held)
    add_job("petitions.forget_aside", every=DAILY, run=holding.forget_aside)
    add_job("plans.remind_reporters", every=DAILY, run=remind_reporters)
    add_job("notifications.forget_sent", every=DAILY, run=forget_sent)
    add_job("accounts.send_digests", every=DAILY, hour=MORNING, run=noticing.send_digests)
    add_job("accounts.forget_expired", every=DAILY, run=forgetting.forget_expired)
    add_job("files.forget_drafts", every=DAILY, run=forget_drafts)
    add_job("comments.forget_traces", every=DAILY, run=forget_traces)
    add_job("supports.seal_batch", every=SOME_SECONDS, run=supports.seal_batch)
    add_job("supports.forget_places", every=DAILY, run=supports.forget_places)
    add_job("search.mend_reference", every=DAILY, run=finding.mend_reference)


def _followers(app: Flask) -> None:
    """What is kept true by the events of lower features, in the transaction that records them."""
    app.extensions["feedback.followers"] = True
    also_forget(supports.forget_person)
    residents.when_proved(holding.free)
    sources.update({source.kind: source for source in SOURCES})
    for prefix, follower in FOLLOWERS:
        audit.follow(prefix, _whole(follower))


@cache
def _whole(follower: audit.Follower) -> audit.Follower:
    """The follower in a whole application alone: a bare one has no tables for it."""

    def tell(happening: audit.Happening) -> None:
        if "feedback.followers" in current_app.extensions:
            follower(happening)

    return tell


def _behind(app: Flask, settings: Settings) -> Flask:
    """Static files with far-future names, and only the proxy hops that the operator configured."""
    pagecache.init(app, settings.page_cache_mb * 1024 * 1024)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(ROOT / "static"),
        prefix="static/",
        max_age=3600,  # an hour
        immutable_file_test=BUILT,
        add_headers_function=_static_headers,
    )
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
