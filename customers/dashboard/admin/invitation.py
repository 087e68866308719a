"""Invite a colleague: one form in the back office, and the link if no mail goes out."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group, User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.dashboard.account.preferences import language_choices, time_zone_choices
from customers.dashboard.permissions import PermissionMissing
from customers.dashboard.text_fields import LineField
from customers.services.accounts.invitations import (
    Invitation,
    add_colleague,
    invite,
    is_invitable,
)
from customers.services.accounts.support_group import SUPPORT

_MAY_INVITE = ("auth.add_user", "auth.change_user")


class InvitationForm(forms.ModelForm):
    group = forms.ModelChoiceField(
        Group.objects.order_by("name"),
        label=gettext_lazy("Group"),
        help_text=gettext_lazy("What they may do."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=language_choices, required=False
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=time_zone_choices, required=False
    )

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email")
        field_classes = {
            "username": UsernameField,
            "first_name": LineField,
            "last_name": LineField,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["group"].initial = Group.objects.filter(name=SUPPORT).first()

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("A user with this name already exists."))
        return name

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if found := User.objects.filter(email__iexact=address).first():
            words = _("%(name)s already has this address.")
            raise forms.ValidationError(words % {"name": found.get_username()})
        return address


class InvitingAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        new = self.admin_site.admin_view(self.invite_view)
        again = self.admin_site.admin_view(self.invite_again_view)
        return [
            path("invite/", new, name="auth_user_invite"),
            path("<int:key>/invite/", again, name="auth_user_invite_again"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kw: Any) -> Any:
        user = self.get_object(request, object_id)
        may_invite = request.user.has_perms(_MAY_INVITE) and user and is_invitable(user)
        kw["extra_context"] = {**(kw.get("extra_context") or {}), "may_invite": may_invite}
        return super().change_view(request, object_id, *args, **kw)

    def invite_view(self, request: HttpRequest) -> HttpResponse:
        _require_may_invite(request)
        form = InvitationForm(request.POST or None)
        if not form.is_valid():
            return self._page(request, "invite", {"form": form})
        user = form.save(commit=False)
        chosen = {name: form.cleaned_data[name] for name in ("language", "time_zone")}
        add_colleague(user, form.cleaned_data["group"], **chosen)
        self.log_addition(request, user, [{"added": {}}])
        return self._invited(request, user)

    def invite_again_view(self, request: HttpRequest, key: int) -> HttpResponse:
        _require_may_invite(request)
        user = get_object_or_404(User, pk=key)
        if not is_invitable(user):
            raise Http404
        if request.method != "POST":
            return self._page(request, "invite_again", {"invited": user})
        return self._invited(request, user)

    def _invited(self, request: HttpRequest, user: User) -> HttpResponse:
        """The link is on the answer to the form alone: no other page makes or shows one."""
        by, portal = cast("User", request.user), request.build_absolute_uri("/").rstrip("/")
        invitation = invite(user, by, portal)
        if not invitation.is_mailed:
            return self._page(request, "invited", _shown(invitation))
        words = _("An invitation was sent to %(address)s.") % {"address": user.email}
        messages.success(request, words)
        return redirect(reverse("admin:auth_user_changelist"))

    def _page(self, request: HttpRequest, name: str, parts: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **parts}
        return render(request, f"admin/auth/user/{name}.html", context)


def _require_may_invite(request: HttpRequest) -> None:
    if not request.user.has_perms(_MAY_INVITE):
        raise PermissionMissing(*_MAY_INVITE)


def _shown(invitation: Invitation) -> dict[str, Any]:
    return {"invited": invitation.user, "link": invitation.url}
