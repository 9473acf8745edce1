// Everything of SynthVR: coloured triangles, and glyphs from a signed distance field where uv.z is 1. Unlit, because a
// panel must be read in any light and because Quest 2 has 13.9 ms for a frame. A pass without LightMode is drawn by the
// built-in pipeline and by URP alike; the stereo macros make it draw both eyes at once.
Shader "SynthVR/Ink"
{
    Properties
    {
        _MainTex ("Glyphs", 2D) = "black" {}
        _Tint ("Tint", Color) = (1, 1, 1, 1)
        [HideInInspector] _ZWrite ("Hides what is behind", Float) = 1
    }
    SubShader
    {
        Tags { "RenderType" = "Opaque" "Queue" = "Geometry" }
        // The second pair keeps alpha 1 where something is drawn: with passthrough, alpha is how much hides the room.
        Blend SrcAlpha OneMinusSrcAlpha, One OneMinusSrcAlpha
        ZWrite [_ZWrite]
        Cull Back

        Pass
        {
            CGPROGRAM
            #pragma vertex vert
            #pragma fragment frag
            #pragma multi_compile_instancing
            #include "UnityCG.cginc"

            sampler2D _MainTex;

            UNITY_INSTANCING_BUFFER_START(Props)
                UNITY_DEFINE_INSTANCED_PROP(float4, _Tint)
            UNITY_INSTANCING_BUFFER_END(Props)

            struct Corner
            {
                float4 vertex : POSITION;
                fixed4 color : COLOR;
                float3 uv : TEXCOORD0;
                UNITY_VERTEX_INPUT_INSTANCE_ID
            };

            struct Point
            {
                float4 vertex : SV_POSITION;
                fixed4 color : COLOR;
                float3 uv : TEXCOORD0;
                UNITY_VERTEX_OUTPUT_STEREO
            };

            Point vert(Corner corner)
            {
                Point result;
                UNITY_SETUP_INSTANCE_ID(corner);
                UNITY_INITIALIZE_OUTPUT(Point, result);
                UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(result);
                result.vertex = UnityObjectToClipPos(corner.vertex);
                result.color = corner.color * UNITY_ACCESS_INSTANCED_PROP(Props, _Tint);
                #ifndef UNITY_COLORSPACE_GAMMA
                result.color.rgb = GammaToLinearSpace(result.color.rgb);
                #endif
                result.uv = corner.uv;
                return result;
            }

            fixed4 frag(Point at) : SV_Target
            {
                float distance = tex2D(_MainTex, at.uv.xy).a;
                float edge = max(fwidth(distance), 0.001);
                float inside = smoothstep(0.5 - edge, 0.5 + edge, distance);
                return fixed4(at.color.rgb, at.color.a * lerp(1.0, inside, at.uv.z));
            }
            ENDCG
        }
    }
}
