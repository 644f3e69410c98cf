using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

/// <summary>Interrupt lines that follow status registers; the pin is seen in the Interrupt Status bit of config space.</summary>
public sealed class InterruptStatusTests : IDisposable
{
    private readonly Card _card = new();

    public void Dispose() => _card.Dispose();

    [Fact]
    public void The_line_is_high_while_an_enabled_bit_that_is_not_masked_is_set()
    {
        var random = new Random(3);
        for (int i = 0; i < 2000; i++)
        {
            uint offset = new uint[] { 0x00, 0x04, 0x08, 0x10, 0x14, 0x18 }[random.Next(6)];
            _card.Write(offset, (uint)random.Next(256));
            if (random.Next(50) == 0)
                _card.Reset();
            InterruptBlock block = _card.Block;
            Assert.Equal((block.Status & block.Enable & ~block.Mask) != 0, _card.Pin);
        }
    }

    [Fact]
    public void Device_code_moves_the_line_at_once()
    {
        _card.Block.Enable = 2;
        _card.Block.Status |= 2;
        Assert.True(_card.Pin);
        _card.Block.Status &= ~2u;
        Assert.False(_card.Pin);
    }

    [Fact]
    public void An_asserted_line_stays_high_whatever_the_status_says()
    {
        _card.Irq.Assert();
        _card.Write(0x04, 1);
        _card.Write(0x10, 1);
        _card.Write(0x14, 1);
        Assert.True(_card.Pin);
        _card.Irq.Deassert();
        Assert.False(_card.Pin);
    }

    [Fact]
    public void A_line_that_is_not_there_is_silent()
    {
        var block = new InterruptBlock(null) { Enable = 1 };
        block.Status |= 1;
        Assert.Equal(1u, block.Status);
    }

    [Fact]
    public void Each_cause_of_one_register_has_a_line_of_its_own()
    {
        InterruptLine received = new(), sent = new();
        using var card = new Vectors(received, sent);
        foreach ((uint cause, uint enable, bool first, bool second) in new[]
            { (0u, 3u, false, false), (1u, 3u, true, false), (2u, 3u, false, true), (3u, 3u, true, true), (3u, 2u, false, true), (4u, 7u, false, false) })
        {
            card.Block.Enable = enable;
            card.Block.Cause = cause;
            Assert.Equal((first, second), (received.IsHigh, sent.IsHigh));
        }
    }

    private sealed class Vectors : PciDevice
    {
        public Vectors(InterruptLine received, InterruptLine sent)
        {
            Block = new CauseBlock(received, sent);
            Realize(Guid.NewGuid(), NullLogger.Instance);
        }

        public CauseBlock Block { get; }

        protected override void Declare(PciDeclaration pci) => pci.Bar(0, BarKind.Memory32, Block);
    }

    private sealed class Card : PciDevice
    {
        public Card()
        {
            Block = new InterruptBlock(Irq);
            Realize(Guid.NewGuid(), NullLogger.Instance);
        }

        public InterruptLine Irq { get; } = new();

        public InterruptBlock Block { get; }

        public bool Pin
        {
            get
            {
                Span<byte> status = stackalloc byte[2];
                Assert.True(Peek(7, 6, status));
                return (status[0] & 8) != 0;
            }
        }

        public void Write(uint offset, uint value) =>
            Assert.Equal(Errno.None, Write(0, offset, BitConverter.GetBytes(value)));

        protected override void Declare(PciDeclaration pci)
        {
            pci.Bar(0, BarKind.Memory32, Block);
            pci.IntX(Irq, 1);
        }
    }
}
