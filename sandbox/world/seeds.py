"""Values that follow from the seed alone: the same seed gives the same ids, keys and passwords."""

import hashlib
from uuid import UUID


def seeded_bytes(seed: int, *names: str) -> bytes:
    """Sixteen bytes that belong to these names under this seed."""
    text = "\n".join((str(seed), *names))
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def seeded_hex(seed: int, length: int, *names: str) -> str:
    """At most 32 hexadecimal digits."""
    return seeded_bytes(seed, *names).hex()[:length]


def seeded_uuid(seed: int, *names: str) -> str:
    """A lower-case UUID, the form of every org id and session token in the reference."""
    return str(UUID(bytes=seeded_bytes(seed, *names), version=4))
