"""What can be done with what others have sent us."""

from wayfellow.access.verbs import Verb

RECEIVED_READ = Verb("fhir.received.read", "saw what others have sent about you")
RECEIVED_KEEP = Verb("fhir.received.keep", "received a record about you from elsewhere", writes=True)
