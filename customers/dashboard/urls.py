"""The staff pages, each at a stable URL that a person can read."""

from django.urls import path

from customers.dashboard import moved
from customers.dashboard.account import credentials, factor_setup, second_factor, sign_ins
from customers.dashboard.account import keyboard_help as keys
from customers.dashboard.lists import changes, lists, search
from customers.dashboard.operations import syncs
from customers.dashboard.organizations import notes, organization, purpose, replies
from customers.dashboard.overview import overview

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
    path("replies/", replies.replies, name="replies"),
    path("replies/<str:language>/<str:state>/", replies.reply, name="reply"),
    path("replies/<str:language>/<str:state>/reset/", replies.reset_reply, name="reset_reply"),
    path("syncs/", syncs.syncs, name="syncs"),
    path("syncs/<int:key>/", syncs.sync_run, name="sync_run"),
    path("syncs/<int:key>/retry/", syncs.sync_retry, name="sync_retry"),
    path("keys/", keys.keys, name="keys"),
    path("changes/", changes.changes, name="changes"),
    path("credentials/", credentials.credentials, name="credentials"),
    path("credentials/board/", credentials.board, name="credentials_board"),
    path("credentials/sign-in/", credentials.sign_in, name="credentials_sign_in"),
    path("credentials/paste/", credentials.paste, name="credentials_paste"),
    path("credentials/test/", credentials.test, name="credentials_test"),
    path("credentials/forget/", credentials.forget, name="credentials_forget"),
    path("sign-ins/", sign_ins.sign_ins, name="sign_ins"),
    path("purpose/", purpose.purpose, name="purpose"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("second-factor/begin/", factor_setup.begin, name="second_factor_begin"),
    path("second-factor/code/", second_factor.enter_code, name="second_factor_code"),
    path("second-factor/remove/", second_factor.remove, name="second_factor_remove"),
    path(
        "second-factor/recovery-codes/",
        second_factor.new_recovery_codes,
        name="second_factor_recovery_codes",
    ),
    path("second-factor/qr.svg", factor_setup.qr_code, name="second_factor_qr"),
    *moved.pages,
]
