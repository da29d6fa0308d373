"""A freshly made Debian 12: the two commands of the README, and the guide to a server, block by block."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.heavy.cleanroot import CleanRoot, NotPossible

pytestmark = pytest.mark.heavy

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "how-to" / "install-on-a-server.md"
NAME = "nhipcau.tinh.example"
SERVE_BY_HAND = """
start() {  # what systemd would do with the unit
    unit=/etc/systemd/system/$1; shift
    set -a; . /etc/nhipcau/env; set +a
    command=$(sed -n 's/^ExecStart=//p' "$unit" | sed 's/%%/%/g')
    user=$(sed -n 's/^User=//p' "$unit")
    if [ -n "$user" ]; then exec setpriv --reuid "$user" --regid "$user" --init-groups bash -c "exec $command"
    else exec bash -c "$command"; fi
}
"""
LOOK = f"""
import http.client, re, ssl, socket, time
def get(path, tls=True):
    context = ssl._create_unverified_context()
    kind = http.client.HTTPSConnection if tls else http.client.HTTPConnection
    connection = kind("127.0.0.1", timeout=10, **({{"context": context}} if tls else {{}}))
    connection.request("GET", path, headers={{"Host": "{NAME}"}})
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read().decode()
for _ in range(300):
    status, headers, page = get("/accounts/login/")
    if status != 502:
        break
    time.sleep(0.1)
assert status == 200, (status, page[:300])
assert "strict-transport-security" in {{name.lower() for name in headers}}, headers
sheet = re.search(r'href="(/static/[^"]+\\.css)"', page).group(1)
assert get(sheet)[0] == 200
assert get("/", tls=False)[0] == 301
print("pages seen")
"""


@pytest.fixture
def clean() -> Iterator[CleanRoot]:
    folder = Path(tempfile.mkdtemp(prefix="nhipcau-root-", dir=roomy_memory()))
    folder.chmod(0o755)
    try:
        yield CleanRoot.unpack(folder / "root")
    except NotPossible as why:
        pytest.skip(str(why))
    finally:
        shutil.rmtree(folder)


def roomy_memory() -> str | None:
    """A folder in memory when it has room for some gigabytes: the root's many small files are quick there."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 6e9 else None


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```sh {kind}\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.M | re.S)


def passed(done) -> str:
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def test_make_demo_on_a_fresh_machine_for_an_ordinary_user(clean):
    clean.add_checkout(ROOT, "/home/hoa/nhipcau")
    passed(clean.run("useradd --create-home hoa 2>/dev/null; chown -R hoa: /home/hoa"))
    done = clean.run("make demo SERVE=0", user="hoa", folder="/home/hoa/nhipcau")
    assert "Data folder: /home/hoa/nhipcau/.data" in passed(done)


def test_make_demo_on_a_fresh_machine_for_root_in_a_closed_home(clean):
    clean.add_checkout(ROOT, "/root/nhipcau")
    done = clean.run("make demo SERVE=0", folder="/root/nhipcau")
    assert "(user nobody)" in passed(done)


def guide_after_fetching() -> str:
    """The guide from step 3 on, with systemd's part done by hand, and looks at what came of it."""
    tls = """mkdir -p /etc/nhipcau/tls
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -keyout /etc/nhipcau/tls/privkey.pem \
        -out /etc/nhipcau/tls/fullchain.pem 2>/dev/null"""
    (units,) = [block for block in blocks("systemd") if "daemon-reload" in block]
    copying = units.splitlines()[0]
    return "\n".join(
        [
            SERVE_BY_HAND,
            # It was given another port if this machine has a server of its own.
            "sed -i 's/^port = .*/port = 5432/' /etc/postgresql/15/main/postgresql.conf",
            "pg_ctlcluster 15 main start",
            *blocks("install")[2:],
            copying,
            "systemd-analyze verify /etc/systemd/system/nhipcau-*.*",
            tls,
            *blocks("tls"),
            "start nhipcau-web.service & start nhipcau-worker.service & nginx",
            f"python3 - <<'PY'{LOOK}PY",
            "(start nhipcau-backup.service)",
            "nhipcau restore --verify-only --identity /root/nhipcau-backup-key.txt "
            "/var/backups/nhipcau/nhipcau-*.tar.age",
            "kill $(jobs -p); wait",
            *blocks("upgrade"),
            "nhipcau restore --force --identity /root/nhipcau-backup-key.txt "
            "/var/backups/nhipcau/before-upgrade-*.tar.age",
            # What root makes, the service's user can read.
            "runuser -u nhipcau -- test -r /var/lib/nhipcau/keys/ring.json",
            # The service's user may not act as the owner.
            "! runuser -u nhipcau -- psql -q 'dbname=nhipcau user=nhipcau_owner' -c 'select 1' 2>/dev/null",
            "echo all done",
        ]
    )


def test_the_guide_to_a_server_is_true(clean, tmp_path):
    for file in build_wheel(tmp_path / "dist"):
        shutil.copy2(file, clean.path / "root")
    passed(clean.run("\n".join(blocks("install")[:2]), folder="/root"))
    printed = passed(clean.run(guide_after_fetching(), folder="/root", network=False))
    assert "pages seen" in printed
    assert printed.rstrip().endswith("all done")


def build_wheel(into: Path) -> list[Path]:
    """The wheel and its lock file."""
    command = [sys.executable, ROOT / "tools" / "wheel.py", "--into", into]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return list(into.iterdir())
