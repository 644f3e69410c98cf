namespace Mdev.Sdk;

/// <summary>
/// open(2): <c>int M()</c> or <c>void M()</c>, with a <see cref="CharFile"/> if wanted. A negative errno refuses.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnCharOpenAttribute : Attribute;
