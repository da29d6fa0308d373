"""Forms of the plan desk and of the tasks."""
