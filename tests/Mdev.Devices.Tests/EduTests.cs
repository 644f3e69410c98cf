using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>The specification of QEMU's edu device, register by register.</summary>
public sealed class EduTests : IDisposable
{
    private const uint Intx = 0, Msi = 1;

    private readonly ServedDevice _edu = new("edu");
    private readonly EventFd _irq = new();

    public void Dispose()
    {
        _edu.Dispose();
        _irq.Dispose();
    }

    [Fact]
    public void It_says_what_it_is_and_takes_no_write_of_that()
    {
        Assert.Equal(0x0100_00edu, _edu.Read(0, 0x00));
        _edu.Write(0, 0x00, 0u);
        Assert.Equal(0x0100_00edu, _edu.Read(0, 0x00));
        Assert.Equal([0x34, 0x12, 0xe8, 0x11], _edu.Client.ReadRegion(7, 0, 4));
        Assert.Equal(0x10_0000ul, _edu.Client.GetRegionInfo(0).Size);
    }

    [Fact]
    public void The_liveness_check_inverts()
    {
        _edu.Write(0, 0x04, 0x1234_5678u);
        Assert.Equal(~0x1234_5678u, _edu.Read(0, 0x04));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 3628800)]
    [InlineData(12, 479001600)]
    public void It_computes_a_factorial_and_says_while_it_does(uint number, uint factorial)
    {
        _edu.Write(0, 0x08, number);
        _edu.Poll(0, 0x20, status => (status & 1) == 0);
        Assert.Equal(factorial, _edu.Read(0, 0x08));
    }

    [Fact]
    public void A_factorial_interrupts_if_it_is_asked_to()
    {
        _edu.Client.ArmIrqs(Intx, _irq);
        _edu.Write(0, 0x20, 0x81u);
        _edu.Write(0, 0x08, 5u);
        Assert.True(_irq.Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal(1u, _edu.Read(0, 0x24));
        Assert.Equal(120u, _edu.Read(0, 0x08));
        Assert.Equal(0x80u, _edu.Read(0, 0x20));
    }

    [Theory]
    [InlineData(Intx)]
    [InlineData(Msi)]
    public void An_interrupt_is_raised_and_acknowledged(uint index)
    {
        _edu.Client.ArmIrqs(index, _irq);
        _edu.Write(0, 0x60, 0x8001u);
        Assert.Equal(1ul, _irq.Take());
        Assert.Equal(0x8001u, _edu.Read(0, 0x24));
        _edu.Write(0, 0x64, 0x8000u);
        Assert.Equal(1u, _edu.Read(0, 0x24));
        _edu.Write(0, 0x64, 1u);
        Assert.Equal(0u, _edu.Read(0, 0x24));
        Assert.Equal(0ul, _irq.Take());
        _edu.Write(0, 0x24, uint.MaxValue);
        Assert.Equal(0u, _edu.Read(0, 0x24));
    }

    [Fact]
    public void Narrow_accesses_meet_nothing()
    {
        Assert.Equal([0xff, 0xff], _edu.Client.ReadRegion(0, 0x00, 2));
        _edu.Client.WriteRegion(0, 0x04, 1);
        Assert.Equal(0u, _edu.Read(0, 0x04));
        Assert.Equal(uint.MaxValue, _edu.Read(0, 0x30));
    }
}
