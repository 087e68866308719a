"""An installation on which nothing is wrong, to be broken one way at a time."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from customers.models import SecurityEvent, SyncRun
from customers.services.accounts.security_events import record_event
from customers.services.audit.chain_events import verify_and_record
from customers.services.disclosures.request_origin import Origin, asked_from
from tests.helpers.commands import run
from tests.helpers.diagnosis.of_a_backend import assume_autovacuum
from tests.helpers.sandbox_process import SandboxProcess

ADDRESSES = ("203.0.113.5", "203.0.113.6")


@dataclass
class Installation:
    settings: Any
    monkeypatch: pytest.MonkeyPatch
    folder: Path
    sandbox: SandboxProcess
    ana: User


@pytest.fixture
def installation(signed_in_ana, ben, sandbox, settings, monkeypatch, tmp_path):
    """With an answer, a complete sync, a verified log, and sign-ins of two people."""
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        setattr(settings, name, True)
    assume_autovacuum(monkeypatch)
    settings.PORTAL_URL = "https://portal.example.com"
    settings.BASE_DIR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    (tmp_path / ".env").touch(mode=0o600)
    shown = run("show_customer", sandbox.org_id("Bingo"), "--user", "ana")
    assert shown.code == 0, shown.err
    now = timezone.now()
    SyncRun.objects.create(started_at=now, ended_at=now, ending=SyncRun.Ending.COMPLETE)
    for address, user in zip(ADDRESSES, (signed_in_ana, ben), strict=True):
        with asked_from(Origin(ip_address=address, request_id="a request")):
            for _ in range(3):
                record_event(SecurityEvent.Code.SIGNED_IN, user=user)
    verify_and_record()
    return Installation(settings, monkeypatch, tmp_path, sandbox, signed_in_ana)
