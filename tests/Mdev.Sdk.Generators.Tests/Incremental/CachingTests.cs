using System.Collections.Immutable;
using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mdev.Sdk.Generators.Tests.Incremental;

/// <summary>What an edit costs: a model that comes out equal stops the pipeline, and nothing is printed again.</summary>
public sealed class CachingTests
{
    private const string Source = """
        public sealed partial record Config([property: MdevAttribute] int Ports);
        [MdevParent("card", Capacity = 2), MdevBudget("memory", 16)]
        public sealed partial class Parent : MdevParent<Card, Config>
        {
            [MdevType("1", "One", Cost = 1), MdevCost("memory", 8)] public static Config One { get; } = new(1);
        }
        [PciDevice(1, 2, Class = 0x070002)]
        [ConfigData(0x40, 1, 2)]
        public sealed partial class Card(Config config) : PciDevice
        {
            public Config Config { get; } = config;
            [Bar(0, BarKind.Io)] public Block Registers { get; } = new();
            [IntX, Msi(0)] public InterruptLine Line { get; } = new();
            [MdevAttribute] public int Speed { get; set; }
            [MdevAttribute(Undo = "close")] private void Open(byte port) => Console.WriteLine(port);
            [MdevAttribute] private void Close(byte port) => Console.WriteLine(port);
        }
        [BitFields(AccessWidth.Byte)] public partial struct Fields { [Bits(0)] public partial bool On { readonly get; set; } }
        [RegisterBlock(8, Bus = AccessWidth.Byte)]
        public sealed partial class Block
        {
            [Register(0, Reset = 0x01)] public partial Fields Control { get; set; }
            [OnWrite(nameof(Control))] private void Written(Fields value) { Console.WriteLine(value); }
            [OnRead(1)] private byte Status() => 1;
            [OnReset] private void Clear() { }
        }
        public struct Status { public int Depth; }
        [RegisterBlock(4), CharDevice("port-{n}")]
        public sealed partial class Port
        {
            [OnCharRead] private int Take(Span<byte> destination) { Console.WriteLine(destination.Length); return 0; }
            [OnCharIoctl(2u << 30 | 4 << 16 | 1)] private void Get(out Status status) => status = default;
        }
        """;

    private const int Files = 8;

    private static readonly string[] s_steps =
        [StepNames.RegisterBlocks, StepNames.BitFields, StepNames.PciDevices, StepNames.MdevParents, StepNames.MdevAttributes, StepNames.CharDevices];

    [Fact]
    public void An_unrelated_file_changes_nothing() => AssertCached(After(c => c.AddSyntaxTrees(Compiler.Tree("class Unrelated;", "New.cs"))));

    [Fact]
    public void A_comment_changes_nothing() => AssertCached(After(Edit("[RegisterBlock(8", "// Why it is so.\n[RegisterBlock(8")));

    [Fact]
    public void A_handlers_body_changes_nothing() => AssertCached(After(Edit("Console.WriteLine(value)", "_ = value")));

    [Fact]
    public void A_commands_body_changes_nothing() => AssertCached(After(Edit("Open(byte port) => Console.WriteLine(port)", "Open(byte port) => _ = port")));

    [Fact]
    public void A_file_operations_body_changes_nothing() => AssertCached(After(Edit("Console.WriteLine(destination.Length)", "destination.Clear()")));

    [Fact]
    public void A_name_in_a_struct_that_a_caller_gives_changes_nothing() => AssertCached(After(Edit("int Depth", "uint Height")));

    [Fact]
    public void A_reset_value_changes_its_block_and_nothing_else()
    {
        GeneratorRunResult result = After(Edit("Reset = 0x01", "Reset = 0x02"));

        Assert.Single(Reasons(result.TrackedSteps[StepNames.RegisterBlocks]), IncrementalStepRunReason.Modified);
        foreach (string step in s_steps.Where(s => s != StepNames.RegisterBlocks))
            Assert.All(Reasons(result.TrackedSteps[step]), AssertUnchanged);
        IncrementalStepRunReason[] outputs = [.. result.TrackedOutputSteps.SelectMany(s => Reasons(s.Value))];
        Assert.Single(outputs, IncrementalStepRunReason.Modified);
        Assert.Equal(Files - 1, outputs.Count(o => o == IncrementalStepRunReason.Cached));
    }

    [Fact]
    public void A_summary_changes_what_it_is_on()
    {
        GeneratorRunResult result = After(Edit("[OnRead(1)]", "/// <summary>What it is doing.</summary>\n[OnRead(1)]"));

        Assert.Single(Reasons(result.TrackedSteps[StepNames.RegisterBlocks]), IncrementalStepRunReason.Modified);
        foreach (string step in s_steps.Where(s => s != StepNames.RegisterBlocks))
            Assert.All(Reasons(result.TrackedSteps[step]), AssertUnchanged);
    }

    [Theory]
    [InlineData("[Bits(0)]", "[Bits(1)]", StepNames.BitFields)]
    [InlineData("0x40, 1, 2", "0x40, 1, 3", StepNames.PciDevices)]
    [InlineData("Cost = 1", "Cost = 2", StepNames.MdevParents)]
    [InlineData("\"memory\", 16", "\"memory\", 32", StepNames.MdevParents)]
    [InlineData("\"memory\", 8", "\"memory\", 4", StepNames.MdevParents)]
    [InlineData("Undo = \"close\"", "", StepNames.MdevAttributes)]
    [InlineData("Speed { get; set; }", "Speed { get; }", StepNames.MdevAttributes)]
    [InlineData("[property: MdevAttribute]", "[property: MdevAttribute(\"count\")]", StepNames.MdevAttributes)]
    [InlineData("port-{n}", "port-{short}", StepNames.CharDevices)]
    [InlineData("[OnCharRead]", "", StepNames.CharDevices)]
    [InlineData("4 << 16 | 1", "4 << 16 | 2", StepNames.CharDevices)]
    [InlineData("int Depth", "long Depth", StepNames.CharDevices)]
    [InlineData("[OnReset]", "", StepNames.RegisterBlocks)]
    [InlineData("[OnRead(1)]", "[OnRead(2)]", StepNames.RegisterBlocks)]
    public void What_an_attribute_says_changes_its_model(string old, string now, string step) =>
        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(After(Edit(old, now)).TrackedSteps[step]));

    [Fact]
    public void No_model_holds_on_to_the_compiler()
    {
        GeneratorDriver driver = Compiler.Driver().RunGenerators(Compiler.Create(Source));
        foreach (string step in s_steps)
        {
            ImmutableArray<IncrementalGeneratorRunStep> runs = driver.GetRunResult().Results[0].TrackedSteps[step];
            Assert.NotEmpty(runs);
            foreach ((object value, _) in runs.SelectMany(r => r.Outputs))
                ObjectWalk.AssertNothingOfRoslyn(value);
        }
    }

    [Fact]
    public void The_same_source_gives_the_same_bytes()
    {
        string[] one = Texts(), other = Texts();
        Assert.Equal(Files, one.Length);
        Assert.Equal(one, other);
        Assert.All(one, text => Assert.DoesNotContain('\r', text));

        static string[] Texts()
        {
            Compiler.Generate(Compiler.Create(Source), out GeneratorDriverRunResult result);
            return [.. result.GeneratedTrees.Select(t => t.ToString())];
        }
    }

    private static GeneratorRunResult After(Func<CSharpCompilation, Compilation> edit)
    {
        CSharpCompilation before = Compiler.Create(Source);
        GeneratorDriver driver = Compiler.Driver().RunGenerators(before);
        return driver.RunGenerators(edit(before)).GetRunResult().Results[0];
    }

    private static Func<CSharpCompilation, Compilation> Edit(string old, string now) => compilation =>
    {
        Assert.Contains(old, Source, StringComparison.Ordinal);
        SyntaxTree tree = compilation.SyntaxTrees[1];
        return compilation.ReplaceSyntaxTree(tree, Compiler.Tree(Source.Replace(old, now, StringComparison.Ordinal), tree.FilePath));
    };

    private static void AssertCached(GeneratorRunResult result)
    {
        foreach (string step in s_steps)
            Assert.All(Reasons(result.TrackedSteps[step]), AssertUnchanged);
        IncrementalStepRunReason[] outputs = [.. result.TrackedOutputSteps.SelectMany(s => Reasons(s.Value))];
        Assert.Equal(Files, outputs.Length);
        Assert.All(outputs, o => Assert.Equal(IncrementalStepRunReason.Cached, o));
    }

    private static void AssertUnchanged(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString());

    private static IEnumerable<IncrementalStepRunReason> Reasons(ImmutableArray<IncrementalGeneratorRunStep> steps) =>
        steps.SelectMany(s => s.Outputs).Select(o => o.Reason);
}
