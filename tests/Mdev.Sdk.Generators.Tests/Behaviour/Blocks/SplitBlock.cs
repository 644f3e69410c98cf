using System.Globalization;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Registers that are wider than the bus, in each way that such a register can be.</summary>
[RegisterBlock(0x100)]
public sealed partial class SplitBlock
{
    public List<string> Log { get; } = [];

    public bool Open { get; set; } = true;

    public ulong Time { get; set; } = 0x0000_0001_ffff_ffff;

    [Register(0x00, Split = Split.Both, Mask = 0xffff_ffff_ffff_fff0, Reset = 5)] public partial ulong Command { get; set; }
    [Register(0x08, Access = Access.RO, Reset = 0x1122_3344_5566_7788)] public partial ulong Live { get; set; }
    [Register(0x10, Reset = 0x8877_6655_4433_2211)] public partial ulong Constant { get; }
    [Register(0x18, Access = Access.RW1C | Access.RC, Split = Split.Both)] public partial ulong Status { get; set; }
    [Register(0x20, WritableWhen = nameof(Open), Split = Split.CommitWrite)] public partial ulong Gated { get; set; }
    [Register(0x28, Access = Access.RW | Access.SelfClearing, Split = Split.Both)] public partial ulong Start { get; set; }
    [Register(0x30, Split = Split.LatchRead, Access = Access.RO), Alias(0x38, Name = "CountAgain")] public partial ulong Count { get; set; }
    [Register(0x48, Split = Split.Both), Alias(0x50, Access = Access.W1S, Name = "Set")] public partial ulong Bits { get; set; }
    [Register(0x58, Split = Split.Both, ResetOn = ResetOn.Never)] public partial ulong Sticky { get; set; }
    [Register(0x60, Access = Access.RW | Access.Once, Split = Split.Both)] public partial ulong Base { get; set; }

    [OnWrite(nameof(Command))]
    private void CommandWritten(ulong old, ulong value, in GuestAccess access) => Note($"command {old:x} to {value:x} by {access.Enabled:x}");

    [OnWrite(nameof(Gated))] private void GatedWritten(ulong value) => Note($"gated {value:x}");

    [OnWrite(nameof(Start))] private void StartWritten(ulong value) => Note($"start {value:x}");

    [OnRead(0x40, Pure = true, Split = Split.LatchRead)] private ulong Clock(in GuestAccess access)
    {
        if (!access.IsPeek)
            Note($"clock at {access.Offset:x} for {access.Width}");
        return Time++;
    }

    [OnWrite(0x40, Split = Split.CommitWrite)] private void Alarm(ulong value) => Note($"alarm {value:x}");

    private void Note(FormattableString what) => Log.Add(what.ToString(CultureInfo.InvariantCulture));
}
