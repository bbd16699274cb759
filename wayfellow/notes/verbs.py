"""What can be done with notes."""

from wayfellow.access.verbs import Verb

NOTE_READ = Verb("notes.note.read", "read notes about you")
# Everybody who reads notes holds this one; peer support holds it alone, and it loads the shared ones only.
NOTE_READ_SHARED = Verb("notes.note.read_shared", "read notes about you")
CONTACT_READ = Verb("notes.contact.read", "saw when you were last in touch")
NOTE_WRITE = Verb("notes.note.write", "wrote a note about a contact with you", writes=True)
NOTE_SIGN = Verb("notes.note.sign", "signed a note about a contact with you", writes=True)
NOTE_AMEND = Verb("notes.note.amend", "added to a signed note about you", writes=True)
