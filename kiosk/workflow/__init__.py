"""How a visit goes: journeys as tables, a small engine that walks them, and the words (events, effects) they use."""
