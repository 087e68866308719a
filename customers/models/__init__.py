from customers.models.access import Access
from customers.models.api_token import ApiToken
from customers.models.case import Case
from customers.models.case_step import CaseStep
from customers.models.catalyze_silence import CatalyzeSilence
from customers.models.change import Change
from customers.models.command_run import CommandRun
from customers.models.credentials import Credentials
from customers.models.customer import Customer
from customers.models.desk_preferences import DeskPreferences
from customers.models.digest import Digest
from customers.models.disclosure import Disclosure
from customers.models.disclosure_head import DisclosureHead
from customers.models.draft import Draft
from customers.models.failed_attempts import FailedAttempts
from customers.models.group_grant import GroupGrant
from customers.models.held_answer import HeldAnswer
from customers.models.hourly_disclosures import HourlyDisclosures
from customers.models.kept_figures import KeptFigures
from customers.models.key_rate_limit import KeyRateLimit
from customers.models.last_viewed import LastViewed
from customers.models.last_visit import LastVisit
from customers.models.listed_user import ListedUser
from customers.models.mention import Mention
from customers.models.note import Note
from customers.models.oidc_identity import OidcIdentity
from customers.models.organization import Organization
from customers.models.pasted_id import PastedId
from customers.models.pasted_list import PastedList
from customers.models.payload import Payload
from customers.models.pending_import import PendingImport
from customers.models.permission_list import PermissionList
from customers.models.portal_session import PortalSession
from customers.models.provider_session import ProviderSession
from customers.models.recovery_code import RecoveryCode
from customers.models.reply_template import ReplyTemplate
from customers.models.run_tally import RunTally
from customers.models.saved_view import SavedView
from customers.models.security_event import SecurityEvent
from customers.models.sync_run import SyncRun
from customers.models.token_requests import TokenRequests
from customers.models.verified_position import VerifiedPosition
from customers.models.watch import Watch

__all__ = [
    "Access",
    "ApiToken",
    "Case",
    "CaseStep",
    "CatalyzeSilence",
    "Change",
    "CommandRun",
    "Credentials",
    "Customer",
    "DeskPreferences",
    "Digest",
    "Disclosure",
    "DisclosureHead",
    "Draft",
    "FailedAttempts",
    "GroupGrant",
    "HeldAnswer",
    "HourlyDisclosures",
    "KeptFigures",
    "KeyRateLimit",
    "LastViewed",
    "LastVisit",
    "ListedUser",
    "Mention",
    "Note",
    "OidcIdentity",
    "Organization",
    "PastedId",
    "PastedList",
    "Payload",
    "PendingImport",
    "PermissionList",
    "PortalSession",
    "ProviderSession",
    "RecoveryCode",
    "ReplyTemplate",
    "RunTally",
    "SavedView",
    "SecurityEvent",
    "SyncRun",
    "TokenRequests",
    "VerifiedPosition",
    "Watch",
]
