namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>Who opens a file, and how.</summary>
/// <param name="Flags">As of open(2).</param>
/// <param name="Process">As this process's namespace numbers it; 0 if it has no number there.</param>
/// <param name="User">The user.</param>
internal readonly record struct FuseCaller(uint Flags, int Process, uint User);
