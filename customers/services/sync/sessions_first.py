"""Verify sessions before a run asks with them."""

from customers.services.credentials.sessions import renew, verify
from customers.services.credentials.store import Opened
from customers.upstream.errors import CatalyzeError, NoAnswer, SessionExpired, Unavailable

# Users in a row. Each may take twice CATALYZE_DEADLINE, and the run has not begun: it has no
# record, no heartbeat and no circuit breaker yet.
_MOST_UNANSWERED = 3


class SessionsFirst:
    def __init__(self) -> None:
        self._unanswered = 0

    @property
    def has_given_up(self) -> bool:
        return self._unanswered >= _MOST_UNANSWERED

    def verified(self, opened: Opened) -> Opened:
        """After renewing an ended session if the user opted in; not verified if Catalyze cannot
        say. Raises SessionExpired, CredentialsUnusable."""
        is_answered = True
        try:
            return verify(opened)
        except SessionExpired as ended:
            if not opened.secrets.can_renew:
                raise
            try:
                return renew(opened)
            except NoAnswer as exc:
                is_answered = not isinstance(exc, Unavailable)
                raise ended from exc
        except CatalyzeError as exc:
            is_answered = not isinstance(exc, Unavailable)
            return opened
        finally:
            self._unanswered = 0 if is_answered else self._unanswered + 1
