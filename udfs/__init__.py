"""The functions typed in cells, defined once for every host."""
