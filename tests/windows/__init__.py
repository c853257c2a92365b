"""A Windows without Windows: the real Windows Python, pywin32 and xlwings under wine, and a small Excel that calls them.

`python -m tests.windows` lays it out and runs the tests of this folder inside it; ``--bench`` times it instead.
"""
