"""Copies of a book for those who fill it in offline, and their way back into it."""
