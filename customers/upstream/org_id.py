"""Validate org ids. The API allows any string; only what is unsafe in a URL path is refused."""

import re

from customers.upstream.errors import BadOrgId

MAX_LENGTH = 200


def clean_org_id(text: object) -> str:
    """Raises BadOrgId."""
    if not isinstance(text, str) or not text.strip():
        raise BadOrgId("org_id_empty")
    org_id = text.strip()
    if len(org_id) > MAX_LENGTH:
        raise BadOrgId("org_id_too_long", length=len(org_id), most=MAX_LENGTH)
    if not _is_utf8(org_id) or "\N{REPLACEMENT CHARACTER}" in org_id:
        raise BadOrgId("org_id_not_utf8")
    if not org_id.isprintable():
        raise BadOrgId("org_id_unprintable")
    if re.search(r"%[0-9A-Fa-f]{2}", org_id):
        raise BadOrgId("org_id_percent_encoded", org_id=org_id)
    if org_id in {".", ".."} or "/" in org_id or "\\" in org_id:
        raise BadOrgId("org_id_is_a_path", org_id=org_id)
    return org_id


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
