"""zedxl inside Excel: the functions and the ribbon that go into a book or an add-in, and the server that they call.

What runs in Excel is VBA, written in ``vba/`` and generated from the registry of functions; what it calls runs here,
in a Python process served by xlwings.
"""

CLSID_RESIDENTE = "{6c2d3f0e-8f2b-5a55-9d0f-7c1f4b5e2a61}"
"""COM class of the server that a person may have started at logon; Excel attaches to it before starting its own."""

COMPLEMENTO = "zedxl.xlam"
"""The file name of the add-in."""
