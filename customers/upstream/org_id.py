"""Validate org ids. The API allows any string, so only what is unsafe in a URL path is refused."""

import re

from customers.upstream.errors import BadOrgId

MAX_LENGTH = 200


def clean_org_id(text: object) -> str:
    """Raises BadOrgId with a reason for the user."""
    if not isinstance(text, str) or not text.strip():
        raise BadOrgId("The org id is empty; write the id of an organization.")
    org_id = text.strip()
    if len(org_id) > MAX_LENGTH:
        raise BadOrgId(
            f"The org id is {len(org_id)} characters long; at most {MAX_LENGTH} are possible."
        )
    if not _is_utf8(org_id) or "\N{REPLACEMENT CHARACTER}" in org_id:
        raise BadOrgId("The org id holds bytes that are not UTF-8; copy it again.")
    if not org_id.isprintable():
        raise BadOrgId("The org id holds a line break or another character that cannot be shown.")
    if re.search(r"%[0-9A-Fa-f]{2}", org_id):
        raise BadOrgId(f"The org id “{org_id}” is percent-encoded; write it decoded, in UTF-8.")
    if org_id in {".", ".."} or "/" in org_id or "\\" in org_id:
        raise BadOrgId(f"The org id “{org_id}” looks like a path; write the id alone.")
    return org_id


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
