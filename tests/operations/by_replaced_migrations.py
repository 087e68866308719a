"""Run in a shell of the portal: migrate an empty database by all that the squashed one replaces."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=False)
graph = executor.loader.graph
executor.migrate([key for key in graph.leaf_nodes() if not graph.nodes[key].replaces])
