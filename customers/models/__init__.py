"""The models, one per file."""

from customers.models.access import Access
from customers.models.change import Change
from customers.models.credentials import Credentials
from customers.models.customer import Customer
from customers.models.digest import Digest
from customers.models.disclosure import Disclosure
from customers.models.disclosure_head import DisclosureHead
from customers.models.failed_attempts import FailedAttempts
from customers.models.group_grant import GroupGrant
from customers.models.hourly_disclosures import HourlyDisclosures
from customers.models.kept_figures import KeptFigures
from customers.models.key_pace import KeyPace
from customers.models.last_viewed import LastViewed
from customers.models.note import Note
from customers.models.organization import Organization
from customers.models.payload import Payload
from customers.models.portal_session import PortalSession
from customers.models.recovery_code import RecoveryCode
from customers.models.reply_template import ReplyTemplate
from customers.models.security_event import SecurityEvent
from customers.models.sync_run import SyncRun

__all__ = [
    "Access",
    "Change",
    "Credentials",
    "Customer",
    "Digest",
    "Disclosure",
    "DisclosureHead",
    "FailedAttempts",
    "GroupGrant",
    "HourlyDisclosures",
    "KeptFigures",
    "KeyPace",
    "LastViewed",
    "Note",
    "Organization",
    "Payload",
    "PortalSession",
    "RecoveryCode",
    "ReplyTemplate",
    "SecurityEvent",
    "SyncRun",
]
