using Mdev.Sdk.Testing;

namespace Mdev.Bench.Clients;

/// <summary>Clients that have done what QEMU does at its start, and then do nothing until they are disposed.</summary>
internal sealed class AttachedGuests : IDisposable
{
    private const uint Regions = 9, Interrupts = 5, Intx = 0, Config = 7;
    private const ulong CommandRegister = 4, FirstBar = 0x10;
    private const int Bars = 6, MemorySize = 64 << 20;

    private readonly SharedMemory _memory = new(MemorySize);
    private readonly List<IDisposable> _held = [];

    public void Attach(string socket)
    {
        VfioUserClient client = VfioUserClient.Connect(socket);
        _held.Add(client);
        client.GetDeviceInfo();
        for (uint region = 0; region < Regions; region++)
            client.GetRegionInfo(region);
        for (uint index = 0; index < Interrupts; index++)
            client.GetIrqInfo(index);
        client.Reset();
        client.MapDma(0, MemorySize, _memory);

        // The guest's firmware: config space, the sizes of the BARs, their addresses, decoding on; then its driver's interrupt.
        client.ReadRegion(Config, 0, 256);
        for (ulong bar = FirstBar; bar < FirstBar + (Bars * 4); bar += 4)
        {
            client.WriteRegion(Config, bar, 0xff, 0xff, 0xff, 0xff);
            client.ReadRegion(Config, bar, 4);
            client.WriteRegion(Config, bar, 0, 0, 0, 0xe0);
        }
        client.WriteRegion(Config, CommandRegister, 7, 0);
        var interrupt = new EventFd();
        _held.Add(interrupt);
        client.ArmIrqs(Intx, interrupt);
        client.ReadRegion(0, 0x40, 4);
        client.PostWriteRegion(0, 0x40, 1, 2, 3, 4);
    }

    public void Dispose()
    {
        foreach (IDisposable held in _held)
            held.Dispose();
        _memory.Dispose();
    }
}
