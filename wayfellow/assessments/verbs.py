"""What can be done with needs, strengths, diagnoses and results."""

from wayfellow.access.verbs import Verb

NEED_READ = Verb("assessments.need.read", "saw your needs and strengths")
NEED_WRITE = Verb("assessments.need.write", "wrote down a need of yours", writes=True)
NEED_CLOSE = Verb("assessments.need.close", "closed a need of yours", writes=True)
STRENGTH_WRITE = Verb("assessments.strength.write", "wrote down a strength of yours", writes=True)
DIAGNOSIS_READ = Verb("assessments.diagnosis.read", "saw your diagnoses")
DIAGNOSIS_WRITE = Verb("assessments.diagnosis.write", "wrote down a diagnosis of yours", writes=True)
DIAGNOSIS_RECEIVE = Verb("assessments.diagnosis.receive", "received a diagnosis of yours from elsewhere", writes=True)
RESULT_READ = Verb("assessments.result.read", "saw your answers to a questionnaire")
RESULT_TAKE = Verb("assessments.result.take", "went through a questionnaire with you", writes=True)
RESULT_RECEIVE = Verb("assessments.result.receive", "received a result of yours from elsewhere", writes=True)
