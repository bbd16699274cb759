"""The demonstration: one invented agency, dated relative to today, the same every time for the same day.

    build(at=clock.now())                     # the agency of `wayfellow demo`
    build(at=at, clients=0)                   # staff and programs, nobody else
    build(at=at, clients=500, caseload=500)   # one worker with everybody

People, places and words stand in data/; the rows are made in memory, person by person, and written through the guarded
managers with their audit, all in one transaction: a demonstration is whole or not there.
"""

from wayfellow.config.demo.build import Built, build

__all__ = ["Built", "build"]
