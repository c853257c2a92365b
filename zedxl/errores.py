"""What goes wrong for reasons that a planner can mend."""


class ErrorExplicado(Exception):
    """An error whose text is Spanish and says what happened, where, and what to do; it is shown as it is."""
