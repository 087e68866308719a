#!/bin/sh
# The shell of the scheduler's jobs: see scheduler.sh.
exec /bin/sh "$@" >/run/portal/jobs 2>&1
