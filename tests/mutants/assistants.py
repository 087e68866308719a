"""MCP: off by default, texts of others marked, whatever is shown recorded."""

from tests.mutants.changes import always, never, without_statement
from tests.mutants.mutant import Mutant

_TESTS = "tests/api/mcp/test_"
ENDPOINT, TOOLS, UNTRUSTED = (f"{_TESTS}{what}.py" for what in ("endpoint", "tools", "untrusted"))

MUTANTS = (
    Mutant("api/mcp/endpoint:mcp", never("MCP"), ENDPOINT),
    Mutant("api/mcp/endpoint:mcp", never("CONTENT_LENGTH"), ENDPOINT),
    Mutant("api/mcp/tools:show_organization", without_statement("disclose"), TOOLS),
    Mutant("api/mcp/tools:show_organization", always("notes"), TOOLS),
    Mutant("api/mcp/tools:suggest_reply", without_statement("disclose"), TOOLS),
    Mutant("api/mcp/untrusted:_marked", always("OURS"), UNTRUSTED),
)
