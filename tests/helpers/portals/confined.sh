#!/bin/sh
# In a mount namespace of its own: run a command as USER in /srv/billing-portal, which is FOLDER, with
# nothing else to write to than /tmp, and a /srv/data and /run/secrets of its own.
#   confined.sh FOLDER rw|ro DATA SECRETS PYTHON USER COMMAND...
set -eu
folder=$1 mode=$2 data=$3 secrets=$4 python=$5 user=$6
shift 6

mount --make-rprivate /
mount -t tmpfs -o mode=755 image /srv
mkdir /srv/billing-portal /srv/data
mount --bind "$folder" /srv/billing-portal
mount --bind "$data" /srv/data
mount -t tmpfs -o mode=755 image /run
mkdir /run/secrets
mount --bind "$secrets" /run/secrets
# The image has its Python below /usr/local; Debian's own is below /usr.
case $python in
/usr | /usr/local) ;;
*)
    mount --bind "$python" /usr/local
    export LD_LIBRARY_PATH=/usr/local/lib # the library of that Python; the image has it in its cache
    ;;
esac
mount -t tmpfs -o mode=1777 image /tmp

findmnt --raw --noheadings --output TARGET | while read -r target; do
    case $target in
    /srv/data | /tmp) ;;
    /srv/billing-portal) [ "$mode" = rw ] || mount -o remount,bind,ro "$target" ;;
    *) mount -o remount,bind,ro "$target" 2>/dev/null || true ;;
    esac
done

cd /srv/billing-portal
[ "$user" = 0 ] || set -- setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs \
    --bounding-set=-all --inh-caps=-all -- "$@"
exec "$@"
