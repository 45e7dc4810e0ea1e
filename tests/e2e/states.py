"""States of pages: open sheets, an empty bag, a lost feed. A new state is a function and a line."""

from dataclasses import replace

from tests.e2e.looking import Visit

# Appended to the rows that find the pages: everybody's language is the browser's, not their account's.
PLAIN = """
from accounts.models import User
User.objects.update(language="")
"""

# How the world changes before the states are looked at.
CHANGED = """
out = None
"""

STATES: list[Visit] = []


def states(paths: dict[str, str]) -> list[Visit]:
    """All states, at their addresses."""
    return [replace(state, path=state.path.format(**paths)) for state in STATES]
