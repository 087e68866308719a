"""The staff pages, each at a stable URL that a person can read."""

from django.urls import path

from customers.dashboard import (
    answers,
    credentials,
    keys,
    lists,
    notes,
    organization,
    overview,
    purpose,
    search,
    second_factor,
    syncs,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("search/", search.search_box, name="search"),
    path("orgs/", lists.organizations, name="organizations"),
    path("check-selected/", lists.check_selected, name="check_selected"),
    path("export/", lists.export_list, name="export"),
    path("orgs/<str:org_id>/", organization.organization, name="organization"),
    path("orgs/<str:org_id>/check/", organization.check_now, name="check_now"),
    path("orgs/<str:org_id>/notes/", notes.write_note, name="write_note"),
    path("orgs/<str:org_id>/notes/<int:key>/pin/", notes.pin_note, name="pin_note"),
    path("orgs/<str:org_id>/notes/<int:key>/delete/", notes.delete_note, name="delete_note"),
    path("answers/", answers.answers, name="answers"),
    path("answers/<str:language>/<str:state>/", answers.answer, name="answer"),
    path("answers/<str:language>/<str:state>/reset/", answers.reset_answer, name="reset_answer"),
    path("syncs/", syncs.syncs, name="syncs"),
    path("syncs/<int:key>/", syncs.sync_run, name="sync_run"),
    path("syncs/<int:key>/retry/", syncs.sync_retry, name="sync_retry"),
    path("keys/", keys.keys, name="keys"),
    path("credentials/", credentials.credentials, name="credentials"),
    path("credentials/sign-in/", credentials.sign_in, name="credentials_sign_in"),
    path("credentials/paste/", credentials.paste, name="credentials_paste"),
    path("credentials/test/", credentials.test, name="credentials_test"),
    path("credentials/forget/", credentials.forget, name="credentials_forget"),
    path("purpose/", purpose.purpose, name="purpose"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("second-factor/begin/", second_factor.begin, name="second_factor_begin"),
    path("second-factor/code/", second_factor.enter_code, name="second_factor_code"),
    path("second-factor/remove/", second_factor.remove, name="second_factor_remove"),
    path("second-factor/qr.svg", second_factor.qr_code, name="second_factor_qr"),
]
