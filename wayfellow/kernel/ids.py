"""Keys of rows. A UUIDv7 carries its time, so it sorts well and is never a secret."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new key, ordered by time."""
    return uuid7()
