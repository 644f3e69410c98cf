using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Registers wider than the bus whose lanes others have in the other direction, and some that hide behind others.</summary>
[RegisterBlock(0x40, Partial = PartialAccess.Ignore)]
public sealed partial class CrowdedBlock
{
    [Register(0x00, Access = Access.RO, Split = Split.LatchRead)] public partial ulong Count { get; set; }
    [RegisterArray(0x00, 4, Access = Access.WO)] public partial RegisterArray<byte> Commands { get; }
    [Register(0x04, Access = Access.WO)] public partial uint Doorbell { get; set; }

    [Register(0x10, Access = Access.RO, Split = Split.LatchRead)] public partial ulong Time { get; set; }
    [RegisterArray(0x10, 1, Access = Access.WO)] public partial RegisterArray<uint> Alarms { get; }
    [RegisterArray(0x14, 2, Access = Access.WO)] public partial RegisterArray<ushort> Periods { get; }

    [Register(0x20, Access = Access.WO, Split = Split.CommitWrite)] public partial ulong Address { get; set; }
    [RegisterArray(0x24, 2, Access = Access.RO)] public partial RegisterArray<ushort> States { get; }

    [Register(0x28)] public partial uint Index { get; set; }
    [RegisterArray(Count = 4), IndexData(nameof(Index), 0x2c, AutoIncrement = true)] public partial RegisterArray<uint> Table { get; }

    [Register(0x30, Access = Access.WO)] public partial uint Command { get; set; }
    [Register(0x30, Access = Access.WO)] public partial Unused Hidden { get; set; }
}
