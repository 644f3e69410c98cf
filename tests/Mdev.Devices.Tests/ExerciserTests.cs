using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>The exerciser over the wire: what a client sees of capabilities, MSI-X and ROM.</summary>
public sealed class ExerciserTests : IDisposable
{
    private const uint MsiX = 2, Err = 3, Req = 4, Config = 7;

    private readonly ServedDevice _device = new("exerciser", "--uuid", "00112233-4455-6677-8899-aabbccddeeff");
    private readonly EventFd _irq = new();
    private readonly EventFd _other = new();

    public void Dispose()
    {
        _device.Dispose();
        _irq.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Config_space_has_4096_bytes_and_both_lists()
    {
        Assert.Equal(4096ul, _device.Client.GetRegionInfo(Config).Size);
        Assert.Equal([0x01, 0x10, 0x11, 0x09, 0x09], List().Select(c => (int)c.Id));
        Assert.Equal([0x07, 0x6d, 0x64, 0x65, 0x76], _device.Client.ReadRegion(Config, 0xf2, 5));

        // The UUID's first eight bytes, as .NET has them.
        Assert.Equal(0x10c1_0003u, _device.Read(Config, 0x100));
        Assert.Equal(0x0011_2233u, _device.Read(Config, 0x104));
        Assert.Equal(0x6677_4455u, _device.Read(Config, 0x108));
        Assert.Equal(0x0001_000bu, _device.Read(Config, 0x10c));
        Assert.Equal(0x00c1_0042u, _device.Read(Config, 0x110));
    }

    [Fact]
    public void Registers_in_config_space_do_what_registers_do()
    {
        int mailbox = List().Last(c => c.Id == 0x09).Offset;
        Assert.Equal(12, _device.Client.ReadRegion(Config, (ulong)mailbox + 2, 1)[0]);
        _device.Write(Config, (ulong)mailbox + 4, 0x1234_5678u);
        Assert.Equal(~0x1234_5678u, _device.Read(Config, (ulong)mailbox + 8));
        Assert.Equal(1u, _device.Read(Config, 0x114));
        Assert.Equal(2u, _device.Read(Config, 0x114));
    }

    [Fact]
    public void A_type_may_be_without_a_capability_and_the_ROM()
    {
        using var bare = new ServedDevice("exerciser", "--type", "exerciser-2");
        Assert.Equal(0ul, bare.Client.GetRegionInfo(6).Size);
        Assert.Equal([0x01, 0x10, 0x11, 0x09], List(bare).Select(c => (int)c.Id));
    }

    [Fact]
    public void The_ROM_can_be_read_only()
    {
        Assert.Equal((4096ul, 1u), (_device.Client.GetRegionInfo(6).Size, (uint)_device.Client.GetRegionInfo(6).Flags));
        Assert.Equal([0x55, 0xaa], _device.Client.ReadRegion(6, 0, 2));
        Assert.Equal("mdev exerciser"u8.ToArray(), _device.Client.ReadRegion(6, 0x40, 14));
        _device.Client.WriteRegion(6, 0, 1, 2, 3);
        Assert.Equal([0x55, 0xaa], _device.Client.ReadRegion(6, 0, 2));
    }

    [Fact]
    public void Vectors_signal_and_wait_while_they_are_masked()
    {
        _device.Client.ArmIrqs(MsiX, _irq, _other);
        _device.Write(1, 0x04, 1u);
        Assert.Equal((0ul, 1ul), (_irq.Take(), _other.Take()));
        _device.Write(1, 0x101c, 1u);
        _device.Write(1, 0x04, 1u);
        Assert.Equal(0ul, _other.Take());
        Assert.Equal(2u, _device.Read(1, 0x1800));
        _device.Write(1, 0x101c, 0u);
        Assert.Equal(1ul, _other.Take());
    }

    [Fact]
    public void The_port_interrupts_by_MSI_X()
    {
        _device.Client.ArmIrqs(MsiX, _irq);
        _device.Client.WriteRegion(0, 1, 0x01);
        _device.Client.WriteRegion(0, 0, 0x41);
        Assert.Equal(1ul, _irq.Take());
        Assert.Equal([0x41], _device.Client.ReadRegion(0, 0, 1));
    }

    [Fact]
    public void It_tells_its_user()
    {
        _device.Write(1, 0x10, 1u);
        Assert.Equal(0u, _device.Read(1, 0x10));
        _device.Client.ArmIrqs(Err, _irq);
        _device.Client.ArmIrqs(Req, _other);
        _device.Write(1, 0x10, 1u);
        Assert.Equal(1u, _device.Read(1, 0x10));
        _device.Write(1, 0x10, 2u);
        Assert.Equal((1ul, 1ul), (_irq.Take(), _other.Take()));
    }

    [Fact]
    public void A_function_level_reset_and_a_change_of_power_are_seen()
    {
        (_, int power) = List().Single(c => c.Id == 0x01);
        (_, int express) = List().Single(c => c.Id == 0x10);
        uint resets = _device.Read(1, 0x08);
        _device.Write(1, 0x00, 5u);
        _device.Client.WriteRegion(Config, (ulong)power + 4, 3);
        _device.Client.WriteRegion(Config, (ulong)power + 4, 0);
        Assert.Equal((5u, 2u), (_device.Read(1, 0x00), _device.Read(1, 0x0c)));
        _device.Client.WriteRegion(Config, (ulong)express + 8, 0x10, 0xa8);
        Assert.Equal((0u, resets + 1), (_device.Read(1, 0x00), _device.Read(1, 0x08)));
    }

    private List<(byte Id, int Offset)> List() => List(_device);

    private static List<(byte Id, int Offset)> List(ServedDevice device)
    {
        var list = new List<(byte, int)>();
        for (int at = device.Client.ReadRegion(Config, 0x34, 1)[0]; at != 0 && list.Count < 48;)
        {
            byte[] header = device.Client.ReadRegion(Config, (ulong)at, 2);
            list.Add((header[0], at));
            at = header[1];
        }
        return list;
    }
}
