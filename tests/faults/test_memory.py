"""What an upstream sends without end is not kept: memory stays flat, in a process of its own."""

import os
import subprocess
import sys

import pytest

from tests.helpers.sandbox_process import PROJECT

MEBIBYTES = 40  # a bounded answer of 2 MB, read, joined and decoded, needs far less
ASK_MANY_TIMES = """
import os, resource, sys
from customers.upstream.client import CatalyzeClient
from customers.upstream.transport import Limits
from customers.upstream.errors import NoAnswer
from customers.upstream.secrets import Secrets

def used():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

client = CatalyzeClient(sys.argv[1], Limits(connect=2, read=2, deadline=3, retries=0))
secrets = Secrets(os.environ["API_KEY"], os.environ["TOKEN"])
before, refused = used(), 0
for _ in range(8):
    try:
        client.get_customer(sys.argv[2], secrets)
    except NoAnswer:
        refused += 1
print(refused, used() - before)
"""


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "huge", "endless": True},
        {"kind": "huge", "mib": 64},
        {"kind": "bomb", "mib": 64},
        {"kind": "endless-headers"},
        {"kind": "deep", "depth": 900_000},
    ],
    ids=lambda fault: fault["kind"],
)
def test_memory_stays_flat(sandbox, fault):
    bingo, token = sandbox.org_id("Bingo"), sandbox.sign_in()
    sandbox.set_faults(fault)

    ran = subprocess.run(
        [sys.executable, "-c", ASK_MANY_TIMES, sandbox.url, bingo],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], "API_KEY": sandbox.api_key, "TOKEN": token},
        capture_output=True,
        check=True,
        text=True,
    )

    refused, grown = ran.stdout.split()
    assert int(refused) == 8
    assert float(grown) < MEBIBYTES, ran.stdout
