import codecs
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SETS = re.compile(r"(?:export )?[A-Za-z_0-9]+=")


def env_text(path: Path) -> str:
    """The lines that set something; "" without a file. Errors repeat none of them."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as exc:
        raise ImproperlyConfigured(f"{path.name} cannot be read: {exc.strerror}.") from None
    lines = unicode_of(content, path.name).splitlines()
    for number, line in enumerate(lines, 1):
        if not (_SETS.match(line) or line.strip() == "" or line.lstrip().startswith("#")):
            raise ImproperlyConfigured(
                f"Line {number} of {path.name} sets nothing: write NAME=value, without a space "
                "before or after the name."
            )
    return "\n".join(line for line in lines if _SETS.match(line))


def unicode_of(content: bytes, name: str) -> str:
    """UTF-8, or UTF-16 with a byte order mark."""
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ImproperlyConfigured(f"{name} is in an encoding that is not known; save it as UTF-8.")
    return text
