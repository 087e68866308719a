"""Endpoints for machines, without sign-in: health and metrics."""

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from customers.dashboard.static_files import REMEDY, are_collected
from customers.services.diagnosis.finding import Verdict, findings_as_json, worst
from customers.services.diagnosis.recent_findings import recent_findings
from customers.services.operations.health import health
from customers.services.operations.metrics import PortalCollector
from observability.request_metrics import request_figures


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database and pages work, else 503; with `deep=1`, what doctor finds."""
    if request.GET.get("deep") == "1":
        return _refusal(request) or _deep()
    found = health()
    has_files = are_collected()
    is_well = found.has_database and has_files
    body = {
        "status": "ok" if is_well else "unavailable",
        "database": "ok" if found.has_database else "unavailable",
        "static_files": "ok" if has_files else REMEDY,
        "oldest_answer_seconds": found.oldest_answer_seconds,
    }
    return JsonResponse(body, status=200 if is_well else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    if refusal := _refusal(request):
        return refusal
    of_requests = request_figures()
    try:
        of_the_database = generate_latest(_of_the_database())
    except (DatabaseError, InterfaceError):
        of_the_database = b""  # /healthz reports the database; request metrics are still useful
    return HttpResponse(of_requests + of_the_database, content_type=CONTENT_TYPE_LATEST)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """METRICS_TOKEN is needed; 404 if none is set."""
    if not settings.METRICS_TOKEN:
        raise Http404
    sent = request.headers.get("Authorization", "")
    if constant_time_compare(sent, f"Bearer {settings.METRICS_TOKEN}"):
        return None
    return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})


def _deep() -> HttpResponse:
    """503 if there is a problem; warnings are none."""
    findings = recent_findings()
    is_well = worst(findings) is not Verdict.PROBLEM
    return JsonResponse(findings_as_json(findings), status=200 if is_well else 503)


def _of_the_database() -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(PortalCollector())
    return registry
