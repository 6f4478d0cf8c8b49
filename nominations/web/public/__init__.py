"""The pages for everybody, signed in or not: the calculators, the check of a certificate, the register of awards."""

from nominations.web.public import awards, calculator, money, working_days
from nominations.web.public.awards import init_app
from nominations.web.public.blueprint import PLACES, blueprint

__all__ = ["PLACES", "awards", "blueprint", "calculator", "init_app", "money", "working_days"]
