using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class AttributeDiagnostics
{
    [Fact]
    public Task Everything_that_can_be_an_attribute_is_no_mistake() => Diagnose.Expect("""
        public enum Mode { Slow, Fast }
        public sealed partial record Config([property: MdevAttribute] int Ports) { [MdevAttribute("vendor/note")] public string Note { get; init; } = ""; }
        public abstract partial class Family : PciDevice { [MdevAttribute] protected virtual int Serial => 1; }
        [PciDevice(1, 2)] public sealed partial class Card(Config config) : Family
        {
            public Config Config { get; } = config;
            [MdevAttribute] private bool Muted { get; set; }
            [MdevAttribute] private Mode Mode { get; set; }
            [MdevAttribute] private Guid Owner { get; set; }
            [MdevAttribute] private nint Handle { get; set; }
            [MdevAttribute] private IReadOnlyList<string> Lines { get; set; } = [];
            [MdevAttribute] private IEnumerable<string> Matrix() => [];
            [MdevAttribute] private SortedSet<string> Ports { get; } = [];
            [MdevAttribute(Undo = "unassign")] private void Assign(params string[] lines) { }
            [MdevAttribute(Undo = "assign")] private void Unassign(string[] lines) { }
            [MdevAttribute] private static ulong Total => 1;
            [MdevAttribute("power_limit.max-0")] private string Text { set { } }
        }
        [MdevParent("card")] public sealed partial class Parent : MdevParent<Card, Config>
        {
            [MdevAttribute] private int Temperature { get; set; }
            [MdevType("1", "One")] public static Config One { get; } = new(1);
        }
        """);

    [Theory]
    [InlineData("", "A-Z")]
    [InlineData("a/b/c", "one slash")]
    [InlineData("two words", "A-Z")]
    [InlineData("..", "A-Z")]
    [InlineData("a/..", "A-Z")]
    [InlineData("/a", "A-Z")]
    [InlineData("a/", "A-Z")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "A-Z")]
    [InlineData("remove", "vendor/remove")]
    [InlineData("mdev_type", "vendor/mdev_type")]
    [InlineData("power", "vendor/power")]
    [InlineData("driver", "vendor/driver")]
    [InlineData("power/control", "vendor/control")]
    [InlineData("config", "vendor/config")]
    [InlineData("vendor", "vendor/vendor")]
    [InlineData("resource0", "vendor/resource0")]
    [InlineData("resource2_wc", "vendor/resource2_wc")]
    public async Task MDEV701_a_name_is_a_file_that_nobody_has(string name, string said)
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect($$"""
            [PciDevice(1, 2)] public sealed partial class Card : PciDevice { [MdevAttribute({|MDEV701:"{{name}}"|})] public int Speed => 1; }
            """);
        Assert.Contains(said, found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task MDEV701_a_members_own_name_can_be_taken_too() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [{|MDEV701:MdevAttribute|}] public string IommuGroup => "";
            [{|MDEV701:MdevAttribute|}] public string Größe => "";
        }
        """);

    [Fact]
    public Task MDEV701_what_a_type_has_is_taken_in_a_type_and_free_elsewhere() => Diagnose.Expect("""
        public sealed partial record Config { [MdevAttribute({|MDEV701:"name"|})] public string Text => ""; [MdevAttribute] public string Irq => ""; }
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice { [MdevAttribute] public string Name => ""; }
        [MdevParent("card")] public sealed partial class Parent : MdevParent<Card, Config> { [MdevAttribute] public string Description => ""; }
        """);

    [Fact]
    public async Task MDEV702_names_are_of_one_attribute_each()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [PciDevice(1, 2)] public sealed partial class Card : PciDevice
            {
                [MdevAttribute({|+MDEV702:"speed"|})] public int Rate { get; set; }
                [{|MDEV702:MdevAttribute|}] public int Speed => 1;
            }
            """);
        Assert.StartsWith("'speed' is the attribute of 'Rate' already; give 'Speed'", found[0].GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task MDEV702_of_base_classes_too() => Diagnose.Expect("""
        public abstract partial class Family : PciDevice { [{|+MDEV702:MdevAttribute|}] public virtual int Speed => 1; }
        [PciDevice(1, 2)] public sealed partial class Card : Family { [{|MDEV702:MdevAttribute|}] public override int Speed => 2; }
        """);

    [Fact]
    public Task MDEV702_a_group_is_no_file() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [MdevAttribute({|+MDEV702:"vgpu/id"|})] public int Id => 1;
            [MdevAttribute("vgpu/name")] public string Name => "";
            [MdevAttribute({|MDEV702:"vgpu"|})] public string Gpu => "";
        }
        """);

    [Fact]
    public Task MDEV703_a_value_has_a_text() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [MdevAttribute] public double {|MDEV703:Ratio|} => 1;
            [MdevAttribute] public int? {|MDEV703:Maybe|} => 1;
            [MdevAttribute] public char {|MDEV703:Letter|} => 'a';
            [MdevAttribute] public List<string> {|MDEV703:List|} { get; set; } = [];
            [MdevAttribute] public int[] {|MDEV703:Numbers|} => [];
            [MdevAttribute] public Task {|MDEV703:Work|}() => Task.CompletedTask;
            [MdevAttribute] public void {|MDEV703:Wait|}(TimeSpan time) { }
        }
        """);

    [Fact]
    public Task MDEV704_a_member_is_read_or_takes_one_value() => Diagnose.Expect("""
        public interface IHas { int Explicit { get; } }
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice, IHas
        {
            private int _field;
            [MdevAttribute] public void {|MDEV704:Nothing|}() { }
            [MdevAttribute] public void {|MDEV704:Two|}(int a, int b) { }
            [MdevAttribute] public int {|MDEV704:Both|}(int a) => a;
            [MdevAttribute] public void {|MDEV704:By|}(ref int a) { }
            [MdevAttribute] public T? {|MDEV704:Any|}<T>() => default;
            [MdevAttribute] public ref int {|MDEV704:Reference|} => ref _field;
            [MdevAttribute] public int {|MDEV704:Once|} { init { _field = value; } }
            [MdevAttribute("item")] public int {|MDEV704:this|}[int index] => index;
            [MdevAttribute("explicit")] int IHas.{|MDEV704:Explicit|} => 1;
            [MdevAttribute] public async void {|MDEV704:Later|}(int a) => await Task.Delay(a);
            public int Half { [MdevAttribute("half")] {|MDEV704:get|}; set; }
        }
        """);

    [Fact]
    public Task MDEV001_the_class_is_partial_and_is_told_so_once() => Diagnose.Expect("""
        public sealed record {|MDEV001:Config|} { [MdevAttribute] public int Ports => 1; }
        public abstract class {|MDEV001:Family|} : PciDevice { [MdevAttribute] public int Serial => 1; }
        [VfioDevice(DeviceApi.Ap)] public sealed class {|MDEV001:Card|} : VfioDevice { [MdevAttribute] public int Speed => 1; }
        [PciDevice(1, 2)] public sealed partial class Other : Family { [MdevAttribute] public int Speed => 1; }
        [MdevParent("card")] public sealed partial class Parent : MdevParent<Card, Config>;
        """);

    [Fact]
    public Task MDEV705_an_attribute_is_an_objects() => Diagnose.Expect("""
        public partial struct Fields { [{|MDEV705:MdevAttribute|}] public int Speed => 1; }
        public interface IHas { [{|MDEV705:MdevAttribute("speed")|}] int Speed { get; } }
        public static class Helper { [{|MDEV705:MdevAttribute|}] public static int Speed() => 1; }
        """);

    [Fact]
    public async Task MDEV706_undo_names_what_can_undo()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [PciDevice(1, 2)] public sealed partial class Card : PciDevice
            {
                [MdevAttribute({|MDEV706:Undo = "gone"|})] public void Add(int port) { }
                [MdevAttribute(Undo = "mode")] public void Become(string mode) { }
                [MdevAttribute({|MDEV706:Undo = "state"|})] public void Turn(int port) { }
                [MdevAttribute] public int State => 1;
                [MdevAttribute({|MDEV706:Undo = "take"|})] public void Give(int port) { }
                [MdevAttribute] public void Take(string port) { }
                [MdevAttribute({|MDEV706:Undo = "take"|})] public int Mode { get; set; }
            }
            """);
        Assert.Equal(
            ["but an attribute that can be read is undone by what it was before; remove Undo", "which cannot be written", "which is no attribute of this class", "which takes 'string' and not 'int'"],
            found.Select(d => d.GetMessage(null).Split("', ", 2)[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task MDEV707_somebody_shows_the_attributes()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            public sealed partial class {|MDEV707:Stray|} { [MdevAttribute] public int Speed => 1; }
            public partial record Config { [MdevAttribute] public int Ports => 1; }
            public sealed record Special : Config;
            [PciDevice(1, 2)] public sealed partial class Card : PciDevice;
            [MdevParent("card")] public sealed partial class Parent : MdevParent<Card, Special>;
            """);
        Assert.Equal(DiagnosticSeverity.Warning, found[0].Severity);
    }

    [Fact]
    public Task Whoever_writes_the_interface_himself_has_only_the_checks() => Diagnose.Expect("""
        [VfioDevice(DeviceApi.Ap)] public sealed partial class Card : VfioDevice, IMdevAttributes
        {
            [MdevAttribute({|MDEV701:"config"|})] public int Speed => 1;
            IReadOnlyList<MdevAttributeInfo> IMdevAttributes.MdevAttributes => [];
            string IMdevAttributes.ShowAttribute(int index) => "";
            void IMdevAttributes.StoreAttribute(int index, string value) { }
        }
        """);

    [Fact]
    public Task What_is_broken_in_a_base_class_breaks_no_class_below() => Diagnose.Expect("""
        public abstract partial class Family : PciDevice { [MdevAttribute({|MDEV701:"a b"|})] public int Serial => 1; }
        [PciDevice(1, 2)] public sealed partial class Card : Family { [MdevAttribute] public int Speed => 1; }
        public static class Use { public static object Of(Card card) => ((IMdevAttributes)card).MdevAttributes; }
        """);
}
