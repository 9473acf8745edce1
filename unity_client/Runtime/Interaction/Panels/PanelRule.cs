using System;
using System.Collections.Generic;
using SynthVR.Protocol;

namespace SynthVR.Interaction
{
    /// <summary>
    /// The server's rule for panels, for modules that come without places (ghosts have only what cables hang in):
    /// knobs in two columns below the title, inputs below them, outputs at the bottom; more columns where the height
    /// does not do.
    /// </summary>
    internal static class PanelRule
    {
        private const double Hp = 5.08;
        private const double Height = 128.5;
        private const double Column = 3 * Hp; // a knob, or two fingers around a plug, need this width
        private const double Row = 14.0;
        private const double Title = 14.0;
        private const double Margin = 10.0;
        private const int MostRows = (int)((Height - Title - Margin) / Row);

        /// <summary>The panel of a module, whatever the server says about it.</summary>
        internal static Panel Of(ModuleInfo info)
        {
            int columns = 2;
            while (AllRows(info, columns) > MostRows)
            {
                columns++;
            }
            double width = columns * Column + Hp;
            var places = new Dictionary<string, PanelPoint>();
            Fill(places, info.Knobs.Count, index => info.Knobs[index].Id, 0, columns, width);
            int below = Rows(info.Knobs.Count, columns);
            Fill(places, info.Inputs.Count, index => info.Inputs[index].Id, below, columns, width);
            int last = MostRows - Rows(info.Outputs.Count, columns);
            Fill(places, info.Outputs.Count, index => info.Outputs[index].Id, last, columns, width);
            return new Panel(Math.Round(width, 2), Height, places);
        }

        private static int AllRows(ModuleInfo info, int columns)
        {
            int aboveOutputs = Rows(info.Knobs.Count, columns) + Rows(info.Inputs.Count, columns);
            return aboveOutputs + Rows(info.Outputs.Count, columns);
        }

        private static int Rows(int count, int columns) => (count + columns - 1) / columns;

        /// <summary>Places in rows from left to right, each row centred.</summary>
        private static void Fill(
            Dictionary<string, PanelPoint> places, int count, Func<int, string> id, int row, int columns, double width)
        {
            for (int index = 0; index < count; index++)
            {
                int line = index / columns;
                int inLine = Math.Min(columns, count - line * columns);
                double x = (width - inLine * Column) / 2 + (index % columns + 0.5) * Column;
                double y = Title + (row + line + 0.5) * Row;
                places[id(index)] = new PanelPoint(Math.Round(x, 2), Math.Round(y, 2));
            }
        }
    }
}
