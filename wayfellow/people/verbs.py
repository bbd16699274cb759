"""What can be done with what we know of a person."""

from wayfellow.access.verbs import Verb

NAME_READ = Verb("people.name.read", "saw your name")
CLIENT_READ = Verb("people.client.read", "opened your details")
CLIENT_CREATE = Verb("people.client.create", "wrote you down as new", writes=True)
CLIENT_CHANGE = Verb("people.client.change", "changed your details", writes=True)
ADDRESS_REVEAL = Verb("people.address.reveal", "looked at your confidential address")
INTAKE_END = Verb("people.intake.end", "saw that somebody works with you now", writes=True)
BLOCK_READ = Verb("people.block.read", "looked at who may not open your record")
BLOCK_CHANGE = Verb("people.block.change", "changed who may not open your record", writes=True)
# Whoever writes someone down must not learn that the agency knows the name already: these rows are for the privacy lead.
DUPLICATE_FIND = Verb("people.duplicate.find", "left the question whether you are written down twice", private=True)
DUPLICATE_REVIEW = Verb(
    "people.duplicate.review", "checked whether you are written down twice", writes=True, private=True
)
