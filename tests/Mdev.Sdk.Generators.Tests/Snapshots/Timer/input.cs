namespace Timers;

[BitFields(AccessWidth.Dword)]
public partial struct TimerControl
{
    [Bits(31, 16)] public partial ushort Prescale { readonly get; set; }
    [Bits(0)] public partial bool Run { readonly get; set; }
}

[RegisterBlock(0x40, Unmapped = Unmapped.ReadOnes)]
public partial class Timer
{
    private bool _frozen;

    public void Freeze() => _frozen = !_frozen;

    private bool Paged() => Page != 0;

    // A register that fills its lane: no enables but those of a partial write.
    [Register(0x00, Mask = 0xffff_0001, Reset = 0x0001_0000)] public partial TimerControl Control { get; set; }
    [OnWrite(nameof(Control))] private TimerControl ControlWritten(TimerControl old, TimerControl value) => value with { Run = old.Run };
    [OnRead(nameof(Control))] private static TimerControl ShowControl(TimerControl stored) => stored;

    // Several in a lane, with a byte that only reads claim.
    [Register(0x04)] public partial ushort Load { get; set; }
    [Register(0x06)] public partial byte Page { get; set; }
    [OnRead(0x07, Name = "VERSION")] private static byte Version() => 3;

    // A register that leaves half of its lane to nobody.
    [Register(0x0a, Mask = 0x0fff)] public partial ushort Match { get; set; }

    // Banks of different shape.
    [Register(0x10, When = nameof(Paged))] public partial uint Wide { get; set; }
    [Register(0x10, Unless = nameof(Paged))] public partial byte Narrow { get; set; }
    [OnWrite(0x12, Unless = nameof(Paged), Name = "KICK")] private void Kick(ushort value) => Load = value;

    // Two conditions at once, one of them a field; nothing is there when they do not hold.
    [Register(0x20, When = nameof(Paged), Unless = nameof(_frozen))] public partial uint Both { get; internal set; }

    // Conditions that may hold together: the first one answers.
#pragma warning disable MDEV202
    [Register(0x30, When = nameof(Paged))] public partial uint First { get; set; }
    [Register(0x30, When = nameof(_frozen))] public partial uint Second { get; set; }
#pragma warning restore MDEV202
}
