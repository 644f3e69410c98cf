namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>The arguments of <c>list</c>.</summary>
/// <param name="Uuid">Only this instance.</param>
/// <param name="Attributes">Whether to read the attributes that can be read and written, too.</param>
internal sealed record ListArguments(Guid? Uuid = null, bool Attributes = false);
