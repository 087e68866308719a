"""Say in the reader's language the sentences that are kept, raised and exported in English.

What the upstream's room and the services say goes wrong is stored and printed in English, whatever
the language of whoever made it happen. A page says it in its reader's. Every such sentence is
listed here, those with values in them as patterns; the tests of this module find the rest.
"""

import re
from functools import cache

from django.utils.translation import gettext, gettext_noop

_SENTENCES = (
    # customers/upstream/client.py, transport.py, statuses.py and bodies.py
    gettext_noop("Catalyze asks to slow down; try again in a minute."),
    gettext_noop("Catalyze refused this user name, password or API key."),
    gettext_noop("Catalyze sent no usable session token."),
    gettext_noop("Catalyze could not say whether the session is valid."),
    gettext_noop("Catalyze did not answer in time."),
    gettext_noop("The proxy of CATALYZE_PROXY has no usable address."),
    gettext_noop("The certificate of Catalyze's server could not be verified."),
    gettext_noop("The proxy did not connect to Catalyze."),
    gettext_noop("Catalyze broke off in the middle of its answer."),
    gettext_noop("Catalyze sent an answer that is not valid HTTP."),
    gettext_noop("Catalyze sent more than the answer that was asked for."),
    gettext_noop("Catalyze could not be reached."),
    gettext_noop("Catalyze no longer accepts the session; sign in again."),
    gettext_noop("The credentials have no payment permission on this organization."),
    gettext_noop("Catalyze knows no such organization for these credentials."),
    gettext_noop("Catalyze asks to slow down (429)."),
    gettext_noop("Catalyze asks to slow down (400, rate limit)."),
    gettext_noop("Catalyze sent no content (204), which says nothing."),
    gettext_noop("Catalyze called the request malformed (400)."),
    gettext_noop("Catalyze sent something that is not JSON."),
    gettext_noop("Catalyze sent JSON that is not an object."),
    # customers/services/sync/runner.py
    gettext_noop("Catalyze kept failing, so the run stopped asking; the next run does the rest."),
    gettext_noop("Credentials were changed or forgotten during the run."),
    # customers/upstream/stripe/stripe_customer.py
    gettext_noop("The answer is not a JSON object, so it is not a Stripe customer."),
    gettext_noop("The answer is a JSON object, but not a Stripe customer."),
    gettext_noop("The answer has nothing by which a Stripe customer is known."),
    # customers/upstream/org_id.py
    gettext_noop("The org id is empty; write the id of an organization."),
    gettext_noop("The org id holds bytes that are not UTF-8; copy it again."),
    gettext_noop("The org id holds a line break or another character that cannot be shown."),
    # customers/upstream/secrets.py
    gettext_noop(
        "The API key has an unusual form: most are three words, such as "
        "“browser api.catalyze.io 0123456789abcdef”. It was kept as it is."
    ),
    gettext_noop("The API key is empty; paste it whole."),
    gettext_noop("The API key holds a line break; paste it as one line."),
    gettext_noop("The API key holds a character that cannot be sent in a header; copy it again."),
    gettext_noop("The session token is empty; paste it whole."),
    gettext_noop("The session token holds a line break; paste it as one line."),
    gettext_noop(
        "The session token holds a character that cannot be sent in a header; copy it again."
    ),
    # customers/services
    gettext_noop("No credentials are stored; sign in with Catalyze first."),
    gettext_noop("No key of CREDENTIAL_KEYS opens the stored credentials."),
    gettext_noop("The stored credentials belong to another user."),
    gettext_noop("Catalyze does not accept this key and token; copy them again."),
    gettext_noop("The stored user name and password were refused."),
    gettext_noop("The session ended; sign in again."),
    gettext_noop("The credentials were changed or forgotten meanwhile."),
    gettext_noop("Your session with Catalyze has ended."),
    gettext_noop("Your credentials were changed or forgotten meanwhile."),
    gettext_noop("Catalyze answered 400 to credentials that never worked."),
    # customers/services/organizations/csv_import.py
    gettext_noop("The file is empty; its first line must be org_id,name,description."),
    gettext_noop("The file is in UTF-16; save it in UTF-8."),
    gettext_noop("The header must be exactly org_id,name,description, in this order."),
    gettext_noop("holds a quote that is not closed"),
    gettext_noop("The name holds bytes that are not UTF-8 text."),
    gettext_noop("The description holds bytes that are not UTF-8 text."),
)
_PATTERNS = (
    gettext_noop("Catalyze is not available now (%(status)s)."),
    gettext_noop("Catalyze had a fault of its own (%(status)s)."),
    gettext_noop("Catalyze answered with status %(status)s, which says nothing."),
    gettext_noop("Catalyze answered with status %(status)s, which says nothing here."),
    gettext_noop("Catalyze sent more than %(size)s MB, which is no customer."),
    gettext_noop("The org id is %(length)s characters long; at most %(most)s are possible."),
    gettext_noop("The org id “%(org_id)s” is percent-encoded; write it decoded, in UTF-8."),
    gettext_noop("The org id “%(org_id)s” looks like a path; write the id alone."),
    gettext_noop("The API key is longer than %(most)s characters; paste it alone."),
    gettext_noop("The session token is longer than %(most)s characters; paste it alone."),
    gettext_noop(
        "The header lacks %(names)s; the first line must be "
        "org_id,name,description, separated by commas, in UTF-8."
    ),
    gettext_noop("The file is not CSV: %(trouble)s."),
    gettext_noop("has %(count)s columns instead of %(wanted)s."),
    gettext_noop("The name is %(length)s characters long; %(most)s fit."),
    gettext_noop("The description is %(length)s characters long; %(most)s fit."),
    gettext_noop("repeats the org id of line %(line)s."),
)
# Two sentences in one text: the first is one of the above.
_FOLLOWED_BY = (
    gettext_noop("Save the credentials again."),
    gettext_noop("The session may stay open at Catalyze until it times out."),
)


def said(sentence: str) -> str:
    """`sentence` in the language that is active; as it is, if it is none of those listed here."""
    for second in _FOLLOWED_BY:
        if sentence.endswith(f". {second}"):
            return f"{said(sentence.removesuffix(f' {second}'))} {gettext(second)}"
    for pattern in _PATTERNS:
        if values := _regex(pattern).fullmatch(sentence):
            return gettext(pattern) % values.groupdict()
    return gettext(sentence) if sentence in _SENTENCES else sentence


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    """What matches the sentences of a pattern, with a group for each value."""
    parts = re.split(r"%\((\w+)\)s", pattern)
    texts, names = parts[::2], parts[1::2]
    groups = [f"(?P<{name}>.+?)" for name in names]
    found = [re.escape(texts[0])]
    for group, text in zip(groups, texts[1:], strict=True):
        found += [group, re.escape(text)]
    return re.compile("".join(found), re.DOTALL)
