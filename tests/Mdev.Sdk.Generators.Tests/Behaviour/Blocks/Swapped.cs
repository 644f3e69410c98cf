using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Big-endian, with names that languages have taken.</summary>
[RegisterBlock(0x10, ByteOrder = ByteOrder.BigEndian)]
public sealed partial class Swapped
{
    [Register(0x00, Reset = 0x1234)] public partial ushort @default { get; set; }
    [Register(0x04)] public partial uint reg { get; set; }
    [Register(0x08)] public partial ushort FirstWord { get; set; }
    [Register(0x0a, Access = Access.RO)] public partial byte Gap { get; }
    [Register(0x0b)] public partial byte First_Word { get; set; }
    [OnRead(0x0c, Name = "9 lives*/", Pure = true)] private static uint Lives() => 9;
}
