"""What can be done for someone's safety."""

from wayfellow.access.verbs import Verb

STEP_READ = Verb("safety.step.read", "opened what is noted for your safety")
STEP_OPEN = Verb("safety.step.open", "began to look after your safety", writes=True)
STEP_WRITE = Verb("safety.step.write", "wrote down what was done for your safety", writes=True)
