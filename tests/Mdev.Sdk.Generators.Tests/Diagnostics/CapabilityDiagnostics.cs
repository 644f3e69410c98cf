using Mdev.Sdk.Generators.Tests.Harness;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class CapabilityDiagnostics
{
    [Fact]
    public Task MDEV114_a_device_without_subsystem_ids_says_so() => Diagnose.Expect("""
        [{|MDEV114:PciDevice(1, 2)|}] public sealed partial class Silent : PciDevice;
        [PciDevice(1, 2, Subsystem = 0)] public sealed partial class Explicit : PciDevice;
        [PciDevice(1, 2, SubsystemVendor = 1)] public sealed partial class Named : PciDevice;
        """);

    [Fact]
    public Task MDEV115_a_class_code_leads_to_expect_a_BAR() => Diagnose.Expect("""
        [RegisterBlock(8)] public sealed partial class Port;
        [PciDevice(1, 2, {|MDEV115:Class = 0x07_00_02|})] public sealed partial class Serial : PciDevice
        {
            [Bar(0, BarKind.Memory32)] public Port Port { get; } = new();
        }
        [PciDevice(1, 2, Class = 0x07_00_02)] public sealed partial class Usual : PciDevice
        {
            [Bar(0, BarKind.Io)] public Port Port { get; } = new();
        }
        [PciDevice(1, 2, {|MDEV115:Class = 0x03_80_00|})] public sealed partial class Display : PciDevice;
        """);

    [Fact]
    public Task MDEV116_capabilities_and_data_have_each_byte_once() => Diagnose.Expect("""
        [PciDevice(1, 2)]
        [{|+MDEV116:ConfigData(0x44, 1)|}]
        [PowerManagement({|MDEV116:{|+MDEV116:Offset = 0x40|}|})]
        [MsiCapability({|MDEV116:Offset = 0x44|})]
        public sealed partial class Card : PciDevice
        {
            [Msi] public InterruptLine Line { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV116_a_capability_lies_in_its_part_of_config_space_at_a_multiple_of_4() => Diagnose.Expect("""
        [PciDevice(1, 2)]
        [PowerManagement({|MDEV116:Offset = 0x3c|})]
        [PciExpress({|MDEV116:Offset = 0xc8|})]
        [SerialNumber(1, {|MDEV116:Offset = 0x60|})]
        [VendorCapability(1, {|MDEV116:Offset = 0x86|})]
        public sealed partial class Card : PciDevice;
        """);

    [Fact]
    public Task MDEV116_what_does_not_fit_any_more_is_named() => Diagnose.Expect("""
        [PciDevice(1, 2)]
        [PciExpress(Offset = 0x80)]
        [PowerManagement]
        public sealed partial class Card : PciDevice
        {
            [Capability(9)] public Large? Maybe { get; }
            [{|MDEV116:Capability(9)|}] public Large Surely { get; } = new();
        }
        [RegisterBlock(0x40)] public sealed partial class Large;
        """);

    [Fact]
    public Task Two_that_a_type_may_be_without_share_a_place() => Diagnose.Expect("""
        [PciDevice(1, 2)]
        public sealed partial class Card : PciDevice
        {
            [Capability(9, Offset = 0x40)] public One? Old { get; }
            [Capability(9, Offset = 0x40)] public Other? New { get; }
        }
        [RegisterBlock(8)] public sealed partial class One;
        [RegisterBlock(8)] public sealed partial class Other;
        """);

    [Fact]
    public Task MDEV112_an_identity_is_given_once_and_fits() => Diagnose.Expect("""
        [RegisterBlock(8)] public sealed partial class Block;
        [PciDevice(1, 2)]
        [{|MDEV112:SerialNumber|}]
        public sealed partial class Empty : PciDevice
        {
            [ExtendedCapability(0x0b, {|MDEV112:16|})] public Block Block { get; } = new();
        }
        [PciDevice(1, 2)]
        [{|MDEV112:SerialNumber(1)|}]
        public sealed partial class Twice : PciDevice
        {
            [{|+MDEV112:SerialNumber|}] public ulong Serial => 2;
        }
        """);

    [Fact]
    public Task MDEV130_a_capability_serial_number_and_ROM_have_their_types() => Diagnose.Expect("""
        [PciDevice(1, 2)]
        public sealed partial class Card : PciDevice
        {
            [Capability(9)] public string {|MDEV130:Text|} => "";
            [ExtendedCapability(9)] public Card? {|MDEV130:Self|} => null;
            [SerialNumber] public int {|MDEV130:Serial|} => 1;
            [ExpansionRom] public byte[] {|MDEV130:Rom|} => [];
        }
        """);

    [Fact]
    public Task MDEV131_the_header_is_the_SDKs() => Diagnose.Expect("""
        [PciDevice(1, 2)]
        public sealed partial class Card : PciDevice
        {
            [Capability(9)] public Block Short { get; } = new();
            [ExtendedCapability(9)] public Block {|MDEV131:Long|} { get; } = new();
        }
        [RegisterBlock(16)] public sealed partial class Block
        {
            [{|+MDEV131:Register(0x02)|}] public partial byte First { get; set; }
            [Register(0x04)] public partial byte Second { get; set; }
        }
        """);
}
