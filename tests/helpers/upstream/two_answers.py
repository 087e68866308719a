"""Answers about two organizations on the wire, and what the client finds in them."""

from customers.upstream.errors import NoAnswer
from customers.upstream.secrets import Secrets
from customers.upstream.transport import Limits
from tests.helpers.upstream.wire import answer, body_of

SECRETS = Secrets("browser api.example.com 525ad5d6993247cccb083e5a", "a-session-token")
PATIENT = Limits(connect=10, read=10, deadline=20, retries=0)
IMPATIENT = Limits(connect=10, read=0.3, deadline=20, retries=0)
OWN = body_of("one")
STRANGER = answer(body_of("stranger"))
EARLY_HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"


def found(client, org_id):
    """The customer id that the client reads for an organization, if any."""
    try:
        return client.get_customer(org_id, SECRETS).customer.id
    except NoAnswer:
        return None


def found_at_last(client, org_id):
    """Retries, since a busy machine may be slower than the client's deadline."""
    return next(filter(None, (found(client, org_id) for _ in range(20))), None)
