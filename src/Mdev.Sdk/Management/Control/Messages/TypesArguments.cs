namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>The arguments of <c>types</c>.</summary>
/// <param name="Parent">Only of this parent.</param>
internal sealed record TypesArguments(string? Parent = null);
