"""Nhịp Cầu: the working system of a province for its people abroad."""

__version__ = "0.1.0"
