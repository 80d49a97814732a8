"""A PostgreSQL server of the tests' own, started once and stopped at the end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "guong"


def _binaries() -> Path | None:
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    return next((path for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def _as_somebody(command: list[str]) -> None:
    """Run a command, as `nobody` where we are root: the server refuses to run as root."""
    somebody = {"user": "nobody", "group": "nogroup"} if os.name == "posix" and os.geteuid() == 0 else {}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command, check=True, cwd="/", **somebody, **quiet)  # type: ignore[call-overload]


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """Return the port of a fresh server."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server on this machine")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="guong-pg-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        _as_somebody([str(binaries / "initdb"), "-D", f"{name}/data", "-U", USER, "--auth=trust", "-E", "UTF8", "-N"])
        control = [str(binaries / "pg_ctl"), "-D", f"{name}/data", "-w"]
        options = f"-p {port} -k {name} -h 127.0.0.1 -c max_connections=200"
        _as_somebody([*control, "-o", options, "-l", f"{name}/log", "start"])
        try:
            yield port
        finally:
            _as_somebody([*control, "-m", "immediate", "stop"])


@pytest.fixture
def address(port: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of a fresh schema, and name it in `GUONG_LOG`."""
    url = f"postgresql://{USER}:secret@127.0.0.1:{port}/postgres?schema=so_{uuid4().hex[:12]}"
    monkeypatch.setenv("GUONG_LOG", url)
    return url
