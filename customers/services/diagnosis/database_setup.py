"""The database: whether it answers, is up to date, and is set up as the portal needs it."""

from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, NotSupportedError, connection
from django.db.migrations.executor import MigrationExecutor

from customers.services.diagnosis.finding import Finding, ok, problem
from customers.upstream.loopback import is_loopback

_NAME, _MIGRATIONS, _TLS, _AUTOVACUUM = "database", "migrations", "database_tls", "autovacuum"
_VACUUM = "Lists become slow when dead rows stay: see docs/operations.md."


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """`unvacuumed` counts tables on which autovacuum is switched off."""

    host: str
    is_encrypted: bool
    has_autovacuum: bool
    unvacuumed: int


def database_answers() -> list[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        version = connection.get_database_version()
    except NotSupportedError:
        sentence = "The database server is older than this release can use."
        return [problem(_NAME, sentence, "Upgrade it.")]
    except (DatabaseError, InterfaceError):
        return [
            problem(
                _NAME,
                "The database does not answer.",
                "Look at DATABASE_URL, and whether the server runs and lets this machine in; "
                "`manage.py showmigrations` says why.",
            )
        ]
    return [ok(_NAME, f"{connection.display_name} {'.'.join(map(str, version))} answers.")]


def migrations() -> list[Finding]:
    executor = MigrationExecutor(connection)
    loader = executor.loader
    applied = {key for key in loader.applied_migrations if key[0] in loader.migrated_apps}
    if unknown := sorted(applied - loader.disk_migrations.keys()):
        return [
            problem(
                _MIGRATIONS,
                f"The database is newer than this release, which does not know {_named(unknown)}.",
                "Run the release that migrated it, or restore a backup.",
            )
        ]
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    if not plan:
        return [ok(_MIGRATIONS, "All migrations are applied.")]
    names = [(migration.app_label, migration.name) for migration, _ in plan]
    return [
        problem(
            _MIGRATIONS,
            f"The database is older than this release: it lacks {_named(names)}.",
            "Stop the portal, run `manage.py migrate` and `manage.py reparse`, and start it.",
        )
    ]


def server() -> list[Finding]:
    if connection.vendor != "postgresql":
        return []
    facts = read_server_facts()
    return [transport_of(facts), autovacuum_of(facts)]


def read_server_facts() -> ServerFacts:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),"
            " current_setting('autovacuum') = 'on' AND current_setting('track_counts') = 'on',"
            " (SELECT count(*) FROM pg_class WHERE relname LIKE 'customers%' AND"
            " array_to_string(reloptions, ' ') ~ 'autovacuum_enabled=(false|off|no|f|0)')"
        )
        is_encrypted, has_autovacuum, unvacuumed = cursor.fetchone()
    host = connection.settings_dict["HOST"] or ""
    return ServerFacts(host, is_encrypted, has_autovacuum, unvacuumed)


def transport_of(facts: ServerFacts) -> Finding:
    if facts.is_encrypted or _is_here(facts.host):
        how = "encrypted" if facts.is_encrypted else "within this machine"
        return ok(_TLS, f"The connection to the database is {how}.")
    return problem(
        _TLS,
        "The database is on another machine, and the connection to it is not encrypted.",
        "Add ?sslmode=verify-full&sslrootcert=… to DATABASE_URL.",
    )


def autovacuum_of(facts: ServerFacts) -> Finding:
    if not facts.has_autovacuum:
        return problem(_AUTOVACUUM, "Autovacuum is off.", f"Turn it on. {_VACUUM}")
    if facts.unvacuumed:
        return problem(
            _AUTOVACUUM,
            f"Autovacuum is switched off for some tables ({facts.unvacuumed}).",
            f"Run `ALTER TABLE … RESET (autovacuum_enabled)`. {_VACUUM}",
        )
    return ok(_AUTOVACUUM, "Autovacuum is on.")


def _is_here(host: str) -> bool:
    in_url = f"[{host}]" if ":" in host else host
    return not host or host.startswith("/") or is_loopback(f"//{in_url}")


def _named(migrations: list[tuple[str, str]]) -> str:
    app, name = migrations[0]
    more = f" and {len(migrations) - 1} more" if len(migrations) > 1 else ""
    return f"{app}.{name}{more}"
