using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace SynthVR.Checks.Tests
{
    public sealed class ProjectCheckTest
    {
        [Test]
        public void A_fresh_project_meets_no_rule_but_that_of_the_editor()
        {
            IReadOnlyList<Finding> findings = new ProjectCheck(new FreshProject()).Look();
            Assert.That(findings.Count, Is.EqualTo(ProjectCheck.Rules.Count - 1));
            Assert.That(findings.Any(finding => finding.Rule is AndroidIsInstalled), Is.False);
        }

        [Test]
        public void Fixing_all_leaves_nothing()
        {
            var check = new ProjectCheck(new FreshProject());
            Assert.That(check.FixAll(), Is.Empty);
            Assert.That(check.Look(), Is.Empty);
        }

        [Test]
        public void Fixing_a_project_that_is_right_changes_nothing()
        {
            var project = new FreshProject { LowestApiLevel = 34 };
            var check = new ProjectCheck(project);
            check.FixAll();
            foreach (ProjectRule rule in ProjectCheck.Rules)
            {
                Assert.That(check.Fix(rule), Is.Null, rule.Sentence);
            }
            Assert.That(project.LowestApiLevel, Is.EqualTo(34));
        }

        [Test]
        public void Each_fix_meets_its_own_rule_and_unmeets_no_other()
        {
            var project = new FreshProject();
            var check = new ProjectCheck(project);
            int left = check.Look().Count;
            foreach (ProjectRule rule in ProjectCheck.Rules.Where(rule => rule.CanFix))
            {
                Assert.That(rule.IsMet(project), Is.False, rule.Sentence);
                rule.Fix(project);
                Assert.That(rule.IsMet(project), Is.True, rule.Sentence);
                Assert.That(check.Look().Count, Is.EqualTo(--left), rule.Sentence);
            }
        }

        [Test]
        public void A_project_that_cannot_show_the_room_need_not()
        {
            var check = new ProjectCheck(new FreshProject { CanShowTheRoom = false });
            Assert.That(check.Look().Any(finding => finding.Rule is PassthroughIsOn), Is.False);
            Assert.That(check.FixAll(), Is.Empty);
        }

        [TestCase(false, "Meta OpenXR 2.0 and 2.1")]
        [TestCase(true, "Meta OpenXR 2.2 and later, which bring composition layers")]
        public void Passthrough_turns_on_what_its_version_builds_with(bool hasLayers, string with)
        {
            var project = new FreshProject { HasCompositionLayers = hasLayers };
            new ProjectCheck(project).FixAll();
            Assert.That(project.IsOn(OpenXrFeature.RoomSession), Is.True, with);
            Assert.That(project.IsOn(OpenXrFeature.RoomCamera), Is.True, with);
            Assert.That(project.IsOn(OpenXrFeature.CompositionLayers), Is.EqualTo(hasLayers), with);
        }

        [Test]
        public void Passthrough_that_would_not_build_is_a_finding()
        {
            var project = new FreshProject { HasCompositionLayers = false };
            var check = new ProjectCheck(project);
            check.FixAll();
            project.HasCompositionLayers = true; // a newer Meta OpenXR is installed
            Assert.That(check.Look().Single().Rule, Is.InstanceOf<PassthroughIsOn>());
        }

        [Test]
        public void Looking_changes_nothing()
        {
            var check = new ProjectCheck(new FreshProject());
            Assert.That(check.Look().Count, Is.EqualTo(check.Look().Count));
        }

        [Test]
        public void What_only_people_can_do_is_told_and_left()
        {
            var check = new ProjectCheck(new FreshProject { IsInstalled = false });
            Assert.That(check.FixAll().Single().Rule, Is.InstanceOf<AndroidIsInstalled>());
        }

        [Test]
        public void A_fix_that_fails_is_told_and_the_others_go_on()
        {
            IReadOnlyList<Finding> left = new ProjectCheck(new FreshProject { LacksFeatures = true }).FixAll();
            Assert.That(left.Count, Is.EqualTo(5));
            Assert.That(left[0].Problem, Is.EqualTo(
                "This could not be set: There is no feature " + OpenXrFeature.MetaQuest + "."));
        }

        [Test]
        public void A_rule_that_cannot_be_checked_is_a_finding()
        {
            var check = new ProjectCheck(new FreshProject { IsBroken = true });
            Finding finding = check.Look().Single(each => each.Rule is OpenXrIsLoaded);
            Assert.That(finding.Problem, Is.EqualTo("This could not be checked: The asset is broken."));
        }

        [Test]
        public void Rules_speak_in_sentences_each_its_own()
        {
            List<string> sentences =
                ProjectCheck.Rules.SelectMany(rule => new[] { rule.Sentence, rule.Reason }).ToList();
            foreach (string sentence in sentences)
            {
                Assert.That(char.IsUpper(sentence[0]) && sentence.EndsWith("."), Is.True, sentence);
                Assert.That(sentence.Contains("  ") || sentence.Contains("\n"), Is.False, sentence);
            }
            Assert.That(sentences.Distinct().Count(), Is.EqualTo(sentences.Count));
        }
    }
}
