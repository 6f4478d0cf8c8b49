"""The pages for everybody, signed in or not: the calculators."""

from nominations.web.public import calculator
from nominations.web.public.blueprint import PLACES, blueprint

__all__ = ["PLACES", "blueprint", "calculator"]
