"""What can be done with the list of medicines."""

from wayfellow.access.verbs import Verb

MEDICATION_READ = Verb("medications.medication.read", "saw your medicines")
MEDICATION_RECORD = Verb("medications.medication.record", "wrote down a medicine of yours", writes=True)
MEDICATION_STOP = Verb("medications.medication.stop", "wrote down that you stopped a medicine", writes=True)
MEDICATION_RECEIVE = Verb("medications.medication.receive", "received a medicine of yours from elsewhere", writes=True)
