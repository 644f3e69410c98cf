namespace Mdev.Sdk.Pci.Capabilities;

/// <summary>
/// Finds a place for each capability: where the data sheet has it, or at the next free multiple of four in the order of declaration.
/// </summary>
internal static class CapabilityLayout
{
    private const int FirstStandard = ConfigOffset.DeviceSpecific, EndOfStandard = 0x100;
    private const int FirstExtended = 0x100, EndOfExtended = 0x1000;

    /// <param name="capabilities">Get their offsets.</param>
    /// <param name="data">The vendor's own bytes, which stay where the data sheet has them.</param>
    /// <exception cref="InvalidOperationException">Two want the same bytes, or one has no room.</exception>
    public static void Place(IReadOnlyList<PciCapability> capabilities, IEnumerable<(int Offset, byte[] Bytes)> data)
    {
        var taken = data.Select(d => (First: d.Offset, End: d.Offset + d.Bytes.Length)).ToList();
        foreach (PciCapability capability in capabilities.Where(c => c.Wanted != 0))
        {
            capability.Offset = capability.Wanted;
            (int first, int end) = Bounds(capability);
            if (capability.Offset < first || capability.End > end || capability.Offset % 4 != 0)
                throw new InvalidOperationException($"{Name(capability)} is declared at 0x{capability.Offset:x}; it starts at a multiple of 4, and lies in 0x{first:x} to 0x{end - 1:x}.");
            if (!IsFree(taken, capability.Offset, capability.End))
                throw new InvalidOperationException($"{Name(capability)} is declared at 0x{capability.Offset:x}, where something else lies already.");
            taken.Add((capability.Offset, capability.End));
        }

        foreach (PciCapability capability in capabilities.Where(c => c.Wanted == 0))
        {
            (int at, int end) = Bounds(capability);
            while (!IsFree(taken, at, at + capability.Size))
                at += 4;
            if (at + capability.Size > end)
                throw new InvalidOperationException($"Config space has no {capability.Size} bytes left for {Name(capability)}; what is declared takes too much.");
            capability.Offset = at;
            taken.Add((at, capability.End));
        }
    }

    private static (int First, int End) Bounds(PciCapability capability) =>
        capability.IsExtended ? (FirstExtended, EndOfExtended) : (FirstStandard, EndOfStandard);

    private static bool IsFree(List<(int First, int End)> taken, int first, int end) =>
        !taken.Exists(t => t.First < end && first < t.End);

    private static string Name(PciCapability capability) =>
        capability.IsExtended ? $"Extended capability 0x{capability.Id:x4}" : $"Capability 0x{capability.Id:x2}";
}
