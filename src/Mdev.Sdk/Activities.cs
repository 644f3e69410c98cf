using System.Diagnostics;
using System.Reflection;

namespace Mdev.Sdk;

/// <summary>
/// The activities of the source <c>Mdev.Sdk</c>: what happens to a device now and then, and takes time. Without a listener they cost
/// a comparison. Accesses have none.
/// </summary>
internal static class Activities
{
    /// <summary>The version that the source and the meter say.</summary>
    public static readonly string Version = typeof(Activities).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
        ?.InformationalVersion.Split('+')[0] ?? "";

    private static readonly ActivitySource s_source = new("Mdev.Sdk", Version);

    /// <summary>Begins one; it ends when it is disposed.</summary>
    /// <param name="name"><c>mdev.create</c>, <c>mdev.remove</c>, <c>mdev.connect</c>, <c>mdev.reset</c>, <c>mdev.migrate</c>.</param>
    /// <param name="uuid">The instance.</param>
    /// <returns><see langword="null"/> if nobody listens.</returns>
    public static Activity? Start(string name, Guid uuid) =>
        s_source.HasListeners() ? s_source.StartActivity(name)?.SetTag("mdev.uuid", uuid.ToString()) : null;

    /// <summary>Says that it has failed.</summary>
    public static void Fail(this Activity? activity, Exception e) => activity?.SetStatus(ActivityStatusCode.Error, e.Message);

    /// <inheritdoc cref="Fail(Activity?, Exception)"/>
    public static void Fail(this Activity? activity, Errno error) => activity?.SetStatus(ActivityStatusCode.Error, error.ToString());
}
