"""Filters of the lists: forms whose answers live in the address bar. What is not understood is left out
and said.
"""
