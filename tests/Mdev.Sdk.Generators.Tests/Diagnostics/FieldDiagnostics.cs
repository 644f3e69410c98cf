using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class FieldDiagnostics
{
    [Fact]
    public Task MDEV301_fields_share_no_bits() => Diagnose.Expect("""
        [BitFields(AccessWidth.Byte)] public partial struct Fields
        {
            [{|+MDEV301:Bits(3, 0)|}] public partial int Low { readonly get; set; }
            [{|MDEV301:Bits(5, 3)|}] public partial int High { readonly get; set; }
        }
        """);

    [Fact]
    public Task MDEV302_a_field_lies_in_its_register() => Diagnose.Expect("""
        [BitFields(AccessWidth.Byte)] public partial struct Fields
        {
            [{|MDEV302:Bits(8)|}] public partial bool Above { readonly get; set; }
            [{|MDEV302:Bits(3, -1)|}] public partial int Below { readonly get; set; }
        }
        """);

    [Fact]
    public async Task MDEV303_the_most_significant_bit_comes_first()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [BitFields(AccessWidth.Byte)] public partial struct Fields
            {
                [{|MDEV303:Bits(0, 1)|}] public partial int Two { readonly get; set; }
            }
            """);
        Assert.EndsWith("write [Bits(1, 0)]", found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task MDEV304_an_enum_fits_its_field() => Diagnose.Expect("""
        public enum Mode { Off, On, Auto, Test }
        public enum Signed { None = 0, Minus = -1 }
        [BitFields(AccessWidth.Word)] public partial struct Fields
        {
            [Bits(1, 0)] public partial Mode Fits { readonly get; set; }
            [Bits(2)] public partial Mode {|MDEV304:TooWide|} { readonly get; set; }
            [Bits(7, 4)] public partial Signed {|MDEV304:Negative|} { readonly get; set; }
        }
        """);

    [Fact]
    public Task MDEV305_a_type_suits_its_field() => Diagnose.Expect("""
        [BitFields(AccessWidth.Dword)] public partial struct Fields
        {
            [Bits(1, 0)] public partial bool {|MDEV305:Wide|} { readonly get; set; }
            [Bits(20, 8)] public partial byte {|MDEV305:Narrow|} { readonly get; set; }
        }
        """);

    [Fact]
    public Task MDEV306_a_struct_of_fields_holds_nothing_else() => Diagnose.Expect("""
        [BitFields(AccessWidth.Byte)] public partial struct Fields
        {
            private static int s_shared = 1;
            public int {|MDEV306:Other|} { get; set; }
            [Bits(0)] public partial bool On { readonly get; set; }
            public static int Shared => s_shared;
        }
        """);

    [Fact]
    public Task MDEV309_a_register_has_8_to_64_bits() => Diagnose.Expect("""
        [BitFields({|MDEV309:(AccessWidth)3|})] public partial struct Fields
        {
            [Bits(0)] public partial bool On { readonly get; set; }
        }
        """);

    [Fact]
    public Task MDEV301_reserved_bits_are_no_field_and_only_once_reserved() => Diagnose.Expect("""
        [BitFields(AccessWidth.Byte), {|MDEV301:Reserved(7, 3)|}, {|+MDEV301:Reserved(2)|}, {|MDEV301:Unimplemented(2, "No")|}, Unimplemented(1, "No")]
        public partial struct Fields
        {
            [{|+MDEV301:Bits(4)|}] public partial bool A { readonly get; set; }
            [Bits(1, 0)] public partial int B { readonly get; set; }
        }
        """);

    [Fact]
    public async Task MDEV302_MDEV303_MDEV308_reserved_bits_lie_in_their_register()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [BitFields(AccessWidth.Byte), {|MDEV302:Reserved(8)|}, {|MDEV303:Reserved(4, 7)|}, Reserved(3, 2, {|MDEV308:Value = 4|}), Unimplemented(7, 0, "No")]
            public partial struct Fields
            {
            }

            [RegisterBlock(8)] public sealed partial class Block
            {
                [Register(0), {|MDEV302:Reserved(16, 15)|}] public partial ushort A { get; set; }
                [RegisterArray(4, 1), {|MDEV302:Unimplemented(-2, "No")|}] public partial RegisterArray<byte> B { get; }
            }
            """);
        Assert.Contains(found, d => d.GetMessage(null).EndsWith("write [Reserved(7, 4)]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MDEV307_a_struct_that_reserves_bits_says_what_all_are()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [BitFields(AccessWidth.Word), Reserved(15, 8)] public partial struct {|MDEV307:Some|}
            {
                [Bits(6, 2)] public partial int A { readonly get; set; }
            }

            [BitFields(AccessWidth.Word)] public partial struct None
            {
                [Bits(6, 2)] public partial int A { readonly get; set; }
            }

            [BitFields(AccessWidth.Word), Reserved(15, 8), Unimplemented(7, 1, "No")] public partial struct All
            {
                [Bits(0)] public partial int A { readonly get; set; }
            }
            """);
        Assert.StartsWith("Bits 7, 1:0 of 'Some'", found[0].GetMessage(null), StringComparison.Ordinal);
    }
}
