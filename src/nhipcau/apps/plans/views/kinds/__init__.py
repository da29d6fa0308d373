"""Pages of the kinds of task: what kind a task is, its records, lists of them."""
