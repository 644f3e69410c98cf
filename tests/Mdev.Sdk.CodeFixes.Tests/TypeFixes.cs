using Mdev.Sdk.CodeFixes.Tests.Harness;

namespace Mdev.Sdk.CodeFixes.Tests;

public sealed class TypeFixes
{
    [Fact]
    public Task MDEV001_types_around_and_properties_become_partial_at_once() => Fixing.ExpectAll(
        "MDEV001",
        """
        public static class Outer
        {
            [RegisterBlock(4)] public sealed class Block { }
            [RegisterBlock(4)] public sealed class Second { }
        }
        [RegisterBlock(4)] public sealed partial class Other { [Register(0)] public byte A { get; set; } }
        """,
        """
        public static partial class Outer
        {
            [RegisterBlock(4)] public sealed partial class Block { }
            [RegisterBlock(4)] public sealed partial class Second { }
        }
        [RegisterBlock(4)] public sealed partial class Other { [Register(0)] public partial byte A { get; set; } }
        """);

    [Fact]
    public Task MDEV001_a_property_becomes_partial() => Fixing.Expect(
        "MDEV001",
        "[RegisterBlock(4)] public sealed partial class Block { [Register(0)] public byte A { get; set; } }",
        "[RegisterBlock(4)] public sealed partial class Block { [Register(0)] public partial byte A { get; set; } }");

    [Fact]
    public Task MDEV001_a_property_with_a_body_is_its_authors_to_change() => Fixing.ExpectNone(
        "MDEV001",
        "[RegisterBlock(4)] public sealed partial class Block { [Register(0)] public byte A { get => 0; set { } } }");

    [Fact]
    public Task MDEV004_a_name_gets_dashes_for_what_it_cannot_have() => Fixing.Expect(
        "MDEV004",
        """
        public sealed record Config;
        [PciDevice(1, 2)] public sealed partial class Card(Config config) : PciDevice { private readonly Config _config = config; }
        [MdevParent("my card/1")] public sealed partial class Cards : MdevParent<Card, Config> { }
        """,
        """
        public sealed record Config;
        [PciDevice(1, 2)] public sealed partial class Card(Config config) : PciDevice { private readonly Config _config = config; }
        [MdevParent("my-card-1")] public sealed partial class Cards : MdevParent<Card, Config> { }
        """);

    [Fact]
    public Task MDEV007_the_device_gets_a_constructor_that_the_parent_can_call() => Fixing.Expect(
        "MDEV007",
        """
        public sealed record Config;
        [PciDevice(1, 2)] public sealed partial class Card(string text) : PciDevice
        {
            private readonly string _text = text;
        }
        [MdevParent("card")] public sealed partial class Cards : MdevParent<Card, Config> { }
        """,
        """
        public sealed record Config;
        [PciDevice(1, 2)] public sealed partial class Card(string text) : PciDevice
        {
            public Card(Config config) : this(default(string)!) { }
            private readonly string _text = text;
        }
        [MdevParent("card")] public sealed partial class Cards : MdevParent<Card, Config> { }
        """);
}
