using Mdev.Sdk.Generators.Tests.Harness;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class PciDiagnostics
{
    private const string Blocks = """
        [RegisterBlock(256)] public sealed partial class Small;
        [RegisterBlock(257)] public sealed partial class Large;
        [RegisterBlock(0x8000_0001)] public sealed partial class Huge;

        """;

    [Fact]
    public Task MDEV101_a_bar_is_one_of_six() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar({|MDEV101:6|}, BarKind.Io)] public Small Sixth { get; } = new();
            [Bar({|MDEV101:-1|}, BarKind.Io)] public Small Negative { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV104_an_io_bar_has_at_most_256_bytes() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, BarKind.Io)] public Small Fits { get; } = new();
            [Bar(1, {|MDEV104:BarKind.Io|})] public Large? TooLarge { get; } = new();
            [Bar(2, BarKind.Memory32)] public Large InMemory { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV106_a_memory_bar_has_at_most_2_GiB() => Diagnose.Expect(Blocks + """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, {|MDEV106:BarKind.Memory32|})] public Huge Block { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV112_ffff_is_no_vendor_and_a_class_has_24_bits() => Diagnose.Expect("""
        [PciDevice({|MDEV112:0xffff|}, 2, {|MDEV112:Class = 0x01_00_00_00|})] public sealed partial class Card : PciDevice;
        """);

    [Fact]
    public Task MDEV116_vendor_data_lies_behind_the_header() => Diagnose.Expect("""
        [PciDevice(1, 2)]
        [{|MDEV116:ConfigData(0x3f, 1)|}]
        [{|MDEV116:ConfigData(0xff, 1, 2)|}]
        [{|MDEV116:ConfigData(0x80)|}]
        [{|MDEV116:ConfigData(0x90, "Gerät")|}]
        [ConfigData(0xfc, 1, 2)]
        public sealed partial class Card : PciDevice;
        """);

    [Fact]
    public Task MDEV116_each_byte_once() => Diagnose.Expect("""
        [PciDevice(1, 2)]
        [{|+MDEV116:ConfigData(0x40, 1, 2, 3)|}]
        [{|MDEV116:ConfigData(0x42, "text")|}]
        public sealed partial class Card : PciDevice;
        """);

    [Fact]
    public Task MDEV117_a_bar_holds_a_register_block() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, BarKind.Io)] public string {|MDEV117:Text|} { get; } = "";
        }
        """);

    [Fact]
    public Task MDEV501_a_vector_is_one_of_32() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Msi({|MDEV501:32|})] public InterruptLine Line { get; } = new();
        }
        """);

    [Fact]
    public Task Lines_may_share_a_vector_and_the_pin() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [IntX, Msi(1)] public InterruptLine One { get; } = new();
            [IntX, Msi(1)] public InterruptLine Other { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV502_an_interrupt_is_a_line() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [IntX, Msi(0)] public int {|MDEV502:Line|} { get; }
        }
        """);

    [Fact]
    public Task MDEV507_a_pin_is_one_of_four() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [IntX({|MDEV507:Pin = 5|})] public InterruptLine One { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV507_a_device_has_one_pin() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [{|+MDEV507:IntX|}] public InterruptLine One { get; } = new();
            [{|MDEV507:IntX(Pin = 2)|}] public InterruptLine Other { get; } = new();
        }
        """);
}
