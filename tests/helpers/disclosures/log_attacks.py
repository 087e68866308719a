"""Ways to alter the disclosure log by SQL, as the portal's own role could.

Not here: what needs DDL.
"""

from django.conf import settings

from customers.services.disclosures.entry_hash import FORMAT, HASHED

IS_SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]
LOG, HEAD = "customers_disclosure", "customers_disclosurehead"
COLUMNS = (*HASHED[FORMAT], "hash")
# The entries of fill_log: what is on each side of what may go.
OLD, REMOVAL, YOUNG, LAST, NEXT = (3, 4), 5, 6, 7, 8
ENTRIES = (*OLD, REMOVAL, YOUNG, LAST)
OF_ENTRY = "(SELECT hash FROM customers_disclosure WHERE id = {})"


def copy_of(number, verb="INSERT", more="", **changes):
    """Put a copy of an entry into the log, but for these `changes`."""
    selected = ", ".join(str(changes.get(name, f'"{name}"')) for name in COLUMNS)
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    return f"{verb} INTO {LOG} ({names}) SELECT {selected} FROM {LOG} WHERE id = {number} {more}"


def pruned_to(number):
    """Have the head say that retention removed the entries up to this one."""
    return f"UPDATE {HEAD} SET pruned_through = {number}, pruned_hash = {OF_ENTRY.format(number)}"


def ends_with(number, hash_):
    return f"UPDATE {HEAD} SET number = {number}, hash = {hash_}"


HEAD_ROW = f"{HEAD} (id, number, hash, pruned_through, pruned_hash)"
CHANGES = (
    "id = id + 100",
    "format = 1",
    "user_id = NULL",
    "username = 'eve'",
    "organization_id = NULL",
    "org_id = 'elsewhere'",
    "seen_at = '2020-01-01 00:00:00+00:00'",
    "\"where\" = 'past'",
    "ip_address = NULL",
    "purpose = 'none'",
    "checked_at = NULL",
    "checked_with_id = NULL",
    "checked_with_name = 'eve'",
    "token_name = 'none'",
    "proof = 'listed'",
    "shown_together = 'none'",
    "hash = {nothing}",
)
CHANGED = {
    f"{change} of {number}": [f"UPDATE {LOG} SET {change} WHERE id = {number}"]
    for change in CHANGES
    for number in ENTRIES
}
ADDED = {
    "as it is": [copy_of(LAST, id=NEXT)],
    "with a right hash": [copy_of(LAST, id=NEXT, username="'eve'", hash="{forged}")],
    "with a right hash, and counted": [
        copy_of(LAST, id=NEXT, username="'eve'", hash="{forged}"),
        f"UPDATE {HEAD} SET number = {NEXT}",
    ],
    "with a right hash, and noted": [
        copy_of(LAST, id=NEXT, username="'eve'", hash="{forged}"),
        f"UPDATE {HEAD} SET hash = {{forged}}",
    ],
    "with all that belongs to it": [
        copy_of(LAST, id=NEXT, username="'eve'", hash="{forged}"),
        ends_with(NEXT, "{forged}"),
    ],
    "with all that belongs to it but a signature": [
        copy_of(LAST, id=NEXT, username="'eve'", hash="{forged}"),
        f"UPDATE {HEAD} SET number = {NEXT}, hash = {{forged}}, signature = {{nothing}}",
    ],
    "with a signature of another key": [
        copy_of(LAST, id=NEXT, username="'eve'", hash="{forged}"),
        f"UPDATE {HEAD} SET number = {NEXT}, hash = {{forged}}, signature = {{forged}}",
    ],
    "without a hash, and noted": [
        copy_of(LAST, id=NEXT, hash="{nothing}"),
        ends_with(NEXT, "{nothing}"),
    ],
    "in the former format": [
        copy_of(LAST, id=NEXT, username="'eve'", format=1, hash="{forged_former}"),
        ends_with(NEXT, "{forged_former}"),
    ],
    "in no format": [copy_of(LAST, id=NEXT, format=3), ends_with(NEXT, OF_ENTRY.format(NEXT))],
    "in the place of one": [copy_of(LAST, id=YOUNG)],
    "in the place of one that was removed": [
        copy_of(OLD[0], id=2, hash="(SELECT pruned_hash FROM customers_disclosurehead)")
    ],
    "before the first": [copy_of(LAST, id=-5)],
    "as number 0": [copy_of(LAST, id=0)],
    "far behind": [copy_of(LAST, id=10**12)],
    "far behind, with a right hash": [
        copy_of(LAST, id=10**12, username="'eve'", hash="{forged_far}"),
        f"UPDATE {HEAD} SET hash = {{forged_far}}",
    ],
    "twice": [copy_of(LAST, id=NEXT), copy_of(LAST, id=NEXT + 1)],
    "over one": [
        copy_of(LAST, id=LAST, more="ON CONFLICT (id) DO UPDATE SET username = 'eve'"),
    ],
}
REMOVED = {
    **{f"{number}": [f"DELETE FROM {LOG} WHERE id = {number}"] for number in ENTRIES},
    "all": [f"DELETE FROM {LOG}"],
    "all and the head": [f"DELETE FROM {LOG}", f"DELETE FROM {HEAD}"],
    "the old": [f"DELETE FROM {LOG} WHERE id < {REMOVAL}"],
    **{
        f"as pruned, through {number}": [
            pruned_to(number),
            f"DELETE FROM {LOG} WHERE id <= {number}",
        ]
        for number in ENTRIES
    },
    "as pruned, from the middle": [pruned_to(OLD[1]), f"DELETE FROM {LOG} WHERE id = {OLD[1]}"],
    "as pruned for a moment": [
        pruned_to(OLD[0]),
        f"DELETE FROM {LOG} WHERE id <= {OLD[0]}",
        f"UPDATE {HEAD} SET pruned_through = {{through}}, pruned_hash = {{pruned}}",
    ],
    "the last, and the end put back": [
        f"DELETE FROM {LOG} WHERE id = {LAST}",
        ends_with(YOUNG, OF_ENTRY.format(YOUNG)),
    ],
    "the old, with an entry that says so": [
        copy_of(REMOVAL, id=NEXT, purpose="{says_old}", hash="{forged_old_removal}"),
        pruned_to(OLD[1]),
        ends_with(NEXT, "{forged_old_removal}"),
        f"DELETE FROM {LOG} WHERE id <= {OLD[1]}",
    ],
    "young, with an entry that says so": [
        copy_of(REMOVAL, id=NEXT, purpose="{says_young}", hash="{forged_removal}"),
        pruned_to(YOUNG),
        ends_with(NEXT, "{forged_removal}"),
        f"DELETE FROM {LOG} WHERE id <= {YOUNG}",
    ],
}
END = {
    "put back": [ends_with(YOUNG, OF_ENTRY.format(YOUNG))],
    "put back to the start": [ends_with(0, "{nothing}")],
    "number": [f"UPDATE {HEAD} SET number = number + 1"],
    "hash": [f"UPDATE {HEAD} SET hash = {{nothing}}"],
    "pruned_through": [f"UPDATE {HEAD} SET pruned_through = {OLD[0]}"],
    "pruned_hash": [f"UPDATE {HEAD} SET pruned_hash = {{nothing}}"],
    "as if nothing was pruned": [
        f"UPDATE {HEAD} SET pruned_through = 0, pruned_hash = {{nothing}}"
    ],
    "as pruned": [pruned_to(OLD[0])],
    "signature": [f"UPDATE {HEAD} SET signature = {{nothing}}"],
    "id": [f"UPDATE {HEAD} SET id = 2"],
    "removed": [f"DELETE FROM {HEAD}"],
    "a second": [f"INSERT INTO {HEAD_ROW} SELECT 2, number, hash, {YOUNG}, hash FROM {HEAD}"],
    "a second before it": [
        f"INSERT INTO {HEAD_ROW} SELECT 0, number, hash, {YOUNG}, hash FROM {HEAD}"
    ],
    "over it": [
        f"INSERT INTO {HEAD_ROW} SELECT 1, 6, hash, 0, pruned_hash FROM {HEAD} WHERE id = 1 "
        "ON CONFLICT (id) DO UPDATE SET number = 6"
    ],
}
ON_SQLITE = {
    **{
        f"{verb} {number}": [copy_of(number, verb, username="'eve'")]
        for verb in ("REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE")
        for number in ENTRIES
    },
    "REPLACE with a right hash": [copy_of(LAST, "REPLACE", username="'eve'", hash="{forged_last}")],
    "REPLACE with a right hash, and noted": [
        copy_of(LAST, "REPLACE", username="'eve'", hash="{forged_last}"),
        ends_with(LAST, "{forged_last}"),
    ],
    "UPDATE OR REPLACE": [f"UPDATE OR REPLACE {LOG} SET id = {LAST} WHERE id = {YOUNG}"],
    "REPLACE of the end": [f"REPLACE INTO {HEAD_ROW} SELECT 1, 6, hash, 0, hash FROM {HEAD}"],
    "no number is given": [copy_of(LAST, id="NULL")],
    **{
        f"{name} is {value}": [
            copy_of(LAST, id=NEXT, **{name: value}),
            f"UPDATE {HEAD} SET number = 8",
        ]
        for name, value in (
            ("seen_at", "'some day'"),
            ("seen_at", "'2026-13-45 00:00:00'"),
            ("seen_at", "5"),
            ("checked_at", "x'00ff'"),
            ("username", "x'00ff'"),
            ("username", "CAST(x'ff' AS TEXT)"),
            ("format", "'two'"),
            ("user_id", "'ana'"),
            ("hash", "'text'"),
            ("hash", "1000000000000"),
        )
    },
    **{
        f"the end's {name} is {value}": [f"UPDATE {HEAD} SET {name} = {value}"]
        for name, value in (
            ("number", "'many'"),
            ("hash", "'text'"),
            ("hash", "5"),
            ("signature", "'text'"),
            ("signature", "5"),
            ("pruned_through", "'many'"),
            ("pruned_hash", "'text'"),
        )
    },
}
ON_POSTGRESQL = {
    "TRUNCATE": [f"TRUNCATE {LOG}"],
    "TRUNCATE of the end": [f"TRUNCATE {HEAD}"],
    "TRUNCATE of both": [f"TRUNCATE {HEAD}, {LOG} RESTART IDENTITY CASCADE"],
    "MERGE": [
        f"MERGE INTO {LOG} AS entry USING (VALUES ({YOUNG})) AS one (id) ON entry.id = one.id "
        "WHEN MATCHED THEN UPDATE SET username = 'eve'"
    ],
    "MERGE that deletes": [
        f"MERGE INTO {LOG} AS entry USING (VALUES ({YOUNG})) AS one (id) ON entry.id = one.id "
        "WHEN MATCHED THEN DELETE"
    ],
    "DELETE within a SELECT": [f"WITH gone AS (DELETE FROM {LOG} RETURNING *) SELECT * FROM gone"],
    "DELETE beside another head": [
        f"CREATE TEMP TABLE {HEAD} AS SELECT 1 AS id, 100 AS pruned_through",
        f"DELETE FROM {LOG} WHERE id = {OLD[0]}",
        f"DROP TABLE pg_temp.{HEAD}",
    ],
    "no number is given": [
        copy_of(LAST, "INSERT").replace('("id", ', "(").replace('SELECT "id", ', "SELECT ")
    ],
    "triggers are switched off": [
        "SET session_replication_role = replica",
        f"UPDATE {LOG} SET username = 'eve'",
    ],
}
ATTACKS = {
    f"{what}: {name}": statements
    for what, attacks in (
        ("changed", CHANGED),
        ("added", ADDED),
        ("removed", REMOVED),
        ("the end", END),
        ("SQLite", ON_SQLITE if IS_SQLITE else {}),
        ("PostgreSQL", {} if IS_SQLITE else ON_POSTGRESQL),
    )
    for name, statements in attacks.items()
}
