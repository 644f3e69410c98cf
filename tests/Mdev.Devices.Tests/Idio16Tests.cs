using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>The PCI-IDIO-16's registers, each output wired to an input.</summary>
public sealed class Idio16Tests : IDisposable
{
    private readonly ServedDevice _card = new("idio-16");

    public void Dispose() => _card.Dispose();

    [Fact]
    public void An_input_shows_what_its_output_is_set_to()
    {
        Write(0, 0x5a);
        Write(4, 0xa5);
        Assert.Equal((0x5a, 0xa5), (Read(1), Read(5)));
        Assert.Equal((0x5a, 0xa5), (Read(0), Read(4)));
    }

    [Fact]
    public void A_change_of_state_interrupts_once_it_is_enabled_until_it_is_cleared()
    {
        using var irq = new EventFd();
        _card.Client.ArmIrqs(0, irq);
        Write(0, 0x01);
        Assert.Equal((0ul, 0), (irq.Take(), Read(6)));
        Read(2);
        Write(0, 0x02);
        Assert.Equal((1ul, 0x04), (irq.Take(), Read(6)));
        Write(1, 0);
        Assert.Equal(0, Read(6));
        Write(2, 0);
        Write(0, 0x03);
        Assert.Equal(0, Read(6));
    }

    private byte Read(ulong offset) => _card.Client.ReadRegion(2, offset, 1)[0];

    private void Write(ulong offset, byte value) => _card.Client.WriteRegion(2, offset, value);
}
