"""The words of each message, in the reader's language.
Errors are raised and stored as codes with parameters; this is the only table of their words."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from customers.upstream.message import Message

# A sentence that release 0.3.0 or an earlier one stored.
LEGACY = "legacy"

WORDS: Mapping[str, str] = {
    # customers/upstream/client.py, transport.py, statuses.py and bodies.py
    "slow_down": gettext_noop("Catalyze asked us to slow down (429)."),
    "slow_down_in_400": gettext_noop("Catalyze asked us to slow down (400, rate limit)."),
    "slow_down_sign_in": gettext_noop("Catalyze asked us to slow down; try again in a minute."),
    "sign_in_refused": gettext_noop("Catalyze refused this user name, password or API key."),
    "no_session_token": gettext_noop("Catalyze sent no usable session token."),
    "session_not_verified": gettext_noop("Catalyze could not say whether the session is valid."),
    "session_not_accepted": gettext_noop("Catalyze no longer accepts the session; sign in again."),
    "no_permission": gettext_noop(
        "The credentials have no payment permission on this organization."
    ),
    "organization_unknown": gettext_noop(
        "Catalyze knows no such organization for these credentials."
    ),
    "timed_out": gettext_noop("Catalyze did not answer in time."),
    "not_reached": gettext_noop("Catalyze could not be reached."),
    "proxy_address_unusable": gettext_noop("The proxy in CATALYZE_PROXY has no usable address."),
    "proxy_did_not_connect": gettext_noop("The proxy did not connect to Catalyze."),
    "certificate_not_verified": gettext_noop(
        "The certificate of Catalyze's server could not be verified."
    ),
    "answer_broke_off": gettext_noop("Catalyze closed the connection mid-response."),
    "not_valid_http": gettext_noop("Catalyze sent an answer that is not valid HTTP."),
    "more_than_one_answer": gettext_noop("Catalyze sent more than the answer that was asked for."),
    "answer_too_large": gettext_noop(
        "Catalyze sent more than %(size)s MB, which is too much for a customer."
    ),
    "not_available": gettext_noop("Catalyze is not available now (%(status)s)."),
    "server_fault": gettext_noop("Catalyze had an internal error (%(status)s)."),
    "status_unexpected": gettext_noop("Catalyze returned an unexpected status (%(status)s)."),
    "status_unexpected_here": gettext_noop(
        "Catalyze returned a status that means nothing here (%(status)s)."
    ),
    "no_content": gettext_noop("Catalyze returned an empty response (204)."),
    "request_malformed": gettext_noop("Catalyze rejected the request as malformed (400)."),
    "not_json": gettext_noop("Catalyze sent something that is not JSON."),
    "not_an_object": gettext_noop("Catalyze sent JSON that is not an object."),
    "another_organization": gettext_noop(
        "Catalyze described a different organization from the one we asked about."
    ),
    "permissions_malformed": gettext_noop(
        "Catalyze sent no readable permission list, so nobody gained or lost access by it."
    ),
    # customers/upstream/stripe/stripe_customer.py
    "customer_not_an_object": gettext_noop(
        "The answer is not a JSON object, so it is not a Stripe customer."
    ),
    "not_a_customer": gettext_noop("The answer is a JSON object, but not a Stripe customer."),
    "customer_not_recognized": gettext_noop(
        "The answer has nothing that identifies a Stripe customer."
    ),
    # customers/upstream/org_id.py
    "org_id_empty": gettext_noop("The org id is empty; write the id of an organization."),
    "org_id_too_long": gettext_noop(
        "The org id is %(length)s characters long; at most %(most)s are allowed."
    ),
    "org_id_not_utf8": gettext_noop("The org id contains bytes that are not UTF-8; copy it again."),
    "org_id_unprintable": gettext_noop(
        "The org id contains a line break or another character that cannot be shown."
    ),
    "org_id_percent_encoded": gettext_noop(
        "The org id “%(org_id)s” is percent-encoded; write it decoded, in UTF-8."
    ),
    "org_id_is_a_path": gettext_noop(
        "The org id “%(org_id)s” looks like a path; write the id alone."
    ),
    # customers/upstream/secrets.py
    "api_key_unusual": gettext_noop(
        "The API key has an unusual form: most are three words, such as "
        "“browser api.catalyze.io 0123456789abcdef”. It was saved as it is."
    ),
    "api_key_empty": gettext_noop("The API key is empty; paste it whole."),
    "api_key_too_long": gettext_noop(
        "The API key is longer than %(most)s characters; paste it alone."
    ),
    "api_key_has_line_break": gettext_noop(
        "The API key contains a line break; paste it as one line."
    ),
    "api_key_cannot_be_sent": gettext_noop(
        "The API key contains a character that cannot be sent in a header; copy it again."
    ),
    "session_token_empty": gettext_noop("The session token is empty; paste it whole."),
    "session_token_too_long": gettext_noop(
        "The session token is longer than %(most)s characters; paste it alone."
    ),
    "session_token_has_line_break": gettext_noop(
        "The session token contains a line break; paste it as one line."
    ),
    "session_token_cannot_be_sent": gettext_noop(
        "The session token contains a character that cannot be sent in a header; copy it again."
    ),
    # customers/services/credentials
    "no_credentials": gettext_noop("No credentials are stored; sign in with Catalyze first."),
    "no_key_opens": gettext_noop(
        "No key in CREDENTIAL_KEYS can decrypt the stored credentials. Save the credentials again."
    ),
    "credentials_of_another": gettext_noop(
        "The stored credentials belong to another user. Save the credentials again."
    ),
    "pasted_not_accepted": gettext_noop(
        "Catalyze does not accept this key and token; copy them again."
    ),
    "renewal_refused": gettext_noop("The stored user name and password were refused."),
    "session_ended": gettext_noop("The session ended; sign in again."),
    "your_session_ended": gettext_noop("Your session with Catalyze has ended."),
    "credentials_changed": gettext_noop("The credentials were changed or deleted in the meantime."),
    # customers/services/checking and sync
    "your_credentials_changed": gettext_noop(
        "Your credentials were changed or deleted in the meantime."
    ),
    "unproved_400": gettext_noop("Catalyze answered 400 to credentials that have never worked."),
    "mass_not_set_up": gettext_noop(
        "Catalyze reports no payment method. We hold this back until it is confirmed."
    ),
    "credentials_changed_in_run": gettext_noop(
        "Credentials were changed or deleted during the run."
    ),
    "run_gave_up": gettext_noop(
        "Catalyze kept failing, so the run stopped asking; the next run checks the rest."
    ),
    # customers/services/organizations/csv_import.py: the file, and one line of it
    "file_empty": gettext_noop(
        "The file is empty; its first line must be org_id,name,description."
    ),
    "file_in_utf16": gettext_noop("The file is in UTF-16; save it in UTF-8."),
    "file_not_csv": gettext_noop("The file is not CSV: %(trouble)s."),
    "file_quote_not_closed": gettext_noop("The file is not CSV: a quote is not closed."),
    "header_lacks": gettext_noop(
        "The header lacks %(names)s; the first line must be "
        "org_id,name,description, separated by commas, in UTF-8."
    ),
    "header_in_other_order": gettext_noop(
        "The header must be exactly org_id,name,description, in this order."
    ),
    "not_csv": "%(trouble)s",
    "quote_not_closed": gettext_noop("contains a quote that is not closed"),
    "wrong_columns": gettext_noop("has %(count)s columns instead of %(wanted)s."),
    "org_id_repeated": gettext_noop("repeats the org id of line %(line)s."),
    "name_too_long": gettext_noop(
        "The name is %(length)s characters long; at most %(most)s are allowed."
    ),
    "name_not_utf8": gettext_noop("The name contains bytes that are not UTF-8 text."),
    "description_too_long": gettext_noop(
        "The description is %(length)s characters long; at most %(most)s are allowed."
    ),
    "description_not_utf8": gettext_noop("The description contains bytes that are not UTF-8 text."),
}


def said(message: Message) -> str:
    """`message` in the active language; "" if it is empty."""
    if not message:
        return ""
    params = dict(message.params)
    try:
        if message.code == LEGACY:
            return _former(str(params["sentence"]))
        return gettext(WORDS[message.code]) % params
    except KeyError:  # stored by a later release
        return gettext("Something went wrong (%(code)s).") % {"code": message.code}


def _former(sentence: str) -> str:
    """Translated only if the catalogue still has this exact sentence."""
    return gettext(sentence) if sentence else ""
