"""The models, one per file."""

from customers.models.access import Access
from customers.models.answer_template import AnswerTemplate
from customers.models.change import Change
from customers.models.credentials import Credentials
from customers.models.customer import Customer
from customers.models.digest import Digest
from customers.models.disclosure_head import DisclosureHead
from customers.models.failed_attempts import FailedAttempts
from customers.models.key_pace import KeyPace
from customers.models.note import Note
from customers.models.organization import Organization
from customers.models.payload import Payload
from customers.models.portal_session import PortalSession
from customers.models.recovery_code import RecoveryCode
from customers.models.security_event import SecurityEvent
from customers.models.sync_run import SyncRun
from customers.models.view import View
from customers.models.volume import Volume

__all__ = [
    "Access",
    "AnswerTemplate",
    "Change",
    "Credentials",
    "Customer",
    "Digest",
    "DisclosureHead",
    "FailedAttempts",
    "KeyPace",
    "Note",
    "Organization",
    "Payload",
    "PortalSession",
    "RecoveryCode",
    "SecurityEvent",
    "SyncRun",
    "View",
    "Volume",
]
