namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>The answer to <c>list</c>.</summary>
internal sealed record InstanceList(IReadOnlyList<InstanceInfo> Instances);
