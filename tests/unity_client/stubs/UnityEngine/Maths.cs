using System;

namespace UnityEngine
{
    public struct Mathf
    {
        public const float PI = 3.14159274f;
        public const float Deg2Rad = 0.0174532924f;

        public static float Sin(float f) => 0f;

        public static float Cos(float f) => 0f;

        public static float Min(float a, float b) => 0f;

        public static int Min(int a, int b) => 0;

        public static float Max(float a, float b) => 0f;

        public static int Max(int a, int b) => 0;

        public static float Clamp(float value, float min, float max) => 0f;

        public static float Clamp01(float value) => 0f;

        public static float Repeat(float t, float length) => 0f;

        public static int RoundToInt(float f) => 0;
    }

    public struct Vector2
    {
        public float x;
        public float y;

        public Vector2(float x, float y)
        {
            this.x = x;
            this.y = y;
        }
    }

    public struct Vector3
    {
        public float x;
        public float y;
        public float z;

        public Vector3(float x, float y, float z)
        {
            this.x = x;
            this.y = y;
            this.z = z;
        }

        public static Vector3 zero => default(Vector3);

        public static Vector3 one => default(Vector3);

        public static Vector3 right => default(Vector3);

        public static Vector3 up => default(Vector3);

        public static Vector3 forward => default(Vector3);

        public Vector3 normalized => default(Vector3);

        public float sqrMagnitude => 0f;

        public static Vector3 operator +(Vector3 a, Vector3 b) => default(Vector3);

        public static Vector3 operator -(Vector3 a, Vector3 b) => default(Vector3);

        public static Vector3 operator -(Vector3 a) => default(Vector3);

        public static Vector3 operator *(Vector3 a, float d) => default(Vector3);

        public static Vector3 operator *(float d, Vector3 a) => default(Vector3);

        public static Vector3 operator /(Vector3 a, float d) => default(Vector3);

        public static bool operator ==(Vector3 lhs, Vector3 rhs) => false;

        public static bool operator !=(Vector3 lhs, Vector3 rhs) => false;

        public static float Dot(Vector3 lhs, Vector3 rhs) => 0f;

        public static Vector3 Cross(Vector3 lhs, Vector3 rhs) => default(Vector3);

        public override bool Equals(object other) => false;

        public override int GetHashCode() => 0;
    }

    public struct Vector4
    {
        public float x;
        public float y;
        public float z;
        public float w;
    }

    public struct Quaternion
    {
        public float x;
        public float y;
        public float z;
        public float w;

        public Quaternion(float x, float y, float z, float w)
        {
            this.x = x;
            this.y = y;
            this.z = z;
            this.w = w;
        }

        public static Quaternion identity => default(Quaternion);

        public static Quaternion operator *(Quaternion lhs, Quaternion rhs) => default(Quaternion);

        public static Vector3 operator *(Quaternion rotation, Vector3 point) => default(Vector3);

        public static Quaternion AngleAxis(float angle, Vector3 axis) => default(Quaternion);

        public static Quaternion LookRotation(Vector3 forward, Vector3 upwards) => default(Quaternion);
    }

    public struct Pose
    {
        public Vector3 position;
        public Quaternion rotation;

        public Pose(Vector3 position, Quaternion rotation)
        {
            this.position = position;
            this.rotation = rotation;
        }
    }

    public struct Matrix4x4
    {
        public static Matrix4x4 TRS(Vector3 pos, Quaternion q, Vector3 s) => default(Matrix4x4);
    }

    public struct Bounds
    {
        public Bounds(Vector3 center, Vector3 size)
        {
        }
    }

    public struct Color
    {
        public float r;
        public float g;
        public float b;
        public float a;

        public Color(float r, float g, float b, float a)
        {
            this.r = r;
            this.g = g;
            this.b = b;
            this.a = a;
        }

        public static Color clear => default(Color);

        public static Color black => default(Color);

        public static implicit operator Vector4(Color c) => default(Vector4);

        public static implicit operator Color(Vector4 v) => default(Color);

        public static Color HSVToRGB(float H, float S, float V) => default(Color);
    }

    public struct Color32
    {
        public byte r;
        public byte g;
        public byte b;
        public byte a;

        public Color32(byte r, byte g, byte b, byte a)
        {
            this.r = r;
            this.g = g;
            this.b = b;
            this.a = a;
        }

        public static implicit operator Color32(Color c) => default(Color32);

        public static implicit operator Color(Color32 c) => default(Color);

        public static Color32 Lerp(Color32 a, Color32 b, float t) => default(Color32);
    }
}
