"""Notes: the dated, signed record of each contact. Amended, never edited after signing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.access import Guard, GuardedModel, Rule
from wayfellow.notes import rules, verbs
from wayfellow.people.models import Client
from wayfellow.plans.models import Intervention
from wayfellow.programs.models import Episode

SHARED = (Rule(verbs.NOTE_READ_SHARED, Q(is_shared_with_peer=True)),)
SHARED_NOTE = (Rule(verbs.NOTE_READ_SHARED, Q(note__is_shared_with_peer=True)),)


class Note(GuardedModel):
    """One contact, or one attempt at one.

    is_contact: two-way contact with the person; an attempt isn't, and doesn't count for the rhythm. attempt: what happened instead
    ("" for a contact). parts: text by part code of the format ("words" for free). signed_at: None while it may still be written on,
    by its author alone; an attempt of one tap is closed at once, with no name under it. content_hash: SHA-256 of the canonical text
    as signed. origin: received from elsewhere, read only.
    """

    guard = Guard(read=verbs.NOTE_READ, also=SHARED, joins=frozenset({"client", "episode"}))

    class Kind(models.TextChoices):
        VISIT = "visit", _("Visit")
        OFFICE = "office", _("At the office")
        CALL = "call", _("Call")
        VIDEO = "video", _("Video")
        MESSAGE = "message", _("Message")
        WITH_OTHERS = "with_others", _("With someone about them")
        OTHER = "other", _("Something else, in my words")

    class Attempt(models.TextChoices):
        NO_ANSWER = "no_answer", _("No answer")
        NOT_THERE = "not_there", _("Not there")
        LEFT_MESSAGE = "left_message", _("Left a message")
        DECLINED = "declined", _("Not today, they said")

    class Format(models.TextChoices):
        FREE = "free", _("Free")
        DAP = "dap", _("DAP")
        BIRP = "birp", _("BIRP")
        SOAP = "soap", _("SOAP")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="notes")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="notes")
    key = models.UUIDField(unique=True)
    kind = models.CharField(_("how"), max_length=12, choices=Kind.choices, default=Kind.VISIT)
    kind_words = models.CharField(_("in my words"), max_length=120, blank=True)
    is_contact = models.BooleanField(default=True)
    attempt = models.CharField(max_length=12, choices=Attempt.choices, blank=True)
    happened_at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    where = models.CharField(_("where"), max_length=120, blank=True)
    who_was_there = models.CharField(_("who was there"), max_length=200, blank=True)
    format = models.CharField(max_length=4, choices=Format.choices, default=Format.FREE)
    parts = models.JSONField(default=dict)
    is_shared_with_peer = models.BooleanField(_("shared with peer support"), default=False)
    client_can_read = models.BooleanField(_("they can read this"), default=True)
    not_readable_because = models.CharField(_("why reading it could cause harm"), max_length=200, blank=True)
    author_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_name = models.CharField(max_length=120, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["client", "-happened_at"], name="notes_note_client"),
            models.Index(fields=["author_id", "signed_at"], name="notes_note_author"),
            # Each person's newest contact, or attempt, is one look into this index, whatever the length of their record.
            models.Index(fields=["client", "is_contact", "-happened_at"], name="notes_note_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_contact=True, attempt="")
                | (Q(is_contact=False) & ~Q(attempt=""))
                | Q(kind="with_others", attempt="")
                | Q(kind="other", attempt=""),
                name="notes_note_attempt_or_contact",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, content_hash="") | (Q(signed_at__isnull=False) & ~Q(content_hash="")),
                name="notes_note_signed_has_hash",
            ),
            models.UniqueConstraint(
                fields=["client", "origin", "origin_id"], condition=~Q(origin_id=""), name="notes_note_origin_once"
            ),
        ]

    @property
    def content(self) -> rules.Content:
        """What its author wrote."""
        return rules.Content(**{name: getattr(self, name) for name in rules.Content.__dataclass_fields__})

    @property
    def headline(self) -> str:
        """The first sentence; how it was when nothing was written."""
        said = self.get_attempt_display() if self.attempt else self.get_kind_display()
        return rules.headline(self.format, self.parts) or str(said)

    @property
    def excerpt(self) -> str:
        """The beginning of the note on one line; how it was when nothing was written."""
        return rules.excerpt(self.format, self.parts) or self.headline

    @property
    def after_headline(self) -> str:
        """What follows the headline, on one line; "" for a note of one sentence."""
        return rules.after_headline(self.format, self.parts)

    @property
    def ordered_parts(self) -> list[tuple[rules.Part, str]]:
        """The parts that have words, in the order of the format."""
        return rules.parts_in_order(self.format, self.parts)


class NoteThread(GuardedModel):
    """This contact served that intervention of the plan: the link that makes the thread one."""

    guard = Guard(
        read=verbs.NOTE_READ, also=SHARED_NOTE, joins=frozenset({"client", "episode", "note", "intervention"})
    )

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="note_threads")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="note_threads")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="threads")
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="note_threads")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "intervention"], name="notes_notethread_once")]
        indexes = [models.Index(fields=["client"], name="notes_notethread_client")]


class Amendment(GuardedModel):
    """What was added to a signed note, by whom and why. The note itself stays as it was signed."""

    guard = Guard(read=verbs.NOTE_READ, also=SHARED_NOTE, joins=frozenset({"client", "episode", "note"}))

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="amendments")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="amendments")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="amendments")
    key = models.UUIDField(unique=True)
    words = models.TextField(_("what is added"))
    why = models.CharField(_("why"), max_length=200)
    author_id = models.UUIDField()
    author_name = models.CharField(max_length=120)
    amended_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["note", "amended_at"], name="notes_amendment_note")]
