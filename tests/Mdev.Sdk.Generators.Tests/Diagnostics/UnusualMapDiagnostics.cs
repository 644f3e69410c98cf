using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class UnusualMapDiagnostics
{
    [Fact]
    public Task MDEV212_a_status_can_be_read() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0x00, {|MDEV212:Access = Access.W1C|})] public partial uint Status { get; set; }
            [Register(0x04, {|MDEV212:Access = Access.WC|})] public partial uint Any { get; set; }
            [Register(0x08, Access = Access.WO)] public partial uint Data { get; set; }
            [Register(0x0c, Access = Access.RW1C)] public partial uint Shown { get; set; }
            [Register(0x10, Access = Access.W1S | Access.SelfClearing)] public partial uint Command { get; set; }
            [Register(0x14, Access = Access.RO), Alias(0x18, Access = Access.W1C, Name = "Acknowledge")] public partial uint Events { get; set; }
            [Register(0x1c, Access = Access.W1C), Alias(0x20, Access = Access.RO, Name = "Raw")] public partial uint Other { get; set; }
            [Register(0x24, Access = Access.W1S)] public partial uint Handled { get; set; }
            [Register(0x28, Access = Access.W1C)] public partial uint Read { get; set; }
            [OnWrite(nameof(Handled))] private void HandledWritten(uint value) => Data = value;
            [OnRead(nameof(Read))] private uint ReadRead(uint stored) => stored;
        }
        """);

    [Fact]
    public Task MDEV212_a_field_that_a_guest_clears_it_can_read() => Diagnose.Expect("""
        [BitFields(AccessWidth.Byte)] public partial struct Fields
        {
            [Bits(0, {|MDEV212:Access = Access.W1C|})] public partial bool A { readonly get; set; }
            [Bits(1, Access = Access.RW1C)] public partial bool B { readonly get; set; }
            [Bits(2, Access = Access.W1S)] public partial bool C { readonly get; set; }
        }
        """);

    [Fact]
    public async Task MDEV216_a_complete_block_has_no_gap()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [RegisterBlock(0x20, {|MDEV216:Complete = true|})] public sealed partial class Block
            {
                [Register(0x04)] public partial uint A { get; set; }
                [Register(0x08)] public partial byte B { get; set; }
                [OnWrite(0x0a)] private void C(ushort value) => B = (byte)value;
                [RegisterArray(0x10, 2, Stride = 8)] public partial RegisterArray<uint> D { get; }
                [Block(0x1c)] public Inner E { get; } = new();
            }

            [RegisterBlock(4, Complete = true)] public sealed partial class Inner
            {
                private bool Bank { get; set; }
                [Register(0, When = nameof(Bank))] public partial uint A { get; set; }
                public void Change() => Bank = true;
            }

            [RegisterBlock(0x20)] public sealed partial class Silent
            {
                [Register(0x04)] public partial uint A { get; set; }
            }
            """);
        Assert.Contains("and 0x00 to 0x03, 0x09, 0x0c to 0x0f, 0x14 to 0x17 belong", found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task MDEV217_bytes_have_no_order() => Diagnose.Expect("""
        [RegisterBlock(4, Bus = AccessWidth.Byte, {|MDEV217:ByteOrder = ByteOrder.BigEndian|})] public sealed partial class Bytes
        {
            [Register(0)] public partial byte A { get; set; }
        }

        [RegisterBlock(4, Bus = AccessWidth.Byte, ByteOrder = ByteOrder.BigEndian)] public sealed partial class Halves
        {
            [Register(0, Split = Split.Both)] public partial ushort A { get; set; }
        }
        """);

    [Fact]
    public async Task MDEV407_a_look_cannot_run_a_handler_that_may_change_something()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [RegisterBlock(0x10)] public sealed partial class Block
            {
                [Register(0x0)] public partial uint Stored { get; set; }
                [OnRead(nameof(Stored))] private uint Show() => 1;
                [{|MDEV407:OnRead(0x4)|}] private uint Level() => Stored;
                [OnRead(0x8, Pure = true)] private uint Pure() => Stored;
            }
            """);
        Assert.Equal(DiagnosticSeverity.Info, found[0].Severity);
    }

    [Fact]
    public Task MDEV213_what_says_more_of_a_register_belongs_on_one() => Diagnose.Expect("""
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            [{|MDEV213:Reserved(3)|}] public uint Plain { get; set; }
            [Register(0), Reserved(3)] public partial uint Stored { get; set; }
        }
        """);
}
