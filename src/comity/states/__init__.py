"""Who the states are: codes with their years, names, demonyms, capitals, offices, blocs and organisations."""

from comity.states.currencies import national_currency
from comity.states.dependencies import Dependency, dependencies, dependency
from comity.states.designations import Designation, DesignationKind, designations
from comity.states.fiscal import fiscal_calendar
from comity.states.names import Capital, FormerName, StateNames, capital, in_text, names_of
from comity.states.offices import OfficeTitle, office_title, office_titles
from comity.states.organisations import Organisation, members, memberships, organisation, organisations
from comity.states.regions import region, regions
from comity.states.resolving import resolve
from comity.states.system import Spell, all_states, by_cow, by_gw, existence, spells, state, states, successors

__all__ = [
    "Capital",
    "Dependency",
    "Designation",
    "DesignationKind",
    "FormerName",
    "OfficeTitle",
    "Organisation",
    "Spell",
    "StateNames",
    "all_states",
    "by_cow",
    "by_gw",
    "capital",
    "dependencies",
    "dependency",
    "designations",
    "existence",
    "fiscal_calendar",
    "in_text",
    "members",
    "memberships",
    "names_of",
    "national_currency",
    "office_title",
    "office_titles",
    "organisation",
    "organisations",
    "region",
    "regions",
    "resolve",
    "spells",
    "state",
    "states",
    "successors",
]
