"""`doctor` as an operator runs it; tests/services/diagnosis/ breaks everything there is."""


def test_it_looks_on_where_other_commands_are_stopped(portal):
    """By a system check; the file is looked at before opening it makes it private again."""
    portal.database.chmod(0o644)
    broken = {"DEBUG": "on", "CATALYZE_BASE_URL": "https://catalyze.invalid"}

    ran = portal.run("doctor", "--json", **broken)

    assert portal.run("list_api_tokens", **broken).code == 1
    assert ran.code == 1
    assert ran.err.strip().endswith("problems.")
    said = " ".join(found["sentence"] for found in ran.object["findings"])
    for words in ("DEBUG is on", "portal.sqlite3 (mode 0644)", "All migrations are applied"):
        assert words in said
    assert portal.environment["SECRET_KEY"] not in ran.out


def test_a_setting_that_stops_the_start_is_named(portal):
    ran = portal.run("doctor", CUSTOMER_MAX_AGE="soon")

    assert (ran.code, ran.out) == (1, "")
    assert "CUSTOMER_MAX_AGE" in ran.err


def test_a_database_that_is_away_is_named(portal):
    address = "postgres://portal:a-password-1@127.0.0.1:1/portal"

    ran = portal.run("doctor", DATABASE_URL=address)

    assert ran.code == 1
    assert "problem  database      The database does not answer." in ran.out
    assert "ok       upstream      Catalyze answers." in ran.out
    assert "a-password-1" not in ran.out + ran.err
