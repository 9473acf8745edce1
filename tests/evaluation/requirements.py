"""What the learned modules are held to."""

from __future__ import annotations

from tests.requirement import Requirement

REQUIREMENTS = {
    # Held-out mel log-spectral distance, of that of the instrument's own mean spectrum.
    "timbre.*.lsd_ratio": Requirement(0.6),
    "timbre.recogniser.accuracy": Requirement(0.9, at_least=True),  # of the judge itself
    "timbre.*.recognised": Requirement(0.8, at_least=True),
    "timbre.*.source_recognised": Requirement(0.1),
    "timbre.*.pitch_cents": Requirement(25.0),
    "timbre.*.loudness_correlation": Requirement(0.9, at_least=True),
    "cost_percent.timbre.block64": Requirement(3.0),
    "morph.recognised.mean": Requirement(0.8, at_least=True),
    "morph.second_soundfont.recognised.mean": Requirement(0.8, at_least=True),
    "morph.source_recognised.mean": Requirement(0.1),
    "morph.blend.evenness_worst": Requirement(2.0),  # the largest of sixteen steps, of their mean
    "wave.worst_pitch_cents": Requirement(10.0),
    "wave.corners.not_finite": Requirement(0.0),
    "cost_percent.wave.block*": Requirement(15.0),
    "amp.nam_parity.max_error": Requirement(1e-5),
    "amp.block_invariance.max_error": Requirement(1e-5),
    "cost_percent.amp_standard.block64": Requirement(13.0),
    "cost_percent.amp_standard.block256": Requirement(6.0),
    "cost_percent.amp_feather.block256": Requirement(4.0),
    "onnx_any.torch_parity.max_error": Requirement(1e-5),
    "onnx_any.hostile_refused": Requirement(1.0, at_least=True),
    "spectral.convergence_db.fgla": Requirement(-20.0),
    "spectral.convergence_db.random": Requirement(-6.0, at_least=True),  # the control: it must fail
    "spectral.transparency_db": Requirement(-100.0),
    "air.alias_5_khz_db": Requirement(-60.0),
}
