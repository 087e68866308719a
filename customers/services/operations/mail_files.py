"""Write mails to a folder, readable only by its owner (EMAIL_URL=filemail:///folder)."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        folder = Path(kwargs.get("file_path") or settings.EMAIL_FILE_PATH)
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(*args, **kwargs)

    def open(self) -> bool | None:
        is_new = super().open()
        if is_new:
            os.fchmod(self.stream.fileno(), 0o600)
        return is_new
