namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>The answer to <c>parents</c>.</summary>
/// <param name="Parents">Those whose instances the tool may make and remove here; none where one instance alone is served.</param>
/// <param name="Process">The host process's id, as it sees itself.</param>
/// <param name="Version">The SDK that the host was built with.</param>
internal sealed record ParentList(IReadOnlyList<ParentInfo> Parents, int Process, string Version);
