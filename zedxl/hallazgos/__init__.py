"""The rules of `validar` over a plan and its evaluation (SPEC 5), one module for each thing they are about."""
