"""Loads every rule, so that it is one of `rulebook.RULES`."""

import rules_of_access
import rules_of_doors
import rules_of_form
import rules_of_functions
import rules_of_github
import rules_of_watching

MODULES = [rules_of_access, rules_of_doors, rules_of_form, rules_of_functions, rules_of_github, rules_of_watching]
