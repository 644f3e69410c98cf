using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class HandlerDiagnostics
{
    [Fact]
    public Task MDEV401_a_handler_names_a_register() => Diagnose.Expect("""
        [RegisterBlock(4)] public sealed partial class Block
        {
            public int Plain { get; set; }
            [{|MDEV401:OnWrite("Nothing")|}] private void Lost(uint value) { }
            [{|MDEV401:OnRead(nameof(Plain))|}] private int Unbound() => 0;
        }
        """);

    [Fact]
    public async Task MDEV402_a_handler_of_a_stored_register_has_one_of_its_shapes()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [RegisterBlock(16)] public sealed partial class Block
            {
                [Register(0)] public partial uint Control { get; set; }
                [OnWrite(nameof(Control))] private void {|MDEV402:Narrow|}(ushort value) { }
                [OnWrite(nameof(Control))] private int {|MDEV402:Other|}(uint value) => 0;
                [OnWrite(nameof(Control))] private void {|MDEV402:Many|}(uint a, uint b, uint c) { }
                [OnWrite(nameof(Control))] private void {|MDEV402:ByReference|}(ref uint value) { }
                [OnRead(nameof(Control))] private void {|MDEV402:Nothing|}() { }
                [OnRead(nameof(Control))] private uint {|MDEV402:Generic|}<T>() => 0;
            }
            """);
        Assert.Contains(found, d => d.GetMessage(null).Contains("void Narrow(uint value)", StringComparison.Ordinal));
    }

    [Fact]
    public Task MDEV402_a_handler_at_an_offset_has_one_of_its_shapes() => Diagnose.Expect("""
        [RegisterBlock(16)] public sealed partial class Block
        {
            [OnRead(0)] private uint {|MDEV402:TakesOne|}(uint value) => value;
            [OnWrite(4)] private uint {|MDEV402:GivesOne|}(uint value) => value;
            [OnWrite(8)] private void {|MDEV402:TakesNone|}() { }
        }
        """);

    [Fact]
    public Task MDEV402_a_reset_takes_and_gives_nothing() => Diagnose.Expect("""
        [RegisterBlock(16)] public sealed partial class Block { [OnReset] private int {|MDEV402:Clear|}() => 0; }
        """);

    [Fact]
    public Task MDEV403_an_access_has_one_handler() => Diagnose.Expect("""
        [RegisterBlock(16)] public sealed partial class Block
        {
            [Register(0)] public partial uint {|+MDEV403:Control|} { get; set; }
            [OnWrite(nameof(Control))] private void First(uint value) { }
            [{|MDEV403:OnWrite(nameof(Control))|}] private void Second(uint value) { }
            [OnRead({|+MDEV403:4|})] private uint Third() => 0;
            [OnRead({|MDEV403:4|})] private uint Fourth() => 0;
            [OnWrite(4)] private void OtherDirection(uint value) { }
        }
        """);

    [Fact]
    public Task MDEV405_a_handler_is_synchronous() => Diagnose.Expect("""
        [RegisterBlock(16)] public sealed partial class Block
        {
            [OnWrite(0)] private async void {|MDEV405:Later|}(uint value) => await Task.Yield();
            [OnRead(0)] private Task<uint> {|MDEV405:Promised|}() => Task.FromResult(0u);
            [OnReset] private async Task {|MDEV405:Clear|}() => await Task.Yield();
            [OnRead(4)] private IEnumerable<uint> {|MDEV405:Several|}() { yield return 0; }
        }
        """);

    [Fact]
    public Task MDEV409_a_stored_register_says_itself_when_it_is_there() => Diagnose.Expect("""
        [RegisterBlock(16)] public sealed partial class Block
        {
            private bool Bank { get; set; }
            [Register(0)] public partial uint Control { get; set; }
            [OnWrite(nameof(Control), {|MDEV409:When = nameof(Bank)|})] private void Written(uint value) { }
        }
        """);
}
