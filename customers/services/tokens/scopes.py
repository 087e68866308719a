from enum import StrEnum


class Scope(StrEnum):
    """What a token allows; what its user may see limits each of them."""

    READ = "read"
    HISTORY = "history"
    CHECK = "check"
