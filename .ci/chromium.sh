#!/bin/sh
# Sees to it that there is a Chromium for the browser tests, and prints where it is.
set -eu

find_chromium() {
  for name in "${MILEPOST_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' /Applications/Chromium.app/Contents/MacOS/Chromium; do
    [ -n "$name" ] && command -v "$name" && return
  done
  return 1
}

install_chromium() {
  command -v apt-get >/dev/null 2>&1 || return 1
  as_root=''
  if [ "$(id -u)" -ne 0 ]; then
    as_root='sudo -n'
    $as_root true 2>/dev/null || return 1
  fi
  echo 'Installing Chromium for the browser tests' >&2
  log=$(mktemp)
  DEBIAN_FRONTEND=noninteractive
  export DEBIAN_FRONTEND
  { $as_root apt-get update && $as_root apt-get install -y --no-install-recommends chromium; } >"$log" 2>&1 </dev/null \
    && rm -f "$log" && return
  rm -f "$log"
  return 1
}

find_chromium || { install_chromium && find_chromium; } || {
  echo 'The browser tests need Chromium or Chrome: install one (Debian: apt-get install chromium), or leave those tests out with make test BROWSER=no' >&2
  exit 1
}
