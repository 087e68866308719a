"""Renewals: when a subscription renews, whether it charges, and whether its card lasts so long."""

import ast

from tests.mutants.calls import call, calls
from tests.mutants.changes import (
    compared,
    first_condition_alone,
    never,
    without_condition,
    without_first_condition,
)
from tests.mutants.mutant import Mutant

SUBSCRIPTION = "upstream/stripe/subscription"
CHARGED, RISK = "upstream/stripe/charged_renewals", "services/facts/renewal_risk"
TROUBLES = "services/organizations/subscription_troubles"
_STRIPE = "tests/upstream/stripe/test_"
DATES, STATUS = f"{_STRIPE}subscription_dates.py", f"{_STRIPE}subscription.py"
OWN_METHOD = f"{_STRIPE}charged_method.py"
RISKS = "tests/services/facts/test_renewal_risk.py"
LINES = "tests/services/organizations/test_method_lines.py"
SUMMARY = "tests/services/organizations/test_summary_of_subscriptions.py"
SILENT = "tests/services/reports/test_silent_renewals.py"

MUTANTS = (
    Mutant(
        f"{SUBSCRIPTION}:Subscription.renews_at", without_condition("cancel_at_period_end"), DATES
    ),
    Mutant(f"{SUBSCRIPTION}:Subscription.renews_at", without_condition("_RENEWING"), DATES),
    Mutant(f"{SUBSCRIPTION}:Subscription.renews_at", compared(ast.Lt, "cancel_at", "LtE"), DATES),
    Mutant(f"{SUBSCRIPTION}:Subscription.renews_at", never("pause"), DATES),
    Mutant(f"{SUBSCRIPTION}:Subscription.ends_at", calls("min", "max"), DATES),
    Mutant(f"{SUBSCRIPTION}:next_renewal", calls("min", "max"), DATES),
    Mutant(f"{SUBSCRIPTION}:worst_status", calls("min", "max"), STATUS),
    Mutant(f"{SUBSCRIPTION}:next_charged_method", without_condition("is_live"), OWN_METHOD),
    Mutant(f"{CHARGED}:charged_renewals", without_first_condition("is_invoiced"), RISKS),
    Mutant(f"{CHARGED}:charged_renewals", never("is_named_by_subscription"), RISKS),
    Mutant(f"{CHARGED}:charged_renewals", without_condition("subscriptions", "Gt"), RISKS),
    Mutant(f"{RISK}:renewal_columns", calls("min", "max"), RISKS),
    Mutant(f"{RISK}:_urgency", compared(ast.LtE, "Lt"), RISKS),
    Mutant(f"{RISK}:_day", call("day_of", "renewal.renews_at.date()"), RISKS),
    Mutant(f"{TROUBLES}:expiry_before_renewal", first_condition_alone("is_invoiced"), LINES),
    Mutant(f"{TROUBLES}:expiry_before_renewal", compared(ast.LtE, "Lt"), LINES),
    Mutant(f"{TROUBLES}:what_own_card_may_fail", calls("min", "max"), SUMMARY),
    Mutant("services/reports/silent_renewals:_is_renewed", compared(ast.LtE, "Lt"), SILENT),
)
