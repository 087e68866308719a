#!/bin/sh
# Have what the tests of deploy/ need: nginx and promtool, taken out of Debian's packages so that no
# server is installed or started, and systemd-analyze; and curl, for the commands of the API's page.
has() { PATH=$PATH:/usr/sbin:.venv/bin command -v "$1" >/dev/null; }
# The program, its path in the packages, and the packages.
take() (
    has "$1" && exit
    bin=$PWD/.venv/bin folder=$(mktemp -d)
    cd "$folder" || exit
    program=$1 path=$2
    shift 2
    apt-get download "$@"
    for package in *.deb; do
        dpkg-deb --fsys-tarfile "$package" | tar -x "$path"
    done
    install -m 755 "$path" "$bin/$program"
    rm -rf "$folder"
) >/dev/null 2>&1
# The program, and its package.
get() {
    has "$1" || DEBIAN_FRONTEND=noninteractive $as_root \
        apt-get install -y -qq --no-install-recommends "$2" >/dev/null 2>&1
}
has nginx && has promtool && has systemd-analyze && has curl && exit 0
if command -v apt-get >/dev/null; then
    echo "Getting what the tests of deploy/ need."
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    $as_root apt-get update -qq >/dev/null 2>&1
    take nginx ./usr/sbin/nginx nginx nginx-core # in Ubuntu the program is in the latter
    take promtool ./usr/bin/promtool prometheus
    get systemd-analyze systemd
    get curl curl
fi
for program in nginx promtool systemd-analyze curl; do
    has "$program" || echo "Tests of deploy/ or of the API's page will be skipped or fail: there is no $program."
done
exit 0
