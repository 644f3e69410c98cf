using Mdev.Sdk.Device;
using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Pci;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

public sealed class InnerBlockTests
{
    private readonly List<string> _ended = [];

    [Fact]
    public void Inner_blocks_end_with_their_device_before_the_one_around_them()
    {
        new Card(_ended).Dispose();
        Assert.Equal(["front", "slot 0", "slot 2", "rack"], _ended);
    }

    [Fact]
    public void A_trace_names_registers_of_arrays_and_inner_blocks_with_their_place()
    {
        using var card = new Card(_ended);
        var seen = new Names();
        card.Observer = seen;
        foreach (uint offset in new uint[] { 0x10, 0x1c, 0x44, 0x84, 0xa4, 0xc4, 0xe4 })
            Assert.Equal(Errno.None, card.Write(0, offset, [1, 0, 0, 0]));
        Assert.Equal(["Fans[0]", "Fans[3]", "Front.Power", "Slots[0].Power", null, "Slots[2].Power", null], seen.All);
    }

    private sealed class Names : IRegisterObserver
    {
        public List<string?> All { get; } = [];

        public void OnAccess(in RegisterAccess access) => All.Add(access.Register);
    }

    private sealed class Card : PciDevice
    {
        private readonly RackBlock _rack;

        public Card(List<string> ended)
        {
            _rack = new RackBlock(ended);
            Realize(Guid.NewGuid(), NullLogger.Instance);
        }

        protected override void Declare(PciDeclaration pci) => pci.Bar(0, BarKind.Memory32, _rack);
    }
}
