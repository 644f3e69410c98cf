using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Tests.Device;
using EventFd = Mdev.Sdk.Testing.EventFd;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Tests.Interrupts;

public sealed class FollowedLineTests : IDisposable
{
    private readonly ScratchBlock _block = new(16);
    private readonly ScratchDevice _device;
    private readonly EventFd _msi = new();
    private int _asked;

    public FollowedLineTests()
    {
        _device = new ScratchDevice(_block, (pci, irq) => pci.Msi(irq, 0, capability: true));
        _device.Irq.Follow(() =>
        {
            _asked++;
            return _block.Lanes[0] != 0;
        });
        SafeFileHandle handle = Handles.Duplicate(_msi.Handle);
        Assert.Equal(Errno.None, _device.SetIrqs(
            PciDevice.MsiIrq, new IrqSet { Flags = IrqSetFlags.DataEventFd | IrqSetFlags.ActionTrigger, Start = 0, Count = 1, EventFds = [handle] }));
    }

    public void Dispose()
    {
        _device.Dispose();
        _msi.Dispose();
    }

    [Fact]
    public void It_rises_and_falls_with_what_it_follows_once_an_access()
    {
        _device.Write(0, 0, 1);
        Assert.Equal((1ul, 1), (_msi.Take(), _asked));
        _device.Write(0, 1, 1, 1, 1);
        Assert.Equal((0ul, 2), (_msi.Take(), _asked));
        _device.Write(0, 0, 0);
        _device.Write(0, 0, 1);
        Assert.Equal(1ul, _msi.Take());
    }

    [Fact]
    public void It_follows_a_timer_and_a_delivered_byte()
    {
        var clock = new ManualClock();
        _device.Clock = clock;
        _device.CreateTimer(() => _block.Lanes[0] = 1).Start(TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1ul, _msi.Take());
        Assert.True(_device.Deliver(0, value =>
        {
            _block.Lanes[0] = value;
            return true;
        }, out _));
        _device.Deliver(1, value => (_block.Lanes[0] = value) == 1, out _);
        Assert.Equal(1ul, _msi.Take());
    }

    [Fact]
    public void A_level_that_throws_is_counted_and_the_line_stays_as_it_is()
    {
        var line = new InterruptLine();
        using var device = new ScratchDevice(_block, (pci, _) => pci.IntX(line, 1));
        bool broken = false;
        line.Follow(() => broken ? throw new InvalidOperationException("a vendor's mistake") : true);
        device.Write(0, 0, 1);
        broken = true;
        device.Write(0, 0, 1);
        Assert.Equal(1, device.Counters.HandlerFaults);
        Assert.Equal(0x08, device.Config(6, 1)[0] & 0x08);
    }

    [Fact]
    public void A_line_follows_one_level() => Assert.Throws<InvalidOperationException>(() => _device.Irq.Follow(() => false));
}
