using Mdev.Sdk.CodeFixes.Tests.Harness;

namespace Mdev.Sdk.CodeFixes.Tests;

public sealed class FieldFixes
{
    [Fact]
    public Task MDEV301_a_field_moves_above_the_ones_that_are_there() => Fixing.Expect(
        "MDEV301",
        """
        [BitFields(AccessWidth.Byte)] public partial struct Control
        {
            [Bits(1, 0)] public partial int A { readonly get; set; }
            [Bits(4)] public partial bool B { readonly get; set; }
            [Bits(1)] public partial bool C { readonly get; set; }
        }
        """,
        """
        [BitFields(AccessWidth.Byte)] public partial struct Control
        {
            [Bits(1, 0)] public partial int A { readonly get; set; }
            [Bits(4)] public partial bool B { readonly get; set; }
            [Bits(2)] public partial bool C { readonly get; set; }
        }
        """);

    [Fact]
    public Task MDEV301_nothing_is_offered_where_nothing_is_free() => Fixing.ExpectNone(
        "MDEV301",
        """
        [BitFields(AccessWidth.Byte)] public partial struct Control
        {
            [Bits(6, 0)] public partial int A { readonly get; set; }
            [Bits(7, 6)] public partial int B { readonly get; set; }
        }
        """);

    [Fact]
    public Task MDEV303_the_numbers_change_places() => Fixing.ExpectAll(
        "MDEV303",
        """
        [BitFields(AccessWidth.Byte)] public partial struct Control
        {
            [Bits(0, 3)] public partial int A { readonly get; set; }
            [Bits(low: 0x6, high: 0x5)] public partial int B { readonly get; set; }
        }
        """,
        """
        [BitFields(AccessWidth.Byte)] public partial struct Control
        {
            [Bits(3, 0)] public partial int A { readonly get; set; }
            [Bits(low: 0x5, high: 0x6)] public partial int B { readonly get; set; }
        }
        """);

    [Theory]
    [InlineData("bool", "3, 0", "int")]
    [InlineData("byte", "15, 0", "int")]
    [InlineData("string", "31, 0", "uint")]
    [InlineData("int", "40, 0", "ulong")]
    public Task MDEV305_a_field_gets_an_integer_that_holds_its_bits(string type, string bits, string wider) => Fixing.Expect(
        "MDEV305", Source(type, bits), Source(wider, bits));

    private static string Source(string type, string bits) => $$"""
        [BitFields(AccessWidth.Qword)] public partial struct Control
        {
            [Bits({{bits}})] public partial {{type}} A { readonly get; set; }
        }
        """;
}
