"""The form of a saved view: its name, whether it is shared, and the list that it keeps."""

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from customers.dashboard.forms import ListForm
from customers.dashboard.saved_views.refusal_words import refusal_words, refused_field
from customers.dashboard.text_fields import LineField
from customers.models.saved_view import LONGEST_NAME
from customers.services.lists.columns import COLUMNS
from customers.services.lists.listing import Listed
from customers.services.saved_views.refusals import Refusal


class ViewForm(forms.Form):
    """What a name may be is decided by the service."""

    name = LineField(
        label=_("Name of the view"),
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_NAME, "dir": "auto"}),
    )
    shared = forms.BooleanField(
        label=_("Share with colleagues"),
        required=False,
        help_text=_(
            "They see its name and filters, and only the organizations they may see. "
            "Don’t name a customer."
        ),
    )

    def values(self) -> tuple[str, bool]:
        self.is_valid()
        return self.cleaned_data.get("name", ""), self.cleaned_data.get("shared", False)


def sent_list(post: QueryDict) -> tuple[Listed, list[str]]:
    listed = ListForm(QueryDict(post.get("list", "").removeprefix("?"))).listed()
    wanted = set(post.getlist("column"))
    return listed, [column.name for column in COLUMNS if column.name in wanted]


def refused_page(request: HttpRequest, form: ViewForm, why: Refusal, action: str) -> HttpResponse:
    form.add_error(refused_field(why), refusal_words(why))
    context = {
        "form": form,
        "action": action,
        "list_query": request.POST.get("list", "").removeprefix("?"),
        "columns": request.POST.getlist("column"),
    }
    return render(request, "saved_views/refused.html", context)
