using System.Diagnostics;

namespace Mdev.Bridge.Tests;

/// <summary>
/// What comes about in the background: the kernel tells of a close(2) after it has returned. Only what is broken makes a test wait as long
/// as it can.
/// </summary>
internal static class Eventually
{
    public static void True(Func<bool> condition, string otherwise)
    {
        var patience = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), otherwise);
            Thread.Sleep(5);
        }
    }

    public static void Equal<T>(T expected, Func<T> actual)
    {
        T last = default!;
        var patience = Stopwatch.StartNew();
        while (!EqualityComparer<T>.Default.Equals(last = actual(), expected) && patience.Elapsed < TimeSpan.FromSeconds(20))
            Thread.Sleep(5);
        Assert.Equal(expected, last);
    }
}
