namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>The arguments of <c>attributes</c>. Exactly one of uuid, type and parent says whose.</summary>
/// <param name="Uuid">Of this instance.</param>
/// <param name="Type">Of this type.</param>
/// <param name="Parent">Of this parent.</param>
/// <param name="Names">Only these; all if not given.</param>
internal sealed record AttributesArguments(
    Guid? Uuid = null, string? Type = null, string? Parent = null, IReadOnlyList<string>? Names = null);
