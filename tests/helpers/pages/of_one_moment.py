"""What of a page changes from one moment or session to the next, and says nothing of billing."""

import re

_OF_ONE_MOMENT = re.compile(
    r'value="\w{64}"|name="(?:writer|seen|form_key)" value="[^"]+"|draft=[\w-]{36}|datetime="[^"]+"'
    r"|\d\d:\d\d UTC(?:</p>|\.\))|as of \d\d:\d\d"
)


def without_moments(page: str) -> str:
    return _OF_ONE_MOMENT.sub("", page)
