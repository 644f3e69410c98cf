using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Testing;
using EventFd = Mdev.Sdk.Testing.EventFd;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Tests.Interrupts;

public sealed class InterruptLineTests : IDisposable
{
    private readonly InterruptLine _second = new();
    private readonly ScratchDevice _device;
    private readonly EventFd _intx = new();
    private readonly EventFd _msi = new();

    public InterruptLineTests() =>
        _device = new ScratchDevice(more: (pci, irq) => pci.IntX(_second, 1).Msi(irq, 0, capability: true));

    public void Dispose()
    {
        _device.Dispose();
        _intx.Dispose();
        _msi.Dispose();
    }

    [Fact]
    public void A_level_signals_once_and_again_at_each_unmask_while_it_is_high()
    {
        Arm(PciDevice.IntxIrq, _intx);
        _device.Irq.Assert();
        _device.Irq.Assert();
        Assert.Equal(1ul, _intx.Take());
        Unmask();
        Assert.Equal(1ul, _intx.Take());
        _device.Irq.Deassert();
        Unmask();
        Assert.Equal(0ul, _intx.Take());
    }

    [Fact]
    public void A_pulse_is_lost_while_the_pin_is_masked()
    {
        Arm(PciDevice.IntxIrq, _intx);
        _device.Irq.Pulse();
        _device.Irq.Pulse();
        Unmask();
        Assert.Equal(1ul, _intx.Take());
        _device.Irq.Pulse();
        Assert.Equal(1ul, _intx.Take());
    }

    [Fact]
    public void Lines_that_share_the_pin_keep_it_high_until_the_last_is_low()
    {
        Arm(PciDevice.IntxIrq, _intx);
        _device.Irq.Assert();
        _second.Assert();
        _device.Irq.Deassert();
        _intx.Take();
        Unmask();
        Assert.Equal(1ul, _intx.Take());
        _second.Deassert();
        Unmask();
        Assert.Equal(0ul, _intx.Take());
    }

    [Fact]
    public void A_level_that_is_high_before_a_client_listens_signals_when_it_does()
    {
        _device.Irq.Assert();
        Arm(PciDevice.IntxIrq, _intx);
        Assert.Equal(1ul, _intx.Take());
    }

    [Fact]
    public void Msi_signals_each_rise_and_is_never_masked()
    {
        Arm(PciDevice.MsiIrq, _msi);
        _device.Irq.Assert();
        _device.Irq.Deassert();
        _device.Irq.Assert();
        _device.Irq.Pulse();
        Assert.Equal(3ul, _msi.Take());
    }

    [Fact]
    public void The_command_register_silences_the_pin_and_gives_it_back()
    {
        Arm(PciDevice.IntxIrq, _intx);
        _device.WriteConfig(0x05, 0x04);
        _device.Irq.Assert();
        Assert.Equal(0ul, _intx.Take());
        _device.WriteConfig(0x05, 0x00);
        Assert.Equal(1ul, _intx.Take());
    }

    [Fact]
    public void Reset_lowers_the_lines_and_leaves_the_client_connected()
    {
        Arm(PciDevice.IntxIrq, _intx);
        _device.Irq.Assert();
        _device.Reset();
        _intx.Take();
        Unmask();
        Assert.Equal(0ul, _intx.Take());
        _device.Irq.Assert();
        Assert.Equal(1ul, _intx.Take());
    }

    [Fact]
    public void A_derived_level_that_goes_up_and_down_within_an_access_is_no_interrupt()
    {
        var block = new ScratchBlock(16);
        using var device = new ScratchDevice(block, (pci, irq) => pci.Msi(irq, 0, capability: true));
        InterruptSource source = device.Irq.AddSource();
        Assert.Equal(
            Errno.None,
            device.SetIrqs(PciDevice.MsiIrq, new IrqSet
            {
                Flags = IrqSetFlags.DataEventFd | IrqSetFlags.ActionTrigger,
                Count = 1,
                EventFds = new SafeFileHandle?[] { Handles.Duplicate(_msi.Handle) },
            }));

        block.OnAccess = () => (source.High, source.High) = (true, false);
        device.Write(0, 0, 1);
        Assert.Equal(0ul, _msi.Take());

        block.OnAccess = () => source.High = true;
        device.Write(0, 0, 1);
        Assert.Equal(1ul, _msi.Take());

        source.High = false;
        block.OnAccess = () =>
        {
            source.High = true;
            throw new InvalidOperationException("after the line was raised");
        };
        device.Write(0, 0, 1);
        Assert.Equal(1ul, _msi.Take());
    }

    [Fact]
    public void A_line_is_high_while_any_of_its_sources_is()
    {
        InterruptSource one = _device.Irq.AddSource(), other = _device.Irq.AddSource();
        Arm(PciDevice.IntxIrq, _intx);
        (one.High, other.High) = (true, true);
        one.High = false;
        Assert.Equal(1ul, _intx.Take());
        Unmask();
        Assert.Equal(1ul, _intx.Take());
        other.High = false;
        Unmask();
        Assert.Equal(0ul, _intx.Take());
    }

    [Fact]
    public void Nobody_listening_is_no_mistake()
    {
        _device.Irq.Assert();
        _device.Irq.Pulse();
        _device.Irq.Deassert();
        new InterruptLine().Assert();
    }

    [Fact]
    public void A_descriptor_that_is_no_eventfd_is_refused_and_what_was_armed_stays()
    {
        Arm(PciDevice.IntxIrq, _intx);
        using SafeFileHandle file = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        SafeFileHandle?[] handles = [file];
        Assert.Equal(Errno.EINVAL, Set(PciDevice.IntxIrq, IrqSetFlags.DataEventFd | IrqSetFlags.ActionTrigger, handles));
        Assert.NotNull(handles[0]);
        _device.Irq.Pulse();
        Assert.Equal(1ul, _intx.Take());
    }

    [Fact]
    public void An_eventfd_whose_counter_is_full_does_not_stop_the_device()
    {
        _intx.Signal(ulong.MaxValue - 1);
        Arm(PciDevice.IntxIrq, _intx);
        _device.Irq.Pulse();
        Assert.Equal(ulong.MaxValue - 1, _intx.Take());
    }

    private void Arm(uint index, EventFd eventFd)
    {
        SafeFileHandle copy = Handles.Duplicate(eventFd.Handle);
        Assert.Equal(Errno.None, Set(index, IrqSetFlags.DataEventFd | IrqSetFlags.ActionTrigger, [copy]));
    }

    private void Unmask() =>
        Assert.Equal(Errno.None, Set(PciDevice.IntxIrq, IrqSetFlags.DataNone | IrqSetFlags.ActionUnmask, []));

    private Errno Set(uint index, IrqSetFlags flags, SafeFileHandle?[] handles) =>
        _device.SetIrqs(index, new IrqSet { Flags = flags, Start = 0, Count = 1, EventFds = handles });
}
