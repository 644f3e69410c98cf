namespace Mdev.Sdk.Management.Control;

/// <summary>The arguments of a command that takes none, and the answer of one that gives none: <c>{}</c>.</summary>
internal sealed record Nothing
{
    public static Nothing Instance { get; } = new();
}
