"""Who asks, by which token, and in which way."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.contrib.auth.models import User

from customers.api.problem import Problem
from customers.models import Customer
from customers.services.disclosures.declared import only
from customers.services.disclosures.log import record
from customers.services.disclosures.request_origin import asked_from, current_origin
from customers.services.tokens.authenticate import Caller
from customers.services.tokens.scopes import Scope


@dataclass(frozen=True, slots=True)
class Asked:
    caller: Caller
    where: str  # of Disclosure.Where: "api" or "mcp"

    @property
    def user(self) -> User:
        return self.caller.user

    def may(self, scope: Scope) -> bool:
        return scope.value in self.caller.scopes

    def require(self, *scopes: Scope) -> None:
        for scope in scopes:
            if not self.may(scope):
                raise Problem("scope-missing", f"This needs a token with the scope {scope.value}.")

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Whatever is recorded inside has the token's name."""
        origin = replace(current_origin(), token_name=self.caller.token_name, user=self.user)
        with only([self.where]), asked_from(origin):
            yield

    def disclose(self, customers: Iterable[Customer]) -> None:
        record(self.user, customers, self.where)
