namespace Mdev.Sdk.Pci;

/// <summary>Where the MSI-X table and the Pending Bit Array lie.</summary>
/// <param name="Bar">0 to 5.</param>
/// <param name="Kind">What the BAR decodes.</param>
/// <param name="Table">Offset of the table in the BAR.</param>
/// <param name="Pba">Offset of the Pending Bit Array in the BAR.</param>
/// <param name="Vectors">1 to 2048.</param>
internal readonly record struct MsixLayout(int Bar, BarKind Kind, uint Table, uint Pba, int Vectors)
{
    public uint TableSize => 16u * (uint)Vectors;

    public uint PbaSize => 8u * (((uint)Vectors + 63) / 64);

    /// <summary>Bytes that the BAR must have for both.</summary>
    public uint End => Math.Max(Table + TableSize, Pba + PbaSize);
}
