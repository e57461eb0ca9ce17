"""Settings, read once from the environment; every one is documented in docs/settings.md."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from click import ClickException

from feedback.core.clock import LOCAL

ROOT = Path(__file__).resolve().parents[2]
SECRET_MIN_CHARS = 32
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
DATABASES = ("sqlite:///", "postgresql+psycopg://")
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:[0-9]+)?")
_WHOLE = re.compile(r"[0-9]{1,9}")


class BadSettings(ClickException):
    """The environment asks for something that must not run; the message says what to change."""


@dataclass(frozen=True)
class Settings:
    """All that an operator can set. Names in the environment carry the prefix ``FEEDBACK_``."""

    database_url: str = ""
    secret_key: str = ""
    env: str = "development"
    demo: bool = False
    today: date | None = None
    instance_dir: Path = field(default_factory=lambda: ROOT / "instance")
    smtp_url: str = ""
    mail_from: str = "Ý dân Tây Ninh <khong-tra-loi@demo.example>"
    sms_url: str = ""
    sms_token: str = ""
    sms_from: str = ""
    base_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = ()
    proxy_hops: int = 0
    site_name: str = "Ý dân Tây Ninh"
    province: str = "Tây Ninh"
    hotline: str = "1022"
    page_cache_mb: int = 32
    comment_screening: str = "before"
    comment_pace: tuple[int, int] = (5, 10)  # so many, in so many minutes
    comment_words: tuple[str, ...] = ()
    support_pace: tuple[int, int] = (30, 60)  # counted from one place, in so many minutes
    # so many petitions an hour, then they are held: from one network, under one address, nearly alike, in all
    petition_limits: tuple[tuple[str, int], ...] = (
        ("network", 60),
        ("address", 10),
        ("alike", 8),
        ("all", 300),
        ("usual", 5),  # times the busiest hour of a usual day
    )
    redis_url: str = ""  # where all web processes count them together
    intake: str = "open"  # of petitions from the web: open | hold | stop
    intake_until: datetime | None = None
    held_reminder_days: tuple[int, int] = (1, 2)  # working days: dispatchers, the Front
    sms_a_day: int = 3  # news to one number
    take_back_minutes: int = 15  # how long a publication of a plan can be undone
    report_reminder_days: int = 5  # so many working days before a progress report is due
    map_file: Path | None = None
    map_credit: str = "© OpenStreetMap"
    log_level: str = "INFO"
    testing: bool = False

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def url(self) -> str:
        """SQLAlchemy URL with the driver that this project runs on."""
        url = self.database_url or f"sqlite:///{self.instance_dir / 'feedback.db'}"
        if url.startswith(("postgres://", "postgresql://")):
            return "postgresql+psycopg://" + url.split("://", 1)[1]
        return url

    @classmethod
    def from_env(cls, environ: dict[str, str] | None = None) -> Settings:
        """Read ``FEEDBACK_…`` and ``instance/secret``. Raises BadSettings for what must not run."""
        env = dict(os.environ if environ is None else environ)

        def read(name: str, default: str = "") -> str:
            return env.get(f"FEEDBACK_{name}", default).strip()

        instance = Path(read("INSTANCE_DIR") or cls().instance_dir)
        settings = cls(
            database_url=read("DATABASE_URL"),
            secret_key=read("SECRET_KEY") or _stored_secret(instance),
            env=read("ENV", "development"),
            demo=_flag(read("DEMO"), "DEMO"),
            today=_day(read("TODAY")),
            instance_dir=instance,
            smtp_url=read("SMTP_URL"),
            mail_from=read("MAIL_FROM") or cls.mail_from,
            sms_url=read("SMS_URL"),
            sms_token=read("SMS_TOKEN"),
            sms_from=read("SMS_FROM"),
            sms_a_day=_number(read("SMS_A_DAY", "3"), "SMS_A_DAY"),
            base_url=(read("BASE_URL") or cls.base_url).rstrip("/"),
            trusted_hosts=tuple(h for h in read("TRUSTED_HOSTS").replace(",", " ").split() if h),
            proxy_hops=_number(read("PROXY_HOPS", "0"), "PROXY_HOPS"),
            site_name=read("SITE_NAME") or cls.site_name,
            province=read("PROVINCE") or cls.province,
            hotline=read("HOTLINE") or cls.hotline,
            page_cache_mb=_number(read("PAGE_CACHE_MB", "32"), "PAGE_CACHE_MB"),
            **_comments(read),
            support_pace=_pace(read("SUPPORT_PACE", "30/60"), "SUPPORT_PACE"),
            **_intake(read),
            take_back_minutes=_number(read("TAKE_BACK_MINUTES", "15"), "TAKE_BACK_MINUTES"),
            report_reminder_days=_number(read("REPORT_REMINDER_DAYS", "5"), "REPORT_REMINDER_DAYS"),
            map_file=Path(read("MAP_FILE")) if read("MAP_FILE") else None,
            map_credit=read("MAP_CREDIT") or cls.map_credit,
            log_level=read("LOG_LEVEL") or cls.log_level,
        )
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse to start on settings that would be unsafe (trust.md, section 4)."""
        if self.env not in {"development", "production"}:
            raise BadSettings("FEEDBACK_ENV must be development or production")
        if len(self.secret_key) < SECRET_MIN_CHARS:
            raise BadSettings(
                f"FEEDBACK_SECRET_KEY is missing or shorter than {SECRET_MIN_CHARS} characters; "
                "`make run` writes one to instance/secret"
            )
        if self.comment_screening not in {"before", "after"}:
            raise BadSettings("FEEDBACK_COMMENT_SCREENING must be before or after")
        if self.intake not in {"open", "hold", "stop"}:
            raise BadSettings("FEEDBACK_INTAKE must be open, hold or stop")
        if self.log_level.upper() not in LOG_LEVELS:
            raise BadSettings(f"FEEDBACK_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}")
        self._check_addresses()
        if not self.production:
            return
        if self.demo:
            raise BadSettings("FEEDBACK_DEMO must be off in production")
        if self.today:
            raise BadSettings("FEEDBACK_TODAY is for rehearsals only, not for production")
        if os.environ.get("FLASK_DEBUG", "") not in {"", "0"}:
            raise BadSettings("FLASK_DEBUG must be off in production")
        if not self.trusted_hosts:
            raise BadSettings("FEEDBACK_TRUSTED_HOSTS must name the site's host in production")

    def _check_addresses(self) -> None:
        """What stands wrong here is otherwise found by the first mail that does not go out."""
        if not self.url.startswith(DATABASES):
            raise BadSettings("FEEDBACK_DATABASE_URL must begin with sqlite:/// or postgresql://")
        _address(self.base_url, "BASE_URL", ("http", "https"))
        if self.smtp_url:
            _address(self.smtp_url, "SMTP_URL", ("smtp", "smtp+starttls", "smtps"))
        if self.sms_url:
            _address(self.sms_url, "SMS_URL", ("http", "https"))
        if self.redis_url:
            _address(self.redis_url, "REDIS_URL", ("redis", "rediss"))
        if "@" not in parseaddr(self.mail_from)[1]:
            raise BadSettings("FEEDBACK_MAIL_FROM must look like: Name <address@example.vn>")
        for host in self.trusted_hosts:
            if not _HOST.fullmatch(host):
                raise BadSettings(
                    f"FEEDBACK_TRUSTED_HOSTS takes names of hosts alone, such as ydan.example: {host}"
                )


def _address(value: str, name: str, schemes: tuple[str, ...]) -> None:
    """Raises BadSettings; the value itself is not shown, for it may hold a password."""
    try:
        parts = urlsplit(value)
        fine = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none, brackets that do not close
        fine = False
    if not fine:
        wanted = " or ".join(f"{scheme}://" for scheme in schemes)
        raise BadSettings(f"FEEDBACK_{name} must begin with {wanted} and name a host")


def _stored_secret(instance: Path) -> str:
    path = instance / "secret"
    try:
        return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path} cannot be read as text: {error}") from error


def _flag(value: str, name: str) -> bool:
    if value.lower() in {"", "0", "false", "no"}:
        return False
    if value.lower() in {"1", "true", "yes"}:
        return True
    raise BadSettings(f"FEEDBACK_{name} must be 1 or 0")


def _number(value: str, name: str) -> int:
    if _WHOLE.fullmatch(value):
        return int(value)
    raise BadSettings(f"FEEDBACK_{name} must be a whole number")


def _pace(value: str, name: str) -> tuple[int, int]:
    """``5/10``: five in ten minutes."""
    number, _slash, minutes = value.partition("/")
    if _WHOLE.fullmatch(number) and _WHOLE.fullmatch(minutes) and int(number) and int(minutes):
        return int(number), int(minutes)
    raise BadSettings(f"FEEDBACK_{name} must look like 5/10: five in ten minutes")


def _comments(read: Callable[..., str]) -> dict[str, Any]:
    """How people may comment."""
    return {
        "comment_screening": read("COMMENT_SCREENING", "before"),
        "comment_pace": _pace(read("COMMENT_PACE", "5/10"), "COMMENT_PACE"),
        "comment_words": _lines(read("COMMENT_WORDS"), "COMMENT_WORDS"),
    }


def _intake(read: Callable[..., str]) -> dict[str, Any]:
    """How petitions from the web are taken in."""
    return {
        "petition_limits": _limits(read("PETITION_LIMITS"), Settings.petition_limits),
        "redis_url": read("REDIS_URL"),
        "intake": read("INTAKE", "open"),
        "intake_until": _moment(read("INTAKE_UNTIL")),
        "held_reminder_days": _waits(read("HELD_REMINDER_DAYS", "1/2")),
    }


def _waits(value: str) -> tuple[int, int]:
    """``1/2``: after one working day, and after two. Nobody can set it so far off that nobody is told."""
    first, _slash, last = value.partition("/")
    if _WHOLE.fullmatch(first) and _WHOLE.fullmatch(last) and int(first) <= int(last) <= 5:
        return int(first), int(last)
    raise BadSettings("FEEDBACK_HELD_REMINDER_DAYS must look like 1/2, and be 5 at most")


def _limits(value: str, usual: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """``network=200 all=0``: what is not named stays as usual, 0 is no limit."""
    limits = dict(usual)
    for one in value.replace(",", " ").split():
        name, _equals, number = one.partition("=")
        if name not in limits or not _WHOLE.fullmatch(number):
            raise BadSettings("FEEDBACK_PETITION_LIMITS must look like network=60 address=10")
        limits[name] = int(number)
    return tuple(limits.items())


def _moment(value: str) -> datetime | None:
    """As people here say it: 2026-11-27 08:00 in Viet Nam."""
    try:
        moment = datetime.fromisoformat(value) if value else None
    except ValueError as error:
        raise BadSettings("FEEDBACK_INTAKE_UNTIL must look like 2026-11-27 08:00") from error
    return moment.replace(tzinfo=moment.tzinfo or LOCAL) if moment else None


def _lines(path: str, name: str) -> tuple[str, ...]:
    """Lines of a text file, without empty ones and those that begin with ``#``."""
    if not path:
        return ()
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"FEEDBACK_{name} must name a text file in UTF-8") from error
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise BadSettings("FEEDBACK_TODAY must look like 2026-11-24") from error
