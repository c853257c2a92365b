"""A new seguimiento book for any institution: from a CSV plan, from the book it has, or to be filled in."""
