"""The Linux side: wine, the Windows Python and its packages, laid out in a folder."""
