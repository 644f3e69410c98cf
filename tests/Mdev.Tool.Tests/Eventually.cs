using System.Diagnostics;

namespace Mdev.Tool.Tests;

/// <summary>Waits for what another process does.</summary>
internal static class Eventually
{
    public static void True(Func<bool> condition, Func<string>? otherwise = null)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); Thread.Sleep(20))
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), otherwise?.Invoke() ?? "It does not happen.");
    }
}
