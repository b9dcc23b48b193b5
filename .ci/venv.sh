#!/bin/sh
# Makes .venv and installs Milepost into it, with the dependency groups that are named.
# Where it can't, it says in one sentence what to do: the first five minutes decide whether somebody stays.
#
#   sh .ci/venv.sh [GROUP...]
set -eu

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "$*"
  exit 1
}

# Asks a Python for its version, and whether it can make environments: `3.11 yes`.
describe() {
  "$1" -c '
import sys
try:
    import ensurepip, venv
    able = "yes"
except ImportError:
    able = "no"
print("%d.%d" % sys.version_info[:2], able if sys.version_info >= (3, 11) else "old")
' 2>/dev/null || true
}

find_python() {
  old='' unable='' python=''
  for name in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    command -v "$name" >/dev/null 2>&1 || continue
    about=$(describe "$name")
    case $about in
      *' yes') python=$name; version=${about% *}; return ;;
      *' no') unable=${unable:-${about% *}} ;;
      *' old') old=${old:-${about% *}} ;;
    esac
  done
  if [ -n "$unable" ]; then
    stop "Python $unable is here, but not its module venv: install it (Debian and Ubuntu: apt-get install python$unable-venv), then run make again."
  fi
  found=${old:+only Python $old}
  stop "Milepost needs Python 3.11 or newer, and ${found:-no Python} was found: install one (https://www.python.org/downloads/), or name it with PYTHON=/path/to/python3, then run make again."
}

usable() {
  [ -x .venv/bin/python ] && [ "$(describe .venv/bin/python | cut -d' ' -f2)" = yes ] \
    && .venv/bin/python -m pip --version >/dev/null 2>&1
}

make_venv() {
  find_python
  say "Making .venv with Python $version"
  clear=--clear
  # An environment that runs but has no pip, such as one that uv made, is kept: venv adds pip to it.
  [ -x .venv/bin/python ] && [ "$(describe .venv/bin/python | cut -d' ' -f2)" = yes ] && clear=
  log=$(mktemp)
  if ! "$python" -m venv $clear .venv >"$log" 2>&1; then
    reason=$(grep -v '^ *$' "$log" | tail -n 1)
    rm -f "$log"
    stop "Python $version can't make the folder .venv ($reason): put that right (Debian and Ubuntu: apt-get install python$version-venv), then run make again."
  fi
  rm -f "$log"
}

install() {
  log=.venv/install.log
  .venv/bin/python -m pip --disable-pip-version-check install --quiet "$@" >"$log" 2>&1 && return
  if grep -q -i -E 'connection|resolve|timed out|unreachable|proxy|ssl|retrying' "$log"; then
    stop "The package index can't be reached: connect to the network, or name a mirror that you can reach in PIP_INDEX_URL, then run make again (what pip said is in $log)."
  fi
  stop "pip could not install what Milepost needs, as $log tells: $(grep -i '^ *error' "$log" | tail -n 1 | sed 's/^ *ERROR: *//')"
}

cd "$(dirname "$0")/.."
usable || make_venv
if [ $# -eq 0 ]; then
  say "Installing Milepost and what it needs"
  install --editable .
else
  say "Installing what make needs for: $*"
  install --upgrade 'pip>=25.1' # the first that reads dependency groups
  groups=''
  for group in "$@"; do groups="$groups --group $group"; done
  # shellcheck disable=SC2086 # several words are meant
  install --editable . $groups
fi
