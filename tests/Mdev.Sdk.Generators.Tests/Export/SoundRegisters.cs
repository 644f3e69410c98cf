using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>What arrays, windows, wide registers and missing bits can be.</summary>
[RegisterBlock(0x200)]
public sealed partial class SoundRegisters
{
    private bool Open => true;

    [Register(0x00)] public partial SoundPage Page { get; set; }
    [Register(0x04, Reset = 0xf003)] public partial SoundFields Fields { get; set; }
    [Register(0x08, Reset = 0xa0), Reserved(7, 4), Reserved(31)] public partial uint Plain { get; set; }
    [Register(0x0c), Unimplemented("No timer")] public partial uint Timer { get; set; }

    /// <summary>Where samples are.</summary>
    [Register(0x10, Split = Split.Both)] public partial ulong Base { get; set; }
    [Register(0x18, Split = Split.LatchRead, Access = Access.RO | Access.RC)] public partial ulong Count { get; set; }

    /// <summary>One for each tone.</summary>
    [RegisterArray(0x20, 4, Resets = [0xb0c5, 640, 640, 7]), IndexData(nameof(Index), 0x2a)] public partial RegisterArray<Tone, ushort> Tones { get; }
    [Register(0x28)] public partial byte Index { get; set; }
    [RegisterArray(0x30, 4, Resets = [0xf003, 0xf004, 0xf003, 0xf005])] public partial RegisterArray<SoundFields> Sets { get; }
    [RegisterArray(0x38, 4)] public partial RegisterArray<Tone, byte> Levels { get; }

    [RegisterArray(0x40, 4, Reset = 0xf0), Alias(0x50, Access = Access.W1S, Name = "Set"), Alias(0x60, Access = Access.W1C, Stride = 8)]
    public partial RegisterArray<uint> Pins { get; }

    [RegisterArray(0x80, 2, When = nameof(Page), Is = SoundPage.First)] public partial RegisterArray<uint> Low { get; }
    [RegisterArray(0x80, 4, When = nameof(Page), Is = 0x1)] public partial RegisterArray<ushort> High { get; }

    /// <summary>Colours, which have no address.</summary>
    [RegisterArray(Count = 8, Access = Access.RW), IndexData(nameof(Index), 0x29, AutoIncrement = true)] public partial RegisterArray<byte> Palette { get; }
    [RegisterArray(Count = 4), IndexData(nameof(Index), 0x2c, When = nameof(Open))] public partial RegisterArray<Tone, SoundFields> Hidden { get; }

    [Register(0xb0)] public partial uint Select { get; set; }

    /// <summary>Voices behind a window.</summary>
    [Block(Count = 3, Stride = 8), IndexData(nameof(Select), 0xb4, AutoIncrement = true), IndexData(nameof(Select), 0xb8, Scale = 1, Unless = nameof(Open))]
    public SoundVoice[] Voices { get; } = [new(), new()];
    [Block(0xc0, When = nameof(Open))] public SoundVoice Solo { get; } = new();
}
