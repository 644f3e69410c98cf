using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>The steady state of a running guest allocates nothing, on either side.</summary>
public sealed class AllocationTests : WireTest
{
    private const int RoundTrips = 20_000;

    // The smallest object has 24 bytes: one in ten messages would show. What is below is the test runner's own.
    private const long Noise = RoundTrips / 10 * 24;

    [Fact]
    public void Reads_and_writes_of_registers_allocate_nothing()
    {
        byte[] word = new byte[4];
        AssertAllocatesNothing(() =>
        {
            Client.TryWriteRegion(0, 0, word);
            Client.TryReadRegion(0, 0, word);
        });
    }

    [Fact]
    public void Posted_writes_allocate_nothing()
    {
        byte[] word = new byte[4];
        AssertAllocatesNothing(() =>
        {
            Client.PostWriteRegion(0, 0, word);
            Client.PostWriteRegion(0, 4, word);
            Client.TryReadRegion(0, 0, word);
        });
    }

    [Fact]
    public void Refusals_allocate_nothing()
    {
        byte[] word = new byte[4];
        AssertAllocatesNothing(() => Client.TryReadRegion(9, 0, word));
    }

    private static void AssertAllocatesNothing(Action roundTrip)
    {
        for (int i = 0; i < 1000; i++)
            roundTrip();
        long process = GC.GetTotalAllocatedBytes(precise: true);
        long thread = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < RoundTrips; i++)
            roundTrip();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - thread);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - process, 0, Noise);
    }
}
