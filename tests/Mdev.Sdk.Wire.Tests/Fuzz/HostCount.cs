using System.Globalization;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>What a process holds.</summary>
/// <param name="Descriptors">Open ones; those of assemblies do not count, which load whenever code first needs them.</param>
/// <param name="Sessions">Threads that serve clients.</param>
/// <param name="Mappings">Mappings of files that are no assembly's: a device's memory and a client's.</param>
/// <param name="ManagedKilobytes">What the garbage collector leaves.</param>
/// <param name="ResidentKilobytes">All memory.</param>
internal readonly record struct HostCount(int Descriptors, int Sessions, int Mappings, int ManagedKilobytes, int ResidentKilobytes)
{
    /// <summary>Waits until the sessions of clients that are gone have ended, collects, and counts.</summary>
    public static HostCount OfThisProcess()
    {
        for (int i = 0; i < 1000 && CountSessions() > 0; i++)
            Thread.Sleep(5);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // The collector keeps what it was given for a while: a dirty bitmap has up to 64 MiB.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        return new(CountDescriptors(), CountSessions(), CountMappings(), (int)(managed >> 10), Resident());
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Descriptors} {Sessions} {Mappings} {ManagedKilobytes} {ResidentKilobytes}");

    private static int CountDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd")
        .Count(entry => new FileInfo(entry).LinkTarget is { } target && !target.EndsWith(".dll", StringComparison.Ordinal));

    private static int CountSessions() => Directory.GetDirectories("/proc/self/task").Count(task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("mdev/", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });

    // Anonymous ones are the runtime's own business, and come and go with its heaps. So is its file of compiled code.
    private static int CountMappings() => File.ReadLines("/proc/self/maps").Count(line =>
        line.Contains("/memfd:", StringComparison.Ordinal) && !line.Contains("doublemapper", StringComparison.Ordinal));

    private static int Resident()
    {
        string line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
