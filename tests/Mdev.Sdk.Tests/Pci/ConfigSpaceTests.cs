using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Tests.Pci;

public sealed class ConfigSpaceTests
{
    [Fact]
    public void The_identity_is_where_pci_has_it()
    {
        using var device = new ScratchDevice();
        Assert.Equal([0x34, 0x12, 0x78, 0x56], device.Config(0x00, 4));
        Assert.Equal([0x0d, 0x0c, 0x0b, 0x0a], device.Config(0x08, 4));
        Assert.Equal([0x01], device.Config(0x3d, 1));
    }

    [Fact]
    public void A_write_to_what_is_read_only_is_ignored()
    {
        using var device = new ScratchDevice();
        byte[] before = device.Config(0, 256);
        for (int offset = 0; offset < 256; offset++)
        {
            if (offset is not (0x04 or 0x05 or >= 0x10 and < 0x14 or 0x3c))
                device.WriteConfig(offset, (byte)~before[offset]);
        }
        Assert.Equal(before, device.Config(0, 256));
    }

    [Fact]
    public void A_bar_shows_its_size_to_whoever_writes_ones()
    {
        using var device = new ScratchDevice(new ScratchBlock(16));
        device.WriteConfig(0x10, 0xff, 0xff, 0xff, 0xff);
        Assert.Equal([0xf1, 0xff, 0xff, 0xff], device.Config(0x10, 4));
    }

    [Theory]
    [InlineData(BarKind.Memory32Prefetchable, new byte[] { 0xf8, 0xff, 0xff, 0xff, 0, 0, 0, 0 })]
    [InlineData(BarKind.Memory64, new byte[] { 0xf4, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(BarKind.Memory64Prefetchable, new byte[] { 0xfc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    public void A_memory_bar_shows_its_kind_and_a_64_bit_one_its_upper_half(BarKind kind, byte[] expected)
    {
        using var device = new ScratchDevice(more: (pci, _) => pci.Bar(2, kind, new ScratchBlock(16)));
        device.WriteConfig(0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
        Assert.Equal(expected, device.Config(0x18, 8));
        device.Reset();
        Assert.Equal([(byte)(expected[0] & 0x0f), 0, 0, 0, 0, 0, 0, 0], device.Config(0x18, 8));
    }

    [Fact]
    public void A_bar_decodes_a_power_of_two_and_never_less_than_pci_allows()
    {
        using var odd = new ScratchDevice(new ScratchBlock(24));
        Assert.Equal(32ul, odd.RegionSize(0));
        using var tiny = new ScratchDevice(new ScratchBlock(2));
        Assert.Equal(4ul, tiny.RegionSize(0));
    }

    [Fact]
    public void A_bar_is_written_byte_by_byte_as_well()
    {
        using var device = new ScratchDevice();
        device.WriteConfig(0x11, 0xc1);
        device.WriteConfig(0x10, 0x57);
        Assert.Equal([0x51, 0xc1, 0x00, 0x00], device.Config(0x10, 4));
    }

    [Fact]
    public void A_write_across_registers_reaches_each()
    {
        using var device = new ScratchDevice();
        device.WriteConfig(0x0e, 0xff, 0xff, 0x00, 0xc0, 0x00, 0x00, 0xff, 0xff);
        Assert.Equal([0x00, 0x00, 0x01, 0xc0, 0x00, 0x00, 0x00, 0x00], device.Config(0x0e, 8));
    }

    [Fact]
    public void Reset_takes_everything_back()
    {
        using var device = new ScratchDevice();
        byte[] fresh = device.Config(0, 256);
        device.WriteConfig(0x04, 0x07, 0x04);
        device.WriteConfig(0x10, 0x00, 0xc0);
        device.WriteConfig(0x3c, 0x0b);
        device.Reset();
        Assert.Equal(fresh, device.Config(0, 256));
    }

    [Fact]
    public void Constant_bytes_stand_where_the_vendor_put_them()
    {
        using var device = new ScratchDevice(more: (pci, _) => pci.ConfigData(0x60, "text"u8.ToArray()).ConfigData(0xff, 7));
        Assert.Equal("text"u8.ToArray(), device.Config(0x60, 4));
        Assert.Equal([7], device.Config(0xff, 1));
    }

    [Fact]
    public void Msi_is_a_capability_that_offers_a_power_of_two()
    {
        using var device = new ScratchDevice(more: (pci, _) => pci
            .ConfigData(0x40, 1, 2, 3)
            .Msi(new InterruptLine(), 2, capability: true));
        byte pointer = device.Config(0x34, 1)[0];
        Assert.Equal(0x44, pointer);
        Assert.Equal([0x05, 0x00, 0x84, 0x00], device.Config(pointer, 4));
        Assert.Equal(0x10, device.Config(0x06, 1)[0] & 0x10);
        Assert.Equal(4u, device.Interrupts[PciDevice.MsiIrq]!.Count);
    }

    [Fact]
    public void The_msi_capability_takes_address_data_and_enable()
    {
        using var device = new ScratchDevice(more: (pci, _) => pci.Msi(new InterruptLine(), 0, capability: true));
        byte pointer = device.Config(0x34, 1)[0];
        device.WriteConfig(pointer, [.. Enumerable.Repeat((byte)0xff, 14)]);
        Assert.Equal(
            [0x05, 0x00, 0xf1, 0x00, 0xfc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            device.Config(pointer, 14));
    }

    [Fact]
    public void The_status_register_shows_the_pin()
    {
        using var device = new ScratchDevice();
        device.Irq.Assert();
        Assert.Equal(0x08, device.Config(0x06, 1)[0]);
        Assert.Equal(0x08, device.Config(0x04, 4)[2]);
        device.Irq.Deassert();
        Assert.Equal(0x00, device.Config(0x06, 1)[0]);
    }

    [Theory]
    [InlineData(256ul, 1)]
    [InlineData(255ul, 2)]
    [InlineData(0ul, 257)]
    [InlineData(ulong.MaxValue, 1)]
    public void An_access_beyond_the_end_is_an_error(ulong offset, int count)
    {
        using var device = new ScratchDevice();
        Assert.Equal(Errno.EINVAL, device.Read(PciDevice.ConfigRegion, offset, new byte[count].AsSpan()));
        Assert.Equal(Errno.EINVAL, device.Write(PciDevice.ConfigRegion, offset, new byte[count].AsSpan()));
    }

    [Fact]
    public void Only_declared_regions_answer()
    {
        using var device = new ScratchDevice();
        for (uint region = 0; region < 12; region++)
        {
            bool declared = region is 0 or PciDevice.ConfigRegion;
            Assert.Equal(declared ? Errno.None : Errno.EINVAL, device.Read(region, 0, new byte[1].AsSpan()));
            Assert.Equal(declared ? Errno.None : Errno.EINVAL, device.Write(region, 0, new byte[1].AsSpan()));
        }
    }
}
