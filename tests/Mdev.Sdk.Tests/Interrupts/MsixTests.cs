using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Testing;
using Microsoft.Win32.SafeHandles;
using EventFd = Mdev.Sdk.Testing.EventFd;

namespace Mdev.Sdk.Tests.Interrupts;

/// <summary>MSI-X and masked MSI. The table lies in BAR 1 at 0x1000, the Pending Bit Array at 0x1800; registers in front of both.</summary>
public sealed class MsixTests : IDisposable
{
    private const ulong Table = 0x1000, Pba = 0x1800;
    private const int Vectors = 70;

    private readonly InterruptLine _last = new();
    private readonly ScratchBlock _block = new(0x100);
    private readonly ScratchDevice _device;
    private readonly EventFd _first = new();
    private readonly EventFd _other = new();

    public MsixTests() => _device = new ScratchDevice(more: (pci, irq) => pci
        .Bar(1, BarKind.Memory32, _block)
        .MsiX(irq, 0).MsiX(_last, 69)
        .MsiXTable(1, BarKind.Memory32, (uint)Table, (uint)Pba, Vectors));

    public void Dispose()
    {
        _device.Dispose();
        _first.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void The_capability_says_how_many_and_where()
    {
        byte at = _device.Config(0x34, 1)[0];
        Assert.Equal([0x11, 0x00, 0x45, 0x00, 0x01, 0x10, 0x00, 0x00, 0x01, 0x18, 0x00, 0x00], _device.Config(at, 12));
        Assert.Equal((70u, 3u), (_device.Interrupts[PciDevice.MsixIrq]!.Count, (uint)_device.Interrupts[PciDevice.MsixIrq]!.Flags));
        _device.WriteConfig(at + 2, 0xff, 0xff);
        Assert.Equal([0x45, 0xc0], _device.Config(at + 2, 2));
    }

    [Fact]
    public void The_BAR_holds_registers_table_and_pending_bits()
    {
        Assert.Equal(0x2000ul, _device.RegionSize(1));
        _device.Write(1, 4, 0x77);
        Assert.Equal([0x77], _device.Read(1, 4, 1));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0], _device.Read(1, Table + (16 * 69), 16));
        _device.Write(1, Table + 16, [.. Enumerable.Repeat((byte)0xff, 16)]);
        Assert.Equal([0xfc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0], _device.Read(1, Table + 16, 16));
        _device.Write(1, Pba, 0xff, 0xff);
        Assert.Equal(new byte[16], _device.Read(1, Pba, 16));
    }

    [Fact]
    public void A_vector_whose_entry_nobody_wrote_signals()
    {
        Arm(0, _first);
        _device.Irq.Pulse();
        _device.Irq.Assert();
        Assert.Equal(2ul, _first.Take());
    }

    [Fact]
    public void A_masked_vector_is_pending_and_signals_once_when_it_is_unmasked()
    {
        Arm(69, _other);
        Mask(69, 1);
        _last.Pulse();
        _last.Pulse();
        Assert.Equal(0ul, _other.Take());
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0, 0], _device.Read(1, Pba, 16));
        Assert.Equal([0x20], _device.Read(1, Pba + 8, 1));
        Mask(69, 0);
        Assert.Equal(1ul, _other.Take());
        Assert.Equal(new byte[16], _device.Read(1, Pba, 16));
        Mask(69, 1);
        Mask(69, 0);
        Assert.Equal(0ul, _other.Take());
    }

    [Fact]
    public void A_level_that_falls_before_it_was_delivered_is_pending_no_more()
    {
        Arm(0, _first);
        Mask(0, 1);
        _device.Irq.Assert();
        Assert.Equal([1], _device.Read(1, Pba, 1));
        _device.Irq.Deassert();
        Assert.Equal([0], _device.Read(1, Pba, 1));
        _device.Irq.Pulse();
        _device.Irq.Assert();
        _device.Irq.Deassert();
        Assert.Equal([1], _device.Read(1, Pba, 1));
    }

    [Fact]
    public void The_function_mask_holds_all_back_and_each_masks_for_itself()
    {
        int control = _device.Config(0x34, 1)[0] + 3;
        Arm(0, _first);
        Arm(69, _other);
        Mask(0, 0);
        _device.WriteConfig(control, 0xc0);
        _device.Irq.Pulse();
        _last.Pulse();
        Assert.Equal((0ul, 0ul), (_first.Take(), _other.Take()));
        Mask(69, 1);
        _device.WriteConfig(control, 0x80);
        Assert.Equal((1ul, 0ul), (_first.Take(), _other.Take()));
        Mask(69, 0);
        Assert.Equal(1ul, _other.Take());
    }

    [Fact]
    public void A_client_masks_as_well_and_an_eventfd_cannot()
    {
        Assert.Equal(Errno.EINVAL, Set(IrqSetFlags.DataNone | IrqSetFlags.ActionMask, 0, 1));
        Arm(0, _first);
        Assert.Equal(Errno.None, Set(IrqSetFlags.DataNone | IrqSetFlags.ActionMask, 0, 70));
        _device.Irq.Pulse();
        Assert.Equal(0ul, _first.Take());
        Assert.Equal(Errno.None, Set(IrqSetFlags.DataBool | IrqSetFlags.ActionUnmask, 0, 2, 0, 1));
        Assert.Equal(0ul, _first.Take());
        Assert.Equal(Errno.None, Set(IrqSetFlags.DataBool | IrqSetFlags.ActionUnmask, 0, 2, 1, 0));
        Assert.Equal(1ul, _first.Take());
        Assert.Equal(Errno.ENOTTY, Set(IrqSetFlags.DataEventFd | IrqSetFlags.ActionMask, 0, 1));
    }

    [Fact]
    public void What_is_pending_is_delivered_to_whoever_listens_after_the_unmasking()
    {
        Arm(0, _first);
        Mask(69, 1);
        _last.Pulse();
        Mask(69, 0);
        Arm(69, _other);
        Assert.Equal(1ul, _other.Take());
    }

    [Fact]
    public void Reset_and_the_clients_end_forget_what_is_pending()
    {
        Arm(0, _first);
        Mask(0, 1);
        _device.Irq.Pulse();
        _device.Reset();
        Assert.Equal(0ul, _first.Take());
        Assert.Equal([0], _device.Read(1, Pba, 1));
        Assert.Equal([1], _device.Read(1, Table + 12, 1));
        _device.Irq.Pulse();
        Assert.Equal(1ul, _first.Take());

        Mask(0, 1);
        _device.Irq.Pulse();
        _device.ReleaseClient();
        Assert.Equal([0], _device.Read(1, Pba, 1));
    }

    [Fact]
    public void A_line_with_all_three_takes_the_one_that_is_enabled()
    {
        using var device = new ScratchDevice(more: (pci, irq) => pci
            .Msi(irq, 0, capability: true).MsiX(irq, 0).MsiXTable(4, BarKind.Memory64, 0, 16, 1));
        foreach (uint index in new uint[] { PciDevice.IntxIrq, PciDevice.MsiIrq, PciDevice.MsixIrq })
        {
            Arm(device, index, 0, _first);
            device.Irq.Pulse();
            Assert.Equal(1ul, _first.Take());
            device.Irq.Assert();
            Assert.Equal(index == PciDevice.IntxIrq ? 0ul : 1ul, _first.Take());
            device.Irq.Deassert();
            Assert.Equal(Errno.None, device.SetIrqs(index, new IrqSet { Flags = IrqSetFlags.DataNone | IrqSetFlags.ActionTrigger }));
        }
    }

    [Fact]
    public void An_MSI_vector_is_masked_in_config_space_where_that_is_declared()
    {
        var lines = new InterruptLine[4];
        using var device = new ScratchDevice(more: (pci, _) =>
        {
            pci.MsiCapability(new MsiCapabilityAttribute { Masking = true, Offset = 0x50 });
            for (int i = 0; i < 4; i++)
                pci.Msi(lines[i] = new InterruptLine(), i, capability: true);
        });
        Assert.Equal([0x84, 0x01], device.Config(0x52, 2));
        Arm(device, PciDevice.MsiIrq, 3, _first);
        device.WriteConfig(0x60, 0xff, 0xff, 0xff, 0xff);
        Assert.Equal([0x0f, 0, 0, 0], device.Config(0x60, 4));
        lines[3].Pulse();
        Assert.Equal([0, 0x0f, 0, 0, 0, 0x08, 0, 0], device.Config(0x5f, 8));
        Assert.Equal([0x08], device.Config(0x64, 1));
        Assert.Equal(0ul, _first.Take());
        device.WriteConfig(0x60, 0x07);
        Assert.Equal(1ul, _first.Take());
        Assert.Equal([0x00], device.Config(0x64, 1));
    }

    [Fact]
    public void MSI_vectors_share_those_that_software_has_allocated()
    {
        var third = new InterruptLine();
        using var device = new ScratchDevice(more: (pci, irq) => pci.Msi(irq, 0, capability: true).Msi(third, 3, capability: true));
        Arm(device, PciDevice.MsiIrq, 0, _first);
        Arm(device, PciDevice.MsiIrq, 1, _other);
        third.Pulse();
        Assert.Equal((0ul, 0ul), (_first.Take(), _other.Take()));
        device.WriteConfig(0x42, 0x11);
        third.Pulse();
        Assert.Equal((0ul, 1ul), (_first.Take(), _other.Take()));
        device.WriteConfig(0x42, 0x01);
        third.Pulse();
        Assert.Equal((1ul, 0ul), (_first.Take(), _other.Take()));
    }

    [Fact]
    public void The_device_tells_its_user_of_failure_and_asks_to_be_let_go()
    {
        Assert.False(_device.SignalError());
        Assert.False(_device.RequestRelease());
        Arm(_device, PciDevice.ErrIrq, 0, _first);
        Arm(_device, PciDevice.ReqIrq, 0, _other);
        Assert.True(_device.SignalError());
        Assert.Equal((1ul, 0ul), (_first.Take(), _other.Take()));
        Assert.True(_device.RequestRelease());
        Assert.Equal((0ul, 1ul), (_first.Take(), _other.Take()));
    }

    [Fact]
    public void Signals_and_masks_allocate_nothing()
    {
        Arm(0, _first);
        byte[] control = [0];
        Signal();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Signal();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Signal()
        {
            control[0] = 1;
            _device.Write(1, Table + 12, control.AsSpan());
            _device.Irq.Pulse();
            _device.Irq.Assert();
            control[0] = 0;
            _device.Write(1, Table + 12, control.AsSpan());
            _device.Irq.Deassert();
        }
    }

    private void Mask(int vector, byte control) => _device.Write(1, Table + (16 * (ulong)vector) + 12, control, 0, 0, 0);

    private void Arm(uint vector, EventFd eventFd) => Arm(_device, PciDevice.MsixIrq, vector, eventFd);

    private static void Arm(ScratchDevice device, uint index, uint vector, EventFd eventFd) => Assert.Equal(
        Errno.None,
        device.SetIrqs(index, new IrqSet
        {
            Flags = IrqSetFlags.DataEventFd | IrqSetFlags.ActionTrigger,
            Start = vector,
            Count = 1,
            EventFds = new SafeFileHandle?[] { Handles.Duplicate(eventFd.Handle) },
        }));

    private Errno Set(IrqSetFlags flags, uint start, uint count, params byte[] bools) =>
        _device.SetIrqs(PciDevice.MsixIrq, new IrqSet { Flags = flags, Start = start, Count = count, Bools = bools });
}
