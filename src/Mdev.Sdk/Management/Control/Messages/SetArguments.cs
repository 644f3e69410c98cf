namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>The arguments of <c>set</c>. Exactly one of uuid, type and parent says whose.</summary>
/// <param name="Attributes">Stored in this order; if one is refused, those before it are undone.</param>
/// <param name="Uuid">Of this instance.</param>
/// <param name="Type">Of this type.</param>
/// <param name="Parent">Of this parent.</param>
internal sealed record SetArguments(
    IReadOnlyList<AttributeValue> Attributes, Guid? Uuid = null, string? Type = null, string? Parent = null);
