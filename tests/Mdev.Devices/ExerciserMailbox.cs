namespace Mdev.Devices;

/// <summary>A vendor-specific capability with registers: what is written to 0x04 comes back inverted at 0x08.</summary>
[RegisterBlock(12)]
public sealed partial class ExerciserMailbox
{
    [Register(0x02, Access = Access.RO, Reset = 12)] public partial byte Length { get; }
    [Register(0x04)] public partial uint Question { get; set; }
    [Register(0x08, Access = Access.RO)] public partial uint Answer { get; set; }

    [OnWrite(nameof(Question))] private void Asked(uint old, uint value) => Answer = ~value;
}
