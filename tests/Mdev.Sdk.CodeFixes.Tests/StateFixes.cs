using Mdev.Sdk.CodeFixes.Tests.Harness;

namespace Mdev.Sdk.CodeFixes.Tests;

public sealed class StateFixes
{
    [Fact]
    public Task MDEV602_each_member_says_what_its_type_lets_it_be() => Fixing.ExpectAll(
        "MDEV602",
        """
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            [Saved] private int _count;

            /// <summary>Two.</summary>
            private int _first, _second;
            [Obsolete] public bool Stopped { get; set; }
            private object? _handle;
        }
        """,
        """
        [RegisterBlock(0x10)] public sealed partial class Block
        {
            [Saved] private int _count;

            /// <summary>Two.</summary>
            [Saved] private int _first, _second;
            [Saved] [Obsolete] public bool Stopped { get; set; }
            [NotSaved] private object? _handle;
        }
        """);
}
