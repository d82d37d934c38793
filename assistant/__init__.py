"""From the passages that bear on a question to a proven answer, and the screens that show it."""
