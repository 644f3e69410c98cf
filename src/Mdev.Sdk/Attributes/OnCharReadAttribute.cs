namespace Mdev.Sdk;

/// <summary>
/// read(2): <c>int M(Span&lt;byte&gt; destination)</c>, or <c>ValueTask&lt;int&gt; M(Memory&lt;byte&gt; destination, CancellationToken interrupted)</c>, which runs off the device's lock; with a <see cref="CharFile"/> in front if wanted. Returns bytes, 0 at the end, or a negative errno: <see cref="CharFile.WouldBlock"/> has a blocking caller wait.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnCharReadAttribute : Attribute;
