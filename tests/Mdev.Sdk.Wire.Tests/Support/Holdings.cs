using System.Diagnostics;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>What this process, and so the server in it, holds.</summary>
internal static class Holdings
{
    public static int Descriptors => Open().Count;

    /// <summary>Waits until no more descriptors are open than before; a failure lists what is.</summary>
    public static void AssertNoMoreDescriptorsThan(int before)
    {
        if (Eventually(() => Descriptors <= before))
            return;
        List<string> open = Open();
        Assert.Fail($"{open.Count} descriptors are open, {before} before:\n{string.Join('\n', open)}");
    }

    /// <summary>Threads that serve clients; the runtime's own come and go as they like.</summary>
    public static int SessionThreads =>
        Directory.GetDirectories("/proc/self/task").Count(task => NameOf(task).StartsWith("mdev/", StringComparison.Ordinal));

    /// <summary>Waits for something that another thread does; a deadline only keeps a broken server from hanging the test.</summary>
    public static bool Eventually(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(10))
                return false;
            Thread.Sleep(5);
        }
        return true;
    }

    // The runtime keeps the files of assemblies open that it loads whenever code first needs them: no client sends those.
    // What earlier tests have left to the finalizer is closed first, or it would be closed in the middle of this one.
    private static List<string> Open()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return [.. Directory.GetFileSystemEntries("/proc/self/fd")
            .Select(entry => $"{Path.GetFileName(entry)} {new FileInfo(entry).LinkTarget}")
            .Where(line => !line.EndsWith(".dll", StringComparison.Ordinal))];
    }

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
