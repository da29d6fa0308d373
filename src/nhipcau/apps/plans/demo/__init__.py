"""The synthetic province Lam Giang: everything in it is invented.

For demo instances, the tutorial and journeys.
"""
