"""What the review desk shows of two records: side by side, for and against, who is near."""
