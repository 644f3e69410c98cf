using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class RegisterDiagnostics
{
    [Fact]
    public async Task MDEV201_registers_share_no_bytes()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [RegisterBlock(0x20)] public sealed partial class Block
            {
                [Register({|+MDEV201:0x10|})] public partial uint Control { get; set; }
                [Register({|MDEV201:0x12|})] public partial ushort Status { get; set; }
            }
            """);
        Assert.Equal(
            "'Status' (0x12 to 0x13) overlaps 'Control' (0x10 to 0x13) for reads and writes; "
            + "move it to 0x14, or give the two opposite conditions with When and Unless",
            found[0].GetMessage(null));
    }

    [Fact]
    public Task MDEV201_a_method_overlaps_storage() => Diagnose.Expect("""
        [RegisterBlock(0x20)] public sealed partial class Block
        {
            [OnRead({|+MDEV201:0|})] private byte Read() => 0;
            [Register({|MDEV201:0|})] public partial byte Data { get; set; }
        }
        """);

    [Fact]
    public Task MDEV201_one_condition_does_not_part_a_register_from_one_without() => Diagnose.Expect("""
        [RegisterBlock(0x20)] public sealed partial class Block
        {
            private bool Bank { get; set; }
            [Register({|+MDEV201:0|})] public partial byte Data { get; set; }
            [Register({|MDEV201:0|}, When = nameof(Bank))] public partial byte Other { get; set; }
        }
        """);

    [Fact]
    public Task MDEV201_opposite_conditions_and_directions_part_registers() => Diagnose.Expect("""
        [RegisterBlock(0x20, Bus = AccessWidth.Byte)] public sealed partial class Block
        {
            private bool Bank { get; set; }
            [Register(0, When = nameof(Bank))] public partial byte Divisor { get; set; }
            [OnRead(0, Unless = nameof(Bank))] private byte Receive() => 0;
            [OnWrite(0, Unless = nameof(Bank))] private void Transmit(byte value) => Bank = value != 0;
        }
        """);

    [Fact]
    public async Task MDEV202_unrelated_conditions_may_hold_together()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [RegisterBlock(0x20)] public sealed partial class Block
            {
                private bool A { get; set; }
                private bool B { get; set; }
                [Register({|+MDEV202:0|}, When = nameof(A))] public partial uint One { get; set; }
                [Register({|MDEV202:0|}, When = nameof(B))] public partial uint Other { get; set; }
                public void Swap() => (A, B) = (B, A);
            }
            """);
        Assert.Equal(DiagnosticSeverity.Warning, found[0].Severity);
    }

    [Fact]
    public Task MDEV203_a_register_lies_in_its_block() => Diagnose.Expect("""
        [RegisterBlock(6)] public sealed partial class Block
        {
            [Register({|MDEV203:4|})] public partial uint Half { get; set; }
            [Register({|MDEV203:0xffff_fffc|})] public partial uint Far { get; set; }
        }
        """);

    [Fact]
    public Task MDEV204_a_register_is_aligned() => Diagnose.Expect("""
        [RegisterBlock(0x20)] public sealed partial class Block
        {
            [Register({|MDEV204:2|})] public partial uint Control { get; set; }
            [OnRead({|MDEV204:0x11|})] private ushort Status() => 0;
        }
        """);

    [Fact]
    public Task MDEV205_a_register_has_a_type_of_8_to_64_bits() => Diagnose.Expect("""
        public enum Signed { None }
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0)] public partial int {|MDEV205:Number|} { get; set; }
            [Register(4)] public partial Signed {|MDEV205:Choice|} { get; set; }
            [Register(8)] public partial string {|MDEV205:Text|} { get; set; }
            [OnRead(12)] private float {|MDEV205:Measured|}() => 0;
        }
        """);

    [Fact]
    public Task MDEV205_a_register_is_an_instance_property_that_can_be_set() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0)] public static partial uint {|MDEV205:Shared|} { get; set; }
            [Register(4)] public partial uint Constant { get; }
            [Register(8)] public partial uint {|MDEV205:Once|} { get; init; }
        }
        """);

    [Fact]
    public Task MDEV206_a_reset_value_fits() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0, {|MDEV206:Reset = 0x100|})] public partial byte Control { get; set; }
            [Register(1, Reset = 0xff)] public partial byte Status { get; set; }
        }
        """);

    [Fact]
    public Task MDEV207_a_mask_fits() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0, {|MDEV207:Mask = 0x1ff|})] public partial byte Control { get; set; }
            [Register(1, Mask = 0xff)] public partial byte Status { get; set; }
        }
        """);

    [Fact]
    public async Task MDEV209_a_register_fits_the_bus()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [RegisterBlock(0x40)] public sealed partial class Block
            {
                [Register(0)] public partial ulong {|MDEV209:Address|} { get; set; }
            }
            """);
        Assert.Contains("add Split = Split.Both, set Bus = AccessWidth.Qword", found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task MDEV209_what_no_guest_writes_and_no_read_changes_needs_no_split() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0x00, Access = Access.RO)] public partial ulong Live { get; set; }
            [Register(0x08, Reset = 5)] public partial ulong Constant { get; }
            [Register(0x10, Split = Split.Both)] public partial ulong Whole { get; set; }
            [Register(0x18, Split = Split.CommitWrite)] public partial ulong Written { get; set; }
            [Register(0x20, Access = Access.R | Access.RC, Split = Split.LatchRead)] public partial ulong Events { get; set; }
        }
        """);

    [Fact]
    public Task MDEV209_half_a_split_is_not_enough() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0x00, Split = Split.LatchRead)] public partial ulong {|MDEV209:Written|} { get; set; }
            [Register(0x08, Access = Access.RW | Access.RC, Split = Split.CommitWrite)] public partial ulong {|MDEV209:Events|} { get; set; }
            [Register(0x10, Access = Access.RO)] public partial ulong {|MDEV209:Shown|} { get; set; }
            [Register(0x18, Access = Access.RO), Alias(0x20, Access = Access.W1C, Name = "Acknowledge")] public partial ulong {|MDEV209:Status|} { get; set; }
            [OnRead(nameof(Shown))] private ulong Show() => 1;
            [{|MDEV209:OnRead(0x28, Pure = true)|}] private ulong Read() => 1;
            [{|MDEV209:OnWrite(0x28)|}] private void Write(ulong value) => Shown = value;
        }
        """);

    [Fact]
    public Task MDEV201_a_register_of_several_lanes_shares_none_of_them() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register({|+MDEV201:0x00|}, Split = Split.Both)] public partial ulong Wide { get; set; }
            [Register({|MDEV201:0x06|})] public partial ushort Narrow { get; set; }
            [Register({|+MDEV201:0x10|}, Split = Split.Both)] public partial ulong Other { get; set; }
            [RegisterArray({|MDEV201:0x14|}, 1)] public partial RegisterArray<uint> Table { get; }
        }
        """);

    [Fact]
    public Task MDEV210_a_condition_is_a_bool_of_the_block() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            private int Number { get; set; }
            private bool Asks(int what) => what == Number;
            private static bool Field = true;
            [Register(0, {|MDEV210:When = "Nothing"|})] public partial uint A { get; set; }
            [Register(4, {|MDEV210:Unless = nameof(Number)|})] public partial uint B { get; set; }
            [Register(8, {|MDEV210:When = nameof(Asks)|})] public partial uint C { get; set; }
            [Register(12, When = nameof(Field))] public partial uint D { get; set; }
        }
        """);

    [Fact]
    public Task MDEV215_registers_have_names_of_their_own() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [OnRead(0, Name = "DATA")] private uint {|+MDEV215:Receive|}() => 0;
            [OnWrite(0, Name = "DATA")] private void Transmit(uint value) { }
            [OnWrite(4, Name = "DATA")] private void {|MDEV215:Other|}(uint value) { }
        }
        """);

    [Fact]
    public Task MDEV218_a_register_is_in_a_block() => Diagnose.Expect("""
        public sealed class Plain
        {
            [{|MDEV218:Register(0)|}] public uint Control { get; set; }
            [{|MDEV218:OnRead(4)|}] private uint Status() => 0;
            [{|MDEV218:OnReset|}] private void Clear() { }
        }
        """);

    [Fact]
    public Task MDEV219_a_block_has_a_size_and_a_width() => Diagnose.Expect("""
        [RegisterBlock({|MDEV219:0|}, {|MDEV219:Bus = (AccessWidth)3|})] public sealed partial class Block;
        """);

    [Fact]
    public async Task A_pragma_silences_what_is_not_an_error()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [RegisterBlock(0x20)] public sealed partial class Block
            {
                private bool A() => true;
                private bool B() => false;
                [Register(0, When = nameof(A))] public partial uint One { get; set; }
            #pragma warning disable MDEV202
                [Register(0, When = nameof(B))] public partial uint Other { get; set; }
            #pragma warning restore MDEV202
            }
            """);
        Assert.Empty(found);
    }
}
