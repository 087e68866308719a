#!/bin/sh
# Have what the browser tests need: Debian's Chromium, and the library that Playwright's driver
# links to, both installed here if that is possible.
has_library() {
    for folder in /lib/*-linux-gnu /usr/lib/*-linux-gnu /usr/lib64 /usr/lib; do
        [ -e "$folder/libatomic.so.1" ] && return 0
    done
    return 1
}
missing=
command -v chromium >/dev/null || missing="chromium fonts-noto-core"
has_library || missing="$missing libatomic1"
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    if $as_root true 2>/dev/null; then
        echo "Installing what the browser tests need:" $missing
        { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
            $as_root apt-get install -y -qq --no-install-recommends $missing; } \
            >/dev/null || true
    fi
fi
command -v chromium >/dev/null && has_library && exit 0
echo "The browser tests will be skipped: they need packages that could not be installed."
echo "Install them with: sudo apt-get install" $missing
exit 0
