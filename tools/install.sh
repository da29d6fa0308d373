#!/usr/bin/env bash
# install.sh PROGRAM PACKAGE…: makes sure of a program, or of a file by its path, with Debian's packages when it may, else tells the line.
set -u
program=$1; shift
there() { command -v "$program" >/dev/null 2>&1 || test -e "$program"; }
there && exit 0
line="apt-get install -y --no-install-recommends $*"
if ! command -v apt-get >/dev/null; then
    echo "$program is missing; install it with your system's packages (Debian: $line)"; exit 1
fi
as_root=""
if [ "$(id -u)" != 0 ]; then
    if sudo -n true 2>/dev/null; then as_root="sudo -n"; else
        echo "$program is missing. Type this once, then try again:"; echo "    sudo $line"; exit 1
    fi
fi
echo "setup: $line"
export DEBIAN_FRONTEND=noninteractive
# The lists may be old or missing on a fresh machine; they are read anew only when the first try fails.
$as_root $line -qq >/dev/null 2>&1 || { $as_root apt-get update -qq && $as_root $line -qq >/dev/null; } || {
    echo "$program could not be installed. Type this, then try again:"; echo "    sudo apt-get update && sudo $line"; exit 1; }
there
