"""Pages of the estimates: rounds, a round, an agency's part of it."""
