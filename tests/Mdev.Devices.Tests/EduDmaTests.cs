using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>edu's DMA engine, which needs a client with memory.</summary>
public sealed class EduDmaTests : IDisposable
{
    private const uint Msi = 1;

    private readonly ServedDevice _edu = new("edu");
    private readonly EventFd _irq = new();

    public void Dispose()
    {
        _edu.Dispose();
        _irq.Dispose();
    }

    [Fact]
    public void DMA_goes_both_ways_and_interrupts()
    {
        using var memory = new SharedMemory(0x10000);
        byte[] pattern = [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 7))];
        memory.Write(0x1000, pattern);
        _edu.Client.MapDma(0x10_0000, 0x10000, memory);
        _edu.Client.ArmIrqs(Msi, _irq);

        Transfer(0x10_1000, 0x4_0000, 4096, command: 0x5);
        Assert.True(_irq.Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal(0x100u, _edu.Read(0, 0x24));
        _edu.Write(0, 0x64, 0x100u);

        Transfer(0x4_0010, 0x10_8000, 64, command: 0x3);
        _edu.Poll(0, 0x98, command => (command & 1) == 0);
        Assert.Equal(pattern[0x10..0x50], memory.Read(0x8000, 64));

        // Beyond the buffer, and nowhere in memory: it ends, and nothing happens.
        Transfer(0x4_0ff0, 0x10_8000, 64, command: 0x3);
        _edu.Poll(0, 0x98, command => (command & 1) == 0);
        Transfer(0x4_0000, 0x50_0000, 64, command: 0x3);
        _edu.Poll(0, 0x98, command => (command & 1) == 0);
        Assert.Equal(pattern[0x10..0x50], memory.Read(0x8000, 64));
    }

    private void Transfer(ulong source, ulong destination, ulong count, ulong command)
    {
        _edu.Write(0, 0x80, source);
        _edu.Write(0, 0x88, (uint)destination);
        _edu.Write(0, 0x8c, 0u);
        _edu.Write(0, 0x90, count);
        _edu.Write(0, 0x98, command);
    }
}
