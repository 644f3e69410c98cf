using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Handlers that want to know how they came to run.</summary>
[RegisterBlock(0x40)]
public sealed partial class AskingBlock
{
    public (uint Offset, ulong Enabled, int Width, bool IsPeek) Last { get; private set; }

    [Register(0x04), Alias(0x10, Name = "Again")] public partial uint Stored { get; set; }
    [Register(0x0a)] public partial ushort Half { get; set; }
    [RegisterArray(0x20, 4)] public partial RegisterArray<ushort> Table { get; }

    [OnRead(nameof(Stored), Pure = true)] private uint Show(uint stored, in GuestAccess access) => Note(stored, access);
    [OnWrite(nameof(Stored))] private uint Take(uint old, uint value, in GuestAccess access) => Note(value, access);
    [OnWrite(nameof(Half))] private void HalfWritten(ushort value, in GuestAccess access) => Note(value, access);
    [OnRead(nameof(Table))] private ushort ShowElement(int index, in GuestAccess access) => Note((ushort)index, access);
    [OnRead(0x17)] private byte Byte(in GuestAccess access) => Note<byte>(9, access);
    [OnWrite(0x14)] private void Port(ushort value, in GuestAccess access) => Note(value, access);

    private T Note<T>(T value, in GuestAccess access)
    {
        Last = (access.Offset, access.Enabled, access.Width, access.IsPeek);
        return value;
    }
}
