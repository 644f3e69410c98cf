using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Everything that a block can have.</summary>
[RegisterBlock(0x400, Min = AccessWidth.Word, Max = AccessWidth.Dword, Unmapped = Unmapped.ReadOnes)]
public sealed partial class CardRegisters
{
    /// <summary>Selects a bank.</summary>
    [Register(0x00)] public partial Speed Page { get; set; }

    /// <summary>
    /// Says what to do:
    /// see <see cref="Events.Done"/>, &lt;never&gt; 0.
    /// </summary>
    [Register(0x04)] public partial Order Order { get; set; }

    /** <summary>What has happened.</summary> */
    [Register(0x08, Access = Access.RO), Alias(0x0c, Access = Access.W1C, Name = "Acknowledge"), Alias(0x10)]
    public partial Events Status { get; set; }

    [Register(0x14, Mask = 0x00ff_00ff, Reset = 7, ResetOn = ResetOn.Cold, WritableWhen = nameof(Open))]
    public partial uint Masked { get; set; }

    [Register(0x18, When = nameof(Page), Is = Speed.Slow)] public partial uint Slow { get; set; }
    [Register(0x18, When = nameof(Page), Is = Speed.Fast)] public partial uint Fast { get; set; }

    /// <summary>What comes.</summary>
    [OnRead(0x20, Name = "Data", Pure = true)] private static byte Receive() => 1;
    [OnWrite(0x20, Name = "Data")] private static void Send(byte value) { }
    [OnRead(0x21, Name = "Count/Level", Pure = true)] private static byte Level() => 2;
    [OnWrite(0x21)] private static void Kick(byte value) { }

    /// <summary>A table.</summary>
    [RegisterArray(0x100, 4, Reset = 0x11)] public partial RegisterArray<uint> Table { get; }
    [RegisterArray(0x200, 3, Stride = 0x10)] public partial RegisterArray<Order> Orders { get; }

    /// <summary>The channels.</summary>
    [Block(0x300, Count = 4)] public CardChannel[] Channels { get; } = [new(), new()];
    [Block(0x3c0)] public CardChannel Spare { get; } = new();

    private bool Open => true;
}
