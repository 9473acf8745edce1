"""The sound of the modules and of the graph, measured by ear's measures: `make sound`."""
