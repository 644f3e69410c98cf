namespace Mdev.Sdk.Observation;

/// <summary>Who uses a device.</summary>
/// <param name="ProcessId">The process at the other end of the socket; 0 if that cannot be told.</param>
/// <param name="Process">Its name as the kernel has it, 15 characters at most; empty if that cannot be told.</param>
/// <param name="Program">What it is by its VERSION, which names nobody; empty before VERSION.</param>
/// <param name="Since">When it connected.</param>
public sealed record ClientSnapshot(int ProcessId, string Process, string Program, DateTimeOffset Since);
