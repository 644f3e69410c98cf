using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Tests.Pci;

public sealed class CapabilityTests
{
    [Fact]
    public void Capabilities_lie_in_the_order_of_declaration_and_the_list_goes_through_all()
    {
        using var device = new ScratchDevice(more: (pci, irq) => pci
            .PowerManagement(new PowerManagementAttribute())
            .Msi(irq, 0, capability: true)
            .VendorCapability(new VendorCapabilityAttribute(0xaa, 0xbb)));
        Assert.Equal(0x40, device.Config(0x34, 1)[0]);
        Assert.Equal([0x01, 0x48], device.Config(0x40, 2));
        Assert.Equal([0x05, 0x58], device.Config(0x48, 2));
        Assert.Equal([0x09, 0x00, 0x05, 0xaa, 0xbb], device.Config(0x58, 5));
        Assert.Equal(0x10, device.Config(0x06, 1)[0]);
        Assert.Equal(256ul, device.RegionSize(PciDevice.ConfigRegion));
    }

    [Fact]
    public void A_place_that_the_data_sheet_gives_is_kept_and_others_go_around_it()
    {
        using var device = new ScratchDevice(more: (pci, irq) => pci
            .ConfigData(0x44, 1)
            .PowerManagement(new PowerManagementAttribute())
            .MsiCapability(new MsiCapabilityAttribute { Offset = 0x50 })
            .Msi(irq, 0, capability: true)
            .VendorCapability(new VendorCapabilityAttribute(1)));
        Assert.Equal([0x48], device.Config(0x34, 1));
        Assert.Equal([0x01, 0x50], device.Config(0x48, 2));
        Assert.Equal([0x05, 0x40], device.Config(0x50, 2));
        Assert.Equal([0x09, 0x00, 0x04, 0x01], device.Config(0x40, 4));
    }

    [Fact]
    public void Two_at_one_place_or_one_without_room_make_no_device()
    {
        Assert.Contains("0x42", Refused(pci => pci.VendorCapability(new VendorCapabilityAttribute(1) { Offset = 0x42 })), StringComparison.Ordinal);
        Assert.Contains("already", Refused(pci => pci.ConfigData(0x40, 1, 2).VendorCapability(new VendorCapabilityAttribute(1) { Offset = 0x40 })), StringComparison.Ordinal);
        Assert.Contains("left", Refused(pci => pci.ConfigData(0x60, 1).VendorCapability(new VendorCapabilityAttribute(new byte[180]))), StringComparison.Ordinal);

        static string Refused(Action<PciDeclaration> more) =>
            Assert.Throws<InvalidOperationException>(() => new ScratchDevice(more: (pci, _) => more(pci))).Message;
    }

    [Fact]
    public void A_PCI_Express_device_has_4096_bytes_and_a_list_of_its_own_there()
    {
        using var device = new ScratchDevice(more: (pci, _) => pci
            .PciExpress(new PciExpressAttribute { Speed = LinkSpeed.Gen3, Width = LinkWidth.X4 })
            .SerialNumber(0x0011_2233_4455_6677)
            .ExtendedCapability(0x000b, 2, new ScratchBlock(12), offset: 0x200));
        Assert.Equal(4096ul, device.RegionSize(PciDevice.ConfigRegion));
        Assert.Equal([0x10, 0x00, 0x02, 0x00], device.Config(0x40, 4));
        Assert.Equal([0x43, 0x00, 0x00, 0x00], device.Config(0x4c, 4));
        Assert.Equal([0x43, 0x00], device.Config(0x52, 2));
        Assert.Equal([0x03, 0x00, 0x01, 0x20, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 0x00], device.Config(0x100, 12));
        Assert.Equal([0x0b, 0x00, 0x02, 0x00], device.Config(0x200, 4));
        Assert.Equal([0], device.Config(0xfff, 1));
    }

    [Fact]
    public void The_extended_list_begins_at_0x100_also_if_nothing_lies_there()
    {
        using var device = new ScratchDevice(more: (pci, _) => pci.SerialNumber(1, offset: 0x140));
        Assert.Equal([0x00, 0x00, 0x00, 0x14], device.Config(0x100, 4));
        Assert.Equal([0x03, 0x00, 0x01, 0x00, 0x01], device.Config(0x140, 5));
    }

    [Fact]
    public void A_type_without_a_block_has_no_such_capability()
    {
        using var device = new ScratchDevice(more: (pci, _) => pci.Capability(0x09, null).ExtendedCapability(0x0b, 1, null));
        Assert.Equal(256ul, device.RegionSize(PciDevice.ConfigRegion));
        Assert.Equal([0x00], device.Config(0x34, 1));
        Assert.Equal([0x00], device.Config(0x06, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Registers_of_a_capability_answer_at_any_width_and_the_header_is_the_lists(int width)
    {
        var block = new ScratchBlock(16);
        using var device = new ScratchDevice(more: (pci, _) => pci.Capability(0x09, block).PowerManagement(new PowerManagementAttribute()));

        // The second half of a scratch block is claimed by nothing.
        byte[] expected = new byte[16];
        (expected[0], expected[1]) = (0x09, 0x50);
        for (int at = 0; at < 16; at += width)
        {
            byte[] bytes = [.. Enumerable.Range(at + 1, Math.Min(width, 16 - at)).Select(i => (byte)(i * 3))];
            device.WriteConfig(0x40 + at, bytes);
            for (int i = at; i < at + bytes.Length; i++)
            {
                if (i is >= 2 and < 8)
                    expected[i] = bytes[i - at];
            }
        }

        for (int at = 0; at < 16; at += width)
            Assert.Equal(expected[at..Math.Min(at + width, 16)], device.Config(0x40 + at, Math.Min(width, 16 - at)));
        Assert.DoesNotContain(block.Accesses, a => a.Contains(" 0 ", StringComparison.Ordinal) || a.Contains(" 1 ", StringComparison.Ordinal));
        device.Reset();
        Assert.Equal([0x09, 0x50, 0, 0], device.Config(0x40, 4));
    }

    [Fact]
    public void A_look_at_config_space_has_no_side_effects_and_a_register_is_traced_where_the_guest_sees_it()
    {
        var block = new ScratchBlock(8, AccessWidth.Dword);
        using var device = new ScratchDevice(more: (pci, _) => pci.ConfigData(0x40, 1).Capability(0x09, block));
        Assert.True(device.Peek(PciDevice.ConfigRegion, 0x40, new byte[16]));
        Assert.Empty(block.Accesses);

        var observer = new Observer();
        device.Observer = observer;
        device.WriteConfig(0x48, 1);
        Assert.Equal((PciDevice.ConfigRegion, 0x48u), (observer.Last.Region, observer.Last.Offset));
    }

    [Fact]
    public void Everything_that_is_not_writable_keeps_its_value_at_any_write()
    {
        using var device = new ScratchDevice(more: (pci, irq) => pci
            .PowerManagement(new PowerManagementAttribute { NoSoftReset = true })
            .PciExpress(new PciExpressAttribute { FunctionLevelReset = false })
            .MsiX(irq, 3).MsiXTable(1, BarKind.Memory32, 0, 0x40, 4)
            .SerialNumber(ulong.MaxValue));
        byte[] before = device.Config(0, 4096);
        HashSet<int> writable = [0x04, 0x05, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x3c];

        // Power state; device, link and link 2 control; message control.
        writable.UnionWith([0x44, 0x50, 0x51, 0x58, 0x78, 0x87]);
        for (int offset = 0; offset < 4096; offset++)
        {
            if (!writable.Contains(offset))
                device.WriteConfig(offset, (byte)~before[offset]);
        }
        Assert.Equal(before, device.Config(0, 4096));
    }

    [Fact]
    public void A_wide_access_is_that_of_its_bytes_at_any_offset_and_width()
    {
        using ScratchDevice wide = Everything(), narrow = Everything();
        var random = new Random(20240607);
        for (int i = 0; i < 20_000; i++)
        {
            // Most of what is there lies at the start, and near the start of the extended part.
            int count = random.Next(1, 17), offset = random.Next(0, random.Next(2) == 0 ? 0x140 : 4096) & (random.Next(2) == 0 ? ~3 : ~0);
            count = Math.Min(count, 4096 - offset);
            byte[] bytes = new byte[count];
            random.NextBytes(bytes);
            wide.WriteConfig(offset, bytes);
            for (int at = 0; at < count; at++)
                narrow.WriteConfig(offset + at, bytes[at]);
            Assert.Equal(wide.Config(offset, count), Enumerable.Range(offset, count).Select(at => narrow.Config(at, 1)[0]));
        }

        Assert.Equal(wide.Config(0, 4096), narrow.Config(0, 4096));

        static ScratchDevice Everything() => new(more: (pci, irq) => pci
            .ConfigData(0xe0, "data"u8.ToArray())
            .PowerManagement(new PowerManagementAttribute { NoSoftReset = true })
            .PciExpress(new PciExpressAttribute { FunctionLevelReset = false })
            .MsiCapability(new MsiCapabilityAttribute { Masking = true })
            .Msi(irq, 3, capability: true)
            .MsiX(irq, 3).MsiXTable(1, BarKind.Memory64, 0, 0x40, 4)
            .VendorCapability(new VendorCapabilityAttribute(1, 2, 3))
            .Capability(0x09, new ScratchBlock(16))
            .SerialNumber(1)
            .ExtendedCapability(0x0b, 1, new ScratchBlock(32))
            .ExpansionRom(RomImage.FromBytes([1])));
    }

    [Fact]
    public void A_BAR_of_registers_that_a_type_is_without_still_holds_the_table()
    {
        using var device = new ScratchDevice(more: (pci, irq) => pci
            .Bar(2, BarKind.Memory64, default(IRegisterBlock))
            .MsiX(irq, 0).MsiXTable(2, BarKind.Memory64, 0x100, 0x110, 1));
        Assert.Equal(0x200ul, device.RegionSize(2));
        Assert.Equal([0, 0, 0, 0], device.Read(2, 0, 4));
        Assert.Equal([1], device.Read(2, 0x10c, 1));
        device.WriteConfig(0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
        Assert.Equal([0x04, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], device.Config(0x18, 8));
    }

    private sealed class Observer : Mdev.Sdk.Device.IRegisterObserver
    {
        public Mdev.Sdk.Device.RegisterAccess Last { get; private set; }

        public void OnAccess(in Mdev.Sdk.Device.RegisterAccess access) => Last = access;
    }
}
