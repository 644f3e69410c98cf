using Mdev.Sdk.CodeFixes.Tests.Harness;

namespace Mdev.Sdk.CodeFixes.Tests;

public sealed class AttributeFixes
{
    private const string Before = "[PciDevice(1, 2)] public sealed partial class Card : PciDevice { ", After = " }";

    [Theory]
    [InlineData("[MdevAttribute(\"max speed\")] public int Speed => 1;", "[MdevAttribute(\"max_speed\")] public int Speed => 1;")]
    [InlineData("[MdevAttribute(name: \"a/b/c\")] public int Speed => 1;", "[MdevAttribute(name: \"a/b_c\")] public int Speed => 1;")]
    [InlineData("[MdevAttribute(\"remove\")] public int Speed => 1;", "[MdevAttribute(\"vendor/remove\")] public int Speed => 1;")]
    [InlineData("[MdevAttribute] public int Irq => 1;", "[MdevAttribute(\"vendor/irq\")] public int Irq => 1;")]
    [InlineData("[MdevAttribute()] public int Irq => 1;", "[MdevAttribute(\"vendor/irq\")] public int Irq => 1;")]
    [InlineData("[MdevAttribute(Undo = \"put\")] public void Remove(int value) { } [MdevAttribute] public void Put(int value) { }",
        "[MdevAttribute(\"vendor/remove\", Undo = \"put\")] public void Remove(int value) { } [MdevAttribute] public void Put(int value) { }")]
    public Task MDEV701_a_name_becomes_one_that_nobody_has(string before, string after) =>
        Fixing.Expect("MDEV701", Before + before + After, Before + after + After);

    [Fact]
    public Task MDEV701_no_name_is_made_of_nothing() =>
        Fixing.ExpectNone("MDEV701", Before + "[MdevAttribute(\"..\")] public int Speed => 1;" + After);

    [Fact]
    public Task MDEV706_the_members_attribute_is_meant() => Fixing.Expect(
        "MDEV706",
        Before + "[MdevAttribute(Undo = nameof(Take))] public void Put(int value) { } [MdevAttribute] public void Take(int value) { }" + After,
        Before + "[MdevAttribute(Undo = \"take\")] public void Put(int value) { } [MdevAttribute] public void Take(int value) { }" + After);

    [Fact]
    public Task MDEV706_what_is_meant_otherwise_its_author_knows() =>
        Fixing.ExpectNone("MDEV706", Before + "[MdevAttribute(Undo = \"gone\")] public void Put(int value) { }" + After);

    [Fact]
    public Task MDEV012_the_parent_gets_the_budget() => Fixing.Expect(
        "MDEV012",
        """
        public sealed record Config;
        [PciDevice(1, 2)] public sealed partial class Card(Config config) : PciDevice { private readonly Config _config = config; }
        [MdevParent("card")]
        public sealed partial class Cards : MdevParent<Card, Config>
        {
            [MdevType("1", "One"), MdevCost("memory", 64)] public static Config One { get; } = new();
        }
        """,
        """
        public sealed record Config;
        [PciDevice(1, 2)] public sealed partial class Card(Config config) : PciDevice { private readonly Config _config = config; }
        [MdevBudget("memory", 64)]
        [MdevParent("card")]
        public sealed partial class Cards : MdevParent<Card, Config>
        {
            [MdevType("1", "One"), MdevCost("memory", 64)] public static Config One { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV012_or_the_one_that_it_has_is_meant() => Fixing.Expect(
        "MDEV012",
        """
        public sealed record Config;
        [PciDevice(1, 2)] public sealed partial class Card(Config config) : PciDevice { private readonly Config _config = config; }
        [MdevParent("card"), MdevBudget("memory", 128)]
        public sealed partial class Cards : MdevParent<Card, Config>
        {
            [MdevType("1", "One"), MdevCost("Memory", 64)] public static Config One { get; } = new();
        }
        """,
        """
        public sealed record Config;
        [PciDevice(1, 2)] public sealed partial class Card(Config config) : PciDevice { private readonly Config _config = config; }
        [MdevParent("card"), MdevBudget("memory", 128)]
        public sealed partial class Cards : MdevParent<Card, Config>
        {
            [MdevType("1", "One"), MdevCost("memory", 64)] public static Config One { get; } = new();
        }
        """);
}
