namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>The arguments of <c>create</c>.</summary>
/// <param name="Type">The type's id.</param>
/// <param name="Uuid">A random one if not given.</param>
/// <param name="Attributes">Stored one after the other before anybody sees the instance; if one is refused, there is none.</param>
internal sealed record CreateArguments(string Type, Guid? Uuid = null, IReadOnlyList<AttributeValue>? Attributes = null);
