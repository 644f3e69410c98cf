namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>The answer to <c>types</c>.</summary>
internal sealed record TypeList(IReadOnlyList<TypeInfo> Types);
