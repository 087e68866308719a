"""Ask the portal in this container how it is; exits with 0 if it is well."""

import http.client
import os
import sys

from billing_portal.settings import ALLOWED_HOSTS


def main() -> int:
    port = int(os.environ.get("PORT", "8000"))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": host_of(ALLOWED_HOSTS)})
        response = connection.getresponse()
        sys.stdout.write(response.read().decode() + "\n")
    except (OSError, http.client.HTTPException) as exc:
        sys.stdout.write(f"The portal does not answer: {exc}\n")
        return 1
    return 0 if response.status == http.client.OK else 1


def host_of(allowed: list[str]) -> str:
    """One that the portal answers to; the first may be a pattern, * or .example.com."""
    return "localhost" if allowed[0] == "*" else allowed[0].removeprefix(".")


if __name__ == "__main__":
    sys.exit(main())
