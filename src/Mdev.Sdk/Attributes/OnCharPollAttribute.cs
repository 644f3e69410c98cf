namespace Mdev.Sdk;

/// <summary>
/// poll(2): <c>PollEvents M()</c>, with a <see cref="CharFile"/> if wanted. Without one the device is always ready.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnCharPollAttribute : Attribute;
