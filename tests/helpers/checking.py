"""The organization that tests of a check ask about."""

from customers.models import Customer

ORG = "northwind"
# Bodies of a 400 that is about the session, not about the organization.
ABOUT_THE_SESSION = [
    "Your session has ended.",
    '{"errors": [{"message": "The session token is invalid.", "code": 400}]}',
    '{"title": "Bad Request", "description": "You are not authorized."}',
    '{"error": {"type": "invalid_request_error", "code": "token_expired", "message": "No."}}',
]


def stored(organization):
    return Customer.objects.get(organization=organization)
