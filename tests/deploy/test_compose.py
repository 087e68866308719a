"""compose.yaml, as the data that it is: what runs, as whom, with which secrets."""

import re

import yaml

from tests.helpers.portals.dockerfile import stages
from tests.helpers.sandbox_process import PROJECT

TEXT = (PROJECT / "compose.yaml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
IMAGE = stages((PROJECT / "Dockerfile").read_text())
SETTINGS = (PROJECT / "deploy/portal.env").read_text()
FILE_SETTING = r"^([A-Z_]+)_FILE=/etc/billing-portal/(\w+)$"


def test_the_services_are_there_and_celery_only_on_demand():
    on_demand = {
        name for name, service in SERVICES.items() if service.get("profiles") == ["celery"]
    }

    assert set(SERVICES) - on_demand == {"portal", "scheduler", "database"}
    assert on_demand == {"worker", "beat", "redis"}
    assert {tuple(SERVICES[name]["profiles"]) for name in on_demand} == {("celery",)}


def test_every_service_says_how_it_is_or_that_nobody_can_ask_it():
    silent = {
        name for name, service in SERVICES.items() if service.get("healthcheck", {}).get("disable")
    }
    asked = {name for name, service in SERVICES.items() if "test" in service.get("healthcheck", {})}

    assert silent == {"scheduler", "beat"}
    assert set(SERVICES) - silent - asked == {"portal"}
    assert IMAGE["portal"].health_check


def test_our_containers_are_confined():
    for name, service in OURS.items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "user" not in service, name
        assert "cap_add" not in service or name == "scheduler"


def test_they_are_built_from_stages_that_are_there_and_unprivileged_but_for_cron():
    targets = {name: service["build"]["target"] for name, service in OURS.items()}

    assert set(targets.values()) == {"portal", "scheduler"}
    assert [name for name, target in targets.items() if target == "scheduler"] == ["scheduler"]
    assert list(IMAGE)[-1] == "portal"
    assert IMAGE["portal"].texts("USER") == ["10001:10001"]
    files = [service["build"].get("args", {}).get("REQUIREMENTS") for service in OURS.values()]
    assert all((PROJECT / file).exists() for file in files if file)


def test_secrets_come_from_files_that_the_script_makes_and_the_settings_name():
    made = set(re.findall(r"^make (\w+) ", (PROJECT / "deploy/make_secrets.sh").read_text(), re.M))
    named = dict(re.findall(FILE_SETTING, SETTINGS, re.M))

    assert COMPOSE["secrets"] == {name: {"file": f"./secrets/{name}"} for name in made}
    for service in OURS.values():
        assert set(service["secrets"]) == set(named.values())
    assert SERVICES["database"]["secrets"] == ["database_password"]
    assert named == {name: name.lower() for name in named}


def test_no_secret_is_in_it():
    values = [str(value) for service in SERVICES.values() for value in _leaves(service)]

    assert not [value for value in values if re.search(r"://[^/]*:[^/]*@", value)]
    assert not re.findall(
        r"(?i)\b\w*(?:password|secret_key|token)\w*: *(?!/run/secrets/|\{file)\S", TEXT
    )
    assert not re.findall(
        r"^(?:SECRET_KEY|CREDENTIAL_KEYS|DATABASE_URL|METRICS_TOKEN)=", SETTINGS, re.M
    )


def test_only_the_machine_itself_reaches_the_portal_and_only_the_portal_the_database():
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert ports == {"portal": ["127.0.0.1:8000:8000"]}
    assert COMPOSE["networks"] == {"inside": {"internal": True}}
    assert SERVICES["database"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]


def test_every_container_of_the_portal_reads_the_same_settings():
    for name, service in OURS.items():
        assert "./.env:/srv/billing-portal/.env:ro" in service["volumes"], name
    kept = {
        volume.partition(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
    }
    assert kept - {"./.env"} == set(COMPOSE["volumes"])


def test_the_scheduler_runs_cron_on_the_schedule():
    assert IMAGE["scheduler"].command == ["sh", "deploy/scheduler.sh"]
    assert "USER" not in {step.instruction for step in IMAGE["scheduler"].steps}
    assert " cron " in IMAGE["scheduler"].texts("RUN")[0]
    assert "--uid 10001 " in IMAGE["scheduler"].texts("RUN")[0]


def _leaves(value):
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        yield value
        return
    for part in value:
        yield from _leaves(part)
