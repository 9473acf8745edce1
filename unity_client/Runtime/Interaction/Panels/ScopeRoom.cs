using System;

namespace SynthVR.Interaction
{
    /// <summary>The room that controls leave on a panel for a scope: the highest band right across.</summary>
    internal static class ScopeRoom
    {
        private const float Foot = 10f; // the module's level and load are shown there
        private const float Margin = 2f;
        private const float Lowest = 20f; // on a lower one nothing is seen
        private const float Tallest = 36f;

        /// <summary>Empty where there is too little.</summary>
        internal static PanelArea On(PlacedControl[] controls, float title, float width, float height)
        {
            float best = 0f;
            float top = 0f;
            for (int above = -1; above < controls.Length; above++)
            {
                float start = above < 0 ? title : controls[above].Label.Bottom;
                float end = EndOf(start, controls, height - Foot);
                if (end - start > best)
                {
                    best = end - start;
                    top = start;
                }
            }
            float high = Math.Min(Tallest, best - 2f * Margin);
            return high < Lowest
                ? default(PanelArea)
                : new PanelArea(width / 2f, top + best / 2f, width - 2f * Margin, high);
        }

        /// <summary>Where a band ends that begins at <paramref name="start"/>: at whatever is next below it.</summary>
        private static float EndOf(float start, PlacedControl[] controls, float foot)
        {
            float end = foot;
            foreach (PlacedControl control in controls)
            {
                if (control.Label.Bottom > start + 0.01f)
                {
                    end = Math.Min(end, control.Body.Top);
                }
            }
            return end;
        }
    }
}
