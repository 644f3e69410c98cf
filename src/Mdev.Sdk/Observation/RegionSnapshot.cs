namespace Mdev.Sdk.Observation;

/// <summary>A region of a device.</summary>
public sealed record RegionSnapshot
{
    /// <summary>VFIO region index; 0 to 5 are the BARs of a PCI device, 7 is its config space.</summary>
    public required int Index { get; init; }

    /// <summary><c>BAR0</c>, <c>ROM</c>, <c>CONFIG</c>, <c>REGION9</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in words.</summary>
    public required string Kind { get; init; }

    /// <summary>Bytes.</summary>
    public required ulong Size { get; init; }

    /// <summary>Whether clients read it.</summary>
    public required bool CanRead { get; init; }

    /// <summary>Whether clients write it.</summary>
    public required bool CanWrite { get; init; }

    /// <summary>What clients may map of it, by offset; accesses there are seen by nobody.</summary>
    public required IReadOnlyList<AreaSnapshot> Mappable { get; init; }

    /// <summary>Memory and whatever else is in it beside registers, by offset.</summary>
    public required IReadOnlyList<AreaSnapshot> Memory { get; init; }

    /// <summary>The registers that are there now, by offset.</summary>
    public required IReadOnlyList<RegisterSnapshot> Registers { get; init; }

    /// <summary>Registers that are left out, of arrays with more than <see cref="MostOfArray"/>.</summary>
    public int Omitted { get; init; }

    /// <summary>As many registers of one array are shown, from the first on.</summary>
    public const int MostOfArray = 64;
}
