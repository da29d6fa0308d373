#!/usr/bin/env bash
# Everything that can be judged without running the product. All of it runs, then the failures are named.
set -u
bin=$1
failed=()
step() {
    local name=$1; shift
    local begun=$SECONDS
    if "$@" >.build/check.out 2>&1; then echo "check: $name ($((SECONDS - begun)) s)"
    else echo "check: $name FAILED"; cat .build/check.out; failed+=("$name"); fi
}
mkdir -p .build
export NHIPCAU_DATA=$PWD/.cache/check LANG=C.UTF-8
templates=$(find src -name '*.html' -path '*/templates/*')
step "ruff" "$bin/ruff" check .
step "format" "$bin/ruff" format --check .
step "types" "$bin/mypy"
step "layers" "$bin/lint-imports"
[ -z "$templates" ] || step "templates" "$bin/djade" --check --target-version 5.2 $templates
step "migrations" "$bin/python" -m nhipcau manage makemigrations --check --dry-run
step "django" "$bin/python" -m nhipcau manage check
step "migrations' SQL" "$bin/python" tools/migration_sql.py
step "catalogues" "$bin/python" tools/catalogues.py check
if [ ${#failed[@]} -gt 0 ]; then echo "check: ${#failed[@]} failed: ${failed[*]}"; exit 1; fi
echo "check: all passed"
