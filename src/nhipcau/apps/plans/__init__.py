"""Plan documents, drafts, tasks."""
