using Mdev.Sdk.Generators.Tests.Harness;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class MsixDiagnostics
{
    private const string Blocks = """
        [RegisterBlock(0x100)] public sealed partial class Block;

        """;

    [Fact]
    public Task MDEV501_a_vector_is_one_of_2048() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [MsiX({|MDEV501:2048|})] public InterruptLine Line { get; } = new();
            [MsiX(2047)] public InterruptLine Last { get; } = new();
            [MsiX] public string {|MDEV502:Text|} => "";
        }
        """);

    [Fact]
    public Task MDEV504_a_table_has_a_vector_for_each_line_and_not_too_many() => Diagnose.Expect("""
        [PciDevice(1, 2), MsiXTable(1, {|MDEV504:Vectors = 2049|})] public sealed partial class Large : PciDevice;
        [PciDevice(1, 2), {|MDEV504:MsiXTable(1)|}] public sealed partial class None : PciDevice;
        [PciDevice(1, 2), MsiXTable(1, {|MDEV504:Vectors = 2|})] public sealed partial class Small : PciDevice
        {
            [MsiX] public InterruptLine Line { get; } = new();
            [{|+MDEV504:MsiX(2)|}] public InterruptLine Last { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV504_MSI_offers_a_power_of_two() => Diagnose.Expect("""
        [PciDevice(1, 2), MsiCapability({|MDEV504:Vectors = 3|})] public sealed partial class Odd : PciDevice
        {
            [Msi] public InterruptLine Line { get; } = new();
        }
        [PciDevice(1, 2), MsiCapability({|MDEV504:Vectors = 2|})] public sealed partial class Few : PciDevice
        {
            [Msi(2)] public InterruptLine Line { get; } = new();
        }
        [PciDevice(1, 2), {|MDEV504:MsiCapability|}] public sealed partial class None : PciDevice;
        [PciDevice(1, 2), MsiCapability(Masking = true, Vectors = 32)] public sealed partial class Many : PciDevice
        {
            [Msi(2)] public InterruptLine Line { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV505_the_table_lies_in_a_memory_BAR_that_exists() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2), MsiXTable({|MDEV505:6|}, Vectors = 1)] public sealed partial class Beyond : PciDevice;
        [PciDevice(1, 2), MsiXTable({|MDEV505:5|}, Kind = BarKind.Memory64, Vectors = 1)] public sealed partial class Last : PciDevice;
        [PciDevice(1, 2), MsiXTable({|MDEV505:1|}, Vectors = 1)] public sealed partial class Io : PciDevice
        {
            [Bar(1, BarKind.Io)] public Block Block { get; } = new();
        }
        [PciDevice(1, 2), MsiXTable({|MDEV505:1|}, Vectors = 1)] public sealed partial class Upper : PciDevice
        {
            [Bar(0, BarKind.Memory64)] public Block Block { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV505_it_is_aligned_and_overlaps_nothing() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2), MsiXTable(1, {|MDEV505:Table = 4|}, {|MDEV505:Pba = 0x104|}, Vectors = 1)] public sealed partial class Askew : PciDevice;
        [PciDevice(1, 2), MsiXTable(1, {|MDEV505:Pba = 0x18|}, Vectors = 2)] public sealed partial class Overlapping : PciDevice;
        [PciDevice(1, 2), MsiXTable(1, {|MDEV505:Table = 0x7fff_fff8|}, Pba = 0, Vectors = 2)] public sealed partial class Far : PciDevice;
        [PciDevice(1, 2), MsiXTable(1, {|MDEV505:Table = 0xf0|}, Pba = 0x200, Vectors = 2)] public sealed partial class Shared : PciDevice
        {
            [{|+MDEV505:Bar(1, BarKind.Memory32)|}] public Block Block { get; } = new();
        }
        [PciDevice(1, 2), MsiXTable(1, Table = 0x100, Vectors = 2)] public sealed partial class Beside : PciDevice
        {
            [Bar(1, BarKind.Memory32)] public Block Block { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV505_a_table_without_a_place_needs_a_free_BAR() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, BarKind.Memory64)] public Block One { get; } = new();
            [Bar(2, BarKind.Memory64)] public Block Two { get; } = new();
            [Bar(4, BarKind.Memory64)] public Block Three { get; } = new();
            [{|MDEV505:MsiX|}] public InterruptLine Line { get; } = new();
        }
        """);
}
