namespace Maps;

/// <summary>How it works.</summary>
public enum Mode : byte
{
    /// <summary>It does not.</summary>
    Off,
    On = 3,
}

[Flags] public enum Causes : ushort { Done = 1, Failed = 2, Level = 0xf0 }

/// <summary>Orders.</summary>
[BitFields(AccessWidth.Dword)]
public partial struct Order
{
    /// <summary>Begins a transfer &amp; ends it.</summary>
    [Bits(0, Access = Access.RW1S)] public partial bool Start { readonly get; set; }
    [Bits(5, 4, Reset = 1)] public partial Mode Mode { readonly get; set; }
}

[RegisterBlock(0x10)]
public partial class Channel
{
    /// <summary>Where it reads.</summary>
    [Register(0)] public partial uint Source { get; set; }
}

/// <summary>A card of "everything".</summary>
[RegisterBlock(0x400)]
public sealed partial class Card
{
    private bool Open() => true;

    /// <summary>Says what to do, see <see cref="Order.Start"/>.</summary>
    [Register(0x00, WritableWhen = nameof(Open))] public partial Order Order { get; set; }
    [Register(0x04, Access = Access.RO, ResetOn = ResetOn.Never), Alias(0x08, Access = Access.W1C), Alias(0x0c, Access = Access.W1S, Name = "Raise it")]
    public partial Causes Status { get; set; }
    [Register(0x10, When = nameof(Page), Is = Mode.On)] public partial uint Banked { get; set; }
    [Register(0x14)] public partial Mode Page { get; set; }
    [OnRead(0x20, Name = "Data")] private byte Receive() => 0;
    [OnWrite(0x20, Name = "Data")] private void Send(byte value) { }
    [OnRead(0x24, Name = "Equals")] private uint Same() => 0;

    /// <summary>A table.</summary>
    [RegisterArray(0x100, 8, Reset = 1)] public partial RegisterArray<Order> Table { get; }

    /// <summary>The channels.</summary>
    [Block(0x200, Count = 4, Stride = 0x20)] public Channel[] Channels { get; } = [];
    [Block(0x300)] public Channel? Spare { get; }
}

/// <summary>With members that keep the constants away.</summary>
[RegisterBlock(4)]
public sealed partial class Own
{
    public uint Offsets { get; }
    [Register(0)] public partial OwnFields Only { get; set; }
}

[BitFields(AccessWidth.Dword)]
public partial struct OwnFields
{
    public static int Masks() => 0;
    [Bits(0)] public partial bool Shifts { readonly get; set; }
}
