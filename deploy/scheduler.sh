#!/bin/sh
# The scheduler's container: Debian's cron runs deploy/crontab, or the one that CRONTAB names. cron
# has to start as root; its jobs run as the user portal and read .env. Their output comes to this
# script's, so to the container's log, through a pipe that only that user and root can open.
set -eu
here=$(dirname "$(realpath "$0")")
user=${PORTAL_USER:-portal}
pipe=/run/portal/jobs

cd "$here/.."
# As the portal reads it, from the environment or .env.
crontab=$(.venv/bin/python -c 'from billing_portal.settings import CRONTAB; print(CRONTAB)')
[ -r "$crontab" ] || { echo "The crontab $crontab cannot be read. See CRONTAB." >&2; exit 1; }

# In a folder of its own: in one that anybody can write to, Linux keeps even root from a pipe that
# belongs to somebody else.
mkdir -p -m 755 "${pipe%/*}"
rm -f "$pipe"
mkfifo -m 600 "$pipe"
chown "$user" "$pipe"
# Opened for both, it never ends, although jobs come and go.
cat <>"$pipe" &

# cron gives jobs to SHELL, which here sends their output to the pipe.
{ echo "SHELL=$here/job_shell.sh"; cat "$crontab"; } | crontab -u "$user" -
exec cron -f
