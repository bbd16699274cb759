"""Sign-in accounts, the audit, and drafts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from wayfellow.access.guarded import OpenManager
from wayfellow.kernel.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Makes accounts; a password is set by its owner."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An account for this address (kept in lower case), without a usable password if none is given."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Who can sign in. What they may do stands in programs.Staff; there is no superuser."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    theme = models.CharField(max_length=5, blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    has_keys = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return str(self.pk)


class AuditRow(models.Model):
    """One act: who, as whom, what, whose record, when, from where, why. Never changed, never deleted (triggers refuse)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chain = models.PositiveSmallIntegerField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    agency_id = models.UUIDField()
    actor_kind = models.CharField(max_length=12)
    staff_id = models.UUIDField(null=True)
    acting_as = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=80)
    outcome = models.CharField(max_length=12)
    client_id = models.UUIDField(null=True)
    episode_id = models.UUIDField(null=True)
    record_type = models.CharField(max_length=80, blank=True)
    record_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    reason_id = models.UUIDField(null=True)
    source = models.CharField(max_length=80, blank=True)
    correlation_id = models.UUIDField()
    previous_mac = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    objects = OpenManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="access_auditrow_chain_seq")]
        indexes = [
            models.Index(fields=["client_id", "-at"], name="access_auditrow_client"),
            models.Index(fields=["agency_id", "-at"], name="access_auditrow_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq}"


class AuditListed(models.Model):
    """One person of a list that was seen: a child of an audit row, under the same MAC."""

    id = models.BigAutoField(primary_key=True)
    row = models.ForeignKey(AuditRow, on_delete=models.PROTECT, related_name="listed")
    client_id = models.UUIDField()

    objects = OpenManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client_id", "row"], name="access_auditlisted_client_row")]

    def __str__(self) -> str:
        return f"{self.row_id}"


class ChainHead(models.Model):
    """The end of one audit chain: the number and the MAC of its last row."""

    chain = models.PositiveSmallIntegerField(primary_key=True)
    seq = models.PositiveBigIntegerField()
    mac = models.CharField(max_length=64)

    objects = OpenManager()

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq}"


class Draft(models.Model):
    """What somebody is writing, saved as they type: keyed by author, person and form, one row a field group.

    client_id is null only while there is no client yet (intake). It is its author's alone, sealed like the most private thing that
    can be written in it, and is cleared in the transaction that saves what it became. version: counts over all groups of one form,
    so that a page can say up to which change it has seen. writer, seq: the page that saved this group last, and its how-manieth save.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    author_id = models.UUIDField()
    client_id = models.UUIDField(null=True)
    form = models.CharField(max_length=120)
    group = models.CharField(max_length=120, blank=True)
    sealed = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    writer = models.CharField(max_length=64, blank=True)
    seq = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = OpenManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author_id", "form", "group"],
                condition=models.Q(client_id=None),
                name="access_draft_one_no_client",
            ),
            models.UniqueConstraint(
                fields=["author_id", "client_id", "form", "group"],
                condition=models.Q(client_id__isnull=False),
                name="access_draft_one",
            ),
        ]

    def __str__(self) -> str:
        return self.form
