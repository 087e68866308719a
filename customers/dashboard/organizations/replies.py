"""The texts of replies: list, edit, preview, reset."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customers.dashboard.drafts import offered
from customers.dashboard.forms import ReplyForm
from customers.dashboard.posting import form_of, returns_to
from customers.dashboard.site import StaffRequest, staff_page
from customers.models import ReplyTemplate
from customers.services.organizations.reply_editing import (
    all_texts,
    reset_text,
    sample,
    save_text,
    text_in_use,
)

_MAY_EDIT = "customers.change_replytemplate"


@require_safe
@staff_page(_MAY_EDIT)
def replies(request: StaffRequest) -> HttpResponse:
    return render(request, "replies/replies.html", {"states": all_texts()})


@require_http_methods(["GET", "HEAD", "POST"])
@returns_to("reply", "language", "state", keeps=("text",))
@staff_page(_MAY_EDIT)
def reply(request: StaffRequest, language: str, state: str) -> HttpResponse:
    _require_known(language, state)
    text = text_in_use(state, language)
    draft = offered(request)
    begun = (draft and draft.reply) or text.text
    form = ReplyForm(request.POST or None, state=state, initial={"text": begun})
    preview = ""
    if form.is_valid():
        written = form.cleaned_data["text"]
        if "preview" not in request.POST:
            save_text(request.user, state, language, written)
            messages.success(request, _("Text saved. New replies use it."))
            return redirect("replies")
        preview = sample(written, language)
    parts = {"text": text, "form": form, "preview": preview}
    return render(request, "replies/reply.html", parts)


@form_of("reply", "language", "state")
@staff_page(_MAY_EDIT)
def reset_reply(request: StaffRequest, language: str, state: str) -> HttpResponse:
    _require_known(language, state)
    reset_text(state, language)
    messages.success(request, _("The default text has been restored."))
    return redirect("replies")


def _require_known(language: str, state: str) -> None:
    if language not in dict(settings.LANGUAGES) or state not in ReplyTemplate.State.values:
        raise Http404
