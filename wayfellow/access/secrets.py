"""Keys and sealed fields: AES-256-GCM bound to its place, blind indexes for exact look-up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(RuntimeError):
    """A sealed field that doesn't open: another key, or a value moved from another row."""


def derived(purpose: str) -> bytes:
    """The 32-byte key for one purpose, derived from the record key (HKDF-SHA256), so that no key serves two ends."""
    return _derived(settings.WAYFELLOW_RECORD_KEY, purpose)


@lru_cache(maxsize=64)
def _derived(key: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"wayfellow", info=purpose.encode()).derive(key.encode())


def _keys() -> dict[str, str]:
    old = dict(pair.split(":", 1) for pair in settings.WAYFELLOW_OLD_RECORD_KEYS.split(",") if ":" in pair)
    return old | {settings.WAYFELLOW_RECORD_KEY_ID: settings.WAYFELLOW_RECORD_KEY}


def seal(text: str, *, model: str, key: UUID, field: str) -> str:
    """`text` encrypted so that it opens only in this field of this row. Empty text stays empty."""
    if not text:
        return ""
    nonce = os.urandom(12)
    sealed = AESGCM(derived("seal")).encrypt(nonce, text.encode(), f"{model}:{key}:{field}".encode())
    return f"v1.{settings.WAYFELLOW_RECORD_KEY_ID}." + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, model: str, key: UUID, field: str) -> str:
    """The text of a sealed field. Raises Unreadable when it was moved here from elsewhere or its key is gone."""
    if not sealed:
        return ""
    try:
        _version, key_id, body = sealed.split(".", 2)
        raw = base64.urlsafe_b64decode(body)
        aes = AESGCM(_derived(_keys()[key_id], "seal"))
        return aes.decrypt(raw[:12], raw[12:], f"{model}:{key}:{field}".encode()).decode()
    except Exception as error:  # every way of failing says the same: it doesn't open here
        raise Unreadable(f"{model}.{field} can't be read with the keys at hand.") from error


def blind(value: str, *, field: str) -> str:
    """A keyed fingerprint (64 hex digits) for exact look-up of a sealed value, telling nothing without the key."""
    normal = "".join(value.split()).casefold()
    return hmac.new(derived(f"blind:{field}"), normal.encode(), hashlib.sha256).hexdigest()
