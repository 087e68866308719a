"""Describe the machine and database of a benchmark in one line."""

import os
import platform
import sqlite3
from pathlib import Path

import psycopg


def machine(database_url: str = "") -> str:
    return (
        f"{os.cpu_count()} cores ({_cpu()}), {platform.system()}, "
        f"Python {platform.python_version()}, {_database(database_url)}"
    )


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _database(url: str) -> str:
    if not url.startswith("postgres"):
        return f"SQLite {sqlite3.sqlite_version}"
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return f"PostgreSQL {row[0].split()[0]}" if row else "PostgreSQL"


def table(titles: tuple[str, ...]) -> str:
    return f"{row(titles)}\n|{'|'.join('-' * (len(title) + 1) + ':' for title in titles)}|"


def row(cells: tuple[object, ...]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
