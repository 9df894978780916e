"""Totals of a Blotter store, read with plain SQL and nothing but the standard library.

    python3 totals.py trading_bot.db

Prints a JSON object with the rows of every statement of totals.sql, by the statement's name. The
store is opened read-only: a closed one, a copy made by a backup, or one that a bot has open. SQLite
keeps two small files (-wal, -shm) beside a store while it reads, and cannot make them on a read-only
disk: for a copy there, add `&immutable=1`.
"""

import json
import re
import sqlite3
import sys
from pathlib import Path

RECIPES = Path(__file__).with_name("totals.sql")


def statements(text):
    """Yields name and SQL of each statement; a line `-- name: NAME` begins one."""
    for part in re.split(r"(?m)^-- name: ", text)[1:]:
        name, sql = part.split("\n", 1)
        yield name.strip(), sql


def totals(path):
    connection = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("begin")  # One moment for all statements.
        return {
            name: [dict(row) for row in connection.execute(sql)]
            for name, sql in statements(RECIPES.read_text(encoding="utf-8"))
        }
    finally:
        connection.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: totals.py FILE")
    try:
        print(json.dumps(totals(sys.argv[1]), indent=2))
    except sqlite3.Error as error:
        sys.exit(f"cannot read {sys.argv[1]}: {error}")
