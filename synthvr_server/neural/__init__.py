"""Learned sound: what runs the models. onnxruntime, numba and numpy; never torch."""
