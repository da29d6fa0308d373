"""`nhipcau backup-keys`: whose backups these are: who may open them, and a pair of keys for somebody new."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from pyrage.x25519 import Identity

from nhipcau.cli import envelope
from nhipcau.cli.instance import CommandFailed, fail, tell
from nhipcau.embedded.language import SpokenError, say


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau backup-keys`."""
    made = argparse.ArgumentParser(
        prog="nhipcau backup-keys",
        description="Who may open the backups. The server keeps public keys alone; a secret key never stays "
        "on it.",
    )
    verbs = made.add_subparsers(dest="verb", required=True, metavar="new|add|list")
    new = verbs.add_parser("new", help="make a pair: the secret key into FILE, the public one to the list")
    new.add_argument("file", type=Path, metavar="FILE", help="where to write the secret key; must not exist")
    new.add_argument("--for", dest="holder", default="", metavar="NAME", help="who keeps it, as a remark")
    add = verbs.add_parser("add", help="add a public key that was made elsewhere (age-keygen)")
    add.add_argument("key", metavar="age1…")
    add.add_argument("--for", dest="holder", default="", metavar="NAME", help="who keeps it, as a remark")
    verbs.add_parser("list", help="the public keys that backups are encrypted to")
    return made


def new(file: Path, holder: str) -> None:
    """A pair of keys: the secret one into a file for its owner alone. Raises CommandFailed."""
    identity = Identity.generate()
    public = str(identity.to_public())
    warning = say(
        "Khóa riêng mở bản sao lưu Nhịp Cầu. Ai có tệp này thì đọc được mọi bản sao lưu.",
        "Opens the backups of Nhịp Cầu. Whoever has this file reads all of them.",
    )
    made = datetime.now(UTC).isoformat(timespec="seconds")
    text = f"# {warning}\n# created: {made}\n# public key: {public}\n{identity}\n"
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError as error:
        raise CommandFailed(
            vi=f"{file} đã có; hãy chọn tên khác.", en=f"{file} exists already; choose another name."
        ) from error
    add(public, holder)
    tell(
        f"Khóa riêng: {file}\nKhóa công khai: {public}, đã ghi vào {envelope.recipients_path()}\n\n"
        "Việc cần làm ngay:\n"
        "  1. Chép tệp khóa riêng ra hai nơi ngoài máy chủ này: USB trong két, máy của người phụ trách.\n"
        "  2. Thử mở một bản sao lưu bằng bản chép đó:\n"
        "     nhipcau restore --verify-only --identity TỆP BẢN-SAO-LƯU\n"
        f"  3. Xóa hẳn tệp trên máy chủ: shred -u {file}\n"
        "Mất khóa riêng thì không ai mở được bản sao lưu nữa, kể cả tác giả phần mềm.",
        f"Secret key: {file}\nPublic key: {public}, written to {envelope.recipients_path()}\n\n"
        "Do this now:\n"
        "  1. Copy the file of the secret key to two places off this server: a USB stick in the safe, the\n"
        "     computer of whoever is in charge.\n"
        "  2. Open a backup with such a copy:\n"
        "     nhipcau restore --verify-only --identity FILE BACKUP\n"
        f"  3. Remove the file from the server for good: shred -u {file}\n"
        "Without the secret key nobody opens the backups any more, the makers of this program neither.",
    )


def add(key: str, holder: str) -> None:
    """A public key onto the list. Raises CommandFailed for what is none, or is there already."""
    path = envelope.recipients_path()
    envelope.recipient_of(key, key)
    if key in envelope.public_keys(path):
        raise CommandFailed(vi=f"{path} đã có khóa này.", en=f"{path} has this key already.")
    line = f"{key}  # {datetime.now(UTC):%Y-%m-%d} {' '.join(holder.split())}".rstrip()
    path.parent.mkdir(parents=True, exist_ok=True)
    content = path.read_text(encoding="utf-8") if path.exists() else ""
    gap = "\n" if content and not content.endswith("\n") else ""
    half = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), "w", encoding="utf-8") as out:
        out.write(f"{content}{gap}{line}\n")
        out.flush()
        os.fsync(out.fileno())
    half.replace(path)


def shown() -> None:
    """The public keys, with their remarks."""
    path = envelope.recipients_path()
    if not envelope.public_keys(path):
        tell(
            f"Chưa có khóa công khai nào trong {path}. Tạo một cặp: nhipcau backup-keys new TỆP",
            f"There is no public key in {path}. Make a pair: nhipcau backup-keys new FILE",
        )
        return
    print(path)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.partition("#")[0].strip():
            print(f"  {line.strip()}")


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        if options.verb == "new":
            new(options.file.absolute(), options.holder)
        elif options.verb == "add":
            add(options.key, options.holder)
            tell("Đã thêm.", "Added.")
        else:
            shown()
    except SpokenError as error:
        return fail(error)
    except OSError as error:
        return fail(CommandFailed(vi=f"Không ghi được: {error}", en=f"Cannot write: {error}"))
    return 0
