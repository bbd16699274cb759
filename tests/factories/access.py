"""Values for the URLs of access."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str


def record_keys(client: Any, episode: Any, worker: Any) -> dict[str, Any]:
    return {
        "form": "notes.note",
        "uidb36": user_pk_to_url_str(worker.user),
        "key": default_token_generator.make_token(worker.user),
        "pk": 0,
    }
