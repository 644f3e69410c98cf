using Mdev.Sdk.Observation;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>The steady state of a running guest allocates nothing, on either side.</summary>
public sealed class AllocationTests : WireTest
{
    private const int RoundTrips = 10_000;

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

    [Fact]
    public void A_device_that_is_traced_allocates_nothing_either()
    {
        using var trace = new DeviceTrace(Server.Device);
        byte[] word = new byte[4];
        AssertAllocatesNothing(() =>
        {
            Client.TryWriteRegion(0, 0, word);
            Client.TryReadRegion(0, 0, word);
        });
    }

    // Both threads tell of themselves, the server's by a register: what else goes on in the process does not count.
    private void AssertAllocatesNothing(Action roundTrip)
    {
        for (int i = 0; i < 1000; i++)
            roundTrip();
        byte[] before = Client.ReadRegion(0, 0x64, 4);
        long own = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < RoundTrips; i++)
            roundTrip();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - own);
        Assert.Equal(before, Client.ReadRegion(0, 0x64, 4));
    }
}
