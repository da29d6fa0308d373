"""A freshly made Debian 12 to try things in: debootstrap once, kept as an archive, unpacked for each use.

Everything about where packages come from is the machine's own: its apt sources, its pip and npm settings,
its certificates and caches. Nothing of that is written down here.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nhipcau"
INCLUDED = "adduser,ca-certificates,libstdc++6,make,python3,python3-pip,systemd"
SUITE = "bookworm"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


class NotPossible(Exception):
    """This machine does not allow a clean root; the text says why."""


def mirror() -> str:
    """Debian's archive as the machine's own apt names it. Raises NotPossible when it names none."""
    for file in (Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")):
        if not file.is_file():
            continue
        text = re.sub(r"#.*", "", file.read_text(encoding="utf-8"))
        for block in text.split("\n\n"):
            uris, suites = re.search(r"^URIs:\s*(\S+)", block, re.M), re.search(r"^Suites:(.*)", block, re.M)
            if uris and suites and SUITE in suites[1].split():
                return uris[1]
        line = re.search(rf"^deb\s+(?:\[[^]]*\]\s+)?(\S+)\s+{SUITE}\s", text, re.M)
        if line:
            return line[1]
    raise NotPossible(f"apt knows no source of {SUITE}")


def _call(*command: str | Path, timeout: float = 600) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout)
    if done.returncode:
        raise NotPossible(f"{command[0]}: {done.stdout[-500:]}{done.stderr[-500:]}")
    return done.stdout


def archive() -> Path:
    """The archive of the clean root, made on first use (about a minute). Raises NotPossible."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("debootstrap", "ip", "unshare"))):
        raise NotPossible("root, debootstrap and iproute2 are needed")
    kept = CACHE / f"{SUITE}-{INCLUDED.replace(',', '-')}.tar"
    if not kept.exists():
        _call("unshare", "--mount", "true")
        folder = CACHE / f"making-{os.getpid()}"
        folder.mkdir(parents=True)
        try:
            _call(
                "debootstrap", "--variant=minbase", f"--include={INCLUDED}", SUITE, folder / "root", mirror()
            )
            half = kept.with_suffix(f".{os.getpid()}")
            _call("tar", "-C", folder / "root", "-cf", half, ".")
            half.rename(kept)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return kept


def _npm_settings() -> dict[str, str]:
    if shutil.which("npm") is None:
        return {}
    listed = json.loads(_call("npm", "config", "list", "--json"))
    names = ("registry", "cafile", "omit-lockfile-registry-resolved")
    return {f"npm_config_{name.replace('-', '_')}": str(listed[name]) for name in names if listed.get(name)}


def _pip_settings() -> dict[str, str]:
    found = {
        "PIP_CERT": str(CERTIFICATES),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    for line in _call("pip", "config", "list").splitlines():
        name, _, value = line.partition("=")
        if name.endswith((".index-url", ".proxy", ".default-timeout")):
            found[f"PIP_{name.rpartition('.')[2].replace('-', '_').upper()}"] = value.strip("'\"")
    return found


@dataclass(frozen=True, slots=True)
class CleanRoot:
    """An unpacked clean root at `path`."""

    path: Path

    @classmethod
    def unpack(cls, path: Path) -> CleanRoot:
        """Unpack and give it this machine's name servers, certificates, node and npm. Raises NotPossible."""
        path.mkdir(parents=True)
        path.chmod(0o755)
        _call("tar", "-C", path, "-xpf", archive())
        for file in (Path("/etc/resolv.conf"), CERTIFICATES):
            if file.exists():
                shutil.copyfile(file, path / file.relative_to("/"))
        # Services are started by hand in here, as nothing runs as process 1.
        policy = path / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
        node, npm = shutil.which("node"), Path("/usr/lib/node_modules/npm")
        if node and npm.is_dir():
            shutil.copy2(Path(node).resolve(), path / "usr/bin/node")
            shutil.copytree(npm, path / "usr/lib/node_modules/npm", symlinks=True)
            (path / "usr/bin/npm").symlink_to("../lib/node_modules/npm/bin/npm-cli.js")
        return cls(path)

    def add_checkout(self, checkout: Path, place: str) -> None:
        """Lay the checkout's own files (tracked, or new and not ignored) at `place` inside."""
        listed = _call("git", "-C", checkout, "ls-files", "-coz", "--exclude-standard").split("\0")
        target = self.path / place.lstrip("/")
        target.mkdir(parents=True)
        bundle = target / ".bundle.tar"
        with tarfile.open(bundle, "w") as tar:
            for name in filter(None, listed):
                if (checkout / name).exists() and not (checkout / name).is_symlink():
                    tar.add(checkout / name, arcname=name)
        _call("tar", "-C", target, "--no-same-owner", "-xf", bundle)
        bundle.unlink()

    def run(
        self,
        script: str,
        *,
        user: str = "root",
        network: bool = True,
        folder: str = "/",
        timeout: float = 900,
    ) -> subprocess.CompletedProcess[str]:
        """Run a shell script inside. All it started ends with it; without `network` only loopback is up."""
        home = "/root" if user == "root" else f"/home/{user}"
        environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": home,
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            "NODE_EXTRA_CA_CERTS": str(CERTIFICATES),
            "PIP_CACHE_DIR": "/cache/pip" if user == "root" else f"{home}/.cache/pip",
            "npm_config_cache": "/cache/npm" if user == "root" else f"{home}/.npm",
            **_npm_settings(),
            **_pip_settings(),
        }
        words = [f"{name}={value}" for name, value in environment.items()]
        inner = f"cd {shlex.quote(folder)} && exec bash -eu -o pipefail -c {shlex.quote(script)}"
        who = [] if user == "root" else ["runuser", "-u", user, "--"]
        entered = shlex.join(["chroot", str(self.path), "env", "-i", *words, *who, "bash", "-c", inner])
        mounts = self._mounts("" if network else "ip link set lo up", environment)
        spaces = ["--mount", "--pid", "--fork", "--kill-child", *([] if network else ["--net"])]
        return subprocess.run(
            ["unshare", *spaces, "bash", "-eu", "-c", f"{mounts}\nexec {entered}"],
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
        )

    def _mounts(self, first: str, environment: dict[str, str]) -> str:
        (CACHE / "apt" / "partial").mkdir(parents=True, exist_ok=True)
        caches = {CACHE / "apt": "/var/cache/apt/archives"}
        if environment["HOME"] == "/root":
            caches[Path(_call("pip", "cache", "dir").strip())] = environment["PIP_CACHE_DIR"]
            caches[Path.home() / ".npm"] = environment["npm_config_cache"]
        else:  # root's caches are not another user's to write
            caches[CACHE / "user-pip"] = environment["PIP_CACHE_DIR"]
            caches[CACHE / "user-npm"] = environment["npm_config_cache"]
        lines = [first, f"mount -t proc proc {self.path}/proc", f"mount --rbind /dev {self.path}/dev"]
        for here, there in caches.items():
            target = self.path / there.lstrip("/")
            owner = (
                f"chown 1000:1000 {here} $(dirname {target}) {target}" if there.startswith("/home") else ":"
            )
            lines.append(f"mkdir -p {here} {target}; {owner}; mount --bind {here} {target}")
        return "\n".join(filter(None, lines))
