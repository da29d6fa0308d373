"""Reading a file in a child process with limits, so that no file can hurt the process that serves people.

`read_in_child` is the entry for the web application, `Children` reads many files with a few reused children.
"""

from __future__ import annotations

import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import cast

from nhipcau.core.planreader.confine import OCR, OFFICE, PARSER, PROFILES, Limits
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.schema import Reading
from nhipcau.core.planreader.wire import HEAD, MORE, MOST_BYTES, NEEDS, READING, READY

START_SECONDS = 30.0
MARKED_PAGES = 3
"""A mark stands on the first page; `marking` looks at so many."""
MOST_FILES = 200
"""A child reads this many files before a fresh one takes its place."""


def read_in_child(path: Path, filename: str | None = None, *, scratch: Path | None = None) -> Reading:
    """The reading of the file at `path`, made in a child; raises Refusal. `filename` is only shown.

    What has to be converted is copied into a folder of its own below `scratch`, else the system's.
    """
    try:
        return read_file(path, scratch=scratch)
    except Refusal as refusal:
        if refusal.code == "missing":
            raise Refusal("missing", name=filename or path.name) from refusal
        raise


def read_file(path: Path, *, limits: Limits = PARSER, scratch: Path | None = None) -> Reading:
    """The reading of one file in a child of its own within `limits`; raises Refusal."""
    with Children(limits=limits, scratch=scratch) as children:
        return cast(Reading, json.loads(children.read(path)))


def look_in_child(path: Path, *, limits: Limits = PARSER) -> tuple[str, bool]:
    """The mark of secrecy that a file with text bears, looked for in a child, "" for none; and whether there
    was text to look at. A scan has none: `mark_in_scan`.
    """
    with Children(limits=limits) as children:
        try:
            return "", children.read_text_only(path) is not None
        except Refusal as refusal:
            return str(refusal.values.get("mark", "")) if refusal.code == "secret" else "", True


def mark_in_scan(path: Path) -> str:
    """The mark of secrecy on the first pages of a picture or a scanned PDF, "" for none, by text recognition;
    raises Refusal where that is not possible.
    """
    if shutil.which("tesseract") is None:
        raise Refusal("needs-ocr")
    child = Child("ocr", "nhipcau.core.planreader.marking")
    try:
        said = json.loads(_settle(*child.ask(path, PARSER.wall + OCR.wall * MARKED_PAGES)))
    finally:
        child.close()
    return str(said["mark"])


def mark_in_office(path: Path, *, scratch: Path | None = None) -> str:
    """The mark of secrecy in a .doc or .rtf, "" for none, through LibreOffice; raises Refusal without it."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-office-", dir=scratch) as folder:
        return look_in_child(convert(path, Path(folder)))[0]


class Clock:
    """The time a child has. On a machine so busy that it hardly ran it gets the same again, three times.

    Its processor time is limited by the kernel, so patience costs nothing.
    """

    def __init__(self, process: int, wall: float) -> None:
        self._process = process
        self._wall = wall
        self._ran = processor_seconds(process)
        self._until = time.monotonic() + wall
        self._again = 3

    def left(self) -> float:
        """Seconds to wait; TimeoutError when the child had its time."""
        left = self._until - time.monotonic()
        if left > 0:
            return left
        ran = processor_seconds(self._process) - self._ran
        if not self._again or self._wall <= 0 or ran > 0.5 * self._wall:
            raise TimeoutError
        self._again -= 1
        self._until += self._wall
        return max(0.0, self._until - time.monotonic())


def processor_seconds(process: int) -> float:
    """Processor time that a process has used; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Child:
    """One child process. `ask` gives (status, JSON bytes); one that died or was late is not asked again."""

    def __init__(self, profile: str, module: str = "nhipcau.core.planreader", *arguments: str) -> None:
        self.files = 0
        self.spent = False
        self._ready = False
        command = [sys.executable, "-P", "-m", module, profile, *arguments]
        self._process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=environment(),
            start_new_session=True,
            bufsize=0,
        )

    def ask(self, path: Path, wall: float) -> tuple[bytes, bytes]:
        """Have one file read within `wall` seconds; Refusal("too-heavy") when the child dies or is late."""
        try:
            if not self._ready:
                self._answer(START_SECONDS)
                self._ready = True
            self._send(json.dumps({"path": str(path.absolute())}).encode() + b"\n")
            self.files += 1
            return self._answer(wall)
        except (OSError, EOFError, TimeoutError) as error:
            self.close()
            raise Refusal("too-heavy") from error

    def ask_in_parts(self, path: Path, wall: float) -> Iterator[tuple[bytes, bytes]]:
        """As `ask`, of a child that answers in parts; each has `wall` seconds."""
        status, body = self.ask(path, wall)
        while status == MORE:
            yield status, body
            try:
                status, body = self._answer(wall)
            except (OSError, EOFError, TimeoutError) as error:
                self.close()
                raise Refusal("too-heavy") from error
        yield status, body

    def _send(self, data: bytes) -> None:
        pipe = self._process.stdin
        if pipe is None:
            raise EOFError
        pipe.write(data)

    def _answer(self, wall: float) -> tuple[bytes, bytes]:
        clock = Clock(self._process.pid, wall)
        status, tired, length = HEAD.unpack(self._exactly(HEAD.size, clock))
        if length > MOST_BYTES or (status == READY) == self._ready:
            raise EOFError
        body = self._exactly(length, clock)
        self.spent = bool(tired) or self.files >= MOST_FILES
        return status, body

    def _exactly(self, count: int, clock: Clock) -> bytes:
        pipe = self._process.stdout
        if pipe is None:
            raise EOFError
        got = bytearray()
        with selectors.DefaultSelector() as waiting:
            waiting.register(pipe, selectors.EVENT_READ)
            while len(got) < count:
                if not waiting.select(clock.left()):
                    continue
                piece = os.read(pipe.fileno(), min(count - len(got), 2**20))
                if not piece:
                    raise EOFError
                got += piece
        return bytes(got)

    def close(self) -> None:
        """End the child and whatever it started."""
        self.spent = True
        end_group(self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that leads its own group, with the group, and wait for it."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()
    process.wait()


class Children:
    """A few children, each used by one thread at a time and replaced when it died or grew old."""

    def __init__(self, workers: int = 1, *, limits: Limits = PARSER, scratch: Path | None = None) -> None:
        self._scratch = scratch
        self.workers = max(1, workers)
        self.limits = limits
        self._profile = next((name for name, each in PROFILES.items() if each is limits), "parser")
        self._idle: SimpleQueue[Child | None] = SimpleQueue()
        for _ in range(self.workers):
            self._idle.put(None)

    def __enter__(self) -> Children:
        return self

    def __exit__(self, *_: object) -> None:
        for _number in range(self.workers):
            child = self._idle.get()
            if child is not None:
                child.close()

    def read(self, path: Path) -> bytes:
        """The reading of one file as JSON; raises Refusal."""
        status, body = self._ask(path, self.limits.wall)
        if status == NEEDS:
            need = json.loads(body)
            if need["what"] == "office":
                return self._through_office(path)
            return _settle(*_ask_ocr(path, need["pages"]))
        return _settle(status, body)

    def read_text_only(self, path: Path) -> bytes | None:
        """As `read`, but None where another program would have to help."""
        status, body = self._ask(path, self.limits.wall)
        return None if status == NEEDS else _settle(status, body)

    def read_all(self, paths: Iterable[Path]) -> Iterator[tuple[Path, bytes | Refusal]]:
        """Each file with its reading (JSON) or its refusal, in the order given."""

        def one(path: Path) -> tuple[Path, bytes | Refusal]:
            try:
                return path, self.read(path)
            except Refusal as refusal:
                return path, refusal

        with ThreadPoolExecutor(self.workers) as threads:
            yield from threads.map(one, paths)

    def _ask(self, path: Path, wall: float) -> tuple[bytes, bytes]:
        child = self._idle.get() or Child(self._profile)
        try:
            return child.ask(path, wall)
        finally:
            if child.spent:
                child.close()
            self._idle.put(None if child.spent else child)

    def _through_office(self, path: Path) -> bytes:
        with tempfile.TemporaryDirectory(prefix="nhipcau-office-", dir=self._scratch) as folder:
            status, body = self._ask(convert(path, Path(folder)), self.limits.wall)
            return _settle(status, body)


def _settle(status: bytes, body: bytes) -> bytes:
    if status == READING:
        return body
    said = json.loads(body)
    raise Refusal(said.get("code", "damaged"), **said.get("values", {}))


def _ask_ocr(path: Path, pages: int) -> tuple[bytes, bytes]:
    """A child of its own for text recognition: it may start tesseract, and has time for every page."""
    if shutil.which("tesseract") is None:
        raise Refusal("needs-ocr")
    child = Child("ocr")
    try:
        return child.ask(path, PARSER.wall + OCR.wall * max(1, pages))
    finally:
        child.close()


def convert(path: Path, folder: Path) -> Path:
    """The DOCX that LibreOffice makes of a .doc or .rtf, in `folder`; raises Refusal."""
    with path.open("rb") as file:
        rich = file.read(5) == b"{\\rtf"
    source = folder / ("in.rtf" if rich else "in.doc")
    shutil.copyfile(path, source)
    return through_office(source, folder, "Rich Text Format" if rich else "MS Word 97", "docx")


def through_office(source: Path, folder: Path, kind: str, target: str) -> Path:
    """What LibreOffice makes of `source`, a file in `folder`, within limits; raises Refusal.

    `kind`: the filter that opens it; `target`: the ending, and after ":" the filter that writes. It is
    named because by itself LibreOffice opens anything, broken files as rows of signs.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise Refusal("needs-office")
    command = [sys.executable, "-P", "-m", "nhipcau.core.planreader.confine", "office", office]
    command += [
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--norestore",
        "--nolockcheck",
        f"--infilter={kind}",
    ]
    command += ["--convert-to", target, "--outdir", str(folder / "out"), str(source)]
    process = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment() | {"HOME": str(folder), "TMPDIR": str(folder)},
        start_new_session=True,
    )
    try:
        process.wait(OFFICE.wall)
    except subprocess.TimeoutExpired as error:
        raise Refusal("too-heavy") from error
    finally:
        end_group(process)
    made = folder / "out" / f"{source.stem}.{target.partition(':')[0]}"
    if not made.is_file():
        raise Refusal("office-failed")
    return made


def environment() -> dict[str, str]:
    """As little as a child needs: where programs and our modules are, and a plain locale."""
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    library = Path(os.__file__).parent
    root = str(Path(__file__).resolve().parents[3])
    places = [
        p for p in sys.path if Path(p).is_absolute() and (p.endswith("-packages") or not _within(p, library))
    ]
    return {
        "PATH": os.defpath,
        **kept,
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONPATH": os.pathsep.join(dict.fromkeys([root, *places])),
        "OMP_THREAD_LIMIT": "1",
    }


def _within(place: str, library: Path) -> bool:
    """Whether a place on the module path is the standard library's own (also as a ZIP beside it)."""
    return Path(place).is_relative_to(library) or (
        Path(place).parent == library.parent and place.endswith(".zip")
    )
