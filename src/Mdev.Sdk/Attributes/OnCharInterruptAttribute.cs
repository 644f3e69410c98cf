namespace Mdev.Sdk;

/// <summary>
/// A caller that waited has got a signal, and its call fails with EINTR: <c>void M()</c>, with a <see cref="CharFile"/> if wanted.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnCharInterruptAttribute : Attribute;
