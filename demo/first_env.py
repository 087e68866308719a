"""Create a `.env` with random keys for a first start."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

SANDBOX_PORT = 8900

_TEXT = """\
# Written for a first start on this machine. .env.example explains every setting.
SECRET_KEY={secret_key}
# Keep these: stored credentials cannot be opened without them.
CREDENTIAL_KEYS={credential_key}
# The sandbox of `make run`. Put the address of your deployment here, and take out the next line.
CATALYZE_BASE_URL={base_url}
CATALYZE_MAX_RPS=0
# Plain http on this machine; take these out behind https.
SECURE_SSL_REDIRECT=off
SESSION_COOKIE_SECURE=off
CSRF_COOKIE_SECURE=off
"""


def sandbox_url(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def write_first_env(path: Path, sandbox_port: int = SANDBOX_PORT) -> bool:
    """Readable by its owner only. False, and untouched, if there is one already."""
    text = _TEXT.format(
        secret_key=secrets.token_urlsafe(50),
        credential_key=Fernet.generate_key().decode(),
        base_url=sandbox_url(sandbox_port),
    )
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(file, "w") as opened:
        opened.write(text)
    return True
