"""Editing a book: what is to change is data, carried out in the file or in the live book, and logged."""
