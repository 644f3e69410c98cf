namespace Mdev.Sdk;

/// <summary>
/// write(2): <c>int M(ReadOnlySpan&lt;byte&gt; source)</c>, or <c>ValueTask&lt;int&gt; M(ReadOnlyMemory&lt;byte&gt; source, CancellationToken interrupted)</c>, which runs off the device's lock; with a <see cref="CharFile"/> in front if wanted. Returns how many bytes were taken, or a negative errno: <see cref="CharFile.WouldBlock"/> has a blocking caller wait.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnCharWriteAttribute : Attribute;
