namespace Mdev.Sdk.Device;

/// <summary>What is in a region and no register: memory, doorbells, an MSI-X table.</summary>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Name">The property's name, or the field's word.</param>
/// <param name="Kind">What it is, in words.</param>
internal readonly record struct PlacedMemory(ulong Offset, ulong Size, string Name, string Kind)
{
    /// <summary>Of doorbells: how many; else 0.</summary>
    public int Count { get; init; }

    /// <summary>Of doorbells: bytes from one to the next.</summary>
    public int Stride { get; init; }
}
