using System.Diagnostics;

namespace Mdev.Hosting.Tests;

/// <summary>Waits for what happens soon on another thread or in another process.</summary>
internal static class Eventually
{
    // Only a broken program makes a test wait this long.
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    public static async Task Async(Func<bool> happened)
    {
        long start = Stopwatch.GetTimestamp();
        while (!happened())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_deadline, "It does not happen.");
            await Task.Delay(10);
        }
    }
}
