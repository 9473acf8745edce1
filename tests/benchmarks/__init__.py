"""`make bench`: what SynthVR costs and how fast it answers, beside its peers. One file measures one thing."""
