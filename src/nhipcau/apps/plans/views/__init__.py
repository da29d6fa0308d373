"""Pages of plans and tasks, one file a page or a small family of them."""
