namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV706: the attribute of the member that was named.</summary>
internal sealed class CorrectUndo : IFix
{
    public Proposal? Propose(FixSite site) => site.Said(3) is { Length: > 0 } name && site.Attribute?.Named("Undo") is { } undo
        ? new Proposal($"Undo by \"{name}\"").Replace(undo.Expression, $"\"{name}\"")
        : null;
}
