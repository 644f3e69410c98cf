using System.Globalization;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Every shape of handler; each notes what it was given and what it found.</summary>
[RegisterBlock(0x40)]
public sealed partial class HandledBlock
{
    public List<string> Log { get; } = [];

    public bool Locked { get; set; }

    [Register(0x00)] public partial uint After { get; set; }
    [Register(0x04, Mask = 0x00ff_ffff)] public partial uint Compared { get; set; }
    [Register(0x08)] public partial uint Replaced { get; set; }
    [Register(0x0c)] public partial uint Judged { get; set; }
    [Register(0x10, Reset = 7)] public partial uint Shown { get; set; }
    [Register(0x14)] public partial Causes Pending { get; set; }
    [Register(0x18)] public partial Control Control { get; set; }
    [Register(0x30, Unless = nameof(Locked))] public partial byte Lock { get; set; }
    [Register(0x31, Unless = nameof(Locked))] public partial byte Behind { get; set; }

    [OnWrite(nameof(After))]
    private void AfterWritten(uint value) => Note($"After {value:x} found {After:x}");

    [OnWrite(nameof(Compared))]
    private void ComparedWritten(uint old, uint value)
    {
        Note($"Compared {old:x} to {value:x} found {Compared:x}");
        Compared = value + 1;
    }

    [OnWrite(nameof(Replaced))]
    private uint ReplacedWritten(uint value)
    {
        Note($"Replaced {value:x} found {Replaced:x}");
        return value & 0xf;
    }

    [OnWrite(nameof(Judged))]
    private static uint JudgedWritten(uint old, uint value) => Math.Max(old, value);

    [OnRead(nameof(Shown))]
    private uint ShowShown(uint stored) => stored + (uint)Log.Count;

    [OnRead(nameof(Pending))]
    private Causes TakePending()
    {
        Causes pending = Pending;
        Pending = Causes.None;
        return pending;
    }

    [OnWrite(nameof(Control))]
    private void ControlWritten(Control value) => Note($"{value}");

    [OnRead(0x20)] private byte ReadFirst() => NoteRead("first", 0x11);
    [OnRead(0x21)] private byte ReadSecond() => NoteRead("second", 0x22);
    [OnRead(0x22)] private ushort ReadThird() => NoteRead("third", 0x4433);
    [OnWrite(0x20)] private void WriteLow(ushort value) => Note($"low {value:x}");
    [OnWrite(0x22)] private void WriteHigh(ushort value) => Note($"high {value:x}");

    [OnWrite(0x24)] private void WriteWhole(uint value) => Note($"whole {value:x}");

    [OnWrite(nameof(Lock))]
    private void LockWritten(byte value) => Locked = value != 0;

    [OnReset] private void FirstReset() => Note($"first reset {Shown}");
    [OnReset] private void SecondReset() => Note("second reset");

    private byte NoteRead(string what, byte value)
    {
        Note(what);
        return value;
    }

    private ushort NoteRead(string what, ushort value)
    {
        Note(what);
        return value;
    }

    private void Note(FormattableString what) => Log.Add(what.ToString(CultureInfo.InvariantCulture));

    private void Note(string what) => Log.Add(what);
}
