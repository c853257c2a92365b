"""The official evaluation report in Word."""
