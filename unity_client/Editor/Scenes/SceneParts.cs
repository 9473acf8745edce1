using System;
using System.Linq;
using SynthVR.Views;
using Unity.XR.CoreUtils;
using UnityEditor.SceneManagement;
using UnityEngine;
using UnityEngine.InputSystem;
using UnityEngine.InputSystem.XR;
using UnityEngine.SceneManagement;

namespace SynthVR.Editor
{
    /// <summary>
    /// What a scene needs, each part added where it is missing. No light: everything is drawn unlit. No hands: the app
    /// makes controllers and hands itself. No event system: its menus are boards in the rack's own manner.
    /// </summary>
    internal sealed class SceneParts
    {
        private const float NearestClip = 0.05f; // m: people put their face close to a panel
        private const float FarthestClip = 100f; // m

        private readonly Scene _scene;
        private bool _added;

        public SceneParts(Scene scene)
        {
            _scene = scene;
        }

        /// <summary>Adds what is missing. Returns whether anything was.</summary>
        public bool Complete()
        {
            XROrigin origin = Find<XROrigin>();
            if (origin == null)
            {
                origin = AddOrigin();
            }
            if (origin.Camera == null)
            {
                AddCamera(origin);
            }
            if (Find<AudioListener>() == null)
            {
                Added(origin.Camera.gameObject.AddComponent<AudioListener>());
            }
            if (Find<SynthVRApp>() == null)
            {
                Added(Make("SynthVR", null).AddComponent<SynthVRApp>()).Origin = origin;
            }
            if (Room.IsInstalled)
            {
                AddRoom(origin.Camera.gameObject);
            }
            if (_added)
            {
                EditorSceneManager.MarkSceneDirty(_scene);
            }
            return _added;
        }

        private XROrigin AddOrigin()
        {
            GameObject root = Make("XR Origin", null);
            GameObject offset = Make("Camera Offset", root);
            XROrigin origin = Added(root.AddComponent<XROrigin>());
            origin.Origin = root;
            origin.CameraFloorOffsetObject = offset;
            origin.RequestedTrackingOriginMode = XROrigin.TrackingOriginMode.Floor;
            return origin;
        }

        private void AddCamera(XROrigin origin)
        {
            GameObject offset = origin.CameraFloorOffsetObject;
            GameObject head = Make("Main Camera", offset != null ? offset : origin.gameObject);
            head.tag = "MainCamera";
            Camera camera = Added(head.AddComponent<Camera>());
            camera.clearFlags = CameraClearFlags.SolidColor;
            camera.backgroundColor = Color.clear; // the app chooses between night and the room
            camera.nearClipPlane = NearestClip;
            camera.farClipPlane = FarthestClip;
            Follow(head.AddComponent<TrackedPoseDriver>());
            origin.Camera = camera;
        }

        private void AddRoom(GameObject head)
        {
            if (Room.Session != null && Find(Room.Session) == null)
            {
                Added(Make("AR Session", null).AddComponent(Room.Session));
            }
            if (Room.CameraManager != null && Find(Room.CameraManager) == null)
            {
                Added(head.AddComponent(Room.CameraManager));
            }
        }

        private static void Follow(TrackedPoseDriver driver)
        {
            driver.positionInput = Read("Head position", "<XRHMD>/centerEyePosition", "Vector3");
            driver.rotationInput = Read("Head rotation", "<XRHMD>/centerEyeRotation", "Quaternion");
            driver.trackingStateInput = Read("Head tracking", "<XRHMD>/trackingState", "Integer");
        }

        private static InputActionProperty Read(string name, string control, string type)
        {
            return new InputActionProperty(
                new InputAction(name, InputActionType.Value, control, expectedControlType: type));
        }

        // In the scene that is open, and no other is.
        private static GameObject Make(string name, GameObject parent)
        {
            var made = new GameObject(name);
            if (parent != null)
            {
                made.transform.SetParent(parent.transform, false);
            }
            return made;
        }

        private T Added<T>(T part)
        {
            _added = true;
            return part;
        }

        private T Find<T>()
            where T : Component
        {
            return (T)Find(typeof(T));
        }

        private Component Find(Type type)
        {
            return _scene.GetRootGameObjects()
                .Select(root => root.GetComponentInChildren(type, true))
                .FirstOrDefault(found => found != null);
        }
    }
}
