namespace SynthVR.Interaction
{
    /// <summary>Which panel a hand means, by its ray or by touch. Hands and panels in one space, mm.</summary>
    public static class PanelPicking
    {
        /// <summary>The first panel that a ray meets, from either side.</summary>
        public static PanelHit Cast(in Ray3 ray, HungPanel[] panels, int count)
        {
            PanelHit first = PanelHit.None;
            for (int index = 0; index < count; index++)
            {
                float distance = ray.DistanceTo(panels[index].Pose);
                if (!(distance < first.DistanceMm))
                {
                    continue;
                }
                Vec3 place = panels[index].OnPanel(ray.At(distance));
                if (place.X >= 0f && place.X <= panels[index].Width && place.Y >= 0f && place.Y <= panels[index].Height)
                {
                    bool isFace = Vec3.Dot(ray.Direction, panels[index].Pose.Out) < 0f;
                    first = new PanelHit(index, distance, place.X, place.Y, isFace);
                }
            }
            return first;
        }

        /// <summary>
        /// The nearest panel to a hand, whatever its side: for what is touched, and for <see cref="HandReach"/>.
        /// </summary>
        public static PanelHit Touch(in Vec3 hand, HungPanel[] panels, int count)
        {
            int nearest = -1;
            float least = float.PositiveInfinity;
            for (int index = 0; index < count; index++)
            {
                float distance = panels[index].DistanceTo(hand);
                if (distance < least)
                {
                    nearest = index;
                    least = distance;
                }
            }
            if (nearest < 0)
            {
                return PanelHit.None;
            }
            Vec3 place = panels[nearest].OnPanel(hand);
            return new PanelHit(nearest, least, place.X, place.Y, place.Z >= 0f);
        }
    }
}
