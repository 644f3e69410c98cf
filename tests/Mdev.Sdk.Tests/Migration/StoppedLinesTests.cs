using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Migration;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Tests.Device;
using Mdev.Sdk.Tests.State;
using Microsoft.Win32.SafeHandles;
using EventFd = Mdev.Sdk.Testing.EventFd;

namespace Mdev.Sdk.Tests.Migration;

/// <summary>A stopped device interrupts nobody; what its lines want reaches the guest when it goes on, here or elsewhere.</summary>
public sealed class StoppedLinesTests : IDisposable
{
    private readonly RestingDevice _device = new();
    private readonly RestingDevice _other = new();
    private readonly EventFd _heard = new();
    private readonly EventFd _elsewhere = new();

    public void Dispose()
    {
        _device.Dispose();
        _other.Dispose();
        _heard.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData(PciDevice.IntxIrq)]
    [InlineData(PciDevice.MsiIrq)]
    public void A_line_that_rises_signals_when_the_device_goes_on(uint index)
    {
        Arm(_device, index, _heard);
        _device.SetMigrationState(MigrationState.Stop);
        _device.Irq.Assert();
        Assert.Equal(0ul, _heard.Take());
        _device.SetMigrationState(MigrationState.Running);
        Assert.Equal(1ul, _heard.Take());
        Assert.True(_device.Irq.IsHigh);
    }

    [Theory]
    [InlineData(PciDevice.IntxIrq)]
    [InlineData(PciDevice.MsiIrq)]
    public void A_pulse_signals_when_the_device_goes_on(uint index)
    {
        Arm(_device, index, _heard);
        _device.SetMigrationState(MigrationState.Stop);
        _device.Irq.Pulse();
        _device.WriteConfig(4, 2, 0);
        Assert.Equal(0ul, _heard.Take());
        _device.SetMigrationState(MigrationState.Running);
        Assert.Equal(1ul, _heard.Take());
    }

    [Fact]
    public void What_rises_and_falls_again_is_no_interrupt()
    {
        Arm(_device, PciDevice.MsiIrq, _heard);
        _device.SetMigrationState(MigrationState.Stop);
        _device.Irq.Assert();
        _device.Irq.Deassert();
        _device.SetMigrationState(MigrationState.Running);
        Assert.Equal(0ul, _heard.Take());
    }

    [Fact]
    public void A_level_that_is_unmasked_meanwhile_signals_when_the_device_goes_on()
    {
        Arm(_device, PciDevice.IntxIrq, _heard);
        _device.Irq.Assert();
        Assert.Equal(1ul, _heard.Take());
        _device.SetMigrationState(MigrationState.Stop);
        Assert.Equal(Errno.None, _device.SetIrqs(PciDevice.IntxIrq, new IrqSet
        {
            Flags = IrqSetFlags.DataNone | IrqSetFlags.ActionUnmask,
            Count = 1,
        }));
        Assert.Equal(0ul, _heard.Take());
        _device.SetMigrationState(MigrationState.Running);
        Assert.Equal(1ul, _heard.Take());
    }

    [Fact]
    public void A_level_that_is_loaded_signals_when_the_destination_runs_and_not_before()
    {
        _device.Irq.Assert();
        _device.SetMigrationState(MigrationState.Stop);
        byte[] state = SavedForm.Save(_device);

        Arm(_other, PciDevice.IntxIrq, _elsewhere);
        _other.SetMigrationState(MigrationState.Resuming);
        Assert.Equal(Errno.None, _other.WriteMigrationData(state));
        Assert.Equal(Errno.None, _other.SetMigrationState(MigrationState.Stop));
        Assert.Equal((0ul, true), (_elsewhere.Take(), _other.Irq.IsHigh));
        _other.SetMigrationState(MigrationState.Running);
        Assert.Equal(1ul, _elsewhere.Take());
    }

    [Fact]
    public void A_message_that_was_sent_before_is_not_sent_again_at_the_destination()
    {
        Arm(_device, PciDevice.MsiIrq, _heard);
        _device.Irq.Assert();
        Assert.Equal(1ul, _heard.Take());
        _device.SetMigrationState(MigrationState.Stop);
        byte[] state = SavedForm.Save(_device);

        Arm(_other, PciDevice.MsiIrq, _elsewhere);
        _other.SetMigrationState(MigrationState.Resuming);
        Assert.Equal(Errno.None, _other.WriteMigrationData(state));
        Assert.Equal(Errno.None, _other.SetMigrationState(MigrationState.Running));
        Assert.Equal((0ul, true), (_elsewhere.Take(), _other.Irq.IsHigh));
    }

    private static void Arm(RestingDevice device, uint index, EventFd eventFd) => Assert.Equal(Errno.None, device.SetIrqs(index, new IrqSet
    {
        Flags = IrqSetFlags.DataEventFd | IrqSetFlags.ActionTrigger,
        Count = 1,
        EventFds = new SafeFileHandle?[] { Handles.Duplicate(eventFd.Handle) },
    }));
}
