"""What a round would have gathered of people who are in no store."""

from matcher.domain.needs import Needs
from matcher.domain.rules import Musts
from matcher.engine.company import Company, shown_of
from matcher.engine.crowd import Crowd
from matcher.engine.population import Population


def company(population: Population, needs: Needs, musts: Musts) -> Company:
    """Ask of a population who else a card could mean."""
    crowd = Crowd.of(population, needs)
    shown = shown_of((one.profile for one in population.seekers), crowd.people.ids)
    return Company(crowd, shown, musts)
