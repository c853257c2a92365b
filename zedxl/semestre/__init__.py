"""The life of a semester in a book: opened, filled in, closed, perhaps reopened."""
