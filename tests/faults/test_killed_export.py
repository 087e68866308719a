"""An export that is killed: whatever it wrote out is in the disclosure log."""

import json
import subprocess
import sys

import pytest

from customers.models import Disclosure
from tests.helpers.rows import give_credentials, show
from tests.helpers.sandbox_process import PROJECT

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 600  # more than is recorded at once


def test_a_row_that_was_written_out_is_on_record(ana, environment):
    give_credentials(ana)
    for number in range(MANY):
        show(ana, f"org-{number:04}")
    command = (sys.executable, "manage.py", "export_customers", "--user=ana", "--format=jsonl")
    environment.pop("DJANGO_SETTINGS_MODULE")

    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE) as export:
        lines = [export.stdout.readline()]
        export.kill()
        lines += export.stdout.readlines()

    written = {json.loads(line)["org_id"] for line in lines if line.endswith(b"\n")}
    recorded = set(Disclosure.objects.filter(where="command").values_list("org_id", flat=True))
    assert written
    assert written <= recorded
