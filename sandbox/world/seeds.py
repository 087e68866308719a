"""Values derived from the seed: the same seed gives the same ids, keys and passwords."""

import hashlib
from uuid import UUID


def seeded_bytes(seed: int, *names: str) -> bytes:
    text = "\n".join((str(seed), *names))
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def seeded_hex(seed: int, length: int, *names: str) -> str:
    """`length` is at most 32."""
    return seeded_bytes(seed, *names).hex()[:length]


def seeded_uuid(seed: int, *names: str) -> str:
    """In lower case, like org ids and session tokens in the reference."""
    return str(UUID(bytes=seeded_bytes(seed, *names), version=4))
