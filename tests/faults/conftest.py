"""What the tests of faults share. Each database fails in its own way, so some files are for one."""

import pytest
from django.conf import settings
from django.test import Client

from tests.faults.shown import Desk
from tests.sandbox_process import SandboxProcess

_IS_SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]
collect_ignore = (
    ["test_lost_connection.py"] if _IS_SQLITE else ["test_locked.py", "test_full_disk.py"]
)


@pytest.fixture
def desk(as_ana: Client, sandbox: SandboxProcess) -> Desk:
    """Ana's browser, in which one organization was shown and another was not yet."""
    return Desk(as_ana, sandbox)
