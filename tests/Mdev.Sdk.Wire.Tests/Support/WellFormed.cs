namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>
/// A message of each command and form, for tests that do the same to all of them. A new command is added here, and so is cut at
/// every byte, lied to about its lengths, and fuzzed.
/// </summary>
/// <param name="Name">What it is.</param>
/// <param name="Bytes">The message, which the device of <see cref="WireTest"/> accepts from a client that has sent nothing else.</param>
/// <param name="Descriptors">What goes with it, in the letters of <see cref="OddDescriptors"/>.</param>
/// <param name="Lengths">Where a field says how long or how many something is: its offset in the message, and its bytes.</param>
internal sealed record WellFormed(string Name, byte[] Bytes, string Descriptors, params (int Offset, int Size)[] Lengths)
{
    private const uint Bar0 = 0, Config = 7, Intx = 0, Msi = 1;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WellFormed> All { get; } =
    [
        new("VERSION", Raw.VersionMessage(), ""),
        new("VERSION without data", Raw.VersionMessage(json: null), ""),
        new("DMA_MAP", Raw.MapMessage(0x10_0000, 0x10000, offset: 0x1000), "m", (16, 4), (40, 8)),
        new("DMA_MAP without descriptor", Raw.MapMessage(0x10_0000, 0x10000), "", (16, 4), (40, 8)),
        new("DMA_UNMAP of all", Raw.UnmapMessage(0, 0, flags: 2), "", (16, 4), (32, 8)),
        new("DEVICE_GET_INFO", Raw.GetInfoMessage(), "", (16, 4)),
        new("DEVICE_GET_REGION_INFO", Raw.RegionInfoMessage(Bar0), "", (16, 4)),
        new("DEVICE_GET_IRQ_INFO", Raw.IrqInfoMessage(Msi), "", (16, 4)),
        new("DEVICE_SET_IRQS that disables", Raw.SetIrqsMessage(0x21, Msi, 0, 0), "", (16, 4), (32, 4)),
        new("DEVICE_SET_IRQS that arms", Raw.SetIrqsMessage(0x24, Msi, 0, 2), "ee", (16, 4), (28, 4), (32, 4)),
        new("DEVICE_SET_IRQS that disarms", Raw.SetIrqsMessage(0x24, Msi, 1, 2), "", (16, 4), (28, 4), (32, 4)),
        new("DEVICE_SET_IRQS of INTx", Raw.SetIrqsMessage(0x24, Intx, 0, 1), "e", (16, 4), (28, 4), (32, 4)),
        new("REGION_READ", Raw.ReadMessage(Bar0, 4, 8), "", (16, 8), (28, 4)),
        new("REGION_READ of config space", Raw.ReadMessage(Config, 0, 64), "", (16, 8), (28, 4)),
        new("REGION_WRITE", Raw.WriteMessage(Bar0, 4, [1, 2, 3, 4, 5, 6, 7, 8]), "", (16, 8), (28, 4)),
        new("DEVICE_RESET", Raw.ResetMessage(), ""),
        new("REGION_WRITE_MULTI", Raw.Message(15, Raw.Bytes(2ul, 0ul, 0u, 4u, 1ul, 8ul, 0u, 8u, 2ul)), "", (16, 8), (24, 8), (36, 4), (60, 4)),
        new("DEVICE_FEATURE of migration", Raw.Message(16, Raw.Bytes(16u, 0x1_0001u)), "", (16, 4)),
        new("DEVICE_FEATURE of the migration state", Raw.Message(16, Raw.Bytes(16u, 0x1_0002u)), "", (16, 4)),
        new("DEVICE_FEATURE that probes", Raw.Message(16, Raw.Bytes(8u, 0x6_0002u)), "", (16, 4)),
    ];

    /// <summary>Those that come after a VERSION.</summary>
    public static IEnumerable<WellFormed> Commands => All.Where(message => BitConverter.ToUInt16(message.Bytes, 2) != Raw.Version);

    /// <summary>Names, for a theory's data.</summary>
    public static TheoryData<string> Names => [.. Commands.Select(message => message.Name)];

    public static WellFormed Named(string name) => All.Single(message => message.Name == name);

    /// <summary>The message with a field of 2, 4 or 8 bytes replaced.</summary>
    public byte[] With(int offset, int size, ulong value) => [.. Bytes[..offset], .. BitConverter.GetBytes(value)[..size], .. Bytes[(offset + size)..]];

    public override string ToString() => Name;
}
