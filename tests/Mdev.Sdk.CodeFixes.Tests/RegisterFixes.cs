using Mdev.Sdk.CodeFixes.Tests.Harness;

namespace Mdev.Sdk.CodeFixes.Tests;

public sealed class RegisterFixes
{
    [Fact]
    public Task MDEV201_a_register_moves_to_the_next_free_offset() => Fixing.Expect(
        "MDEV201",
        """
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            [Register(0x0)] public partial uint A { get; set; }
            [Register(0x0, Reset = 1)] public partial uint B { get; set; }
        }
        """,
        """
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            [Register(0x0)] public partial uint A { get; set; }
            [Register(0x04, Reset = 1)] public partial uint B { get; set; }
        }
        """);

    [Fact]
    public Task MDEV203_the_block_grows() => Fixing.Expect(
        "MDEV203",
        """
        [RegisterBlock(4, Bus = AccessWidth.Dword)] public sealed partial class Block
        {
            [Register(0x10)] public partial uint A { get; set; }
        }
        """,
        """
        [RegisterBlock(0x14, Bus = AccessWidth.Dword)] public sealed partial class Block
        {
            [Register(0x10)] public partial uint A { get; set; }
        }
        """);

    [Fact]
    public Task MDEV204_all_registers_of_a_file_are_aligned_at_once() => Fixing.ExpectAll(
        "MDEV204",
        """
        [RegisterBlock(0x20)] public sealed partial class Block
        {
            [Register(0x2)] public partial uint A { get; set; }
            [Register(0x9)] public partial ushort B { get; set; }
        }
        """,
        """
        [RegisterBlock(0x20)] public sealed partial class Block
        {
            [Register(0x04)] public partial uint A { get; set; }
            [Register(0x0a)] public partial ushort B { get; set; }
        }
        """);

    [Fact]
    public Task MDEV209_all_registers_that_are_wider_than_the_bus_are_split_at_once() => Fixing.ExpectAll(
        "MDEV209",
        """
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0x00)] public partial ulong A { get; set; }
            [Register(0x08, Split = Split.LatchRead, Reset = 1)] public partial ulong B { get; set; }
            [OnWrite(0x10)] private void C(ulong value) { }
        }
        """,
        """
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Register(0x00, Split = Split.Both)] public partial ulong A { get; set; }
            [Register(0x08, Split = Split.Both, Reset = 1)] public partial ulong B { get; set; }
            [OnWrite(0x10, Split = Split.Both)] private void C(ulong value) { }
        }
        """);

    [Fact]
    public Task MDEV206_a_reset_value_keeps_the_bits_that_there_are() => Fixing.Expect(
        "MDEV206",
        """
        [RegisterBlock(4)] public sealed partial class Block
        {
            [Register(0, Reset = 0x1ff)] public partial byte A { get; set; }
        }
        """,
        """
        [RegisterBlock(4)] public sealed partial class Block
        {
            [Register(0, Reset = 0xff)] public partial byte A { get; set; }
        }
        """);

    [Fact]
    public Task MDEV206_one_reset_value_of_an_array_leaves_the_others() => Fixing.Expect(
        "MDEV206",
        """
        [RegisterBlock(8)] public sealed partial class Block
        {
            [RegisterArray(0, 2, Resets = [0x1ff, 2])] public partial RegisterArray<byte> A { get; }
        }
        """,
        """
        [RegisterBlock(8)] public sealed partial class Block
        {
            [RegisterArray(0, 2, Resets = [0xff, 2])] public partial RegisterArray<byte> A { get; }
        }
        """);

    [Fact]
    public Task MDEV210_the_condition_is_declared() => Fixing.Expect(
        "MDEV210",
        """
        [RegisterBlock(4)] public sealed partial class Block
        {
            [Register(0, When = "Bank")] public partial byte A { get; set; }
        }
        """,
        """
        [RegisterBlock(4)] public sealed partial class Block
        {
            private bool Bank { get; set; }
            [Register(0, When = "Bank")] public partial byte A { get; set; }
        }
        """);

    [Fact]
    public Task MDEV210_a_member_that_is_no_bool_is_its_authors_to_change() => Fixing.ExpectNone(
        "MDEV210",
        """
        [RegisterBlock(4)] public sealed partial class Block
        {
            private string Bank => "";
            [Register(0, When = nameof(Bank))] public partial byte A { get; set; }
        }
        """);
}
