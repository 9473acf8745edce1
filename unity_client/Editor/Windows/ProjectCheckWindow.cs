using System.Collections.Generic;
using System.Linq;
using SynthVR.Checks;
using UnityEditor;
using UnityEngine;

namespace SynthVR.Editor
{
    /// <summary>SynthVR → Check project: lists what the project lacks for a headset, and fixes it.</summary>
    internal sealed class ProjectCheckWindow : EditorWindow
    {
        private IReadOnlyList<Finding> _findings = new List<Finding>();
        private Vector2 _scroll;

        [MenuItem("SynthVR/Check project", false, 20)]
        private static void Open()
        {
            GetWindow<ProjectCheckWindow>("SynthVR project").Look();
        }

        // Looking opens settings and assets: done when something may have changed, not for every repaint.
        private void OnFocus()
        {
            Look();
        }

        private void OnProjectChange()
        {
            Look();
        }

        private void OnGUI()
        {
            int met = ProjectCheck.Rules.Count - _findings.Count;
            EditorGUILayout.LabelField("The project meets " + met + " of " + ProjectCheck.Rules.Count + " rules.");
            _scroll = EditorGUILayout.BeginScrollView(_scroll);
            foreach (Finding finding in _findings)
            {
                Draw(finding);
            }
            EditorGUILayout.EndScrollView();
            using (new EditorGUI.DisabledScope(!_findings.Any(finding => finding.Rule.CanFix)))
            {
                if (GUILayout.Button("Fix all"))
                {
                    Later(() => Show(Check().FixAll()));
                }
            }
        }

        private void Draw(Finding finding)
        {
            EditorGUILayout.HelpBox(finding.ToString(), MessageType.Warning);
            if (finding.Rule.CanFix && GUILayout.Button("Fix"))
            {
                Later(() => Fix(finding.Rule));
            }
        }

        private void Fix(ProjectRule rule)
        {
            Finding left = Check().Fix(rule);
            Look();
            if (left != null)
            {
                Show(_findings.Select(finding => finding.Rule == rule ? left : finding).ToList());
            }
        }

        private void Look()
        {
            Show(Check().Look());
        }

        private void Show(IReadOnlyList<Finding> findings)
        {
            _findings = findings;
            Repaint();
        }

        private static ProjectCheck Check()
        {
            return new ProjectCheck(new UnityProject());
        }

        // A fix may open dialogs, scenes or import assets, which Unity does not take in the middle of drawing a window.
        private static void Later(EditorApplication.CallbackFunction action)
        {
            EditorApplication.delayCall += action;
        }
    }
}
