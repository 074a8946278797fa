#!/bin/sh
# Sets this machine up for the project: system packages (only what is missing), virtual environment, pinyin dictionary.
# usage: installer/setup.sh run|demo|test      A second run finds everything in place and takes a second.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
case "$purpose" in
run) lists="run build" ;;
demo) lists="run build demo" ;;
test) lists="run build demo test" ;;
*) echo "setup: unknown purpose '$purpose' (run, demo or test)" >&2; exit 2 ;;
esac

say() { printf '\033[2m· %s\033[0m\n' "$*"; }

# --- system packages ---------------------------------------------------------------------------------------------
missing=""
if command -v dpkg-query >/dev/null 2>&1; then
    for list in $lists; do
        while read -r package; do
            case "$package" in "" | \#*) continue ;; esac
            dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
        done <"installer/linux/packages-$list.txt"
    done
fi
# a Python 3.11 that is not Debian's serves as well, so its packages are only asked for when there is none
python=""
for candidate in python3.11 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
        python=$(command -v "$candidate")
        break
    fi
done
if [ -n "$python" ] && [ "$python" != /usr/bin/python3 ] && [ "$python" != /usr/bin/python3.11 ]; then
    missing=$(printf '%s\n' $missing | grep -v '^python3' | tr '\n' ' ' || true)
fi
if [ -n "$(printf '%s' "$missing" | tr -d ' ')" ]; then
    if [ "$(id -u)" = 0 ]; then as_root=""; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo -n"; else
        echo "setup: these Debian packages are missing and there is no right to install them:" >&2
        echo "   sudo apt-get install --no-install-recommends$missing" >&2
        exit 5
    fi
    say "installing system packages:$missing"
    DEBIAN_FRONTEND=noninteractive $as_root apt-get -o DPkg::Lock::Timeout=300 -qq update
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $as_root apt-get -o DPkg::Lock::Timeout=300 -qq install -y --no-install-recommends $missing >/dev/null
    [ -n "$python" ] || python=/usr/bin/python3
fi
if [ -z "$python" ]; then
    echo "setup: Python 3.11 with venv is needed and was not found" >&2
    exit 5
fi

# --- virtual environment -----------------------------------------------------------------------------------------
# building the pinyin dictionary takes two packages of the development list, so every set-up uses both lists once
stamp=".venv/.set-up"
sum=$(cat pyproject.toml installer/requirements.txt installer/requirements-dev.txt | sha256sum | cut -d' ' -f1)
if [ ! -x .venv/bin/python ] || [ "$(cat "$stamp" 2>/dev/null || true)" != "$sum" ]; then
    say "making the virtual environment"
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    mkdir -p build
    pip() {
        .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@" >build/set-up.log 2>&1 || {
            cat build/set-up.log >&2
            echo "setup: pip could not install what $2 names; see above" >&2
            exit 5
        }
    }
    pip --require-hashes -r installer/requirements.txt
    pip --require-hashes -r installer/requirements-dev.txt
    pip --no-deps --no-build-isolation -e .
    echo "$sum" >"$stamp"
fi

# --- pinyin dictionary -------------------------------------------------------------------------------------------
if [ ! -f build/pinyin.sqlite ] || [ ui/pinyin/build.py -nt build/pinyin.sqlite ]; then
    say "building the pinyin dictionary"
    mkdir -p build
    .venv/bin/python -m ui.pinyin.build --out build/pinyin.sqlite
fi
