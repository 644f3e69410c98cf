using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Tests.Pci;

public sealed class RomTests
{
    [Fact]
    public void The_ROM_is_region_6_and_takes_no_write()
    {
        using var device = new ScratchDevice(more: (pci, _) => pci.ExpansionRom(RomImage.FromBytes([0x55, 0xaa, 0x01])));
        Assert.Equal(2048ul, device.RegionSize(6));
        Assert.True(device.RegionAt(6)!.Traits.ReadOnly);
        Assert.Equal([0x55, 0xaa, 0x01, 0x00], device.Read(6, 0, 4));
        device.Write(6, 0, 1, 2, 3);
        Assert.Equal([0x55, 0xaa, 0x01, 0x00], device.Read(6, 0, 4));
        Assert.Equal([0x00], device.Read(6, 2047, 1));
    }

    [Fact]
    public void Its_base_address_register_shows_the_size_and_has_an_enable_bit()
    {
        using var device = new ScratchDevice(more: (pci, _) => pci.ExpansionRom(RomImage.FromBytes(new byte[5000])));
        Assert.Equal([0, 0, 0, 0], device.Config(0x30, 4));
        device.WriteConfig(0x30, 0xff, 0xff, 0xff, 0xff);
        Assert.Equal([0x01, 0xe0, 0xff, 0xff], device.Config(0x30, 4));
        device.WriteConfig(0x31, 0x00);
        Assert.Equal([0x01, 0x00, 0xff, 0xff], device.Config(0x30, 4));
        device.Reset();
        Assert.Equal([0, 0, 0, 0], device.Config(0x30, 4));
    }

    [Fact]
    public void A_device_without_an_image_has_no_ROM()
    {
        using var device = new ScratchDevice(more: (pci, _) => pci.ExpansionRom(null));
        device.WriteConfig(0x30, 0xff, 0xff, 0xff, 0xff);
        Assert.Equal([0, 0, 0, 0], device.Config(0x30, 4));
        Assert.Equal(0ul, device.RegionSize(6));
    }

    [Fact]
    public void An_image_comes_from_a_file_or_a_resource()
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, new byte[4097]);
        Assert.Equal(8192, RomImage.FromFile(path).Size);
        File.Delete(path);
        Assert.Throws<FileNotFoundException>(() => RomImage.FromFile(path));
        Assert.Contains("no resource 'rom'", Assert.Throws<ArgumentException>(() => RomImage.FromResource(typeof(RomTests).Assembly, "rom")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_of_no_bytes_or_too_many_is_refused_by_name()
    {
        Assert.Throws<ArgumentException>(() => RomImage.FromBytes([]));
        Assert.Equal(RomImage.MaxLength, RomImage.FromBytes(new byte[RomImage.MaxLength]).Size);
        string path = Path.GetTempFileName();
        using (FileStream file = File.OpenWrite(path))
            file.SetLength(RomImage.MaxLength + 1L);
        Assert.Contains(path, Assert.Throws<ArgumentException>(() => RomImage.FromFile(path)).Message, StringComparison.Ordinal);
        File.Delete(path);
    }
}
