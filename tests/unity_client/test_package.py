"""What only Unity's build and package manager would tell: pins, features, manifest, shaders that lose variants."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.unity_client.api.packages import BREAKS, FEATURES, MANIFEST, OURS, Break
from tests.unity_client.assemblies import PACKAGE

CHECKS = PACKAGE / "Editor" / "Checks"


def version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: f"{broken.package} {broken.version}")
def test_no_pin_lets_in_what_is_broken(broken: Break) -> None:
    pins = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert version(pins[broken.package]) >= version(broken.version), broken.what


def test_every_package_that_code_refers_to_is_a_dependency() -> None:
    brought = {
        "Unity.InputSystem": "com.unity.inputsystem",
        "Unity.TextMeshPro": "com.unity.ugui",
        "Unity.XR.CoreUtils": "com.unity.xr.core-utils",
        "Unity.XR.Hands": "com.unity.xr.hands",
        "Unity.XR.Interaction.Toolkit": "com.unity.xr.interaction.toolkit",
        "Unity.XR.Management": "com.unity.xr.management",
        "Unity.XR.OpenXR": "com.unity.xr.openxr",
    }
    pins = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for path in PACKAGE.rglob("*.asmdef"):
        for name in json.loads(path.read_text(encoding="utf-8"))["references"]:
            if name.startswith("Unity."):
                assert brought[name.removesuffix(".Editor")] in pins, f"{path.name} refers to {name}"


def test_the_check_turns_on_every_feature_that_a_package_needs_and_no_other() -> None:
    source = (CHECKS / "OpenXrFeature.cs").read_text(encoding="utf-8")
    constants = dict(re.findall(r'const string (\w+) =\s+"([\w.]+)";', source))
    assert set(constants.values()) == {feature for features in FEATURES.values() for feature in features}
    rules = "".join(path.read_text(encoding="utf-8") for path in sorted((CHECKS / "Rules").glob("*.cs")))
    for constant in constants:
        assert f"OpenXrFeature.{constant}" in rules, f"no rule turns on {constant}"


def test_the_manifest_asks_for_what_no_package_writes() -> None:
    source = (CHECKS / "Building" / "HeadsetManifest.cs").read_text(encoding="utf-8")
    ours = {permission for permission, writer in MANIFEST.items() if writer == OURS}
    assert set(re.findall(r'Permission\("([\w.]+)"\)', source)) == ours


def instanced_shaders() -> list[Path]:
    return [
        path for path in PACKAGE.rglob("*.shader") if "multi_compile_instancing" in path.read_text(encoding="utf-8")
    ]


def test_every_instanced_shader_has_a_material_that_keeps_its_variants_in_a_build() -> None:
    shaders = instanced_shaders()
    assert shaders
    materials = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("Resources/*.mat")]
    for shader in shaders:
        guid = re.findall(r"^guid: (\w+)$", shader.with_name(f"{shader.name}.meta").read_text(encoding="utf-8"), re.M)[
            0
        ]
        assert any(
            re.search(rf"^  m_Shader: {{fileID: 4800000, guid: {guid}, type: 3}}$", material, re.M)
            and re.search(r"^  m_EnableInstancingVariants: 1$", material, re.M)
            for material in materials
        ), f"a build strips the instanced variants of {shader.name}"


def test_materials_are_copies_of_those_assets_and_not_made_of_a_shader_in_code() -> None:
    for path in (PACKAGE / "Runtime").rglob("*.cs"):
        source = path.read_text(encoding="utf-8-sig")
        assert not re.search(r"Load<Shader>|Shader\.Find|enableInstancing", source), path.name


def test_materials_lie_where_code_loads_them() -> None:
    loaded = {
        name
        for path in (PACKAGE / "Runtime").rglob("*.cs")
        if "Resources.Load<Material>" in (source := path.read_text(encoding="utf-8-sig"))
        for name in re.findall(r'const string Asset = "(\w+)";', source)
    }
    assert loaded == {path.stem for path in PACKAGE.rglob("Resources/*.mat")}
