using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using EventFd = Mdev.Sdk.Testing.EventFd;

namespace Mdev.Sdk.Tests.State;

/// <summary>What waits behind a mask is state. The MSI-X table lies in BAR 1, the Pending Bit Array at 0x800; the capability at 0x40.</summary>
public sealed class InterruptStateTests : IDisposable
{
    private const ulong Table = 0, Pba = 0x800;
    private const int MsixControl = 0x43, Vectors = 70;

    private readonly EventFd _heard = new();
    private readonly EventFd _last = new();
    private readonly InterruptLine[] _lines = [new(), new()];
    private readonly ScratchDevice _one;
    private readonly ScratchDevice _other;

    public InterruptStateTests()
    {
        (_one, _other) = (Msix(_lines[0]), Msix(_lines[1]));
        foreach (ScratchDevice device in (ReadOnlySpan<ScratchDevice>)[_one, _other])
            Arm(device, PciDevice.MsixIrq, 0, device == _one ? new EventFd() : _heard);
        Arm(_one, PciDevice.MsixIrq, 69, new EventFd());
        Arm(_other, PciDevice.MsixIrq, 69, _last);

        static ScratchDevice Msix(InterruptLine last) => new(more: (pci, irq) => pci
            .MsiX(irq, 0).MsiX(last, 69).MsiXTable(1, BarKind.Memory32, (uint)Table, (uint)Pba, Vectors));
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
        _heard.Dispose();
        _last.Dispose();
    }

    [Fact]
    public void A_vector_that_was_pending_behind_its_entry_is_so_afterwards_and_signals_when_it_is_unmasked()
    {
        Entry(_one, 69, 1);
        _lines[0].Pulse();
        SavedForm.Load(_other, SavedForm.Save(_one));

        Assert.Equal((0ul, 0ul), (_heard.Take(), _last.Take()));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0, 0], _other.Read(1, Pba, 16));
        Assert.Equal(_one.Read(1, Table, 16 * Vectors), _other.Read(1, Table, 16 * Vectors));
        Entry(_other, 69, 0);
        Assert.Equal((0ul, 1ul), (_heard.Take(), _last.Take()));
    }

    [Fact]
    public void An_entry_that_nobody_wrote_masks_nothing_afterwards_either()
    {
        Entry(_other, 0, 1);
        SavedForm.Load(_other, SavedForm.Save(_one));
        Assert.Equal([1], _other.Read(1, Table + 12, 1));
        _other.Irq.Pulse();
        Assert.Equal(1ul, _heard.Take());
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x40)]
    public void The_function_mask_comes_back_whatever_it_was_and_what_waits_behind_it_waits(byte otherControl)
    {
        Entry(_one, 0, 0);
        _one.WriteConfig(MsixControl, 0xc0);
        _one.Irq.Pulse();
        _other.WriteConfig(MsixControl, otherControl);
        SavedForm.Load(_other, SavedForm.Save(_one));
        Assert.Equal(0ul, _heard.Take());
        Assert.Equal([1], _other.Read(1, Pba, 1));
        _other.WriteConfig(MsixControl, 0x80);
        Assert.Equal(1ul, _heard.Take());
    }

    [Fact]
    public void What_waited_for_a_listener_alone_goes_out_to_one_and_only_once()
    {
        // A client masks it, which is no state; with the state goes what it has not been told.
        Assert.Equal(Errno.None, _one.SetIrqs(PciDevice.MsixIrq, new IrqSet { Flags = IrqSetFlags.DataNone | IrqSetFlags.ActionMask, Start = 0, Count = 1 }));
        _one.Irq.Pulse();
        SavedForm.Load(_other, SavedForm.Save(_one));
        Assert.Equal(1ul, _heard.Take());
        Assert.Equal([0], _other.Read(1, Pba, 1));
    }

    [Fact]
    public void A_level_that_is_pending_and_falls_after_the_loading_is_pending_no_more_but_a_pulse_is()
    {
        Entry(_one, 0, 1);
        Entry(_one, 69, 1);
        _one.Irq.Assert();
        _lines[0].Pulse();
        SavedForm.Load(_other, SavedForm.Save(_one));
        Assert.Equal([1], _other.Read(1, Pba, 1));
        _other.Irq.Deassert();
        _lines[1].Assert();
        _lines[1].Deassert();
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0x20], _other.Read(1, Pba, 9));
        Entry(_other, 0, 0);
        Entry(_other, 69, 0);
        Assert.Equal((0ul, 1ul), (_heard.Take(), _last.Take()));
    }

    [Fact]
    public void A_message_of_a_level_that_was_high_is_not_sent_again()
    {
        _one.Irq.Assert();
        byte[] high = SavedForm.Save(_one);
        SavedForm.Load(_other, high);
        Assert.Equal((true, 0ul), (_other.Irq.IsHigh, _heard.Take()));
        _other.Irq.Deassert();
        _other.Irq.Assert();
        Assert.Equal(1ul, _heard.Take());
    }

    [Fact]
    public void Bits_that_no_table_has_and_vectors_that_are_not_there_are_refused()
    {
        byte[] clean = SavedForm.Save(_one);
        _one.Write(1, Table, 0x04);
        byte[] written = SavedForm.Save(_one);
        int table = SavedForm.Difference(clean, written), bits = table + (16 * Vectors);
        foreach (int at in (ReadOnlySpan<int>)[table, table + 12, table + 13])
            Assert.Contains("table", SavedForm.Refused(_other, SavedForm.With(written, at, 0x03)), StringComparison.Ordinal);
        foreach (int qwords in (ReadOnlySpan<int>)[0, 1, 2])
            Assert.Contains("vectors", SavedForm.Refused(_other, SavedForm.With(written, bits + (16 * qwords) + 15, 0x80)), StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_and_pending_bits_of_MSI_come_back_and_nothing_is_sent()
    {
        InterruptLine[] lines = [new(), new()];
        using ScratchDevice one = Msi(lines[0]), other = Msi(lines[1]);
        Arm(one, PciDevice.MsiIrq, 1, new EventFd());
        Arm(other, PciDevice.MsiIrq, 1, _heard);
        one.WriteConfig(0x42, 0x11);
        one.WriteConfig(0x50, 0x02);
        lines[0].Pulse();
        SavedForm.Load(other, SavedForm.Save(one));
        Assert.Equal(one.Config(0, 256), other.Config(0, 256));
        Assert.Equal([0x02], other.Config(0x54, 1));
        Assert.Equal(0ul, _heard.Take());
        other.WriteConfig(0x50, 0x00);
        Assert.Equal(1ul, _heard.Take());

        static ScratchDevice Msi(InterruptLine second) => new(more: (pci, irq) => pci
            .MsiCapability(new MsiCapabilityAttribute { Masking = true }).Msi(irq, 0, capability: true).Msi(second, 1, capability: true));
    }

    [Fact]
    public void What_is_raised_after_the_loading_is_news()
    {
        using var device = new Resuming();
        device.SetIrqs(0, Listening(_heard));
        SavedForm.Load(device, SavedForm.Save(device));
        Assert.Equal((true, 1ul), (device.Line.IsHigh, _heard.Take()));
    }

    [Fact]
    public void A_line_that_only_leads_to_MSI_X_may_follow_a_level()
    {
        bool level = false;
        var line = new InterruptLine();
        line.Follow(() => level);
        using var device = new ScratchDevice(more: (pci, _) => pci.MsiX(line, 0).MsiXTable(1, BarKind.Memory32, 0, 0x800, 1));
        Arm(device, PciDevice.MsixIrq, 0, _heard);
        level = true;
        device.Read(0, 0, 1);
        Assert.Equal(1ul, _heard.Take());
    }

    private static void Entry(ScratchDevice device, ulong vector, byte control) => device.Write(1, Table + (16 * vector) + 12, control, 0, 0, 0);

    private static void Arm(ScratchDevice device, uint index, uint vector, EventFd eventFd) =>
        Assert.Equal(Errno.None, device.SetIrqs(index, Listening(eventFd, vector)));

    private static IrqSet Listening(EventFd eventFd, uint vector = 0) => new()
    {
        Flags = IrqSetFlags.DataEventFd | IrqSetFlags.ActionTrigger,
        Start = vector,
        Count = 1,
        EventFds = new SafeFileHandle?[] { Handles.Duplicate(eventFd.Handle) },
    };

    private sealed class Resuming : VfioDevice
    {
        public Resuming() => Realize(Guid.NewGuid(), NullLogger.Instance);

        public InterruptLine Line { get; } = new();

        protected override void Declare(VfioDeclaration vfio) => vfio.Api(DeviceApi.Platform).Irq(Line, new IrqAttribute(0));

        protected override void StateLoaded() => Line.Assert();
    }
}
