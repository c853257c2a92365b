"""Recalculating a book without a spreadsheet program: only the cached values of its formulas change."""
