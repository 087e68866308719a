"""The API tokens of all users: to see and to revoke."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from customers.dashboard.admin.isolated_column import isolated_column
from customers.dashboard.admin.read_only import ReadOnlyAdmin
from customers.models import ApiToken
from customers.services.tokens.stored_tokens import revoke, unended


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    list_display = (
        isolated_column(ApiToken, "name"),
        isolated_column(ApiToken, "user"),
        *("allowed", "expires_at", "last_used_at", "revoked_at"),
    )
    list_display_links = list_display[:1]
    list_select_related = ("user",)
    search_fields = ("name", "user__username")
    date_hierarchy = "created_at"
    actions = ("revoke_tokens",)

    @admin.display(description=gettext_lazy("scopes"))
    def allowed(self, token: ApiToken) -> str:
        return ", ".join(token.scopes)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("customers.revoke_apitoken")

    @admin.action(description=gettext_lazy("Revoke"), permissions=["revoke"])
    def revoke_tokens(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        count = revoke(unended(queryset).select_related("user"))
        words = ngettext("%(count)s token revoked.", "%(count)s tokens revoked.", count)
        messages.success(request, words % {"count": count})
