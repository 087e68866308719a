"""The models and pages of the back office; test_who_may_open.py fails for any without a row."""

# The back office: the actions of each model. Only superusers may open it; it shows no billing.
MODELS = {
    "auth.user": {"delete_selected", "remove_second_factors"},
    "auth.group": {"delete_selected"},
    "customers.apitoken": {"revoke_tokens"},
    "customers.organization": {"delete_selected"},
    "customers.securityevent": set[str](),
    "customers.syncrun": set[str](),
    "customers.disclosure": set[str](),
    "customers.hourlydisclosures": set[str](),
}
# Pages of models other than Django's standard five.
MODEL_PAGES = {
    "auth_user_invite",
    "auth_user_invite_again",
    "auth_user_password_change",
    "customers_organization_import",
    "customers_organization_import_preview",
}
# Pages of the site itself; they show nothing about organizations.
SITE_PAGES = {
    "index",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "app_list",
}
