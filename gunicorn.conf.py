"""How gunicorn serves the portal, whatever its command line says besides.

It logs as the portal does, and its workers add up their figures in a folder of their own.
"""

import os
import shutil
import tempfile
from importlib import import_module
from typing import Any

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
if _VARIABLE not in os.environ:  # it is there when gunicorn reads this file again
    os.environ[_VARIABLE] = tempfile.mkdtemp(prefix="billing-portal-metrics-")

# Only now, because both read the environment when they are imported.
logconfig_dict = import_module("billing_portal.settings").LOGGING
_multiprocess = import_module("prometheus_client.multiprocess")

# The address of a list of a hundred pasted ids is longer than gunicorn takes by itself.
limit_request_line = 8190


def child_exit(server: Any, worker: Any) -> None:
    _multiprocess.mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    shutil.rmtree(os.environ[_VARIABLE], ignore_errors=True)
