namespace Mdev.Sdk.CodeFixes;

/// <summary>The correction of one rule.</summary>
internal interface IFix
{
    /// <summary>What to change; null where only the author can know.</summary>
    Proposal? Propose(FixSite site);
}
