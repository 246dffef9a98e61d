"""A throwaway PostgreSQL cluster from Debian's binaries, for benchmarks and tests that must hold on both databases."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_BINARIES = Path("/usr/lib/postgresql")  # where Debian and Ubuntu put them, a folder a version
NO_POSTGRES = "needs PostgreSQL's binaries in /usr/lib/postgresql (apt-get install postgresql)"


@dataclass(frozen=True)
class Cluster:
    """A running server that listens on a socket in `folder`."""

    folder: Path
    binaries: Path

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://lector@/{database}?host={self.folder}"

    def database(self, template: str | None = None) -> str:
        """Make an empty database, or a copy of one that nobody is connected to; its name."""
        name = f"t{uuid.uuid4().hex[:12]}"
        self.run("createdb", "-h", str(self.folder), "-U", "lector", *(("-T", template) if template else ()), name)
        return name

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the user that owns the cluster."""
        done = subprocess.run(
            [str(self.binaries / program), *arguments], user=_owner(), cwd=self.folder, capture_output=True, text=True, timeout=120
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """Make a cluster, start it, stop it at the end. PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`.

    Args:
        durable: Each commit waits for the disk, as it would in earnest; tests need not.

    Raises:
        FileNotFoundError: There is no PostgreSQL on this machine.
    """
    versions = sorted(_BINARIES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])) if _BINARIES.is_dir() else []
    if not versions:
        raise FileNotFoundError(NO_POSTGRES)
    # Not below pytest's own folder: only root may enter that one. And the socket's path must stay under 108 characters.
    folder = Path(tempfile.mkdtemp(prefix="lector-pg-", dir="/tmp"))
    try:
        if (owner := _owner()) is not None:
            os.chown(folder, owner, -1)
        server = Cluster(folder, versions[-1].parent)
        server.run("initdb", "-D", f"{folder}/data", "-U", "lector", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync={'on' if durable else 'off'} -c max_connections=200"
        server.run("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-o", options, "start")
        try:
            yield server
        finally:
            server.run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> int | None:
    """Who is to run the server: None for whoever runs the tests."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    return None
