using System.Diagnostics;

namespace Mdev.Guest.Tests;

/// <summary>What another process does in its own time.</summary>
internal static class Eventually
{
    /// <summary>Waits until a condition holds; fails after half a minute.</summary>
    public static void Is(Func<bool> condition, Func<string> otherwise)
    {
        var patience = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), otherwise());
            Thread.Sleep(20);
        }
    }
}
