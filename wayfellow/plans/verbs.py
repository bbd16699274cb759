"""What can be done with the care plan."""

from wayfellow.access.verbs import Verb

PLAN_READ = Verb("plans.plan.read", "opened your care plan")
PLAN_WRITE = Verb("plans.plan.write", "worked on your care plan", writes=True)
PLAN_SIGN = Verb("plans.plan.sign", "signed your care plan", writes=True)
GOAL_WRITE = Verb("plans.goal.write", "wrote a goal in your plan", writes=True)
GOAL_CLOSE = Verb("plans.goal.close", "closed a goal in your plan", writes=True)
OBJECTIVE_WRITE = Verb("plans.objective.write", "wrote an objective in your plan", writes=True)
OBJECTIVE_CLOSE = Verb("plans.objective.close", "said how an objective in your plan went", writes=True)
INTERVENTION_WRITE = Verb("plans.intervention.write", "wrote who does what in your plan", writes=True)
INTERVENTION_END = Verb("plans.intervention.end", "ended something that was done in your plan", writes=True)
PLAN_RECEIVE = Verb("plans.plan.receive", "took in a care plan of yours from elsewhere", writes=True)
