"""The institution's own book with zedxl in it: its macros, the add-in beside it, formulas in its columns."""
