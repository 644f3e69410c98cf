using Mdev.Sdk.Generators.Tests.Harness;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

/// <summary>A wrong declaration takes nothing from those who use the map and its constants: one mistake is one message.</summary>
public sealed class MapDiagnostics
{
    [Fact]
    public Task Constants_of_a_block_with_mistakes_are_there() => Diagnose.Expect("""
        [BitFields(AccessWidth.Byte)] public partial struct Fields
        {
            [{|MDEV302:Bits(9)|}] public partial bool Outside { readonly get; set; }
        }

        [RegisterBlock(8)] public sealed partial class Block
        {
            [Register(0)] public partial uint Right { get; set; }
            [Register(4)] public partial int {|MDEV205:Signed|} { get; set; }
            [Register({|MDEV203:0x10|})] public partial uint Far { get; set; }
        }

        public static class User
        {
            public static uint Sum() => Block.Offsets.Right + Block.Offsets.Signed + Block.Offsets.Far + Fields.Masks.Outside + (uint)Fields.Shifts.Outside;

            public static int Count() => RegisterMap.Of<Block>().Registers.Count;
        }
        """);

    [Fact]
    public Task An_inner_block_that_is_not_partial_has_no_map_and_one_mistake() => Diagnose.Expect("""
        [RegisterBlock(0x10)] public class {|MDEV001:Inner|} { }
        [RegisterBlock(0x40)] public sealed partial class Block
        {
            [Block(0x00)] public Inner Inner { get; } = new();
        }
        """);

    [Fact]
    public Task A_block_may_hold_its_own_kind_and_have_any_names() => Diagnose.Expect("""
        [RegisterBlock(0x40)] public partial class Block
        {
            [Block(0x00)] public Block? Inner { get; }
        }

        [RegisterBlock(0x40)] public sealed partial class Derived : Block
        {
            [Register(0)] public partial uint Map { get; set; }
            [Register(4)] public partial uint Describe { get; set; }
            [Register(8)] public partial uint RW { get; set; }
            [OnRead(0x10, Name = "Offsets")] private uint One() => 0;
            [OnRead(0x14, Name = "a-b c")] private uint Two() => 0;
            [OnRead(0x18, Name = "a_b_c")] private uint Three() => 0;
            [OnRead(0x1c, Name = "")] private uint Four() => 0;
            [OnRead(0x20, Name = "*/ \" \\ \u2028 </code>")] private uint Five() => 0;
        }

        [RegisterBlock(0x40)] public sealed partial class Named
        {
            [OnRead(0x10, Name = "Offsets")] private uint One() => 0;
            [OnRead(0x14, Name = "a-b c")] private uint Two() => 0;
            [OnRead(0x18, Name = "a_b_c")] private uint Three() => 0;
            [OnRead(0x1c, Name = "")] private uint Four() => 0;
            [OnRead(0x20, Name = "*/ \" \\ \u2028 </code>")] private uint Five() => 0;
            [OnRead(0x24, Name = "ToString")] private uint Six() => 0;
            [OnRead(0x28, Name = "class")] private uint Seven() => 0;
        }
        """);
}
