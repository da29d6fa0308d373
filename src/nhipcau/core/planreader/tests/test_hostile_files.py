"""The catalogue of bad uploads against the reading child: a refusal or a reading, in time, without harm."""

from __future__ import annotations

import json
import os
import resource
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.core.planreader.child import Children
from nhipcau.core.planreader.refusal import REASONS, Refusal
from nhipcau.core.planreader.tests import hostile

SECONDS = 10.0
GROWTH = 50 * 1024


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with Children(1) as pool:
        yield pool


def outcome(children: Children, path: Path, data: bytes) -> Refusal | dict[str, object]:
    """What reading gives, checked for time, memory, and words for people in both languages."""
    path.write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    try:
        result: Refusal | dict[str, object] = json.loads(children.read(path))
    except Refusal as refusal:
        result = refusal
        assert refusal.code in REASONS
        assert all("\n" not in refusal.message(language) for language in ("vi", "en"))
    # On a machine that has other work a child gets the same processor time later (see child.Clock).
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    assert time.monotonic() - start <= SECONDS * (4 if busy else 1)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before <= GROWTH
    return result


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_a_hostile_file_is_refused_with_a_reason(name: str, children: Children, tmp_path: Path) -> None:
    result = outcome(children, tmp_path / "upload", hostile.REFUSED[name]())
    assert isinstance(result, Refusal), f"{name} was read"


@pytest.mark.parametrize("name", hostile.READ)
def test_an_odd_file_does_no_harm(name: str, children: Children, tmp_path: Path) -> None:
    result = outcome(children, tmp_path / "upload", hostile.READ[name]())
    if isinstance(result, dict):
        assert "root:" not in str(result["text"])


@pytest.mark.heavy
@pytest.mark.parametrize("name", hostile.BIG)
def test_a_pdf_bomb_ends_in_time(name: str, children: Children, tmp_path: Path) -> None:
    outcome(children, tmp_path / "upload", hostile.BIG[name]())


def test_a_good_file_is_read_after_a_bad_one_killed_its_child(children: Children, tmp_path: Path) -> None:
    outcome(children, tmp_path / "bad", hostile.REFUSED["48 5,000,000 empty paragraphs"]())
    result = outcome(children, tmp_path / "good", hostile.PLAIN)
    assert isinstance(result, dict)
    assert "Sở Ngoại vụ" in str(result["text"])


def test_nothing_calls_out(children: Children, tmp_path: Path) -> None:
    hits = 0
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        port = canary.getsockname()[1]
        url = f"http://127.0.0.1:{port}/x"

        def listen() -> None:
            nonlocal hits
            while not done.is_set():
                try:
                    canary.accept()[0].close()
                    hits += 1
                except TimeoutError:
                    continue

        done = threading.Event()
        listener = threading.Thread(target=listen)
        listener.start()
        for number, data in enumerate(
            [
                hostile.with_dtd(f'<!DOCTYPE d [<!ENTITY x SYSTEM "{url}">]>'),
                hostile.with_dtd(f'<!DOCTYPE d SYSTEM "{url}">', "x"),
                hostile.external("image", url),
                hostile.external("hyperlink", url),
                hostile.remote_template(url),
                hostile.one_page(hostile.TEXT_STREAM, b"/OpenAction<</S/URI/URI(%s)>>" % url.encode()),
            ]
        ):
            outcome(children, tmp_path / f"call{number}", data)
        done.set()
        listener.join()
    assert hits == 0


@pytest.mark.parametrize("tenth", range(1, 10))
@pytest.mark.parametrize("make", [lambda: hostile.PLAIN, lambda: hostile.one_page(hostile.TEXT_STREAM)])
def test_a_file_cut_short_is_refused_or_read(
    make: object, tenth: int, children: Children, tmp_path: Path
) -> None:
    data = make()  # type: ignore[operator]
    outcome(children, tmp_path / "cut", data[: len(data) * tenth // 10])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0), bit=st.integers(0, 7), kind=st.sampled_from(["docx", "pdf", "txt"]))
def test_a_flipped_bit_is_refused_or_read(
    place: int, bit: int, kind: str, children: Children, tmp_path: Path
) -> None:
    data = bytearray(
        {
            "docx": hostile.PLAIN,
            "pdf": hostile.one_page(hostile.TEXT_STREAM),
            "txt": "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sở Ngoại vụ chủ trì.".encode(),
        }[kind]
    )
    data[place % len(data)] ^= 1 << bit
    outcome(children, tmp_path / "flipped", bytes(data))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400))
def test_any_bytes_are_refused_or_read(data: bytes, children: Children, tmp_path: Path) -> None:
    outcome(children, tmp_path / "bytes", data)
