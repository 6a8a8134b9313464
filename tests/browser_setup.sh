#!/bin/sh
# Puts a browser on a Debian machine for the tests marked `browser`; where that is not possible they skip and say so.
command -v chromium >/dev/null 2>&1 && exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 0
echo "Installing chromium for the browser tests ..." >&2
{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 ||
  echo "chromium could not be installed; the browser tests will be skipped" >&2
exit 0
