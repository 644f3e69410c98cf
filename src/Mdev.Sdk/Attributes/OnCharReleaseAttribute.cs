namespace Mdev.Sdk;

/// <summary>
/// The last close(2): <c>void M()</c>, with a <see cref="CharFile"/> if wanted.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnCharReleaseAttribute : Attribute;
