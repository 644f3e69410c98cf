namespace Mdev.Devices;

/// <summary>Offers mailboxes.</summary>
[MdevParent("mailbox", Capacity = 4)]
public sealed partial class MailboxParent : MdevParent<Mailbox, int>
{
    [MdevType("1", "Mailbox of a platform")] public static int Only => 0;
}

/// <summary>A device that is not PCI: a mailbox on a platform's bus, with its memory and two interrupts.</summary>
[VfioDevice(DeviceApi.Platform)]
public sealed partial class Mailbox : VfioDevice
{
    public Mailbox() => Registers = new MailboxRegisters(Full, Taken);

    [Region(0)] public MailboxRegisters Registers { get; }
    [Region(1)] public MemoryRegion Letters { get; } = new(0x4000);
    [Irq(0, IrqKind.Level)] public InterruptLine Full { get; } = new();
    [Irq(1)] public InterruptLine Taken { get; } = new();
}

/// <summary>A letter makes it full, taking it empty.</summary>
[RegisterBlock(0x10)]
public sealed partial class MailboxRegisters(InterruptLine full, InterruptLine taken)
{
    [Register(0x0)] public partial uint Letter { get; set; }
    [Register(0x4, Access = Access.RO), Alias(0x8, Access = Access.W1C), InterruptStatus(nameof(full))] public partial uint Status { get; set; }

    [OnWrite(nameof(Letter))] private void Put(uint value) => Status |= 1;
    [OnRead(nameof(Letter))]
    private uint Take(uint letter)
    {
        taken.Pulse();
        return letter;
    }
}
