"""What access says no with. A hidden record is a missing one: both are `Hidden`, and nothing tells them apart."""

from django.core.exceptions import PermissionDenied
from django.http import Http404


class Hidden(Http404):
    """There is no such record, or this actor has no reason to know of it."""


class AccessDenied(PermissionDenied):
    """The actor may know the record, but not do this to it."""


class NoActor(RuntimeError):
    """A guarded record was touched without saying who touches it. A bug, never shown as an answer."""


class GuardBypass(RuntimeError):
    """A query reached a guarded record by a way that the policy can't see (a join, `|`, raw SQL). A bug."""


class Unaudited(RuntimeError):
    """A guarded record was written without an audit row. The transaction is rolled back. A bug."""


class AuditUnavailable(RuntimeError):
    """The audit row could not be written, so there is no answer either (docs/adr/0004)."""
