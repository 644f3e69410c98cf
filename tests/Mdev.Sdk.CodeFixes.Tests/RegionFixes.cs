using Mdev.Sdk.CodeFixes.Tests.Harness;

namespace Mdev.Sdk.CodeFixes.Tests;

public sealed class RegionFixes
{
    [Fact]
    public Task MDEV103_a_size_becomes_the_next_power_of_two() => Fixing.Expect(
        "MDEV103",
        """
        [RegisterBlock(0x10)] public sealed partial class Block;
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, BarKind.Memory32, Size = 0x1800)] public Block Registers { get; } = new();
        }
        """,
        """
        [RegisterBlock(0x10)] public sealed partial class Block;
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, BarKind.Memory32, Size = 0x2000)] public Block Registers { get; } = new();
        }
        """);

    [Fact]
    public Task MDEV110_memory_moves_to_the_next_page() => Fixing.Expect(
        "MDEV110",
        """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, BarKind.Memory32, Offset = 0x1010)] public Mdev.Sdk.Device.MemoryRegion Ring { get; } = new(0x1000);
        }
        """,
        """
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [Bar(0, BarKind.Memory32, Offset = 0x2000)] public Mdev.Sdk.Device.MemoryRegion Ring { get; } = new(0x1000);
        }
        """);
}
