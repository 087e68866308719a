"""The record of a run: start, heartbeats, end, and detection of killed runs."""

import logging
import os
import socket
from dataclasses import asdict
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from customers.models import Customer, SyncRun
from customers.models.sync_run import SILENCE
from customers.services.sync.report import Options, Report

logger = logging.getLogger(__name__)


def begin_run(options: Options, started_by: str) -> SyncRun:
    now = timezone.now()
    plain = asdict(options) | {
        "org_ids": len(options.org_ids) or "all",
        "max_age": f"{options.max_age.total_seconds():g}s",
    }
    run = SyncRun.objects.create(
        started_at=now,
        beat_at=now,
        started_by=started_by,
        options=plain,
        process=_process_name(os.getpid()),
    )
    logger.info("Sync run %s began.", run.pk, extra={"run": run.pk})
    return run


def note_progress(run: SyncRun, report: Report) -> None:
    run.beat_at = timezone.now()
    run.due, run.checked, run.failed = report.due, report.checked, report.failed
    run.verified, run.lists = report.verified, report.lists
    run.counts, run.counted_troubles = dict(report.results), report.troubles.most_common()
    run.save()


def end_run(run: SyncRun, report: Report) -> None:
    run.ended_at = timezone.now()
    run.ending = _ending(report)
    note_progress(run, report)
    report.seconds = run.seconds
    logger.info(
        "Sync run %s ended: %s.",
        run.pk,
        run.get_ending_display(),
        extra={"run": run.pk, "checked": report.checked, "failed": report.failed},
    )


def _ending(report: Report) -> str:
    if report.gave_up:
        return SyncRun.Ending.GAVE_UP
    if report.was_stopped:
        return SyncRun.Ending.INTERRUPTED
    return SyncRun.Ending.COMPLETE if report.is_complete else SyncRun.Ending.FAILURES


def end_lost_runs() -> None:
    """Mark killed runs as lost, and release what they had claimed."""
    silent_since = timezone.now() - SILENCE
    for run in SyncRun.objects.filter(ending=SyncRun.Ending.RUNNING):
        if run.last_seen_at < silent_since or _is_dead(run.process):
            SyncRun.objects.filter(pk=run.pk, ending=SyncRun.Ending.RUNNING).update(
                ending=SyncRun.Ending.LOST, ended_at=run.last_seen_at
            )
            Customer.objects.filter(~Q(lease_until=None), claimed_by=run.pk).update(
                lease_until=None, claimed_by=None
            )


def _is_dead(process: str) -> bool:
    """Whether a process of this machine is gone; for other machines, nobody here knows."""
    machine, _, number = process.rpartition(" ")[0].rpartition(" ")
    if not number.isdigit() or machine != _machine():
        return False
    return _process_name(int(number)) != process


def _process_name(number: int) -> str:
    """The machine, the process number and its start time, because numbers are reused."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return f"{_machine()} {number} gone" if Path("/proc/self/stat").exists() else ""
    state, *fields = stat.rpartition(")")[2].split()
    began = "gone" if state in "ZX" else fields[18]
    return f"{_machine()} {number} {began}"


def _machine() -> str:
    """The host name and the PID namespace, which tells containers apart."""
    try:
        namespace = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        namespace = ""
    return f"{socket.gethostname()}/{namespace}"
