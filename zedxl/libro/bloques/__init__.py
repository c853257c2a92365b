"""Blocks: the parts of a book that say the plan, in any of the three layouts of SPEC 4.1.

Whatever the layout, a block gives rows (`Fila`) of one indicator each, in which every value knows its cell.
"""
