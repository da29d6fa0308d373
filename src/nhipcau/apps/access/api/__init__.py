"""What the programming interfaces of all apps stand on: who asks, how lists are paged, how refusals look."""
