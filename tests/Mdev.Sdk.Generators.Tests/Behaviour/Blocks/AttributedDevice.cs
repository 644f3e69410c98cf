using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>A device with an attribute of each kind, and some that reach its registers and lines.</summary>
[VfioDevice(DeviceApi.Platform)]
public sealed partial class AttributedDevice : AttributedFamily
{
    private readonly List<string> _ports = [];
    private bool _alarm;

    public AttributedDevice()
    {
        Registers = new AttributedRegisters(Status);
        Alarm.Follow(() => _alarm);
    }

    [Region(0)] public AttributedRegisters Registers { get; }
    [Irq(0, IrqKind.Level)] public InterruptLine Status { get; } = new();
    [Irq(1)] public InterruptLine Alarm { get; } = new();

    /// <summary>How often a setter or command ran.</summary>
    public int Stores { get; private set; }

    protected override string Serial => "A1";

    [MdevAttribute] private string Text { get; set; } = "";
    [MdevAttribute] private bool Muted { get; set; }
    [MdevAttribute] private sbyte Small { get; set { field = value; Stores++; } }
    [MdevAttribute] private ushort Word { get; set { field = value; Stores++; } }
    [MdevAttribute] private long Large { get; set; }
    [MdevAttribute] private ulong Largest { get; set; }
    [MdevAttribute] private nint Native { get; set; }
    [MdevAttribute] private Mode Mode { get; set { field = value; Stores++; } }
    [MdevAttribute] private AttributeTargets Targets { get; set; } = AttributeTargets.Class;
    [MdevAttribute] private Guid Owner { get; set { field = value; Stores++; } }
    [MdevAttribute] private IReadOnlyList<string> Listing { get; set; } = [];

    [MdevAttribute] private List<string> ShowPorts() => _ports;
    [MdevAttribute(Undo = "remove_port")] private void AddPort(string port) => _ports.Add(port);
    [MdevAttribute] private void RemovePort(string port) => _ports.Remove(port);

    [MdevAttribute] private static int @static => 3;
    [MdevAttribute] private bool IsLocked => Gate.IsHeldByCurrentThread;
    [MdevAttribute] private bool AlarmRaised { get => _alarm; set => _alarm = value; }

    [MdevAttribute]
    private uint StatusBits
    {
        get => Registers.Status;
        set
        {
            // What goes up and down in between is no interrupt, as in a guest's access.
            Registers.Status = 1;
            Registers.Status = value;
        }
    }

    [MdevAttribute] private void Fail(string sentence) => throw new MdevException(Errno.EADDRINUSE, sentence);
    [MdevAttribute] private void Break(string text) => throw new InvalidOperationException(text);
}
