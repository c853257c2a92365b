# make demo   writes the report of the shipped book into salida/
# make test   lint, types and tests; what is missing on the machine is installed (as root) or named
# make libro  rebuilds the shipped books, the add-ins and the report's template from their text sources
# make bench  times zedxl against other tools, in one run
# make test-windows, make bench-windows: what runs inside Excel, in a Windows Python under wine

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LIBRO := workbook/Seguimiento_PEI_ZED_ILO_2024-2026.xlsm
# pip compiles what it installs, and this project is only linked to
COMPILAR = $(BIN)/python -m compileall -q zedxl udfs
EJEMPLO := workbook/Seguimiento_PEI_EJEMPLO_2025-2027.xlsm
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test test-windows lint libro bench bench-windows lock clean

demo: $(VENV)/zedxl
	@mkdir -p salida
	$(BIN)/zedxl resumen $(LIBRO) --periodo 2025-I
	$(BIN)/zedxl informe $(LIBRO) --periodo 2025-I --salida salida $$(command -v soffice >/dev/null && echo --pdf)

test: $(VENV)/dev lint
	sh .ci/sistema.sh
	$(BIN)/pytest

test-windows: $(VENV)/dev
	$(BIN)/python -m tests.windows

lint: $(VENV)/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 udfs zedxl/excel zedxl/instalacion tests/windows

libro: $(VENV)/dev
	$(BIN)/python -m zedxl.libro workbook/fuentes $(LIBRO)
	$(BIN)/python -m zedxl.libro workbook/ejemplo $(EJEMPLO)
	$(BIN)/python -m zedxl.excel.complemento workbook/zedxl.xlam
	$(BIN)/python -m zedxl.calc.extension workbook/zedxl.oxt
	$(BIN)/python workbook/plantilla_informe.py

bench: $(VENV)/dev
	$(COMPILAR)
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_recalculo
	$(BIN)/python -m tests.bench_calc
	$(BIN)/python -m tests.bench_validar
	$(BIN)/python -m tests.bench_consolidado
	$(BIN)/python -m tests.bench_edicion

bench-windows: $(VENV)/dev
	$(BIN)/python -m tests.windows --bench

lock: $(VENV)/dev
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) .windows salida

$(VENV)/bin/python:
	PYTHON=$(PYTHON) sh .ci/entorno.sh $(VENV)

$(VENV)/zedxl: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install -q --require-hashes -r requirements.lock
	$(BIN)/pip install -q --no-deps -e .
	$(COMPILAR)
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/zedxl
	$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	@touch $@
