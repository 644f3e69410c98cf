namespace Mdev.Devices;

/// <summary>The first 256 bytes of BAR 1; the MSI-X table lies in the same BAR.</summary>
[RegisterBlock(0x100)]
public sealed partial class ExerciserRegisters(Exerciser device, InterruptLine[] lines)
{
    private uint _resets;

    [Register(0x00)] public partial uint Scratch { get; set; }

    /// <summary>How often the device was reset since it was made.</summary>
    [OnRead(0x08, Pure = true, Name = "Resets")] private uint Resets() => _resets;

    [Register(0x0c, Access = Access.RO, ResetOn = ResetOn.Never)] public partial uint PowerChanges { get; set; }

    /// <summary>Pulses the line of that number.</summary>
    [OnWrite(0x04, Name = "Signal")]
    private void Signal(uint line)
    {
        if (line < (uint)lines.Length)
            lines[line].Pulse();
    }

    /// <summary>1 signals an error, 2 asks to be let go; reads 1 if somebody was listening.</summary>
    [Register(0x10)] public partial uint Notify { get; set; }

    [OnWrite(nameof(Notify))]
    private uint Notified(uint value) => (value == 1 ? device.SignalError() : device.RequestRelease()) ? 1u : 0;

    [OnReset] private void Count() => _resets++;
}
