"""What Unity's packages do, by version, as their changelogs and sources say: what they break, what they need to be on.

``BREAKS`` is why the pins of ``package.json`` are no lower. ``FEATURES`` and ``MANIFEST`` are what an APK needs of the
packages that it is built with; the project check turns on the former, and of the latter adds what nobody else does.
"""

from __future__ import annotations

from typing import NamedTuple


class Break(NamedTuple):
    """What a package breaks; ``version`` is the lowest that is known not to."""

    package: str
    version: str
    what: str


_NO_INSTANCE_ID = "calls EditorUtility.InstanceIDToObject(int), an error from Unity 6000.5 on"

BREAKS = (
    Break("com.unity.xr.openxr", "1.14.1", "every Quest APK requires eye tracking, which Quest 2 and 3 do not have"),
    Break("com.unity.xr.openxr", "1.15.0", _NO_INSTANCE_ID),
    Break("com.unity.xr.openxr", "1.15.1", "its libraries do not load on Android with pages of 16 KB"),
    Break("com.unity.xr.interaction.toolkit", "3.4.0", _NO_INSTANCE_ID),
    Break("com.unity.inputsystem", "1.19.0", _NO_INSTANCE_ID),
    Break("com.unity.xr.core-utils", "2.6.0", _NO_INSTANCE_ID),
)

_OPENXR = "UnityEngine.XR.OpenXR.Features"
_PASSTHROUGH = (f"{_OPENXR}.Meta.ARSessionFeature", f"{_OPENXR}.Meta.ARCameraFeature")

# Package and its lowest version → the OpenXR features that must be on.
FEATURES = {
    ("com.unity.xr.openxr", "1.14.1"): (
        f"{_OPENXR}.MetaQuestSupport.MetaQuestFeature",
        f"{_OPENXR}.Interactions.OculusTouchControllerProfile",
        f"{_OPENXR}.Interactions.MetaQuestTouchPlusControllerProfile",
    ),
    # OpenXR's MicrosoftHandInteraction has the same id, and comes first.
    ("com.unity.xr.hands", "1.5.0"): ("UnityEngine.XR.Hands.OpenXR.HandTracking",),
    ("com.unity.xr.meta-openxr", "2.0.0"): _PASSTHROUGH,
    # A validation rule of its own ends the build without it.
    ("com.unity.xr.meta-openxr", "2.2.0"): (
        *_PASSTHROUGH,
        f"{_OPENXR}.CompositionLayers.OpenXRCompositionLayersFeature",
    ),
}

OURS = "com.synthvr.client"

# Permission → who writes it into the manifest.
MANIFEST = {
    "android.permission.INTERNET": "Unity, where internet access is Require and Meta Quest Support does not strip it",
    "com.oculus.permission.HAND_TRACKING": "com.unity.xr.hands, where its own feature is on",
    "android.permission.CHANGE_WIFI_MULTICAST_STATE": OURS,
    "android.permission.ACCESS_WIFI_STATE": OURS,
    "android.permission.WAKE_LOCK": OURS,
}
