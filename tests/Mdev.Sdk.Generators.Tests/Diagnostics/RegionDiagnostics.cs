using Mdev.Sdk.Generators.Tests.Harness;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class RegionDiagnostics
{
    private const string Blocks = """
        [RegisterBlock(0x10)] public sealed partial class Small;
        [RegisterBlock(0x2000)] public sealed partial class Large;

        """;

    [Fact]
    public Task Registers_memory_and_doorbells_may_share_a_bar_at_offsets_of_their_own() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card(long size) : PciDevice
        {
            [Bar(0, BarKind.Memory64, Size = 0x10000)] public Small Registers { get; } = new();
            [Bar(0, BarKind.Memory64, Offset = 0x10)] public Small? Others { get; }
            [Bar(0, BarKind.Memory64, Offset = 0x1000)] public MemoryRegion Ring { get; } = new(size);
            [Bar(0, BarKind.Memory64, Offset = 0x2000)] public DoorbellArea Doorbells { get; } = new(4, 4);
            [Bar(0, BarKind.Memory64, Offset = 0x104, Mapped = false)] public MemoryRegion Mailbox { get; } = new(0x40);
            [Bar(2, BarKind.Memory32Prefetchable)] public MemoryRegion Vram { get; } = new(0x1000);
            [Region(9, Type = 1, Subtype = 1, ReadOnly = true)] public MemoryRegion Edid { get; } = new(0x1000);
        }
        """);

    [Fact]
    public Task MDEV101_blocks_of_a_bar_share_no_byte() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [{|+MDEV101:Bar(2, BarKind.Memory32)|}] public Small One { get; } = new();
            [{|MDEV101:Bar(2, BarKind.Memory32)|}] public Small Other { get; } = new();
            [Bar(3, BarKind.Memory32, {|+MDEV101:Offset = 0x10|})] public Small Third { get; } = new();
            [Bar(3, BarKind.Memory32, {|MDEV101:Offset = 0x1f|})] public Small Fourth { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV103_a_size_is_a_power_of_two() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, BarKind.Memory32, {|MDEV103:Size = 0x1001|})] public Small One { get; } = new();
            [Bar(1, BarKind.Io, {|MDEV103:Size = 24|})] public Small Other { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV104_and_MDEV105_a_bar_has_no_fewer_bytes_than_it_can_decode() => Diagnose.Expect("""
        [RegisterBlock(2)] public sealed partial class Tiny;
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, BarKind.Io, {|MDEV104:Size = 2|})] public Tiny One { get; } = new();
            [Bar(1, BarKind.Memory32, {|MDEV105:Size = 8|})] public Tiny Other { get; } = new();
            [Bar(2, BarKind.Io, {|MDEV104:Size = 512|})] public Tiny Third { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV106_what_lies_in_a_bar_or_region_ends_inside_of_its_size() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [{|MDEV106:Bar(0, BarKind.Memory32, {|+MDEV106:Size = 0x1000|})|}] public Large One { get; } = new();
            [Bar(1, BarKind.Memory32, {|+MDEV106:Size = 0x1000|})] public Small Other { get; } = new();
            [Bar(1, BarKind.Memory32, {|MDEV106:Offset = 0xff8|})] public Small Third { get; } = new();
            [{|MDEV106:Region(9, {|+MDEV106:Size = 8|})|}] public Small Fourth { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV110_mapped_memory_begins_at_a_page() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, BarKind.Memory32, {|MDEV110:Offset = 0x800|})] public MemoryRegion One { get; } = new(0x1000);
            [Bar(1, BarKind.Io, Offset = 0x10)] public MemoryRegion Ports { get; } = new(0x10);
            [Region(9, {|MDEV110:Offset = 1|})] public DoorbellArea Bells { get; } = new(1, 4);
        }
        """);

    [Fact]
    public Task MDEV111_memory_lies_over_no_registers() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [{|+MDEV111:Bar(0, BarKind.Memory32)|}] public Large Registers { get; } = new();
            [Bar(0, BarKind.Memory32, {|MDEV111:Offset = 0x1000|})] public MemoryRegion Memory { get; } = new(0x1000);
            [Bar(0, BarKind.Memory32, {|+MDEV111:Offset = 0x4000|})] public MemoryRegion Page { get; } = new(0x1000);
            [Bar(0, BarKind.Memory32, {|MDEV111:Offset = 0x4ff0|})] public Small Inside { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV113_a_region_has_a_number_of_its_own() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Region({|MDEV113:7|})] public Small Config { get; } = new();
            [Region({|MDEV113:100|})] public Small Last { get; } = new();
            [{|+MDEV113:Region(9)|}] public Small One { get; } = new();
            [{|MDEV113:Region(9)|}] public Small Other { get; } = new();
        }
        [VfioDevice(DeviceApi.Ap)] public sealed partial class Queue : VfioDevice
        {
            [Region({|MDEV113:-1|})] public Small Negative { get; } = new();
            [Region(7)] public Small Fine { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV117_a_region_holds_registers_or_memory() => Diagnose.Expect("""
        [VfioDevice(DeviceApi.Platform)] public sealed partial class Port : VfioDevice
        {
            [Region(0)] public string {|MDEV117:Text|} { get; } = "";
            [Region(1)] public MemoryRegion {|MDEV117:WriteOnly|} { set { } }
        }
        """);

    [Fact]
    public Task MDEV132_parts_agree_on_what_they_share() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, {|+MDEV132:BarKind.Memory32|}, {|+MDEV132:Size = 0x1000|})] public Small One { get; } = new();
            [Bar(0, {|MDEV132:BarKind.Io|}, {|MDEV132:Size = 0x100|}, Offset = 0x20)] public Small Other { get; } = new();
            [Region(9, {|+MDEV132:Type = 1|})] public Small Third { get; } = new();
            [Region(9, {|MDEV132:Type = 2|}, Offset = 0x10)] public Small Fourth { get; } = new();
            [Region(10, ReadOnly = true, {|MDEV132:WriteOnly = true|})] public Small Neither { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV133_attributes_of_the_other_sort_of_device_do_nothing() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [{|MDEV133:Irq(0)|}] public InterruptLine Line { get; } = new();
        }
        [VfioDevice(DeviceApi.Ccw)] public sealed partial class Channel : VfioDevice
        {
            [{|MDEV133:Bar(0, BarKind.Memory32)|}] public Small One { get; } = new();
            [{|MDEV133:IntX|}, {|MDEV133:Msi|}] public InterruptLine Line { get; } = new();
        }
        public sealed class Nothing
        {
            [{|MDEV133:Region(0)|}] public Small One { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV520_and_MDEV502_an_interrupt_is_a_line_of_one_kind() => Diagnose.Expect("""
        [VfioDevice(DeviceApi.Platform)] public sealed partial class Port : VfioDevice
        {
            [Irq({|MDEV520:50|})] public InterruptLine One { get; } = new();
            [{|+MDEV520:Irq(1)|}] public InterruptLine Edge { get; } = new();
            [{|MDEV520:Irq(1, IrqKind.Level)|}] public InterruptLine Level { get; } = new();
            [Irq(1)] public InterruptLine AnotherEdge { get; } = new();
            [Irq(2)] public int {|MDEV502:Number|} { get; }
        }
        """);

    [Fact]
    public Task MDEV009_a_device_that_is_not_PCI_derives_from_VfioDevice_itself() => Diagnose.Expect(Blocks + """
        [VfioDevice(DeviceApi.Platform)] public sealed partial class {|MDEV009:Nothing|}
        {
            [Region(0)] public Small One { get; } = new();
        }
        [VfioDevice(DeviceApi.Platform)] public sealed partial class {|MDEV009:Card|} : PciDevice;
        [VfioDevice(DeviceApi.Platform), PciDevice(1, 2)] public sealed partial class {|MDEV009:Both|} : PciDevice;
        [VfioDevice(DeviceApi.Platform)] public abstract partial class {|MDEV008:Family|} : VfioDevice;
        [VfioDevice(DeviceApi.Platform)] public sealed class {|MDEV001:Whole|} : VfioDevice;
        """);

    [Fact]
    public Task A_device_of_no_region_and_no_interrupt_is_one() => Diagnose.Expect("""
        [VfioDevice(DeviceApi.Ap)] public sealed partial class Queue : VfioDevice;
        """);
}
