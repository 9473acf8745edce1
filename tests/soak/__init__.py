"""`make soak`: an hour of playing."""
