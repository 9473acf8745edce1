"""The C# tests fail where they should, and each assembly sees only what its .asmdef lets it see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unity_client import run
from tests.unity_client.assemblies import PACKAGE, Uncompilable, build, find, in_order, missing_packages

needs_mono = pytest.mark.skipif(bool(missing_packages()), reason=f"needs {' '.join(missing_packages())}")

TESTS = """
using NUnit.Framework;

namespace Sums
{
    [TestFixture]
    public sealed class SumTests
    {
        [Test] public void One_and_one_are_two() { Assert.That(1 + 1, Is.EqualTo(2)); }
        [Test] public void One_and_one_are_three() { Assert.That(1 + 1, Is.EqualTo(3)); }
    }
}
"""


def assembly(folder: Path, name: str, source: str, uses: tuple[str, ...] = (), tests: bool = False) -> None:
    folder /= name
    folder.mkdir()
    drawn = {
        "name": name,
        "references": list(uses),
        "noEngineReferences": True,
        "defineConstraints": ["UNITY_INCLUDE_TESTS"] if tests else [],
    }
    (folder / f"{name}.asmdef").write_text(json.dumps(drawn))
    (folder / f"{name}.cs").write_text(source)


def test_each_assembly_comes_after_what_it_uses(tmp_path: Path) -> None:
    assembly(tmp_path, "Views", "", uses=("Client", "Protocol"))
    assembly(tmp_path, "Client", "", uses=("Protocol",))
    assembly(tmp_path, "Protocol", "")
    assert [each.name for each in in_order(["Views"], find(tmp_path))] == ["Protocol", "Client", "Views"]


def test_a_circle_is_refused(tmp_path: Path) -> None:
    assembly(tmp_path, "Egg", "", uses=("Hen",))
    assembly(tmp_path, "Hen", "", uses=("Egg",))
    with pytest.raises(Uncompilable, match="Egg → Hen → Egg"):
        in_order(["Egg"], find(tmp_path))


def test_a_reference_to_nothing_is_refused(tmp_path: Path) -> None:
    assembly(tmp_path, "Views", "", uses=("Unity.XR.Hands",))
    with pytest.raises(Uncompilable, match=r"Views refers to Unity\.XR\.Hands"):
        in_order(["Views"], find(tmp_path))


def test_only_the_views_the_editor_and_the_sample_see_unity() -> None:
    engine_side = [each.name for each in find(PACKAGE).values() if each.engine]
    assert set(engine_side) <= {"SynthVR.Views", "SynthVR.Editor", "SynthVR.QuestRack", "SynthVR.QuestRack.Editor"}


@needs_mono
def test_a_failed_test_is_told_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assembly(tmp_path, "Sums", TESTS, tests=True)
    tally = run.check_package(find(tmp_path), tmp_path / "built")
    assert str(tally) == "1 passed, 1 failed"
    assert "FAILED Sums.SumTests.One_and_one_are_three" in capsys.readouterr().out


@needs_mono
def test_what_an_assembly_does_not_refer_to_it_does_not_see(tmp_path: Path) -> None:
    assembly(tmp_path, "Protocol", "namespace Protocol { public sealed class Message { } }")
    assembly(tmp_path, "Client", "namespace Client { public sealed class Inbox { internal Protocol.Message Last; } }")
    with pytest.raises(Uncompilable, match="Protocol"):
        build(["Client"], tmp_path / "built", find(tmp_path))


@needs_mono
def test_a_digit_separator_is_refused_because_mcs_misreads_it(tmp_path: Path) -> None:
    assembly(tmp_path, "Rates", "internal static class Rates { public const int Usual = 48_000; }")
    with pytest.raises(Uncompilable, match="digit separator"):
        build(["Rates"], tmp_path / "built", find(tmp_path))


def test_without_mono_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "missing_packages", lambda: ["mono-mcs", "nunit-console"])
    assert run.main([]) == 0
    assert capsys.readouterr().out.strip().endswith("skipped: install mono-mcs nunit-console (Debian's names).")
