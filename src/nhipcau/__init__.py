"""Nhịp Cầu: the working system of a province for its people abroad."""
