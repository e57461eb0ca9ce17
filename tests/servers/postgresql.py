"""A throw-away PostgreSQL cluster of the tests' own, shared by all workers of one run and removed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.servers.patience import PATIENCE_S
from tests.servers.ports import free_port

NAMES = ("postgres", "nobody")
OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 "
    # databases that live for a second need no sweeping, and little of the log of what is lost anyway
    "-c autovacuum=off -c max_wal_size=256MB -c jit=off"
)
IN_MEMORY, ENOUGH = Path("/dev/shm"), 2**31  # bytes


def programs() -> Path:
    """The folder with initdb and pg_ctl. Raises FileNotFoundError when there is none."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    raise FileNotFoundError("PostgreSQL's initdb is not installed: apt install postgresql")


def in_memory() -> Path:
    """Where a cluster is quick that may be lost: in memory, if there is room, else on the disk."""
    roomy = IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK)
    return IN_MEMORY if roomy and shutil.disk_usage(IN_MEMORY).free > ENOUGH else Path("/tmp")


class Cluster:
    """initdb, start, stop. As root it runs as an unprivileged user. ``kept``: a folder of its data that
    stays for the next time; that user must be able to reach it."""

    def __init__(
        self, options: str = OPTIONS, *, kept: Path | None = None, place: Path = Path("/tmp")
    ) -> None:
        self.options, self.kept = options, kept
        self.folder = Path(tempfile.mkdtemp(prefix="feedback-pg-", dir=place))
        self.port = free_port()
        self.user = next((n for n in NAMES if _exists(n)), None) if os.geteuid() == 0 else None
        self.data = kept or self.folder / "data"
        for folder in (self.folder, self.data):
            folder.mkdir(mode=0o700, exist_ok=True)
            if self.user:
                entry = pwd.getpwnam(self.user)
                os.chown(folder, entry.pw_uid, entry.pw_gid)

    def start(self) -> None:
        data, log = str(self.data), str(self.folder / "log")
        if not (self.data / "PG_VERSION").exists():
            ways = ["-U", "feedback", "-A", "trust", "-E", "UTF8", "--locale=C"]
            self._run("initdb", "-D", data, *ways)
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 {self.options}"
        patient = ["-w", "-t", f"{PATIENCE_S:.0f}"]
        self._run("pg_ctl", "-D", data, *patient, "-o", options, "-l", log, "start")

    def keep_on(self, core: int) -> None:
        """Let connections that are made from now on run on one core; nothing where there is only one."""
        if (os.cpu_count() or 1) > core:
            first_line = (self.data / "postmaster.pid").read_text().splitlines()[0]
            os.sched_setaffinity(int(first_line), {core})

    def stop(self) -> None:
        mode = "fast" if self.kept else "immediate"
        patient = ["-w", "-t", f"{PATIENCE_S:.0f}"]
        try:
            self._run("pg_ctl", "-D", str(self.data), *patient, "-m", mode, "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://feedback@127.0.0.1:{self.port}/{name}"

    def socket_url(self, name: str) -> str:
        """By the socket in the file system, as a site on the same machine is best set up."""
        return f"postgresql+psycopg://feedback@/{name}?host={self.folder}&port={self.port}"

    def _run(self, program: str, *arguments: str) -> None:
        """Raises RuntimeError with what the program said."""
        with (self.folder / "said").open(
            "w+b"
        ) as said:  # no pipe: a server that stays would hold it
            done = subprocess.run(
                [programs() / program, *arguments],
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(self.folder)},
                cwd=self.folder,
                stdout=said,
                stderr=subprocess.STDOUT,
                check=False,
            )
            if done.returncode:
                said.seek(0)
                raise RuntimeError(
                    f"{program} ended with {done.returncode}: {said.read().decode()}"
                )


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
