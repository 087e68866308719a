from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from tests.conftest import make_staff, sign_in_upstream
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.programs.mcp_client import Assistant
from tests.helpers.secrecy import Watch

TokenFor = Callable[..., str]


@pytest.fixture(autouse=True)
def _mcp_is_on(settings):
    settings.MCP = True


@pytest.fixture
def token_for(secrecy: Watch) -> TokenFor:
    """Make a token of a user, by default with all scopes."""

    def make(user: User, *scopes: str) -> str:
        token = give_token(user, *scopes, name="an assistant")
        secrecy.know(token)
        return token

    return make


@pytest.fixture
def desk(transactional_db, sandbox) -> User:
    """Ana, whose transactions the live server sees."""
    user = make_staff("ana")
    sign_in_upstream(user, sandbox)
    return user


@pytest.fixture
def assistant(desk: User, token_for: TokenFor, live_server) -> Assistant:
    """Ana's, with all scopes."""
    return Assistant(live_server.url, token_for(desk))
