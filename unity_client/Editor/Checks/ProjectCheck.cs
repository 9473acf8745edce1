using System;
using System.Collections.Generic;
using System.Linq;

namespace SynthVR.Checks
{
    /// <summary>Holds a project against every rule, and makes it meet them.</summary>
    public sealed class ProjectCheck
    {
        private readonly IProject _project;

        /// <summary>Checks a project; nothing is kept between two looks at it.</summary>
        public ProjectCheck(IProject project)
        {
            _project = project;
        }

        /// <summary>
        /// The rules, in the order in which they can be met: a feature can be turned on only where OpenXR is loaded,
        /// and switching the build target comes before the settings that belong to it.
        /// </summary>
        public static IReadOnlyList<ProjectRule> Rules { get; } = new ProjectRule[]
        {
            new AndroidIsInstalled(),
            new AndroidIsTheTarget(),
            new OpenXrIsLoaded(),
            new XrBeginsWithTheApp(),
            new QuestSupportIsOn(),
            new InternetIsNotStripped(),
            new TouchControllersAreOn(),
            new TouchPlusControllersAreOn(),
            new HandTrackingIsOn(),
            new PassthroughIsOn(),
            new BothEyesAreDrawnAtOnce(),
            new InternetIsRequired(),
            new CleartextIsAllowed(),
            new InputSystemIsUsed(),
            new SoundRunsAtTheServersRate(),
            new SoundBlocksAreShort(),
            new ScriptsAreCompiledByIl2Cpp(),
            new Arm64IsTheOnlyProcessor(),
            new ApiLevelIsHighEnough(),
            new VulkanDraws(),
            new ColoursAreLinear(),
            new TexturesAreAstc(),
            new TextResourcesAreImported(),
            new SceneIsInTheBuild(),
        };

        /// <summary>Every rule that is not met, or that could not be checked.</summary>
        public IReadOnlyList<Finding> Look()
        {
            return Rules.Select(rule => Look(rule)).Where(finding => finding != null).ToList();
        }

        /// <summary>What is to be said of one rule; null where it is met.</summary>
        public Finding Look(ProjectRule rule)
        {
            try
            {
                return rule.IsMet(_project) ? null : new Finding(rule, "");
            }
            catch (Exception error)
            {
                return new Finding(rule, "This could not be checked: " + error.Message);
            }
        }

        /// <summary>Makes the project meet one rule. Returns what is left to say of it; null where it is met.</summary>
        public Finding Fix(ProjectRule rule)
        {
            if (!rule.CanFix)
            {
                return Look(rule);
            }
            try
            {
                rule.Fix(_project);
            }
            catch (Exception error)
            {
                return new Finding(rule, "This could not be set: " + error.Message);
            }
            return Look(rule);
        }

        /// <summary>Fixes every rule that is not met, one by one. Returns what is left to do by hand.</summary>
        public IReadOnlyList<Finding> FixAll()
        {
            return Look().Select(finding => Fix(finding.Rule)).Where(finding => finding != null).ToList();
        }
    }
}
