using System;
using System.Collections.Generic;
using System.Linq;

namespace UnityEngine
{
    public class Object
    {
        public string name { get; set; }

        public static implicit operator bool(Object exists) => !ReferenceEquals(exists, null);

        public static bool operator ==(Object x, Object y) => ReferenceEquals(x, y);

        public static bool operator !=(Object x, Object y) => !ReferenceEquals(x, y);

        public override bool Equals(object other) => ReferenceEquals(this, other);

        public override int GetHashCode() => 0;

        public static void Destroy(Object obj)
        {
        }

        public static void DestroyImmediate(Object obj)
        {
        }

        public static T FindFirstObjectByType<T>()
            where T : Object
        {
            return null;
        }
    }

    public class ScriptableObject : Object
    {
        public static T CreateInstance<T>()
            where T : ScriptableObject
        {
            return Activator.CreateInstance<T>();
        }

        public static ScriptableObject CreateInstance(Type type)
        {
            return null;
        }
    }

    public class TextAsset : Object
    {
        public string text => null;
    }

    public class Component : Object
    {
        public Transform transform => null;

        public GameObject gameObject => null;

        internal List<Component> Others { get; } = new List<Component>();

        public T GetComponent<T>() => Others.OfType<T>().FirstOrDefault();

        public Component GetComponent(string type) => null;
    }

    public class Behaviour : Component
    {
        public bool enabled { get; set; }
    }

    public class MonoBehaviour : Behaviour
    {
    }

    public sealed class GameObject : Object
    {
        public GameObject()
        {
        }

        public GameObject(string name)
        {
        }

        public Transform transform => null;

        public bool activeSelf => false;

        public string tag { get; set; }

        public T AddComponent<T>()
            where T : Component
        {
            return null;
        }

        public Component AddComponent(Type componentType) => null;

        public T GetComponent<T>() => default(T);

        public T GetComponentInChildren<T>(bool includeInactive) => default(T);

        public Component GetComponentInChildren(Type type, bool includeInactive) => null;

        public void SetActive(bool value)
        {
        }
    }

    public class Transform : Component
    {
        public Vector3 position { get; set; }

        public Quaternion rotation { get; set; }

        public Vector3 localPosition { get; set; }

        public Quaternion localRotation { get; set; }

        public Vector3 localScale { get; set; }

        public void SetParent(Transform p)
        {
        }

        public void SetParent(Transform parent, bool worldPositionStays)
        {
        }

        public void SetPositionAndRotation(Vector3 position, Quaternion rotation)
        {
        }

        public Vector3 TransformPoint(Vector3 position) => position;
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class SerializeField : Attribute
    {
    }

    [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
    public sealed class RequireComponent : Attribute
    {
        public RequireComponent(Type requiredComponent)
        {
        }
    }
}
