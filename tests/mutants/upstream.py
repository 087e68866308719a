"""Answers that belong to their requests, and the bounds of a call."""

from tests.mutants.calls import first_argument, keyword
from tests.mutants.changes import (
    equals,
    never,
    opposite,
    over_nothing,
    without_bytes,
    without_condition,
    without_first_condition,
)
from tests.mutants.mutant import Mutant

_UPSTREAM = "tests/upstream/client/test_"
FORK, WIRE = f"{_UPSTREAM}fork.py", f"{_UPSTREAM}answers_and_requests.py"
TLS, DEADLINE = f"{_UPSTREAM}tls.py", f"{_UPSTREAM}deadline.py"
BOUNDS = f"{_UPSTREAM}client_bounds.py"

READING, SENDING = "upstream/deadline", "upstream/transport"
KEEPING = "upstream/connections"

MUTANTS = (
    # A copy of a process must not take the answers to another's questions.
    Mutant(f"{KEEPING}:_forget_all", over_nothing("_all"), FORK),
    # An answer belongs to its request.
    Mutant(f"{READING}:_AnswerReader._final_status_line", opposite("is_usual"), WIRE),
    Mutant(f"{READING}:_AnswerReader.close", opposite("has_more"), WIRE),
    Mutant(f"{READING}:_INFORMATIONAL", without_bytes(b"(?!01)"), WIRE),
    Mutant(f"{READING}:_Response.begin", without_condition("_has_one_body_end"), WIRE),
    Mutant(f"{READING}:_RejectsEarlyAnswers.connect", never("has_more"), TLS),
    Mutant(f"{KEEPING}:Connections.lend", without_first_condition("is_usual"), WIRE),
    Mutant(f"{KEEPING}:Connections.lend", without_condition("is_usual"), WIRE),
    Mutant(f"{SENDING}:Transport.answer_to", never("has_more"), WIRE),
    # What bounds a call.
    Mutant(f"{READING}:_AnswerReader.read", never("None"), BOUNDS),
    Mutant(f"{READING}:_BoundedReader.readinto", never("0"), DEADLINE),
    Mutant(f"{READING}:_BoundedReader.readinto", first_argument("min"), DEADLINE),
    Mutant(f"{SENDING}:_read_body", never("MAX_BODY"), BOUNDS),
    Mutant(f"{SENDING}:Transport._send", keyword("verify", "False"), TLS),
    Mutant("upstream/client:CatalyzeClient.__init__", equals("", "scheme"), BOUNDS),
)
