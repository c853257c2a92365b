"""The seguimiento workbook: reading it, building it."""
