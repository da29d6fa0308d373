"""The embedded server as its clients see it, on a real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from nhipcau.embedded import EmbeddedError, ensure_server, running_server, stop_server
from nhipcau.embedded.layout import LONGEST_SOCKET_FOLDER

SOURCE = Path(__file__).resolve().parents[3]
CLIENT = "import sys, pathlib; from nhipcau.embedded import ensure_server as e; "
CLIENT += "print(e(pathlib.Path(sys.argv[1])).supervisor_pid)"


@pytest.fixture(scope="module")
def base():
    folder = Path(tempfile.mkdtemp(prefix="nhipcau-embedded-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(base):
    yield ensure_server(base / "data", durable=False)
    stop_server(base / "data")


def ask(url, query):
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()


def test_the_serving_login_uses_what_the_owner_makes_and_owns_nothing(server):
    with psycopg.connect(server.owner_url) as owner:
        owner.execute("CREATE TABLE thing (id bigint GENERATED ALWAYS AS IDENTITY, word text)")
    with psycopg.connect(server.app_url) as app:
        app.execute("INSERT INTO thing (word) VALUES ('cầu')")
        assert app.execute("SELECT id, word FROM thing").fetchone() == (1, "cầu")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DROP TABLE thing")


def test_only_the_owner_passes_row_security(server):
    rights = "SELECT rolbypassrls, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    assert ask(server.owner_url, rights) == (True, False, True)
    assert ask(server.app_url, rights) == (False, False, False)


def test_a_database_made_later_gives_the_same_rights(server):
    with psycopg.connect(server.owner_url, autocommit=True) as owner:
        owner.execute("CREATE DATABASE later")
    later = server.owner_url.replace("/nhipcau?", "/later?")
    with psycopg.connect(later) as owner:
        owner.execute("CREATE TABLE thing (id int)")
    assert ask(server.app_url.replace("/nhipcau?", "/later?"), "SELECT count(*) FROM thing") == (0,)


def test_text_is_utf_8_and_sorted_by_code_points(server):
    query = "SELECT current_setting('server_encoding'), datcollate FROM pg_database WHERE datname = 'nhipcau'"
    assert ask(server.app_url, query) == ("UTF8", "C.UTF-8")


def test_extensions_that_exclusion_and_search_need_are_the_owner_s_to_make(server):
    with psycopg.connect(server.owner_url) as owner:
        for name in ("btree_gist", "pg_trgm"):
            owner.execute(f"CREATE EXTENSION {name}")


def test_nothing_listens_on_the_network(server):
    assert ask(server.owner_url, "SHOW listen_addresses") == ("",)


def test_the_folders_are_closed_to_other_users(server):
    assert server.socket_dir.stat().st_mode & 0o777 == 0o700
    assert server.cluster.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_root_does_not_run_the_server_itself(server):
    pid = int((server.cluster / "postmaster.pid").read_text().splitlines()[0])
    assert Path(f"/proc/{pid}").stat().st_uid != 0


def test_asking_again_gives_the_same_server(server):
    assert ensure_server(server.data_dir) == server
    assert running_server(server.data_dir) == server


def test_four_processes_that_ask_at_once_get_one_server(base):
    data = base / "four"
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "NHIPCAU_PG_LINGER": "3"}
    clients = [
        subprocess.Popen(
            [sys.executable, "-c", CLIENT, data], stdout=subprocess.PIPE, text=True, env=environment
        )
        for _ in range(4)
    ]
    answers = {client.communicate()[0] for client in clients}
    stop_server(data)
    assert len(answers) == 1, answers
    assert answers != {""}


def test_a_long_folder_name_gets_a_short_socket_path(base):
    data = base / ("a-very-long-name-" * 6) / "thư mục"
    data.parent.mkdir(mode=0o711)
    server = ensure_server(data, durable=False)
    try:
        assert len(os.fsencode(server.socket_dir)) <= LONGEST_SOCKET_FOLDER
        assert ask(server.app_url, "SELECT 1") == (1,)
    finally:
        stop_server(data)
        shutil.rmtree(server.socket_dir)


def test_data_of_another_version_are_refused_with_what_to_do(base):
    data = base / "old"
    stop_server(ensure_server(data, durable=False).data_dir)
    (data / "postgresql" / "cluster" / "PG_VERSION").write_text("14\n")
    with pytest.raises(EmbeddedError, match="NHIPCAU_PG_BIN"):
        ensure_server(data, durable=False)
    stop_server(data)


def test_a_folder_that_cannot_be_made_is_told(base):
    (base / "file").write_text("")
    with pytest.raises(EmbeddedError, match="NHIPCAU_DATA"):
        ensure_server(base / "file" / "data")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps data where the server may not enter")
def test_data_in_a_folder_closed_to_the_server_s_user_go_to_var_lib(base):
    closed = base / "closed"
    closed.mkdir(mode=0o700)
    server = ensure_server(closed / "data", durable=False)
    try:
        assert ask(server.app_url, "SELECT 1") == (1,)
        assert server.cluster.is_relative_to("/var/lib/nhipcau")
        stop_server(closed / "data")
        assert ensure_server(closed / "data", durable=False).cluster == server.cluster
    finally:
        stop_server(closed / "data")
        shutil.rmtree(server.cluster.parent)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_folder_of_another_user_is_told(base):
    data = base / "of-root"
    data.mkdir(mode=0o711)
    (data / "postgresql.lease").touch(mode=0o600)
    program = "import sys, pathlib; from nhipcau.embedded import client as c; "
    program += "c._take_lease(c.Files(pathlib.Path(sys.argv[1])), 0)"
    # The interpreter may lie where another user may not enter, so it is this process's child that changes.
    becoming = f"import os; os.setgid(65534); os.setuid(65534)\n{program}"
    done = subprocess.run(
        [sys.executable, "-c", f"import nhipcau.embedded.client\n{becoming}", data],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert "belongs to root" in done.stderr
