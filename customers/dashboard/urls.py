"""The staff pages, each at a stable URL that a person can read."""

from django.urls import path

from customers.dashboard import moved
from customers.dashboard.account import (
    arriving,
    credentials,
    factor_setup,
    preferences,
    second_factor,
    sign_ins,
    tokens,
    welcome,
)
from customers.dashboard.account import keyboard_help as keys
from customers.dashboard.cases import acts
from customers.dashboard.changes import changes, watch_acts
from customers.dashboard.lists import list_settings, lists, search, selected
from customers.dashboard.operations import schedule, syncs
from customers.dashboard.organizations import (
    next_on_list,
    notes,
    organization,
    purpose,
    replies,
)
from customers.dashboard.overview import acceptance, overview
from customers.dashboard.pasted import asking, paste, pasted_list
from customers.dashboard.reports import report_files, reports
from customers.dashboard.saved_views import saved_views, view_acts
from customers.dashboard.single_sign_on import begin, leaving, returning

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("mass-change/accept/", acceptance.accept_held_answers, name="accept_mass_change"),
    path("search/", search.search_box, name="search"),
    path("orgs/", lists.organizations, name="organizations"),
    path("check-selected/", selected.check_selected, name="check_selected"),
    path("export-selected/", selected.export_selected, name="export_selected"),
    path("watch-selected/", watch_acts.watch_selected, name="watch_selected"),
    path("list-settings/", list_settings.list_settings, name="list_settings"),
    path("export/", lists.export_list, name="export"),
    path("orgs/pasted/", paste.pasted_lists, name="pasted_lists"),
    path("orgs/pasted/<slug:key>/", pasted_list.pasted_list, name="pasted_list"),
    path("orgs/pasted/<slug:key>/ask/", asking.ask_pasted, name="ask_pasted"),
    path("orgs/pasted/<slug:key>/text/", pasted_list.pasted_text, name="pasted_text"),
    path("orgs/pasted/<slug:key>/export/", pasted_list.export_pasted, name="export_pasted"),
    path("orgs/pasted/<slug:key>/delete/", paste.delete_pasted, name="delete_pasted"),
    path("orgs/<str:org_id>/", organization.organization, name="organization"),
    path("orgs/<str:org_id>/check/", organization.check_now, name="check_now"),
    path(
        "orgs/<str:org_id>/previous/",
        next_on_list.previous_organization,
        name="previous_organization",
    ),
    path("orgs/<str:org_id>/next/", next_on_list.next_organization, name="next_organization"),
    path("orgs/<str:org_id>/notes/", notes.write_note, name="write_note"),
    path("orgs/<str:org_id>/notes/<int:key>/pin/", notes.pin_note, name="pin_note"),
    path("orgs/<str:org_id>/notes/<int:key>/delete/", notes.delete_note, name="delete_note"),
    path("orgs/<str:org_id>/watch/", watch_acts.watch_organization, name="watch_organization"),
    path("orgs/<str:org_id>/case/<slug:act>/", acts.act_on_case, name="act_on_case"),
    path("cases/<slug:act>/", acts.act_on_cases, name="act_on_cases"),
    path("views/", saved_views.saved_views, name="saved_views"),
    path("views/<int:key>/", saved_views.saved_view, name="saved_view"),
    path("views/<int:key>/change/", view_acts.change_saved_view, name="change_saved_view"),
    path("views/<int:key>/update/", view_acts.update_saved_view, name="update_saved_view"),
    path("views/<int:key>/delete/", view_acts.delete_saved_view, name="delete_saved_view"),
    path("replies/", replies.replies, name="replies"),
    path("replies/<str:language>/<str:state>/", replies.reply, name="reply"),
    path("replies/<str:language>/<str:state>/reset/", replies.reset_reply, name="reset_reply"),
    path("syncs/", syncs.syncs, name="syncs"),
    path("syncs/<int:key>/", syncs.sync_run, name="sync_run"),
    path("syncs/<int:key>/retry/", syncs.sync_retry, name="sync_retry"),
    path("schedule/", schedule.schedule, name="schedule"),
    path("keys/", keys.keys, name="keys"),
    path("changes/", changes.changes, name="changes"),
    path("changes/export/", changes.export_the_changes, name="export_changes"),
    path("changes/read/", watch_acts.mark_read, name="mark_read"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:report>/export/", report_files.export_report, name="export_report"),
    path("credentials/", credentials.credentials, name="credentials"),
    path("credentials/organizations/", arriving.arriving, name="arriving"),
    path("credentials/organizations/ask/", arriving.ask_arriving, name="ask_arriving"),
    path("credentials/board/", credentials.board, name="credentials_board"),
    path("credentials/sign-in/", credentials.sign_in, name="credentials_sign_in"),
    path("credentials/paste/", credentials.paste, name="credentials_paste"),
    path("credentials/test/", credentials.test, name="credentials_test"),
    path("credentials/forget/", credentials.forget, name="credentials_forget"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("sign-ins/", sign_ins.sign_ins, name="sign_ins"),
    path("sign-in/", begin.sign_in_at_provider, name="provider_sign_in"),
    path("sign-in/callback/", returning.provider_callback, name="provider_callback"),
    path("sign-in/confirm/", begin.confirm_at_provider, name="confirm_at_provider"),
    path("sign-in/confirmed/", returning.confirmed, name="confirmed_at_provider"),
    path("sign-in/connect/", begin.connect_at_provider, name="connect_at_provider"),
    path("signed-out/", leaving.signed_out, name="signed_out"),
    path("signed-out/provider/", leaving.leave_provider, name="leave_provider"),
    path("tokens/", tokens.api_tokens, name="api_tokens"),
    path("tokens/create/", tokens.create_api_token, name="create_api_token"),
    path("tokens/<int:key>/revoke/", tokens.revoke_api_token, name="revoke_api_token"),
    path("purpose/", purpose.purpose, name="purpose"),
    path(
        "welcome/<slug:uidb64>/<slug:token>/",
        welcome.WelcomePage.as_view(),
        name="accept_invitation",
    ),
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
