namespace SynthVR.Checks
{
    /// <summary>A rule that the project does not meet.</summary>
    public sealed class Finding
    {
        internal Finding(ProjectRule rule, string problem)
        {
            Rule = rule;
            Problem = problem;
        }

        /// <summary>The rule.</summary>
        public ProjectRule Rule { get; }

        /// <summary>What went wrong in checking or fixing it; empty where nothing did.</summary>
        public string Problem { get; }

        /// <summary>What should be so, and what follows where it is not, as sentences.</summary>
        public override string ToString()
        {
            return Rule.Sentence + " " + Rule.Reason + (Problem.Length > 0 ? " (" + Problem + ")" : "");
        }
    }
}
