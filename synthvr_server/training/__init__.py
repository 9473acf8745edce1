"""What trains the models we ship, and a musician's own: the only code that needs torch (extra `train`)."""
