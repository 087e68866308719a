#!/bin/sh
# Have a Chromium for the browser tests: Debian's own, installed here if that is possible.
command -v chromium >/dev/null && exit 0
if command -v apt-get >/dev/null; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    if $as_root true 2>/dev/null; then
        echo "Installing Debian's chromium for the browser tests."
        { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
            $as_root apt-get install -y -qq --no-install-recommends chromium fonts-noto-core; } \
            >/dev/null || true
    fi
fi
command -v chromium >/dev/null && exit 0
echo "There is no Chromium here, and it could not be installed: the browser tests will be skipped."
echo "Install it with: sudo apt-get install chromium"
exit 0
