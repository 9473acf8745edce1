"""The stubs declare what Unity does, in every version that the package promises: else compiling proves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unity_client.api import stubs
from tests.unity_client.api.facts import VERSIONS, allows, differences, unity
from tests.unity_client.assemblies import STUBS


@pytest.mark.parametrize("version", VERSIONS)
def test_every_member_of_the_stubs_is_unitys(version: str) -> None:
    declared = stubs.read(STUBS)
    assert sum(len(each.members) for each in declared.values()) > 400, "the stubs were read"
    assert differences(declared, unity(version)) == []


@pytest.mark.parametrize(
    ("source", "difference"),
    [
        ("public class Glue { }", "Unity has no UnityEngine.Glue."),
        ("public struct Mesh { }", "UnityEngine.Mesh is another kind of type."),
        (
            "public class Mesh { public int MarkDynamic() => 0; }",
            "UnityEngine.Mesh has no method MarkDynamic(): int.",
        ),
        (
            "public class Shader { public static int PropertyToID(int name) => 0; }",
            "UnityEngine.Shader has no static method PropertyToID(int): int.",
        ),
        (
            "public class Component { public Transform transform { get; set; } }",
            "UnityEngine.Component has no property transform: Transform { get set }.",
        ),
        ("public class Time { internal static int Own; }", ""),
    ],
)
def test_what_unity_does_not_declare_is_found(tmp_path: Path, source: str, difference: str) -> None:
    (tmp_path / "Stub.cs").write_text(f"namespace UnityEngine {{ {source} }}")
    for version in VERSIONS:
        assert differences(stubs.read(tmp_path), unity(version)) == ([difference] if difference else [])


def test_members_of_every_kind_are_read(tmp_path: Path) -> None:
    (tmp_path / "Stub.cs").write_text("""
        namespace A.B
        {
            public abstract class Box<T>
            {
                public const int Most = 3, Least = 1;
                public static event Changed Moved;
                protected T value;
                public Box(int size = 1) { }
                public int this[int at] => at;
                public UnityEngine.Object[] All { get; internal set; }
                public static bool operator ==(Box<T> one, Box<T> other) => true;
                public static implicit operator bool(Box<T> box) => true;
                public bool Try<V>(in V what, out int[] found, params object[] more) => true;
                public delegate void Changed(bool isOpen);
                public enum Side : byte { Left = 1, Right }
                internal void Own() { }
                void Hidden() { }
            }
        }
        """)
    found = stubs.read(tmp_path)
    assert list(found) == ["A.B.Box`1", "A.B.Box`1+Changed", "A.B.Box`1+Side"]
    assert found["A.B.Box`1"].abstract
    assert found["A.B.Box`1"].members == [
        "static field Most: int",
        "static field Least: int",
        "static event Moved: Changed",
        "field value: T",
        "ctor (int = …)",
        "property this[int]: int { get }",
        "property All: Object[] { get }",
        "static operator ==(Box<T>, Box<T>): bool",
        "static conversion implicit(Box<T>): bool",
        "method Try(in V, out int[], params object[]): bool",
    ]
    assert found["A.B.Box`1+Changed"].members == ["invoke Invoke(bool): void"]
    assert found["A.B.Box`1+Side"].members == ["enum Left", "enum Right"]


def test_unity_may_declare_more_than_is_used() -> None:
    assert allows("property name: string { get set }", "property name: string { get }")
    assert not allows("property name: string { get }", "property name: string { get set }")
    assert allows("method Clear(bool = …): void", "method Clear(bool): void")
    assert not allows("method Clear(bool): void", "method Clear(bool = …): void")
    assert not allows("static method Clear(): void", "method Clear(): void")
