using System.Text.Json;
using Mdev.Devices;
using Mdev.Sdk.Observation;
using Mdev.Sdk.Observation.Control;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Observation;

/// <summary>What a snapshot says of a device that a client uses.</summary>
public sealed class DeviceSnapshotTests
{
    private const uint Intx = 0, MsiX = 2;

    [Fact]
    public void It_says_what_config_space_says()
    {
        using var device = new Exerciser(whole: true);
        using var server = new DeviceServer(device);
        PciSnapshot pci = DeviceSnapshot.Of(device).Pci!;
        Assert.Equal((0x9710ul, 0x9900ul, 0x07_00_02ul), (pci.Vendor, pci.Device, pci.Class));
        Assert.Equal("D0", pci.PowerState);
        Assert.Equal(4096, pci.Config.Length);
        Assert.Equal([0x10, 0x97, 0x00, 0x99], pci.Config[..4].ToArray());
        Assert.Contains(pci.Capabilities, c => c.Name == "MSI-X");
        Assert.Contains(pci.Capabilities, c => c is { Name: "device serial number", Offset: >= 0x100 });
    }

    [Fact]
    public void Registers_have_values_and_decoded_fields()
    {
        using var device = new Edu();
        using var server = new DeviceServer(device);
        server.Client.WriteRegion(0, 0x20, 0x80, 0, 0, 0);
        RegionSnapshot region = DeviceSnapshot.Of(device).Regions[0];
        Assert.Equal("BAR0", region.Name);

        Assert.Equal(0x0100_00edul, region.Registers.Single(r => r.Name == "Identification").Value);
        RegisterSnapshot status = region.Registers.Single(r => r.Name == "Status");
        Assert.Equal((0x20ul, 32, 0x80ul), (status.Offset, status.Width, status.Value!.Value));
        Assert.Equal([new("Computing", 0, 0, "false"), new("RaiseInterrupt", 7, 7, "true")], status.Fields);
        Assert.Null(region.Registers.Single(r => r.Name == "InterruptAcknowledge").Value);
    }

    [Fact]
    public void Of_registers_that_share_an_address_it_shows_the_one_that_is_there()
    {
        using var device = new Mtty.MttyDevice(1, new Mtty.MttyParent(_ => null));
        using var server = new DeviceServer(device);
        Assert.Contains(DeviceSnapshot.Of(device).Regions[0].Registers, r => r is { Offset: 1, Name: "IER" });
        server.Client.WriteRegion(0, 3, 0x80);
        RegionSnapshot region = DeviceSnapshot.Of(device).Regions[0];
        Assert.Contains(region.Registers, r => r is { Offset: 1, Name: "DLM" });
        Assert.DoesNotContain(region.Registers, r => r.Name == "IER");
        Assert.Equal("true", region.Registers.Single(r => r.Name == "LCR").Fields.Single(f => f.Name == "DivisorLatch").Value);
    }

    [Fact]
    public void Of_a_register_that_only_an_impure_handler_knows_it_says_so_and_no_value()
    {
        using var device = new Mtty.MttyDevice(1, new Mtty.MttyParent(_ => null));
        using var server = new DeviceServer(device);
        IReadOnlyList<RegisterSnapshot> registers = DeviceSnapshot.Of(device).Regions[0].Registers;
        Assert.True(registers.Single(r => r.Name == "RBR") is { Value: null, Unseen: true });
        Assert.True(registers.Single(r => r.Name == "LSR") is { Value: 0x60, Unseen: false });
    }

    [Fact]
    public void Looking_changes_nothing()
    {
        using var device = new Mtty.MttyDevice(1, new Mtty.MttyParent(_ => null));
        using var server = new DeviceServer(device);
        server.Client.WriteRegion(0, 0, (byte)'x');
        long reads = device.Counters.Reads;
        for (int i = 0; i < 3; i++)
            DeviceSnapshot.Of(device);
        Assert.Equal(reads, device.Counters.Reads);
        Assert.Equal((byte)'x', server.Client.ReadRegion(0, 0, 1)[0]);
    }

    [Fact]
    public void It_says_who_uses_the_device()
    {
        using var device = new Edu();
        using var server = new DeviceServer(device);
        ClientSnapshot client = DeviceSnapshot.Of(device).Client!;
        Assert.Equal(Environment.ProcessId, client.ProcessId);
        Assert.NotEmpty(client.Process);
        Assert.Equal(1, DeviceSnapshot.Of(device).Counters.Connections);
    }

    [Fact]
    public void Nobody_uses_a_device_whose_client_has_gone()
    {
        using var device = new Edu();
        using var server = new DeviceServer(device);
        server.Client.Dispose();
        Assert.True(SpinWait.SpinUntil(() => DeviceSnapshot.Of(device).Client is null, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Interrupts_are_shown_with_what_is_armed_masked_and_pending()
    {
        using var device = new Exerciser(whole: true);
        using var server = new DeviceServer(device);
        using EventFd first = new(), second = new();
        server.Client.ArmIrqs(MsiX, first, second);
        server.Client.SetIrqs(MsiX, VfioIrqSet.DataNone | VfioIrqSet.Mask, 1, 1);
        server.Client.WriteRegion(1, 4, 0, 0, 0, 0);
        server.Client.WriteRegion(1, 4, 1, 0, 0, 0);

        InterruptSnapshot interrupts = DeviceSnapshot.Of(device).Interrupts.Single(i => i.Name == "MSI-X");
        Assert.Equal((2, 4, true, 1L), (interrupts.Index, interrupts.Count, interrupts.Active, interrupts.Signals));
        Assert.Equal([new(0, true, false, false), new(1, true, true, true)], interrupts.Vectors);
    }

    [Fact]
    public void A_level_that_waits_for_its_mask_is_pending()
    {
        using var device = new Edu();
        using var server = new DeviceServer(device);
        using EventFd pin = new();
        server.Client.ArmIrqs(Intx, pin);
        server.Client.WriteRegion(0, 0x60, 1, 0, 0, 0);
        InterruptSnapshot interrupts = DeviceSnapshot.Of(device).Interrupts.Single(i => i.Name == "INTx");
        Assert.True(interrupts.Asserted);
        Assert.Equal([new(0, true, true, true)], interrupts.Vectors);
    }

    [Fact]
    public void The_clients_memory_is_shown_shared_or_not()
    {
        using var device = new Edu();
        using var server = new DeviceServer(device);
        using var memory = new SharedMemory(0x4000);
        server.Client.MapDma(0x10_0000, 0x2000, memory, offset: 0x1000);
        server.Client.MapDma(0x20_0000, 0x1000, null, access: VfioDmaAccess.Read);
        IReadOnlyList<DmaSnapshot> dma = DeviceSnapshot.Of(device).Dma;
        Assert.Equal(
            new DmaSnapshot { Address = 0x10_0000, Size = 0x2000, CanRead = true, CanWrite = true, Shared = true, Mapped = true, Broken = false, FileOffset = 0x1000 },
            dma[0]);
        Assert.Equal(
            new DmaSnapshot { Address = 0x20_0000, Size = 0x1000, CanRead = true, CanWrite = false, Shared = false, Mapped = false, Broken = false, FileOffset = 0 },
            dma[1]);
    }

    [Fact]
    public void Accesses_and_refusals_are_counted()
    {
        using var device = new Edu();
        using var server = new DeviceServer(device);
        server.Client.ReadRegion(0, 0, 4);
        server.Client.ReadRegion(0, 0x30, 4);
        server.Client.WriteRegion(0, 4, 1, 2, 3, 4);
        Assert.Equal(Errno.EINVAL, server.Client.TryReadRegion(3, 0, new byte[4]));
        server.Client.Reset();

        CountersSnapshot counters = DeviceSnapshot.Of(device).Counters;
        Assert.Equal([new(0, 2, 1)], counters.Regions);
        Assert.Equal((1L, 1L, 1L), (counters.UnclaimedReads, counters.ProtocolErrors, counters.Resets));
    }

    [Fact]
    public void Memory_and_what_clients_map_of_it_are_areas()
    {
        var device = new MemoryDevice();
        using var server = new DeviceServer(device);
        RegionSnapshot region = DeviceSnapshot.Of(device).Regions.Single(r => r.Name == "BAR2");
        Assert.Equal([(0x1000ul, 0x3000ul), (0x6000ul, 0x1000ul)], region.Mappable.Select(a => (a.Offset, a.Size)));
        Assert.Contains(region.Memory, a => a is { Name: "Small", Offset: 0x204, Size: 16 });
        Assert.False(DeviceSnapshot.Of(device).Regions.Single(r => r.Index == 9).CanWrite);
    }

    [Fact]
    public void It_comes_back_from_JSON_as_it_was()
    {
        using var device = new Exerciser(whole: true);
        using var server = new DeviceServer(device);
        string json = JsonSerializer.Serialize(DeviceSnapshot.Of(device), InspectionJson.Default.DeviceSnapshot);
        DeviceSnapshot back = JsonSerializer.Deserialize(json, InspectionJson.Default.DeviceSnapshot)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, InspectionJson.Default.DeviceSnapshot));
        Assert.Contains("\"vendor\":\"0x9710\"", json, StringComparison.Ordinal);
    }
}
