namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>The answer to <c>attributes</c>.</summary>
internal sealed record AttributeList(IReadOnlyList<AttributeInfo> Attributes);
