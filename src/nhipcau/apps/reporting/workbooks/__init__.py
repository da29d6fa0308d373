"""A report's form as a workbook, out and in again: written, read back, understood, marked where it is wrong.

The sheets are Vietnamese, whatever the page's language: units fill them in away from the system.
"""
