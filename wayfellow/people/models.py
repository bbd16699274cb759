"""People: who someone is, how to reach them, who stands by them."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.access import Guard, GuardedModel, secrets
from wayfellow.people import verbs


class ContactWay(models.TextChoices):
    """How someone likes to be reached."""

    TEXT = "text", _("Text first")
    CALL = "call", _("Call")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    IN_PERSON = "in_person", _("In person")
    UNKNOWN = "unknown", _("Not asked yet")


class Answer(models.TextChoices):
    """Yes, no, and the honest third."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not asked yet")


class Client(GuardedModel):
    """A person served. The chosen name comes first, everywhere; the legal one only where a form needs it.

    agency_id is a plain key: agencies are owned by programs, above this package. origin, origin_id: where an imported person
    came from and under which key ("" for people written down here).
    """

    guard = Guard(read=verbs.NAME_READ, client="id", episode="")

    agency_id = models.UUIDField()
    chosen_name = models.CharField(_("chosen name"), max_length=120)
    legal_name = models.CharField(_("legal name"), max_length=160, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    language = models.CharField(_("language they like best"), max_length=60, blank=True)
    other_languages = models.CharField(_("other languages"), max_length=160, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    contact_way = models.CharField(
        _("how to reach them"), max_length=12, choices=ContactWay.choices, default=ContactWay.UNKNOWN
    )
    contact_times = models.CharField(_("good times"), max_length=160, blank=True)
    is_safe_to_leave_message = models.CharField(
        _("safe to leave a message"), max_length=10, choices=Answer.choices, default=Answer.UNKNOWN
    )
    what_helps = models.TextField(_("what helps"), blank=True)
    own_words = models.TextField(_("what they want, in their words"), blank=True)
    own_words_at = models.DateTimeField(null=True, blank=True)
    has_confidential_address = models.BooleanField(default=False)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "origin", "origin_id"],
                condition=~Q(origin_id=""),
                name="people_client_origin_once",
            ),
            models.CheckConstraint(condition=~Q(chosen_name=""), name="people_client_has_a_name"),
        ]
        indexes = [models.Index(fields=["agency_id", "chosen_name"], name="people_client_agency_name")]


class ClientDetail(GuardedModel):
    """A row of details about a client: read with the details, not with the name."""

    guard = Guard(read=verbs.CLIENT_READ, episode="")

    class Meta:
        abstract = True


class Phone(ClientDetail):
    """A number, as written, and whose it is ("mine", "my sister's")."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="phones")
    number = models.CharField(_("number"), max_length=40)
    kind = models.CharField(_("whose or which"), max_length=60, blank=True)
    can_text = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    is_preferred = models.BooleanField(default=False)


class Email(ClientDetail):
    """An e-mail address."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="emails")
    address = models.EmailField(_("e-mail address"))
    is_preferred = models.BooleanField(default=False)


class Address(ClientDetail):
    """Where someone lives or gets mail. A confidential one is sealed (access.secrets) and shows only to named people.

    lines_sealed holds all lines when is_confidential; lines, city and postal_code are empty then.
    """

    class Use(models.TextChoices):
        HOME = "home", _("Home")
        MAIL = "mail", _("Mail")
        STAYING = "staying", _("Staying for now")
        NONE = "none", _("No place to live")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="addresses")
    use = models.CharField(max_length=10, choices=Use.choices, default=Use.HOME)
    lines = models.CharField(_("street and number"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    region = models.CharField(_("state"), max_length=60, blank=True)
    postal_code = models.CharField(_("ZIP code"), max_length=20, blank=True)
    is_confidential = models.BooleanField(default=False)
    lines_sealed = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_confidential=False) | Q(lines="", city="", postal_code=""),
                name="people_address_confidential_is_sealed",
            )
        ]


class AddressReader(ClientDetail):
    """A named member of staff who may see a client's confidential address."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="address_readers")
    staff_id = models.UUIDField()
    added_at = models.DateTimeField()
    added_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "staff_id"], name="people_addressreader_once")]


class Identifier(ClientDetail):
    """A number that another system knows the person by. The value is sealed; `value_blind` finds it again exactly."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="identifiers")
    agency_id = models.UUIDField()
    system = models.CharField(_("what it is"), max_length=200)
    label = models.CharField(max_length=80, blank=True)
    value_sealed = models.TextField()
    value_blind = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "system", "value_blind"], name="people_identifier_once_a_client")
        ]
        # Unique only within one client: a refusal across the agency would tell who else is here (42 CFR Part 2).
        indexes = [models.Index(fields=["agency_id", "value_blind"], name="people_identifier_blind")]

    @staticmethod
    def sealed(value: str, *, key: UUID) -> str:
        """The value as `value_sealed` of the row with this key holds it."""
        return secrets.seal(value, model="people.identifier", key=key, field="value")

    @staticmethod
    def blinded(value: str) -> str:
        """The value as `value_blind` holds it: the one way to look for it."""
        return secrets.blind(value, field="people.Identifier.value")

    def opened(self) -> str:
        """The value itself. Raises secrets.Unreadable."""
        return secrets.unseal(self.value_sealed, model="people.identifier", key=self.pk, field="value")


class Allergy(ClientDetail):
    """What someone must not be given, and what happens if they are. code, code_system: as received from elsewhere."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="allergies")
    substance = models.CharField(_("allergic to"), max_length=200)
    reaction = models.CharField(_("what happens"), max_length=200, blank=True)
    since = models.CharField(_("since"), max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    code = models.CharField(max_length=60, blank=True)
    code_system = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "allergies"
        constraints = [
            models.UniqueConstraint(
                fields=["client", "origin", "origin_id"], condition=~Q(origin_id=""), name="people_allergy_origin_once"
            )
        ]


class RelatedPerson(ClientDetail):
    """Family, a guardian, a friend, someone of another agency who helps. For children and adults alike.

    may_know: what they may be told, in words; a consent makes it binding (package consent, later).
    """

    class Role(models.TextChoices):
        FAMILY = "family", _("Family")
        GUARDIAN = "guardian", _("Guardian")
        PARENT = "parent", _("Parent")
        CHILD = "child", _("Child")
        PARTNER = "partner", _("Partner")
        FRIEND = "friend", _("Friend")
        HELPER = "helper", _("Helper from elsewhere")
        OTHER = "other", _("Someone else, in my words")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="related_people")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("who they are"), max_length=12, choices=Role.choices, default=Role.FAMILY)
    relationship = models.CharField(_("in their words"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_guardian = models.BooleanField(_("legal guardian"), default=False)
    is_emergency_contact = models.BooleanField(_("to call in an emergency"), default=False)
    lives_with_client = models.BooleanField(_("lives with them"), default=False)
    may_know = models.CharField(_("may be told"), max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.CharField(max_length=200, blank=True)


class NameKey(GuardedModel):
    """Search keys of a client's names: the plain forms and each with one letter left out. Derived, remade on change."""

    guard = Guard(read=verbs.NAME_READ, episode="")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="name_keys")
    agency_id = models.UUIDField()
    key = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["agency_id", "key"], name="people_namekey_agency_key")]


class ConflictBlock(GuardedModel):
    """This member of staff must not know this client: a relative, a neighbour, an ex. Beats every reason."""

    guard = Guard(read=verbs.BLOCK_READ, episode="")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="conflict_blocks")
    staff_id = models.UUIDField()
    why = models.CharField(_("why"), max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    made_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "staff_id"], condition=Q(ends_at=None), name="people_conflictblock_once"
            )
        ]
        indexes = [models.Index(fields=["staff_id", "client"], name="people_conflictblock_staff")]


class Intake(GuardedModel):
    """Someone was written down by `author_id`. It opens the record to its author until somebody is assigned, 14 days at most.

    episode_id: the episode it led to (a plain key: episodes are owned by programs, above this package).
    """

    guard = Guard(read=verbs.NAME_READ, episode="episode_id")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="intakes")
    author_id = models.UUIDField()
    episode_id = models.UUIDField(null=True)
    key = models.UUIDField(unique=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["author_id", "ends_at"], name="people_intake_author")]


class PossibleDuplicate(GuardedModel):
    """Someone new who may be here already. Only the privacy lead reads it: whoever wrote them down is told nothing (42 CFR Part 2).

    client: the newer row. other_id: the older one's key. because: codes of what agrees (name, birth_date, phone). outcome: "" while open.
    """

    class Outcome(models.TextChoices):
        SAME = "same", _("The same person")
        DIFFERENT = "different", _("Two people")

    guard = Guard(read=verbs.DUPLICATE_REVIEW, episode="")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="possible_duplicates")
    other_id = models.UUIDField()
    because = models.CharField(max_length=80)
    found_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "other_id"], name="people_possibleduplicate_once")]
