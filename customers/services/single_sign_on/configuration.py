"""What the operator has set about single sign-on; read by the settings, so it imports no model."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

STAFF_RIGHT = "staff"  # in OIDC_GROUPS: may open the portal's pages
ON, OFF = "on", "off"  # of LOCAL_SIGN_IN; anything else is the name of the one user who may


@dataclass(frozen=True, slots=True)
class SecondFactorClaim:
    """What the provider says of a sign-in with a second factor."""

    claim: str  # amr or acr
    value: str


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """Each field is a setting OIDC_…; `groups` pairs the provider's with STAFF_RIGHT or our own."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: str = "openid profile email"
    groups: tuple[tuple[str, str], ...] = ()
    second_factor: SecondFactorClaim | None = None
    recheck: timedelta = timedelta(minutes=15)
    token_recheck: timedelta = timedelta(days=7)
    proxy: str = field(default="", repr=False)
    ca_bundle: str = ""

    @property
    def name(self) -> str:
        return urlsplit(self.issuer).netloc
