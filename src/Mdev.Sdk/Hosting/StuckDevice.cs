namespace Mdev.Sdk.Hosting;

/// <summary>A device whose code has been at the same piece of work for a while.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Since">For how long, at least.</param>
internal sealed record StuckDevice(MdevHost.Served Instance, TimeSpan Since);
