using Mdev.Sdk.CodeFixes.Tests.Harness;

namespace Mdev.Sdk.CodeFixes.Tests;

public sealed class HandlerFixes
{
    [Fact]
    public Task MDEV401_the_register_is_declared_at_the_next_free_offset() => Fixing.Expect(
        "MDEV401",
        """
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            [Register(0x0)] public partial uint A { get; set; }
            [OnRead(0x4)] private byte Other() => 0;

            [OnWrite("Control")] private void Written(ushort value) { }
        }
        """,
        """
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            [Register(0x0)] public partial uint A { get; set; }
            [OnRead(0x4)] private byte Other() => 0;

            [Register(0x06)] public partial ushort Control { get; set; }
            [OnWrite("Control")] private void Written(ushort value) { }
        }
        """);

    [Fact]
    public Task MDEV401_a_property_of_that_name_is_its_authors_to_change() => Fixing.ExpectNone(
        "MDEV401",
        """
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            public int Plain { get; set; }
            [OnWrite(nameof(Plain))] private void Written(uint value) { }
        }
        """);

    [Theory]
    [InlineData("OnWrite(nameof(Control))", "void M(ushort value) { }", "void M(uint value) { }")]
    [InlineData("OnWrite(nameof(Control))", "int M(uint value) => 0;", "uint M(uint value) => 0;")]
    [InlineData("OnWrite(nameof(Control))", "void M(ref uint a, uint b, uint c) { }", "void M(uint a, uint b) { }")]
    [InlineData("OnRead(nameof(Control))", "void M() { }", "uint M() { return default; }")]
    [InlineData("OnRead(nameof(Control))", "uint M<T>() => 0;", "uint M() => 0;")]
    [InlineData("OnRead(8)", "uint M(uint value) => 7;", "uint M() => 7;")]
    [InlineData("OnWrite(8)", "ushort M(ushort value) => value;", "void M(ushort value) => _ = value;")]
    [InlineData("OnWrite(8)", "byte M(byte value) { return value; }", "void M(byte value) { { _ = value; return; } }")]
    [InlineData("OnWrite(nameof(Control))", "void M(ushort value, in GuestAccess access) { }", "void M(uint value, in GuestAccess access) { }")]
    [InlineData("OnWrite(nameof(Control))", "void M(GuestAccess access, uint value) { }", "void M(uint value, in GuestAccess access) { }")]
    [InlineData("OnRead(8)", "uint M(uint value, in GuestAccess how) => 7;", "uint M(in GuestAccess how) => 7;")]
    [InlineData("OnReset", "int M() => 0;", "void M() => _ = 0;")]
    public Task MDEV402_a_handler_gets_the_shape_that_is_nearest(string attribute, string before, string after) => Fixing.Expect(
        "MDEV402", Source(attribute, before), Source(attribute, after));

    [Fact]
    public Task MDEV407_all_handlers_of_a_file_say_that_they_change_nothing() => Fixing.ExpectAll(
        "MDEV407",
        """
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            [OnRead(0)] private uint A() => 1;
            [OnRead(4, Pure = false, Name = "B")] private uint Other() => 1;
        }
        """,
        """
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            [OnRead(0, Pure = true)] private uint A() => 1;
            [OnRead(4, Pure = true, Name = "B")] private uint Other() => 1;
        }
        """);

    [Fact]
    public Task MDEV404_the_method_is_bound_to_the_register_of_its_name() => Fixing.Expect(
        "MDEV404",
        """
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            [Register(0x0)] public partial uint A { get; set; }

            private void OnAWrite(uint value) { }
        }
        """,
        """
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            [Register(0x0)] public partial uint A { get; set; }

            [OnWrite(nameof(A))] private void OnAWrite(uint value) { }
        }
        """);

    [Fact]
    public Task MDEV404_a_method_that_names_no_register_is_its_authors_to_bind() => Fixing.ExpectNone(
        "MDEV404", "[RegisterBlock(0x10)] public sealed partial class Block { private uint OnAnythingRead() => 0; }");

    [Theory]
    [InlineData("OnWrite(0)", "async void M(uint value) { Last = value; }", "void M(uint value) { Last = value; }")]
    [InlineData("OnReset", "async Task M() { Last = 0; }", "void M() { Last = 0; }")]
    [InlineData("OnRead(0)", "async Task<uint> M() => Last;", "uint M() => Last;")]
    public Task MDEV405_a_handler_that_awaits_nothing_becomes_synchronous(string attribute, string before, string after) => Fixing.Expect(
        "MDEV405", Source(attribute, before), Source(attribute, after));

    [Fact]
    public Task MDEV405_a_handler_that_awaits_is_its_authors_to_change() => Fixing.ExpectNone(
        "MDEV405", Source("OnWrite(0)", "async void M(uint value) => await Task.Yield();"));

    private static string Source(string attribute, string method) => $$"""
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            private uint Last { get; set; }
            [Register(0x4)] public partial uint Control { get; set; }
            [{{attribute}}] private {{method}}
        }
        """;
}
