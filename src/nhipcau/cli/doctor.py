"""`nhipcau doctor`: what is there, what is missing, what that costs and how to get it.

Exit code: 0 when everything that is needed is there, 1 when something needed is missing. What is only useful
may be missing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

import nhipcau
from nhipcau.cli import envelope
from nhipcau.cli.instance import use_data_dir
from nhipcau.cli.pgtools import owner_url
from nhipcau.cli.ringplace import ring_at_hand
from nhipcau.core.sealing import Purpose, RingMissing, RingUnsafe, SealingError
from nhipcau.embedded import running_server
from nhipcau.embedded.binaries import OLDEST, found_folder, version_of
from nhipcau.embedded.language import SpokenError, say

TRUE = {"1", "true", "yes", "on"}
NEEDED_FREE, USEFUL_FREE = 500_000_000, 5_000_000_000  # bytes
PACKAGE = Path(nhipcau.__file__).parent


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `level`: "ok", "useful" (missing, can do without) or "needed" (missing)."""

    level: str
    name: str
    fact: str
    cost: str = ""
    remedy: str = ""


def _program_output(*command: str) -> str | None:
    """What a program prints; None when it is not there or fails."""
    if shutil.which(command[0]) is None:
        return None
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    return (done.stdout or done.stderr) if done.returncode == 0 else None


def python() -> Finding:
    """Python itself; the package refuses to install on an older one."""
    return Finding("ok", "Python", sys.version.split()[0])


def database() -> Finding:
    """The server of DATABASE_URL, or the programs of the embedded one."""
    if not os.environ.get("DATABASE_URL"):
        return _embedded()
    try:
        with psycopg.connect(owner_url(), connect_timeout=10) as connection:
            version = connection.info.server_version // 10000
            row = connection.execute(
                "SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error as error:
        return Finding(
            "needed",
            "PostgreSQL",
            say(f"không kết nối được: {error}", f"cannot be reached: {error}").strip(),
            say("Không có gì chạy được.", "Nothing works."),
            say(
                "Xem lại DATABASE_URL và NHIPCAU_OWNER_DATABASE_URL.",
                "Check DATABASE_URL and NHIPCAU_OWNER_DATABASE_URL.",
            ),
        )
    if version < OLDEST:
        return _too_old(str(version))
    if not (row and row[0]):
        return Finding(
            "useful",
            "PostgreSQL",
            say(f"{version}, chủ sở hữu chưa có BYPASSRLS", f"{version}, the owner lacks BYPASSRLS"),
            say("Bản sao lưu có thể thiếu dòng.", "Backups may lack rows."),
            "ALTER ROLE nhipcau_owner BYPASSRLS;",
        )
    return Finding("ok", "PostgreSQL", say(f"{version}, máy chủ ngoài", f"{version}, a server of yours"))


def _embedded() -> Finding:
    try:
        version = version_of(found_folder())
    except SpokenError as error:
        return Finding("needed", "PostgreSQL", str(error), say("Không có gì chạy được.", "Nothing works."))
    if int(version.partition(".")[0]) < OLDEST:
        return _too_old(version)
    server = running_server(use_data_dir())
    state = say("đang chạy", "running") if server else say("chưa chạy", "not running")
    return Finding("ok", "PostgreSQL", say(f"{version} kèm theo, {state}", f"{version}, embedded, {state}"))


def _too_old(version: str) -> Finding:
    return Finding(
        "needed",
        "PostgreSQL",
        version,
        say("Không có gì chạy được.", "Nothing works."),
        say(f"Cần từ bản {OLDEST}.", f"Version {OLDEST} or newer is needed."),
    )


def data_folder() -> Finding:
    """The data folder can be written, and its disk has room."""
    folder = use_data_dir()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    name = say("thư mục dữ liệu", "data folder")
    if not os.access(there, os.W_OK):
        return Finding(
            "needed",
            name,
            say(f"{folder}: không ghi được", f"{folder}: cannot be written"),
            say("Không lưu được tệp nào.", "No file can be kept."),
            say("Đổi NHIPCAU_DATA hoặc chủ thư mục.", "Change NHIPCAU_DATA or the folder's owner."),
        )
    free = shutil.disk_usage(there).free
    fact = say(f"{folder}, còn trống {free / 1e9:.1f} GB", f"{folder}, {free / 1e9:.1f} GB free")
    if free < USEFUL_FREE:
        level = "needed" if free < NEEDED_FREE else "useful"
        cost = say("Tải tệp lên và sao lưu sẽ hỏng giữa chừng.", "Uploads and backups will fail half way.")
        return Finding(
            level,
            name,
            fact,
            cost,
            say("Dọn đĩa hoặc chuyển NHIPCAU_DATA.", "Free the disk or move NHIPCAU_DATA."),
        )
    return Finding("ok", name, fact)


def front_end() -> Finding:
    """Style sheets and catalogues, which are made when the package is built."""
    made = [
        PACKAGE / "apps" / "webkit" / "static" / "vendor" / "tabler.css",
        PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "django.mo",
    ]
    missing = [path.name for path in made if not path.exists()]
    name = say("giao diện", "style sheets, texts")
    if missing:
        fact = say(f"thiếu {', '.join(missing)}", f"{', '.join(missing)} missing")
        return Finding("needed", name, fact, say("Trang trông hỏng.", "Pages look broken."), "make setup")
    return Finding("ok", name, say("đầy đủ", "complete"))


def tesseract() -> Finding:
    """Reading of scanned plans."""
    listed = _program_output("tesseract", "--list-langs")
    remedy = "apt-get install tesseract-ocr tesseract-ocr-vie"
    cost = say("Kế hoạch bản quét và ảnh không đọc được.", "Scanned plans and pictures cannot be read.")
    if listed is None:
        return Finding("useful", "tesseract", say("không có", "missing"), cost, remedy)
    if "vie" not in listed.split():
        return Finding(
            "useful", "tesseract", say("thiếu tiếng Việt (vie)", "lacks Vietnamese (vie)"), cost, remedy
        )
    version = (_program_output("tesseract", "--version") or "").split("\n")[0].removeprefix("tesseract ")
    return Finding("ok", "tesseract", f"{version}, vie")


def libreoffice() -> Finding:
    """Reading of .doc, writing of PDF."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        return Finding(
            "useful",
            "LibreOffice",
            say("không có", "missing"),
            say(
                "Tệp .doc không đọc được, không xuất được PDF.", "No .doc can be read and no PDF be written."
            ),
            "apt-get install libreoffice-writer-nogui",
        )
    return Finding("ok", "LibreOffice", found)


def fonts() -> Finding:
    """Fonts with Vietnamese letters for PDF."""
    listed = _program_output("fc-list", ":lang=vi", "family")
    name = say("phông chữ có tiếng Việt", "fonts with Vietnamese")
    count = len((listed or "").splitlines())
    if count == 0:
        return Finding(
            "useful",
            name,
            say("không có", "missing"),
            say("Chữ trong PDF xuất ra bị thay bằng ô vuông.", "Letters in PDF files become boxes."),
            "apt-get install fontconfig fonts-liberation2",
        )
    return Finding("ok", name, str(count))


def chromium() -> Finding:
    """Only the browser tests need it."""
    found = shutil.which("chromium")
    if found is None:
        return Finding(
            "useful",
            "Chromium",
            say("không có", "missing"),
            say(
                "Chỉ ảnh hưởng kiểm thử: BROWSER=0 bỏ qua.",
                "Only tests are affected: BROWSER=0 leaves them out.",
            ),
            "apt-get install chromium",
        )
    return Finding("ok", "Chromium", found)


def clock() -> Finding:
    """Deadlines are counted by the clock: it must be set, and best kept by a time server."""
    name, now = say("đồng hồ", "clock"), datetime.now(UTC)
    fact = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    # Our own files cannot come from the future.
    if now.timestamp() < Path(__file__).stat().st_mtime - 86400:
        return Finding(
            "needed",
            name,
            fact,
            say("Mọi thời hạn sai.", "All deadlines are wrong."),
            "timedatectl set-ntp true",
        )
    synced = _program_output("timedatectl", "show", "-p", "NTPSynchronized", "--value")
    if synced is not None and synced.strip() == "no":
        cost = say("Thời hạn có thể lệch.", "Deadlines may drift.")
        return Finding(
            "useful",
            name,
            say(f"{fact}, chưa đồng bộ", f"{fact}, not synchronised"),
            cost,
            "timedatectl set-ntp true",
        )
    return Finding("ok", name, fact)


def mode() -> Finding:
    """An instance for work has its own key and names."""
    name = say("chế độ", "mode")
    if os.environ.get("NHIPCAU_MODE", "demo") != "production":
        return Finding("ok", name, say("dùng thử, chỉ trên máy này", "demo, for this machine only"))
    missing = [v for v in ("NHIPCAU_SECRET_KEY", "NHIPCAU_ADDRESS", "DATABASE_URL") if not os.environ.get(v)]
    if missing:
        fact = say(f"production, thiếu {', '.join(missing)}", f"production without {', '.join(missing)}")
        return Finding(
            "needed",
            name,
            fact,
            say("Không phục vụ được.", "Nothing is served."),
            "docs/how-to/install-on-a-server.md",
        )
    return Finding("ok", name, "production")


def keys() -> Finding:
    """The keys that identity numbers are sealed with; `nhipcau keys check` opens every cell."""
    name, file = say("khóa của các ô niêm", "keys of sealed cells"), ring_at_hand()
    lost = say("Số giấy tờ đã niêm không đọc được.", "Sealed identity numbers cannot be read.")
    try:
        ring = file.ring()
    except RingMissing:
        return Finding(
            "useful",
            name,
            say(f"{file.path}: chưa có", f"{file.path}: not there"),
            say("Được tạo ở lần chạy đầu; nếu đã chạy: ", "Made at the first start; after that: ") + lost,
            say("nhipcau prepare, hoặc lấy lại từ bản sao lưu", "nhipcau prepare, or back from a backup"),
        )
    except RingUnsafe:
        fact = say(f"{file.path}: người khác đọc hoặc sửa được", f"{file.path}: open to others")
        return Finding("needed", name, fact, lost, f"chmod 600 {file.path}")
    except SealingError as error:
        return Finding("needed", name, f"{file.path}: {error}", lost, "nhipcau keys check")
    current = ring.current(Purpose.CELLS)
    made = current.made.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    return Finding(
        "ok",
        name,
        say(
            f"{file.path}, {len(ring.keys)} khóa, khóa hiện dùng {current.id} từ {made:%d/%m/%Y}",
            f"{file.path}, {len(ring.keys)} keys, the current one {current.id} of {made:%Y-%m-%d}",
        ),
    )


def backup_keys() -> Finding:
    """The public keys that backups are encrypted to."""
    name, path = say("khóa công khai của bản sao lưu", "public keys of backups"), envelope.recipients_path()
    try:
        found = envelope.public_keys(path)
    except SpokenError as error:
        return Finding("needed", name, str(error), say("Không sao lưu được.", "No backup can be made."))
    if not found:
        return Finding(
            "useful",
            name,
            say(f"{path}: chưa có khóa nào", f"{path}: none"),
            say("`nhipcau backup` từ chối sao lưu.", "`nhipcau backup` refuses."),
            say("nhipcau backup-keys new TỆP", "nhipcau backup-keys new FILE"),
        )
    if path.stat().st_mode & 0o022:
        return Finding(
            "needed",
            name,
            say(f"{path}: người khác sửa được", f"{path}: others may change it"),
            say("Kẻ lạ có thể thêm khóa của mình.", "A stranger could add a key of his own."),
            f"chmod 644 {path}",
        )
    return Finding("ok", name, f"{path}, {len(found)}")


def training() -> Finding:
    """Whether this is a copy for practice, told loudly: nobody should work in the wrong one."""
    name = say("bản tập huấn", "training copy")
    if os.environ.get("NHIPCAU_TRAINING", "").lower() in TRUE:
        return Finding(
            "ok",
            name,
            say(
                "có: biểu ngữ trên mọi trang, không thư nào gửi ra ngoài (NHIPCAU_TRAINING=1)",
                "yes: a banner on every page, no mail leaves it (NHIPCAU_TRAINING=1)",
            ),
        )
    return Finding("ok", name, say("không", "no"))


CHECKS: tuple[Callable[[], Finding], ...] = (
    python,
    database,
    data_folder,
    mode,
    keys,
    backup_keys,
    training,
    front_end,
    tesseract,
    libreoffice,
    fonts,
    chromium,
    clock,
)
MARKS = {"ok": "✓", "useful": "–", "needed": "✗"}


def printed(finding: Finding) -> list[str]:
    """The finding as lines for a terminal."""
    lines = [f"{MARKS[finding.level]} {finding.name}: {finding.fact}"]
    if finding.cost:
        lines.append(f"    {finding.cost}")
    if finding.remedy:
        lines.append(f"    → {finding.remedy}")
    return lines


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    argparse.ArgumentParser(
        prog="nhipcau doctor", description="Tell what is there, what is missing and what that costs."
    ).parse_args(arguments)
    findings = [check() for check in CHECKS]
    for finding in findings:
        print("\n".join(printed(finding)))
    lacking = [finding.name for finding in findings if finding.level == "needed"]
    if lacking:
        print(
            say(
                f"Thiếu thứ cần có: {', '.join(lacking)}",
                f"Something needed is missing: {', '.join(lacking)}",
            )
        )
        return 1
    print(say("Đủ để chạy.", "All that is needed is there."))
    return 0
