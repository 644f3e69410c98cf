using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>What clients leave behind, and what they hold while they do nothing, by what the kernel counts.</summary>
public sealed class IdleTests : WireTest
{
    [Fact]
    public void Clients_that_have_gone_leave_no_descriptor_mapping_thread_or_memory()
    {
        using var guest = new SharedMemory(1 << 20);
        using var interrupt = new EventFd();
        for (int i = 0; i < 20; i++)
            UseMuch(guest, interrupt);
        Reconnect();
        int descriptors = Holdings.Descriptors, mappings = Mappings;
        long addresses = AddressSpace;

        const int Clients = 200;
        for (int i = 0; i < Clients; i++)
            UseMuch(guest, interrupt);
        Reconnect();

        Holdings.AssertNoMoreDescriptorsThan(descriptors);
        Assert.True(Holdings.Eventually(() => Holdings.SessionThreads == 1), "Threads of clients that have gone stay.");

        // The runtime makes some of its own, but not one for each client; each of them had 64 KiB and more in buffers.
        Assert.True(Holdings.Eventually(() => Mappings < mappings + (Clients / 2)), $"{Mappings} mappings, {mappings} before.");
        Assert.True(
            Holdings.Eventually(() => AddressSpace < addresses + (Clients * (32L << 10)) + (64L << 20)), $"{AddressSpace} bytes, {addresses} before.");
    }

    [Fact]
    public void An_idle_client_costs_no_processor_time()
    {
        for (int i = 0; i < 1000; i++)
            Client.ReadRegion(0, 0, 4);

        // The session's thread has nothing to do from here on: once it sleeps, the scheduler's clock stands still.
        Assert.True(Holdings.Eventually(() =>
        {
            long before = SessionTime;
            Thread.Sleep(100);
            return SessionTime == before;
        }));
    }

    private static int Mappings => File.ReadLines("/proc/self/maps").Count();

    private static long AddressSpace =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0], null) * Environment.SystemPageSize;

    // Nanoseconds that the threads which serve clients have run.
    private static long SessionTime => Directory.GetDirectories("/proc/self/task")
        .Where(task => File.ReadAllText(Path.Combine(task, "comm")).StartsWith("mdev/", StringComparison.Ordinal))
        .Sum(task => long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], null));

    private void UseMuch(SharedMemory guest, EventFd interrupt)
    {
        Reconnect();
        Client.MapDma(0x10_0000, 1 << 20, guest);
        Client.ArmIrqs(0, interrupt);
        Client.WriteRegion(2, 0, new byte[65536]);
        Client.ReadRegion(2, 0, 65536);
        for (int i = 0; i < 20; i++)
            Client.ReadRegion(0, 0, 4);
    }
}
