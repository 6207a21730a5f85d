#!/usr/bin/env bash
# The two commands of this project: ./run.sh demo and ./run.sh test. Needs bash and Python 3.11 or newer.
set -euo pipefail
cd "$(dirname "$0")"

# The newest Python that will do.
find_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "$name"
            return
        fi
    done
    echo "Python 3.11 or newer is needed." >&2
    return 2
}

# Make .venv from a requirements file, anew only when that file has changed.
venv() {
    local requirements=$1 stamp python
    stamp=".venv/$(basename "$requirements").$(cksum <"$requirements" | tr ' ' '-')"
    [ -e "$stamp" ] && return
    echo "Installing $requirements into .venv …" >&2
    # A .venv whose making was interrupted has a Python and no pip.
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        python=$(find_python)
        "$python" -m venv --clear .venv
    fi
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$requirements"
    rm -f ".venv/$(basename "$requirements")".*
    touch "$stamp"
}

# Everything a first look needs: sample weeks, one of them drafted by the real worker, then the site.
demo() {
    venv requirements.txt
    export DEBUG=1 SITE_URL="${SITE_URL:-http://localhost:${DEMO_PORT:-8000}}"
    .venv/bin/python manage.py migrate --verbosity 0
    exec .venv/bin/python manage.py demo "$@"
}

# Format, lint, import contracts, migrations, then all tests; browser tests where Chromium is found.
test() {
    venv requirements-dev.txt
    export DEBUG=1
    .venv/bin/ruff format --check .
    .venv/bin/ruff check .
    .venv/bin/lint-imports
    .venv/bin/python manage.py makemigrations --check --dry-run
    if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
        echo "Chromium is not here: browser tests are left out." >&2
    fi
    pytest "$@"
}

# The tests alone, such as on another database: DATABASE_URL=… ./run.sh pytest tests/weekly
pytest() {
    venv requirements-dev.txt
    DEBUG=1 .venv/bin/python -m pytest "$@"
}

# Write requirements.txt and requirements-dev.txt anew from pyproject.toml.
lock() {
    venv requirements-dev.txt
    .venv/bin/uv pip compile --quiet --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links \
        --upgrade --output-file requirements.txt pyproject.toml
    .venv/bin/uv pip compile --quiet --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links \
        --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
}

# Measure; figures are ratios, or taken side by side in one run: ./run.sh bench pipeline|checks|rescan|desk|search|site
bench() {
    venv requirements-dev.txt
    .venv/bin/python -m "bench.${1:?which benchmark? pipeline, checks, rescan, desk, search or site}" "${@:2}"
}

usage() {
    sed -n 's/^# //p' "$0" | head -1
    echo "usage: ./run.sh demo [--no-serve] | test [pytest options] | pytest [options] | bench pipeline|checks|rescan|desk|search|site | lock" >&2
    exit 2
}

case "${1:-}" in
    demo | test | pytest | bench | lock) "$@" ;;
    *) usage ;;
esac
