using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class TypeDiagnostics
{
    private const string Card = """
        public sealed record Config(int Ports);
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice { public Card(Config config, Parent parent) { } }
        """;

    [Fact]
    public Task MDEV001_a_block_is_partial() => Diagnose.Expect("""
        [RegisterBlock(4)] public sealed class {|MDEV001:Block|};
        """);

    [Fact]
    public Task MDEV001_and_so_is_what_contains_it() => Diagnose.Expect("""
        public class {|MDEV001:Outer|} { [RegisterBlock(4)] public sealed partial class Block; }
        """);

    [Fact]
    public Task MDEV001_and_its_registers() => Diagnose.Expect("""
        [RegisterBlock(4)] public sealed partial class Block { [Register(0)] public uint {|MDEV001:Control|} { get; set; } }
        """);

    [Fact]
    public Task MDEV001_a_struct_of_fields_is_partial() => Diagnose.Expect("""
        [BitFields(AccessWidth.Byte)] public struct {|MDEV001:Fields|};
        """);

    [Fact]
    public Task MDEV001_and_so_are_its_fields() => Diagnose.Expect("""
        [BitFields(AccessWidth.Byte)] public partial struct Fields { [Bits(0)] public bool {|MDEV001:On|} => true; }
        """);

    [Fact]
    public Task MDEV001_a_class_in_several_parts_is_partial_once() => Diagnose.Expect("""
        [RegisterBlock(4)] public sealed partial class Block;
        public sealed partial class Block { [Register(0)] public partial uint Control { get; set; } }
        """);

    [Fact]
    public Task MDEV002_types_of_a_parent_have_names_of_their_own() => Diagnose.Expect(Card + """
        [MdevParent("card", Capacity = 2)]
        public sealed partial class Parent : MdevParent<Card, Config>
        {
            [MdevType({|+MDEV002:"1"|}, "One")] public static Config One { get; } = new(1);
            [MdevType({|MDEV002:"1"|}, "Two")] public static Config Two { get; } = new(2);
        }
        """);

    [Fact]
    public async Task MDEV003_parents_of_an_assembly_have_names_of_their_own()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            public sealed record Config;
            [PciDevice(1, 2)] public sealed partial class Card : PciDevice;
            [MdevParent({|+MDEV003:"card"|})] public sealed partial class First : MdevParent<Card, Config>;
            [MdevParent({|MDEV003:"card"|})] public sealed partial class Second : MdevParent<Card, Config>;
            """);
        Assert.StartsWith("'First' is already named 'card'", found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("two words")]
    [InlineData("..")]
    [InlineData("é")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public Task MDEV004_a_name_is_one_of_sysfs(string name) => Diagnose.Expect(Card + $$"""
        [MdevParent({|MDEV004:"{{name}}"|})]
        public sealed partial class Parent : MdevParent<Card, Config>
        {
            [MdevType({|MDEV004:"{{name}}"|}, "One")] public static Config One { get; } = new(1);
        }
        """);

    [Fact]
    public Task MDEV005_a_type_is_a_static_property_of_the_configuration() => Diagnose.Expect(Card + """
        [MdevParent("card")]
        public sealed partial class Parent : MdevParent<Card, Config>
        {
            [MdevType("1", "One")] public Config {|MDEV005:One|} { get; } = new(1);
            [MdevType("2", "Two")] public static string {|MDEV005:Two|} { get; } = "";
        }
        """);

    [Fact]
    public async Task MDEV006_a_type_costs_at_most_the_capacity()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect(Card + """
            [MdevParent("card", Capacity = 2)]
            public sealed partial class Parent : MdevParent<Card, Config>
            {
                [MdevType("1", "One", {|MDEV006:Cost = 3|})] public static Config One { get; } = new(1);
            }
            """);
        Assert.Equal(DiagnosticSeverity.Warning, found[0].Severity);
    }

    [Fact]
    public Task MDEV007_a_device_has_a_constructor_for_its_parent() => Diagnose.Expect("""
        public sealed record Config;
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            public Card(string name) { }
            private Card(Config config) { }
        }
        [MdevParent("card")] public sealed partial class {|MDEV007:Parent|} : MdevParent<Card, Config>;
        """);

    [Fact]
    public Task MDEV007_unless_the_parent_makes_its_devices_itself() => Diagnose.Expect("""
        public sealed record Config;
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice { public Card(string name) { } }
        [MdevParent("card")] public sealed partial class Parent : MdevParent<Card, Config>
        {
            protected override Card CreateDevice(Config config) => new("by hand");
        }
        """);

    [Fact]
    public Task MDEV008_a_device_is_neither_generic_nor_abstract() => Diagnose.Expect("""
        [PciDevice(1, 2)] public abstract partial class {|MDEV008:Half|} : PciDevice;
        [PciDevice(1, 2)] public partial class {|MDEV008:Open|}<T> : PciDevice;
        """);

    [Fact]
    public Task MDEV008_nor_is_a_parent() => Diagnose.Expect("""
        public sealed record Config;
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice;
        [MdevParent("half")] public abstract partial class {|MDEV008:Half|} : MdevParent<Card, Config>;
        public abstract class Bare : PciDevice;
        [MdevParent("bare")] public sealed partial class {|MDEV008:Parent|} : MdevParent<Bare, Config>;
        """);

    [Fact]
    public Task MDEV009_a_class_derives_from_what_its_attribute_asks_for() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class {|MDEV009:Card|};
        [MdevParent("card")] public sealed partial class {|MDEV009:Parent|};
        """);

    [Fact]
    public Task MDEV010_capacity_and_cost_are_at_least_one() => Diagnose.Expect(Card + """
        [MdevParent("card", {|MDEV010:Capacity = 0|})]
        public sealed partial class Parent : MdevParent<Card, Config>
        {
            [MdevType("1", "One", {|MDEV010:Cost = -1|})] public static Config One { get; } = new(1);
        }
        """);

    [Fact]
    public Task MDEV010_and_so_are_limits_budgets_and_what_is_taken_of_them() => Diagnose.Expect(Card + """
        [MdevParent("card", {|MDEV010:MaxInstances = -1|}), MdevBudget("memory", {|MDEV010:0|})]
        public sealed partial class Parent : MdevParent<Card, Config>
        {
            [MdevType("1", "One"), MdevCost("memory", {|MDEV010:-4096|})] public static Config One { get; } = new(1);
        }
        """);

    [Fact]
    public Task MDEV004_a_budgets_name_stands_beside_those_of_sysfs() => Diagnose.Expect(Card + """
        [MdevParent("card"), MdevBudget({|MDEV004:"video memory"|}, 16)]
        public sealed partial class Parent : MdevParent<Card, Config>
        {
            [MdevType("1", "One"), MdevCost({|MDEV004:""|}, 1)] public static Config One { get; } = new(1);
        }
        """);

    [Fact]
    public async Task MDEV006_a_type_costs_at_most_all_of_a_budget()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect(Card + """
            [MdevParent("card"), MdevBudget("memory", 16)]
            public sealed partial class Parent : MdevParent<Card, Config>
            {
                [MdevType("1", "One", Cost = 99), MdevCost("memory", {|MDEV006:17|})] public static Config One { get; } = new(1);
            }
            """);
        Assert.Contains("'One' costs 17, more than all of budget 'memory', which is 16;", found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task MDEV011_a_budget_is_declared_once_and_so_is_a_cost() => Diagnose.Expect(Card + """
        [MdevParent("card"), {|+MDEV011:MdevBudget("memory", 16)|}, {|MDEV011:MdevBudget("memory", 32)|}]
        public sealed partial class Parent : MdevParent<Card, Config>
        {
            [MdevType("1", "One"), {|+MDEV011:MdevCost("memory", 1)|}, {|MDEV011:MdevCost("memory", 2)|}] public static Config One { get; } = new(1);
        }
        """);

    [Fact]
    public Task MDEV012_a_cost_is_of_a_budget_that_there_is() => Diagnose.Expect(Card + """
        [MdevParent("card"), MdevBudget("memory", 16)]
        public sealed partial class Parent : MdevParent<Card, Config>
        {
            [MdevType("1", "One"), MdevCost({|MDEV012:"Memory"|}, 1)] public static Config One { get; } = new(1);
        }
        """);

    [Fact]
    public Task MDEV012_unless_budgets_are_known_only_when_the_parent_runs() => Diagnose.Expect(Card + """
        [MdevParent("card")]
        public sealed partial class Parent(long memory) : MdevParent<Card, Config>
        {
            public override IReadOnlyList<MdevBudget> Budgets => [new("memory", memory)];
            [MdevType("1", "One"), MdevCost("memory", 1)] public static Config One { get; } = new(1);
        }
        """);

    [Fact]
    public Task MDEV133_a_budget_is_a_parents_and_a_cost_a_types() => Diagnose.Expect(Card + """
        [{|MDEV133:MdevBudget("memory", 16)|}] public sealed class Other;
        [MdevParent("card"), MdevBudget("memory", 16)]
        public sealed partial class Parent : MdevParent<Card, Config>
        {
            [{|MDEV133:MdevCost("memory", 1)|}] public static Config One { get; } = new(1);
        }
        """);
}
